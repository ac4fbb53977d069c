// Contracts · pure · sees nothing

/// A link with which whoever has it may do one thing to an object, without a name or a secret.
package struct ObjectLink: Codable, Hashable, Sendable {
    package let method: String
    package let url: String
    /// Must be sent as they are, or the link is not good.
    package let fields: [String: String]

    package init(method: String, url: String, fields: [String: String] = [:]) {
        self.method = method
        self.url = url
        self.fields = fields
    }
}

/// What a ticket lends a worker that knows no store: its inputs to read, and places to leave its outputs in.
package struct TicketLinks: Codable, Hashable, Sendable {
    package struct Input: Codable, Hashable, Sendable {
        /// The SHA-256 of the object, as hex.
        package let sha256: String
        package let link: ObjectLink

        package init(_ key: ObjectKey, _ link: ObjectLink) {
            sha256 = key.hex
            self.link = link
        }
    }

    package struct Output: Codable, Hashable, Sendable {
        /// Its name in staging.
        package let name: String
        package let link: ObjectLink

        package init(_ name: String, _ link: ObjectLink) {
            self.name = name
            self.link = link
        }
    }

    package var inputs: [Input]
    package var outputs: [Output]
    /// When the links are good no more.
    package var until: Timestamp

    package init(inputs: [Input], outputs: [Output], until: Timestamp) {
        self.inputs = inputs
        self.outputs = outputs
        self.until = until
    }
}
