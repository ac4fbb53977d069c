// HTTP · bytes · sees Contracts

/// A request as far as it is known before its body has come.
package struct RequestHead: Sendable, Equatable {
    package var method: HTTPMethod
    /// Path and query as they were sent: nothing is decoded.
    package var target: String
    package var fields: HTTPFields
    /// The address of whoever speaks to us, without the port.
    package var peer: String
    package var isSecure: Bool

    package init(
        _ method: HTTPMethod, _ target: String, _ fields: HTTPFields = [:], peer: String = "", isSecure: Bool = false
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.peer = peer
        self.isSecure = isSecure
    }
}

/// A request in the hands of its handler.
package struct HTTPRequest: Sendable {
    package let head: RequestHead
    /// Throws `BodyTooLong` behind the limit the handler was given.
    package let body: ByteStream

    package init(_ head: RequestHead, body: ByteStream = .empty) {
        self.head = head
        self.body = body
    }
}
