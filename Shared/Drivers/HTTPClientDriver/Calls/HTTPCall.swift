// HTTPClientDriver · driver · sees Contracts, HTTP, Policies, Ports, Telemetry, Lanes, CCurl
package import HTTP

/// One thing to ask of another server.
package struct HTTPCall: Sendable {
    package var method: HTTPMethod
    /// `http` or `https`, without a user's name in it: whoever must say who he is says it in a field.
    package var url: String
    package var fields: HTTPFields
    package var body: Body
    package var patience = Patience()
    /// A longer answer is a failure, as soon as its length is known.
    package var bodyLimit: Int64 = 64 << 20
    /// How many redirections are followed. They never lead from https to http, and another host does not learn who asks.
    package var redirects = 0
    /// Whether it may be said again when nobody knows whether it was heard; `nil`: as its method says.
    package var isRepeatable: Bool?
    package var retries = RetryRule()

    package init(_ method: HTTPMethod, _ url: String, _ fields: HTTPFields = [:], body: Body = .none) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }

    package enum Body: Sendable {
        case none
        case bytes([UInt8])
        /// Read while it is sent. The path is ours, never a client's.
        case file(path: String, length: Int64)
        /// Asked for while it is sent, and only once: such a call is never said again.
        case stream(length: Int64, ByteStream)
    }

    package struct Patience: Sendable, Equatable {
        /// Name, connection and handshake together.
        package var connect: Duration = .seconds(10)
        /// From the last byte of the request to the first of the answer.
        package var firstByte: Duration = .seconds(60)
        /// How long nothing may move in a body. A reader of ours who takes his time does not count.
        package var stall: Duration = .seconds(60)
        /// Everything together, with all retries, to the last byte of the answer's body.
        package var whole: Duration?

        package init() {}
    }
}

/// The head of an answer, and its body as it comes. Whoever lets go of the body ends the transfer.
package struct HTTPAnswer: Sendable {
    package let status: HTTPStatus
    package let fields: HTTPFields
    package let body: ByteStream
    /// Where it came from in the end, without the query.
    package let place: String
}
