// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer

/// How a server behaves. All patience is absolute: no drip of bytes prolongs it.
package struct HTTPServerOptions: Sendable {
    /// A numeric address.
    package var address = "127.0.0.1"
    /// 0: any that is free.
    package var port: UInt16 = 0
    /// Threads that serve; they share the port.
    package var loops = 1
    package var backlog: Int32 = 4096
    /// More are closed as they come.
    package var connectionLimit = 20_000
    /// From one address to one loop; 0: no limit. Leave it 0 behind a proxy.
    package var addressLimit = 0
    /// Requests in the hands of handlers; one more is answered 503. A stream that has begun is none of them.
    package var requestLimit = 4_096
    /// What a client is told to wait after such a 503.
    package var retryAfter = 1
    /// From the first byte of a request, or from the connection's beginning, to the end of its head.
    package var headPatience = Duration.seconds(10)
    /// Between two requests.
    package var idlePatience = Duration.seconds(60)
    /// A client that takes less than 16 KB of what waits for it in this time is cut.
    package var stallPatience = Duration.seconds(30)
    package var targetLimit = 8_192
    /// The longest message a socket takes.
    package var messageLimit = 1 << 20
    package var tls: HTTPServerIdentity?
    /// Called for every answer, on whatever thread ends it; it must not block.
    package var onAnswer: (@Sendable (AccessLine) -> Void)?

    package init() {}
}

/// Who the server is: a chain of certificates and its key, both PEM files.
package struct HTTPServerIdentity: Sendable {
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// One line of an access log. What never became a request has no method and no path.
package struct AccessLine: Sendable, Equatable {
    package let method: String
    /// Without the query, which may hold what no log should.
    package let path: String
    package let status: Int
    /// Of the body, as far as they were handed over.
    package let bytes: Int
    package let duration: Duration
    package let peer: String
}
