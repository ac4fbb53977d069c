// HTTPServerDriver · driver · sees Contracts, HTTP, Ports, Telemetry, Lanes, CHTTPServer
import CHTTPServer
import HTTP

/// One thread of the server, seen from Swift: what C says becomes values here.
@safe
final class ServerLoop: Sendable {
    let household: Household
    let quiet = Bell()
    let over = Bell()
    /// Sendable because it is set before the thread starts and never again.
    private nonisolated(unsafe) var opened: LoopHandle?
    /// Sendable because only the loop's thread touches it: room for heads, kept so that it need not grow each time.
    private nonisolated(unsafe) var scratch: [UInt8] = []

    init(_ household: Household, number: Int, port: UInt16) throws(HTTPServerFailure) {
        self.household = household
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe opened = try LoopOpening.open(household.options, number: number, port: port, LoopCalls.table(context))
    }

    /// There is one as soon as there is a loop.
    var handle: LoopHandle {
        guard let opened = unsafe opened else { preconditionFailure("a loop is used before it is opened") }
        return opened
    }

    func start() throws(HTTPServerFailure) {
        // C holds the loop while its thread lives; `ended` takes it back.
        let held = unsafe Unmanaged.passRetained(self)
        guard handle.start() else {
            unsafe held.release()
            throw HTTPServerFailure(.settings, "the system refused a thread")
        }
    }

    func ended() {
        over.ring()
        quiet.ring()
        unsafe Unmanaged.passUnretained(self).release()
    }
}

// MARK: on the loop's thread

extension ServerLoop {
    /// Decides about one request; answers its exchange, or nil when it is answered already.
    func admit(_ id: UInt64, _ head: RequestHead, _ facts: Exchange.Facts) -> Exchange? {
        switch household.responder.admit(head) {
        case .answer(let response):
            switch response.body {
            case .bytes, .file:
                answerNow(response, to: head)
                return nil
            case .stream, .socket:
                // Whatever takes time needs somebody who spends it.
                return handle(id, head, facts, Handling(bodyLimit: 0) { _ in response }, discards: true)
            }
        case .handle(let handling):
            return handle(id, head, facts, handling, discards: false)
        }
    }

    private func handle(
        _ id: UInt64, _ head: RequestHead, _ facts: Exchange.Facts, _ handling: Handling, discards: Bool
    ) -> Exchange? {
        guard discards || facts.bodyLength <= Int64(clamping: handling.bodyLimit) else {
            answerNow(HTTPResponse(413), to: head)
            return nil
        }
        guard household.load.enter() else {
            answerNow(HTTPResponse(503, ["Retry-After": String(household.options.retryAfter)]), to: head)
            return nil
        }
        var facts = facts
        facts.bodyLimit = handling.bodyLimit
        facts.bodyPatience = handling.bodyPatience
        facts.discards = discards
        let exchange = Exchange(id, head, facts, loop: self)
        exchange.start(handling, with: head)
        return exchange
    }

    private func answerNow(_ response: HTTPResponse, to head: RequestHead) {
        let begun = household.options.onAnswer == nil ? nil : ContinuousClock.now
        unsafe scratch.removeAll(keepingCapacity: true)
        let plan = unsafe AnswerPlan(response, to: head, log: household.log, into: &scratch)
        switch plan.body {
        case .bytes(let bytes): unsafe handle.answerNow(head: scratch, body: bytes)
        case .file(let file, let offset, let count):
            unsafe handle.answerNow(head: scratch, file: file, offset: offset, count: count)
        case .stream, .socket: preconditionFailure("what takes time is never answered at once")
        }
        guard let begun else { return }
        report(head, status: plan.status, bytes: plan.count, since: begun)
    }

    func report(_ head: RequestHead, status: HTTPStatus, bytes: Int, since begun: ContinuousClock.Instant) {
        guard let onAnswer = household.options.onAnswer else { return }
        let path = head.target.prefix { $0 != "?" }
        onAnswer(
            AccessLine(
                method: head.method.rawValue, path: String(path), status: status.code, bytes: bytes,
                duration: ContinuousClock.now - begun, peer: head.peer))
    }

    func refused(status: Int, peer: String) {
        household.options.onAnswer?(
            AccessLine(method: "", path: "", status: status, bytes: 0, duration: .zero, peer: peer))
    }
}
