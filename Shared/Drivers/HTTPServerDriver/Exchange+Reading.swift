// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import HTTP
import Synchronization

/// The sides of an exchange that its handler reads: the body, or the messages of a socket.
extension Exchange {
    /// How much is taken before the loop is told: often enough that the client never waits for it.
    private static let creditStep = 32 * 1024

    private enum Taken {
        case piece([UInt8], credit: Int)
        case over
    }

    func nextPiece() async throws -> [UInt8]? {
        invite()
        let taken: Taken = try await wait { [limit = bodyLimit] state in
            if !state.gathered.isEmpty {
                let piece = state.gathered
                state.gathered = []
                return .piece(piece, credit: Self.credit(piece.count, &state))
            }
            if state.isWhole { return .over }
            if let failure = Self.failure(state.end, limit: limit) { throw failure }
            return nil
        }
        guard case .piece(let piece, let credit) = taken else { return nil }
        if credit > 0 { loop.handle.credit(id, credit) }
        return piece
    }

    func nextMessage() async throws -> SocketMessage? {
        let taken: (message: SocketMessage?, credit: Int) = try await wait { state in
            if !state.messages.isEmpty {
                let message = state.messages.removeFirst()
                return (message, Self.credit(message.count, &state))
            }
            if state.isGoodbyeSaid { return (nil, 0) }
            if let failure = Self.failure(state.end, limit: 0) { throw failure }
            return nil
        }
        if taken.credit > 0 { loop.handle.credit(id, taken.credit) }
        return taken.message
    }

    /// A client that asked whether its body is wanted hears so when somebody first wants it.
    private func invite() {
        let isAwaited = state.withLock { state in
            let isAwaited = state.expectsContinue
            state.expectsContinue = false
            return isAwaited
        }
        if isAwaited { loop.handle.credit(id, 0) }
    }

    private static func credit(_ count: Int, _ state: inout sending State) -> Int {
        state.uncredited += count
        guard state.uncredited >= creditStep, state.end == nil else { return 0 }
        let credit = state.uncredited
        state.uncredited = 0
        return credit
    }
}

extension SocketMessage {
    var count: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
    }
}
