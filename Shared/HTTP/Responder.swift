// HTTP · bytes · sees Contracts

/// Whoever answers requests. A server knows nothing else about us.
package protocol Responder: Sendable {
    /// Called with the head alone, on the server's own thread: it must not block, and what it costs everybody waits for.
    func admit(_ head: RequestHead) -> Admission
}

package enum Admission: Sendable {
    /// Answered at once, without a task; a body the client still sends is refused or read away.
    case answer(HTTPResponse)
    case handle(Handling)
}

/// How one request is dealt with, decided before its body is read.
package struct Handling: Sendable {
    /// A longer body is answered 413, as soon as its length is known.
    package var bodyLimit: Int
    /// From the last byte of the head to the last byte of the body, however busily it drips.
    package var bodyPatience: Duration
    /// Its task is cancelled when the client leaves.
    package var reply: @Sendable (HTTPRequest) async -> HTTPResponse

    package init(
        bodyLimit: Int = 1 << 20, bodyPatience: Duration = .seconds(30),
        reply: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) {
        self.bodyLimit = bodyLimit
        self.bodyPatience = bodyPatience
        self.reply = reply
    }
}
