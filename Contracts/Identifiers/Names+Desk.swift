// Contracts · pure · sees nothing

/// Somebody who can sign in, or a program that can.
package struct UserID: Identifier {
    package static let prefix = "user_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One token of somebody: its name, never its secret.
package struct AccessTokenID: Identifier {
    package static let prefix = "tok_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One sign-in and everything that was refreshed from it.
package struct SessionID: Identifier {
    package static let prefix = "ses_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One line of what was done to people and their rights.
package struct AuditID: Identifier {
    package static let prefix = "aud_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A book: what chapters belong to.
package struct NovelID: Identifier {
    package static let prefix = "nov_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A text that films are made of.
package struct ChapterID: Identifier {
    package static let prefix = "ch_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// A file on its way to us.
package struct UploadID: Identifier {
    package static let prefix = "upl_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// An address that wants to hear of events.
package struct WebhookID: Identifier {
    package static let prefix = "wh_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One event on its way to one address.
package struct NoticeID: Identifier {
    package static let prefix = "ntc_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}

/// One change of a timeline.
package struct PatchID: Identifier {
    package static let prefix = "patch_"
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }
}
