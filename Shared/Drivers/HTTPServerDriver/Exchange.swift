// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import CHTTPServer
import HTTP
import Synchronization

/// One request in the hands of its handler, between the loop's thread and the handler's task. Everything that waits here
/// is woken by any change and looks again; there are one or two that do.
final class Exchange: Sendable {
    /// What the loop knows beside the head.
    struct Facts: Sendable {
        /// -1: it comes in chunks.
        var bodyLength: Int64
        var isOld: Bool
        var wantsSocket: Bool
        var expectsContinue: Bool
        var bodyLimit = 0
        var bodyPatience = Duration.seconds(30)
        var discards = false
    }

    enum End {
        case done
        case left
        case bodyTooSlow
        case bodyTooLong
        case broken
        case closing

        init(_ why: Int32) {
            switch Int(why) {
            case AINER_HTTP_DONE: self = .done
            case AINER_HTTP_SLOW: self = .bodyTooSlow
            case AINER_HTTP_TOO_LONG: self = .bodyTooLong
            case AINER_HTTP_BROKEN: self = .broken
            case AINER_HTTP_CLOSING: self = .closing
            default: self = .left
            }
        }
    }

    struct State {
        var gathered: [UInt8] = []
        var messages: [SocketMessage] = []
        /// Nothing more of the body will come.
        var isWhole = false
        /// No message will come any more.
        var isGoodbyeSaid = false
        var end: End?
        /// Taken by the reader, and not yet told to the loop.
        var uncredited = 0
        var expectsContinue = false
        /// Of a stream: handed over, and taken by the loop.
        var sent: UInt64 = 0
        var taken: UInt64 = 0
        var task: Task<Void, Never>?
        var isAnswered = false
        /// No handler has it in its hands any more.
        var isLetGo = false
        var changes = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// Who waits for the end only.
        var patient: [CheckedContinuation<Void, Never>] = []
    }

    let id: UInt64
    /// Without its fields, which are the handler's business: a stream that lasts for hours keeps none of them.
    let head: RequestHead
    let facts: Facts
    let loop: ServerLoop
    let state: Mutex<State>

    var bodyLimit: Int { facts.bodyLimit }
    var bodyPatience: Duration { facts.bodyPatience }
    var discards: Bool { facts.discards }

    init(_ id: UInt64, _ head: RequestHead, _ facts: Facts, loop: ServerLoop) {
        self.id = id
        var bare = head
        bare.fields = [:]
        self.head = bare
        self.facts = facts
        self.loop = loop
        state = Mutex(State(isWhole: facts.bodyLength == 0 || facts.discards, expectsContinue: facts.expectsContinue))
    }

    /// The handler's task: it lives as long as the handler does, and is cancelled when the client leaves.
    func start(_ handling: Handling, with head: RequestHead) {
        let reply = handling.reply
        let task = Task {
            let begun = loop.household.options.onAnswer == nil ? nil : ContinuousClock.now
            let body = facts.bodyLength == 0 ? ByteStream.empty : ByteStream { try await self.nextPiece() }
            await give(await reply(HTTPRequest(head, body: body)), since: begun)
        }
        // It may have come to its end already, or handed over to a stream.
        state.withLock { if !$0.isAnswered, $0.task == nil { $0.task = task } }
    }

    /// Makes room for another request: an answer that has begun and goes on for hours is a connection like others.
    func letGo() {
        let isFirst = state.withLock { state in
            defer { state.isLetGo = true }
            return !state.isLetGo
        }
        if isFirst { loop.household.load.leave() }
    }

    /// The last word of the handler's side.
    func finish(_ status: HTTPStatus, _ bytes: Int, since begun: ContinuousClock.Instant?) {
        state.withLock { state in
            state.isAnswered = true
            state.task = nil
        }
        letGo()
        if let begun { loop.report(head, status: status, bytes: bytes, since: begun) }
    }
}

// MARK: what the loop says

extension Exchange {
    func came(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) {
        change { state in
            unsafe state.gathered.append(contentsOf: bytes)
            if isLast { state.isWhole = true }
        }
    }

    func came(_ bytes: UnsafeBufferPointer<UInt8>, isText: Bool) {
        let message =
            unsafe isText
            ? SocketMessage.text(String(decoding: bytes, as: UTF8.self)) : .binary(Array(bytes))
        change { $0.messages.append(message) }
    }

    func goodbye() { change { $0.isGoodbyeSaid = true } }

    func room(taken: UInt64) { change { $0.taken = taken } }

    func gone(_ end: End) {
        let task = state.withLock { state in
            state.end = end
            return state.task
        }
        // Whoever was answered in full may come to his own end.
        if end != .done { task?.cancel() }
        change { _ in }
        release()
    }

    private func change(_ change: (inout sending State) -> Void) {
        let waiting = state.withLock { state in
            change(&state)
            state.changes &+= 1
            let waiting = state.waiting
            state.waiting = []
            return waiting
        }
        for one in waiting { one.resume() }
    }
}

// MARK: waiting

extension Exchange {
    /// Returns what `look` takes as soon as there is something to take.
    func wait<Found: Sendable>(_ look: @Sendable (inout sending State) throws -> Found?) async throws -> Found {
        while true {
            try Task.checkCancellation()
            let (found, seen) = try state.withLock { (try look(&$0), $0.changes) }
            if let found { return found }
            await withTaskCancellationHandler {
                await withCheckedContinuation { reply in
                    let isNew = state.withLock { state in
                        // What changed in between would never wake us.
                        guard !Task.isCancelled, state.changes == seen else { return false }
                        state.waiting.append(reply)
                        return true
                    }
                    if !isNew { reply.resume() }
                }
            } onCancel: {
                change { _ in }
            }
        }
    }

    /// Returns when it is over or its task is cancelled, which is the same.
    func untilOver() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { reply in
                let isOver = state.withLock { state in
                    guard !Task.isCancelled, state.end == nil else { return true }
                    state.patient.append(reply)
                    return false
                }
                if isOver { reply.resume() }
            }
        } onCancel: {
            release()
        }
    }

    private func release() {
        let patient = state.withLock { state in
            let patient = state.patient
            state.patient = []
            return patient
        }
        for one in patient { one.resume() }
    }

    /// Why nothing more can be read or written; nil while it can.
    static func failure(_ end: End?, limit: Int) -> (any Error)? {
        switch end {
        case nil: nil
        case .done, .left: HTTPServerFailure(.clientLeft, "the client is gone")
        case .bodyTooSlow: HTTPServerFailure(.bodyTooSlow, "the body did not come in its time")
        case .bodyTooLong: BodyTooLong(limit: limit)
        case .broken: HTTPServerFailure(.broken, "what the client sends does not keep to the protocol")
        case .closing: HTTPServerFailure(.closing, "the server closes")
        }
    }
}
