// HTTP · bytes · sees Contracts

/// What is answered: the head, and where the body comes from. The server adds `Content-Length` or the chunked coding,
/// `Date` and `Connection` itself, and leaves the body out where there may be none (HEAD, 204, 304).
package struct HTTPResponse: Sendable {
    package var status: HTTPStatus
    package var fields: HTTPFields
    package var body: Body

    package enum Body: Sendable {
        case bytes([UInt8])
        /// A part of a file that the server opens, sends and closes. The path is ours, never a client's.
        case file(path: String, offset: Int64, count: Int64)
        /// Written while it is sent; a length that is known beforehand is kept to exactly.
        case stream(length: Int64?, @Sendable (any BodyWriter) async throws -> Void)
        /// Answers an upgrade request: 101, then messages both ways until either side is done.
        case socket(@Sendable (any SocketTalk) async throws -> Void)
    }

    package init(_ status: HTTPStatus, _ fields: HTTPFields = [:], body: Body = .bytes([])) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// The sending side of a streamed answer.
package protocol BodyWriter: Sendable {
    /// Returns when there is room for more; throws when the client is gone, too slow or the server is closing.
    func write(_ bytes: [UInt8]) async throws
    /// Returns when the client is gone or the server closes: for a stream whose news are written by somebody else, as a
    /// hub does for all who listen. It is the cheapest way to keep a stream open.
    func untilOver() async
}

package enum SocketMessage: Sendable, Equatable {
    case text(String)
    case binary([UInt8])
}

/// One WebSocket. Pings are answered underneath.
package protocol SocketTalk: Sendable {
    /// `nil` when the client has said goodbye; throws when it vanished or broke the protocol.
    func next() async throws -> SocketMessage?
    func send(_ message: SocketMessage) async throws
    func close(code: UInt16, reason: String) async
}
