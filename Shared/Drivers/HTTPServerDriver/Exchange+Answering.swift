// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import HTTP
import Synchronization
import Telemetry

/// What the handler answers, on its way to the loop.
extension Exchange {
    /// So much may wait for a client before whoever writes waits too.
    private static let highWater: UInt64 = 64 * 1024

    func give(_ response: HTTPResponse, since begun: ContinuousClock.Instant?) async {
        var text: [UInt8] = []
        let plan = AnswerPlan(fitting(response), to: head, log: loop.household.log, into: &text)
        switch plan.body {
        case .bytes(let bytes): loop.handle.answer(id, head: text, body: bytes)
        case .file(let file, let offset, let count):
            loop.handle.answer(id, head: text, file: file, offset: offset, count: count)
        case .stream(let length, let write):
            return stream(text, length: length, status: plan.status, since: begun, write)
        case .socket(let talk):
            await converse(text, talk)
        }
        finish(plan.status, plan.count, since: begun)
    }

    /// A socket is only for whoever asked for one.
    private func fitting(_ response: HTTPResponse) -> HTTPResponse {
        guard case .socket = response.body else { return response }
        var response = response
        if facts.wantsSocket {
            response.status = 101
            response.fields["Upgrade"] = "websocket"
            return response
        }
        return HTTPResponse(426, ["Upgrade": "websocket"])
    }

    /// Goes on in a task of its own: a stream may last for hours, and what its handler needed to begin it need not.
    private func stream(
        _ text: [UInt8], length: Int64?, status: HTTPStatus, since begun: ContinuousClock.Instant?,
        _ write: @escaping @Sendable (any BodyWriter) async throws -> Void
    ) {
        let coding: LoopHandle.Coding = length != nil ? .plain : facts.isOld ? .untilClose : .chunked
        loop.handle.begin(id, head: text, coding)
        letGo()
        let task = Task {
            let writer = StreamWriter(exchange: self, length: length)
            do {
                try await write(writer)
                loop.handle.end(id, isWhole: length.map { $0 == Int64(writer.count) } ?? true)
            } catch {
                cut(error)
            }
            finish(status, writer.count, since: begun)
        }
        // Whoever left in between found the task before this one.
        let hasLeft = state.withLock { state in
            if !state.isAnswered { state.task = task }
            return state.end != nil
        }
        if hasLeft { task.cancel() }
    }

    private func cut(_ error: any Error) {
        if state.withLock({ $0.end == nil }) {
            loop.household.log.warning("a streamed answer was cut", [.cause: "\(error)"])
        }
        loop.handle.end(id, isWhole: false)
    }

    private func converse(_ text: [UInt8], _ talk: @Sendable (any SocketTalk) async throws -> Void) async {
        loop.handle.upgrade(id, head: text)
        letGo()
        let socket = SocketEnd(exchange: self)
        do {
            try await talk(socket)
            await socket.close(code: 1000, reason: "")
        } catch {
            await socket.close(code: 1011, reason: "")
        }
    }

    /// Hands bytes over, and returns when there is room for more.
    func send(_ count: Int, _ hand: @Sendable () -> Void) async throws {
        try Task.checkCancellation()
        try state.withLock { state in
            if let failure = Self.failure(state.end, limit: 0) { throw failure }
            state.sent += UInt64(count)
        }
        hand()
        guard state.withLock({ $0.sent - $0.taken > Self.highWater }) else { return }
        _ = try await wait { state -> Bool? in
            if let failure = Self.failure(state.end, limit: 0) { throw failure }
            return state.sent - state.taken > Self.highWater ? nil : true
        }
    }
}

private struct StreamWriter: BodyWriter {
    let exchange: Exchange
    let length: Int64?

    var count: Int { Int(exchange.state.withLock { $0.sent }) }

    func write(_ bytes: [UInt8]) async throws {
        if bytes.isEmpty { return }
        if let length, Int64(count) + Int64(bytes.count) > length {
            throw HTTPServerFailure(.misuse, "more was written than the answer's head told")
        }
        try await exchange.send(bytes.count) { exchange.loop.handle.write(exchange.id, bytes) }
    }

    func untilOver() async { await exchange.untilOver() }
}

private struct SocketEnd: SocketTalk {
    let exchange: Exchange

    func next() async throws -> SocketMessage? { try await exchange.nextMessage() }

    func send(_ message: SocketMessage) async throws {
        let (isText, bytes) =
            switch message {
            case .text(let text): (true, Array(text.utf8))
            case .binary(let bytes): (false, bytes)
            }
        try await exchange.send(bytes.count) { exchange.loop.handle.say(exchange.id, isText: isText, bytes) }
    }

    func close(code: UInt16, reason: String) async {
        exchange.loop.handle.sayGoodbye(exchange.id, code: code, reason: Array(reason.utf8))
    }
}
