// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer

/// Why the server, or one exchange with a client, cannot go on.
package struct HTTPServerFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// The address, the certificate or another setting cannot be used.
        case settings
        /// The client is gone, or takes its answer too slowly.
        case clientLeft
        /// The body did not come in its time.
        case bodyTooSlow
        /// The body, or a message of a socket, does not keep to the protocol.
        case broken
        /// The server closes.
        case closing
        /// A handler of ours did what it may not: a bug.
        case misuse
    }

    package let code: Code
    package let cause: String

    init(_ code: Code, _ cause: String) {
        self.code = code
        self.cause = cause
    }

    package var description: String { "HTTP server: \(cause)" }
}
