// Contracts · pure · sees nothing

/// Who may be shown an event.
package enum Visibility: String, CaseIterable, Hashable, Sendable {
    case `public`, user, `operator`, `internal`
}

/// Whether an event is kept in a database, or lives in a stream only.
package enum Persistence: String, CaseIterable, Hashable, Sendable {
    case stored, transient
}

/// Where a type is on its way out.
package enum Lifecycle: String, CaseIterable, Hashable, Sendable {
    /// Said and heard.
    case live
    /// Not said any more; heard, as its replacement.
    case announced
    /// Said beside its replacement for those who know only the old name; who knows the new one skips the copy.
    case dualPublish = "dual-publish"
    /// Neither said nor heard.
    case removed
}

/// What the payload of a type looks like.
package enum PayloadSchema: Hashable, Sendable {
    case typed(Shape)
    /// An object; described when its flow is built.
    case draft
}

/// One row of a catalogue.
package struct EventEntry: Hashable, Sendable {
    package let type: EventType
    package let section: String
    package let meaning: String
    /// Who may say it; the first is the authority, the others are its equals on other hosts.
    package let producers: [Module]
    package let topic: Topic
    package let visibility: Visibility
    package let persistence: Persistence
    package var schema: PayloadSchema
    /// True when it must say what went wrong: `error_code` and `retryable`.
    package var isFailure = false
    /// `major.minor` of the payload.
    package var version = "1.0"
    package var lifecycle = Lifecycle.live
    package var replacement: EventType?

    package var name: String { type.name }
    package var catalogue: Catalogue { type.catalogue }
}
