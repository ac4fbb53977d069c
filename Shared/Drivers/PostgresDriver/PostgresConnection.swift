// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import CPostgres
import Lanes
import Ports

/// One session with the server. What is asked of it goes out in one pipeline at a time, in the order of asking.
///
/// Sendable because it is only touched on its lane.
final class PostgresConnection: @unchecked Sendable {
    typealias Reply = @Sendable (Result<[PostgresAnswer], PostgresFault>) -> Void

    private let handle: PostgresHandle
    private let lane: Lane
    /// Where what blocks may block.
    private let aside: Lane
    private let descriptor: Int32
    /// By the address of the literal, which never moves: no text is hashed on the way.
    private var plans: [PostgresPlan.Key: PostgresPlan] = [:]
    private var lastPlan = 0
    private var current: PostgresExchange?
    private var waiting: [PostgresExchange] = []
    private var alarm: UInt64?
    private var lastHeard = ContinuousClock.now
    private var isPipelined = false
    private var isCancelling = false
    /// The reply of an exchange that ended while somebody still cancelled it.
    private var parked: (() -> Void)?
    /// Why there is no session any more.
    private(set) var lostBy: DatabaseFailure?
    /// Called once, when the session ends without anybody having ended it.
    var onLoss: ((DatabaseFailure) -> Void)?
    /// Called with the server process that sent a notification.
    var onNotification: ((Int32) -> Void)?

    init(_ handle: PostgresHandle, lane: Lane, aside: Lane) {
        self.handle = handle
        self.lane = lane
        self.aside = aside
        descriptor = handle.descriptor
        lane.watch(descriptor, for: .readable) { [weak self] readiness in self?.serve(readiness) }
    }

    /// The server's process at the other end.
    var process: Int32 { handle.process }
    var isInTransaction: Bool { handle.isInTransaction }

    /// Statements are planned anew from now on: the schema has changed under the plans.
    func forgetPlans() { plans = [:] }

    /// Ends the session. Whoever still waits for an answer is told that there is none.
    func close() {
        onLoss = nil
        lose(DatabaseFailure(.closed, during: "exchange", cause: "the connection was closed"))
    }

    /// Asks the server to stop what is running. The answer comes as ever, but not before the wish has arrived: it must
    /// not hit what is asked next.
    func cancel() {
        guard current != nil, !isCancelling, lostBy == nil, let canceller = handle.canceller() else { return }
        isCancelling = true
        aside.perform { [lane] in
            canceller.fire()
            lane.perform { self.cancelled() }
        }
    }

    private func cancelled() {
        isCancelling = false
        let reply = parked
        parked = nil
        reply?()
        startNext()
    }
}

// MARK: asking

extension PostgresConnection {
    /// Sends the orders as one pipeline; the reply is the answer to each, or the first failure.
    func ask(_ request: PostgresExchange.Request, patience: Duration, _ reply: @escaping Reply) {
        if let lostBy { return reply(.failure(PostgresFault(lostBy))) }
        waiting.append(PostgresExchange(request, patience: patience, reply: reply))
        startNext()
    }

    /// The same for whoever is on the lane and waits.
    func exchange(
        _ request: PostgresExchange.Request, patience: Duration
    ) async throws(PostgresFault) -> [PostgresAnswer] {
        let result = await withCheckedContinuation { waiter in
            ask(request, patience: patience) { waiter.resume(returning: $0) }
        }
        return try result.get()
    }

    private func startNext() {
        guard current == nil, parked == nil, !isCancelling, lostBy == nil, !waiting.isEmpty else { return }
        let exchange = waiting.removeFirst()
        current = exchange
        lastHeard = .now
        watchOver(exchange, for: exchange.patience)
        do throws(PostgresFault) {
            guard try send(exchange) else { return lose(.gone(during: exchange.during, handle.complaint)) }
            push()
        } catch {
            // What could not be said at all leaves nothing under way.
            finish(.failure(error))
        }
    }

    /// A server that says nothing for so long is gone. One that works through a long pipeline says something.
    private func watchOver(_ exchange: PostgresExchange, for duration: Duration) {
        alarm = lane.ring(after: duration) { [weak self] in
            guard let self else { return }
            let silence = ContinuousClock.now - lastHeard
            guard silence < exchange.patience else {
                return lose(.gone(during: exchange.during, "the server said nothing for \(exchange.patience)"))
            }
            watchOver(exchange, for: exchange.patience - silence)
        }
    }

    /// False when the connection does not take it.
    private func send(_ exchange: PostgresExchange) throws(PostgresFault) -> Bool {
        switch exchange.request {
        case .script(let text, _):
            return usePipeline(false) && handle.sendScript(text)
        case .orders(let orders):
            return try send(orders, exchange)
        case .insideOrders(let orders):
            // Several may talk in one transaction, and one of them may have seen it fail.
            guard isInTransaction else { throw PostgresFault(.over(during: orders.last)) }
            return try send(orders, exchange)
        case .description(let order):
            guard usePipeline(true), let plan = plan(for: order, exchange), handle.sendDescribe(plan.name) else {
                return false
            }
            exchange.steps.append(.described(order.name))
            return handle.sendSync()
        }
    }

    private func send(_ orders: [Order], _ exchange: PostgresExchange) throws(PostgresFault) -> Bool {
        // All of them are put into bytes first: an argument that cannot travel must not stop half a pipeline.
        let parameters = try orders.map(PostgresParameters.encode)
        guard usePipeline(true) else { return false }
        for (order, parameters) in zip(orders, parameters) {
            guard let plan = plan(for: order, exchange), handle.sendRun(plan.name, parameters) else { return false }
            exchange.steps.append(.ran(order.name))
        }
        return handle.sendSync()
    }

    /// The pipeline takes single statements only, and a text of several goes without it.
    private func usePipeline(_ wanted: Bool) -> Bool {
        guard wanted != isPipelined else { return true }
        isPipelined = wanted
        return wanted ? handle.enterPipeline() : handle.leavePipeline()
    }

    /// The plan of a statement; a new one is sent ahead of its first use.
    private func plan(for order: Order, _ exchange: PostgresExchange) -> PostgresPlan? {
        let key = PostgresPlan.Key(address: UInt(bitPattern: unsafe order.text.utf8Start), rows: order.rows)
        if let known = plans[key], known.takes == order.takes { return known }
        lastPlan += 1
        let plan = PostgresPlan(name: "s\(lastPlan)", takes: order.takes)
        let types = order.takes.map(PostgresType.oid)
        guard handle.sendPrepare(plan.name, PostgresSheaf.text(of: order), types: types) else { return nil }
        plans[key] = plan
        exchange.steps.append(.prepared(key, order.name))
        return plan
    }
}

// MARK: hearing

extension PostgresConnection {
    private func serve(_ readiness: Readiness) {
        if readiness.contains(.readable) {
            lastHeard = .now
            let isAlive = handle.consume()
            // What arrived before the end is still there, and may say why it ended.
            drain()
            hearNotifications()
            guard isAlive, !handle.isBroken else {
                return lose(.gone(during: current?.during ?? "idling", handle.complaint))
            }
        }
        if readiness.contains(.writable) { push() }
    }

    private func drain() {
        while let exchange = current, !handle.isBusy {
            if let result = handle.nextResult() {
                guard result.status == PGRES_PIPELINE_SYNC else {
                    exchange.take(result)
                    continue
                }
                finish(exchange.outcome)
            } else if case .script = exchange.request {
                finish(exchange.outcome)
            } else if exchange.isComplete {
                // The mark at a pipeline's end is missing: a lost connection has nothing more to give, for ever.
                return
            } else if let plan = exchange.endStep() {
                plans[plan] = nil
            }
        }
    }

    private func hearNotifications() {
        while let sender = handle.nextNotification() { onNotification?(sender) }
    }

    /// Writes what the socket takes, and listens for room when it takes no more.
    private func push() {
        guard lostBy == nil else { return }
        guard let isLeft = handle.flush() else {
            return lose(.gone(during: current?.during ?? "idling", handle.complaint))
        }
        lane.change(descriptor, to: isLeft ? [.readable, .writable] : .readable)
    }

    private func finish(_ outcome: Result<[PostgresAnswer], PostgresFault>) {
        guard let exchange = current else { return }
        current = nil
        if let alarm { lane.callOff(alarm) }
        alarm = nil
        if isCancelling {
            parked = { exchange.reply(outcome) }
        } else {
            exchange.reply(outcome)
        }
        startNext()
    }

    private func lose(_ failure: DatabaseFailure) {
        guard lostBy == nil else { return }
        lostBy = failure
        // libpq may have closed it already; nobody on this lane can have opened another meanwhile.
        lane.unwatch(descriptor)
        let cutOff = current
        isCancelling = false
        if let cutOff { finish(.failure(cutOff.fault(whenLostBy: failure))) }
        parked?()
        parked = nil
        for exchange in waiting { exchange.reply(.failure(PostgresFault(failure))) }
        waiting = []
        onLoss?(failure)
        onLoss = nil
    }
}

/// A statement as the server knows it.
struct PostgresPlan {
    struct Key: Hashable {
        let address: UInt
        let rows: Int
    }

    let name: String
    let takes: [SQLType]
}

extension DatabaseFailure {
    fileprivate static func over(during order: Order?) -> Self {
        DatabaseFailure(.misuse, during: order.map { "\($0.name)" } ?? "exchange", cause: "its transaction is over")
    }

    static func gone(during: String, _ cause: String) -> Self {
        DatabaseFailure(.unreachable, during: during, cause: cause)
    }
}
