// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
package import Contracts
package import Ports
import SQLiteDriver
import Synchronization
import Wire

/// The broker of a laptop: durable queues in one SQLite file.
///
/// What was said is given out at once and confirmed when it is durable: whoever said it keeps it until then. What was taken
/// or settled survives the process at once and a loss of power with the next confirm; before, it comes again.
package final class EmbeddedBus: MessageBus {
    /// A message delivered this often and never settled is what kills its handlers: it is buried.
    package static let fuse = 20
    /// How much of what was said lately is kept for displays.
    private static let tailLength: Int64 = 10_000
    /// Only a bell: the tail is no queue.
    static let tailBell = QueueName("ainer.tail")

    private struct Members {
        var subscribers: [Int: Subscriber] = [:]
        var lastNumber = 0
    }

    private let database: SQLiteDatabase
    private let clock: any WallClock
    let bells = Doorbells()
    private let members = Mutex(Members())

    private init(database: SQLiteDatabase, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Opens the file; what was taken and not settled when the last process ended is ready again.
    package static func open(path: String, clock: any WallClock) async throws -> EmbeddedBus {
        let database = try await SQLiteDatabase.open(path: path, owner: "broker")
        try await database.migrate(BusTables.migrations)
        try await database.lightly { tx in _ = try await tx.run(BusQueries.recover()) }
        return EmbeddedBus(database: database, clock: clock)
    }

    package func declare(_ topology: Topology) async throws(BusFailure) {
        try await transact("declare") { tx in
            for (queue, topics) in topology.queues {
                try await tx.run(BusQueries.declare(queue.text))
                for topic in topics { try await tx.run(BusQueries.bind(queue.text, topic)) }
            }
        }
        try await confirm("declare")
    }

    package func drop(_ queue: QueueName) async throws(BusFailure) {
        try await transact("drop") { tx in
            try await tx.run(BusQueries.forget(queue.text))
            try await tx.run(BusQueries.unbind(queue.text))
            try await tx.run(BusQueries.clear(queue.text))
        }
        try await confirm("drop")
    }

    package func depth(of queue: QueueName) async throws(BusFailure) -> Int {
        let now = clock.now()
        return try await transact("depth") { tx in
            try await known(queue, in: tx)
            return try await tx.row(BusQueries.depth(queue.text, now)) ?? 0
        }
    }

    package func close() async {
        bells.close()
        await database.close()
    }

    /// Messages in each queue that has any, the taken and the delayed ones too.
    package func depths() async throws(BusFailure) -> [QueueName: Int] {
        let rows = try await transact("depths") { tx in try await tx.rows(BusQueries.depths()) }
        return Dictionary(uniqueKeysWithValues: rows.map { (QueueName($0.0), $0.1) })
    }
}

// MARK: publishing

extension EmbeddedBus {
    package func publish(_ letters: [Letter]) async throws(BusFailure) {
        let (touched, unroutable) = try await transact("publish") { tx in
            var touched: [QueueName: Int] = [:]
            var unroutable: [Letter] = []
            for letter in letters {
                let queues = try await queues(of: letter.address, in: tx)
                if queues.isEmpty, case .queue = letter.address { unroutable.append(letter) }
                for queue in queues {
                    try await put(letter, into: queue, in: tx)
                    touched[queue, default: 0] += 1
                }
            }
            try await tell(letters, in: tx)
            return (touched, unroutable)
        }
        bells.ring(touched)
        bells.ring(Self.tailBell)
        try await confirm("publish")
        if let first = unroutable.first {
            throw BusFailure(
                .unroutable, during: "publish",
                cause: "nobody has declared the queue of \(first.id) (\(first.address.word))",
                letters: unroutable.map(\.id))
        }
    }

    private func queues(of address: Letter.Address, in tx: any Transaction) async throws -> [QueueName] {
        switch address {
        case .queue(let queue): try await tx.rows(BusQueries.declared(queue.text)).map(QueueName.init)
        case .topic(let topic): try await tx.rows(BusQueries.bound(topic)).map(QueueName.init)
        }
    }

    private func put(_ letter: Letter, into queue: QueueName, in tx: any Transaction) async throws {
        try await tx.run(
            BusQueries.publish(
                queue.text, letter.id, letter.address.word, try JSON.text(letter.headers), letter.body))
    }

    /// What was said to a topic stays readable for a while, in the order it was said.
    private func tell(_ letters: [Letter], in tx: any Transaction) async throws {
        for letter in letters {
            guard case .topic(let topic) = letter.address else { continue }
            let headers = try JSON.text(letter.headers)
            let position = try await tx.row(BusQueries.tell(letter.id, topic, headers, letter.body)) ?? 0
            if position % 256 == 0 { try await tx.run(BusQueries.forgetTold(position - Self.tailLength)) }
        }
    }
}

// MARK: taking

extension EmbeddedBus {
    package func subscribe(to queue: QueueName, prefetch: Int) async throws(BusFailure) -> Arrivals<Delivery> {
        try await transact("subscribe") { tx in try await known(queue, in: tx) }
        let subscriber = members.withLock { members in
            members.lastNumber += 1
            let subscriber = Subscriber(number: members.lastNumber, queue: queue, prefetch: prefetch)
            members.subscribers[subscriber.number] = subscriber
            return subscriber
        }
        return Arrivals(
            next: { () async throws(BusFailure) in try await self.next(for: subscriber) },
            end: {
                subscriber.end()
                self.bells.ring(for: subscriber)
                self.leave(subscriber)
            })
    }

    private func next(for subscriber: Subscriber) async throws(BusFailure) -> [Delivery]? {
        var hasFound = false
        // He may have been woken for something that nobody else looks for.
        defer { if !hasFound { bells.ring([subscriber.queue: 1]) } }
        while true {
            if subscriber.hasEnded { return nil }
            try mayWait()
            let room = subscriber.room
            // Who has no room is not woken for what he cannot take.
            let queue = room > 0 ? subscriber.queue : nil
            let count = bells.count(of: queue, for: subscriber)
            var due: Timestamp?
            if room > 0 {
                let (deliveries, next) = try await look(with: subscriber, room)
                hasFound = !deliveries.isEmpty
                if hasFound { return deliveries }
                due = next
            }
            await wait(at: queue, for: subscriber, after: count, until: due)
        }
    }

    /// What an end that comes meanwhile must wait for: what is found can still be settled.
    private func look(with subscriber: Subscriber, _ room: Int) async throws(BusFailure) -> ([Delivery], Timestamp?) {
        var found = 0
        subscriber.beginsToLook()
        defer {
            subscriber.looked(andFound: found)
            leave(subscriber)
        }
        let look = try await look(for: subscriber, limit: room)
        found = look.taken.count
        if look.buried > 0 { bells.ring([.dead: look.buried]) }
        // Behind what was buried there may be more than this look asked for.
        return (look.taken, look.taken.isEmpty && look.buried > 0 ? clock.now() : look.due)
    }

    private typealias Look = (taken: [Delivery], buried: Int, due: Timestamp?)

    /// Takes what is ready; when nothing is, answers when something will be.
    private func look(for subscriber: Subscriber, limit: Int) async throws(BusFailure) -> Look {
        let now = clock.now()
        let queue = subscriber.queue.text
        return try await transact("take") { tx in
            var deliveries: [Delivery] = []
            var buried = 0
            for (tag, id, word, count, headers, body) in try await tx.rows(BusQueries.ready(queue, now, limit)) {
                let letter = Letter(
                    id: id, to: try Self.address(word), headers: try JSON.decode(from: headers), body: body)
                let receipt = Delivery.Receipt(consumer: subscriber.number, life: 0, number: tag)
                let delivery = Delivery(receipt, queue: subscriber.queue, count: count + 1, letter: letter)
                guard count < Self.fuse else {
                    let reason = "delivered \(count) times and never settled"
                    try await bury(delivery, Death(reason: reason, queue: subscriber.queue, deliveries: count), in: tx)
                    buried += 1
                    continue
                }
                // One that was delivered before goes alone: if it is poison, nobody shares its fate.
                guard count == 0 || deliveries.isEmpty else { break }
                try await tx.run(BusQueries.take(tag, now))
                deliveries.append(delivery)
                if count > 0 { break }
            }
            // Nobody would settle what a cancelled taker took: it stays in the queue, uncounted.
            try Task.checkCancellation()
            if !deliveries.isEmpty { return (deliveries, buried, nil) }
            return ([], buried, try await tx.row(BusQueries.nextDue(queue)) ?? nil)
        }
    }

    private func wait(
        at queue: QueueName?, for taker: Subscriber, after count: Doorbells.Count, until due: Timestamp?
    ) async {
        guard let due else { return await bells.wait(at: queue, for: taker, after: count) }
        await withTaskGroup { group in
            group.addTask { await self.bells.wait(at: queue, for: taker, after: count) }
            group.addTask { try? await self.clock.sleep(until: due) }  // cancelled: the bell came first
            await group.next()
            group.cancelAll()
        }
    }

    func mayWait() throws(BusFailure) {
        if Task.isCancelled { throw BusFailure(.canceled, during: "take", cause: "the taker was cancelled") }
        if bells.isClosed { throw BusFailure(.closed, during: "take", cause: "the bus is closed") }
    }
}

// MARK: settling

extension EmbeddedBus {
    package func settle(_ verdicts: [Verdict]) async throws(BusFailure) {
        // What was taken in a life before this one was ready again when this one began.
        let ours = verdicts.filter { subscriber(of: $0) != nil }
        let now = clock.now()
        try await transact("settle") { tx in
            for verdict in ours {
                let (delivery, tag) = (verdict.delivery, verdict.delivery.receipt.number)
                switch verdict.fate {
                case .done:
                    try await tx.run(BusQueries.done(tag))
                case .later(let delay):
                    try await tx.run(BusQueries.later(tag, now + delay))
                case .bury(let reason):
                    let death = Death(reason: reason, queue: delivery.queue, deliveries: delivery.count)
                    try await bury(delivery, death, in: tx)
                }
            }
        }
        // Takers sleep until what they knew to be due, and each of them must know it: any may be gone by then.
        for queue in Set(ours.filter { $0.fate.isLater }.map(\.delivery.queue)) { bells.ring(queue) }
        let buried = ours.count { $0.fate.isBurial }
        if buried > 0 { bells.ring([.dead: buried]) }
        for verdict in ours {
            guard let subscriber = subscriber(of: verdict) else { continue }
            if subscriber.settled(1) { bells.ring(for: subscriber) }
            leave(subscriber)
        }
    }

    private func bury(_ delivery: Delivery, _ death: Death, in tx: any Transaction) async throws {
        var letter = delivery.letter
        letter.headers.merge(death.headers) { _, new in new }
        try await put(letter, into: .dead, in: tx)
        try await tx.run(BusQueries.done(delivery.receipt.number))
    }

    private func subscriber(of verdict: Verdict) -> Subscriber? {
        members.withLock { $0.subscribers[verdict.delivery.receipt.consumer] }
    }

    private func leave(_ subscriber: Subscriber) {
        if subscriber.isOver { members.withLock { _ = $0.subscribers.removeValue(forKey: subscriber.number) } }
    }
}

// MARK: inside

extension EmbeddedBus {
    private static func address(_ word: String) throws(DatabaseFailure) -> Letter.Address {
        guard let address = Letter.Address(word: word) else {
            throw DatabaseFailure(.decoding, during: "bus.ready", cause: "\"\(word)\" is no address")
        }
        return address
    }

    private func known(_ queue: QueueName, in tx: any Transaction) async throws {
        guard try await tx.row(BusQueries.declared(queue.text)) == nil else { return }
        throw BusFailure(.refused, during: "subscribe", cause: "nobody has declared the queue \(queue)")
    }

    @discardableResult
    func transact<Value: Sendable>(
        _ during: String, _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws(BusFailure) -> Value {
        do {
            return try await database.lightly(work)
        } catch {
            throw Self.failure(error, during)
        }
    }

    /// Returns when what was done so far is durable.
    private func confirm(_ during: String) async throws(BusFailure) {
        do {
            try await database.settle()
        } catch {
            throw Self.failure(error, during)
        }
    }

    private static func failure(_ error: any Error, _ during: String) -> BusFailure {
        switch error {
        case let failure as BusFailure: return failure
        case is CancellationError: return BusFailure(.canceled, during: during, cause: "the task was cancelled")
        case let failure as DatabaseFailure:
            let code: BusFailure.Code =
                switch failure.code {
                case .full: .full
                case .closed: .closed
                case .unreachable, .busy, .serialization, .timeout: .unreachable
                default: .refused
                }
            return BusFailure(code, during: during, cause: failure.description)
        default: return BusFailure(.refused, during: during, cause: "\(error)")
        }
    }
}

extension Verdict.Fate {
    fileprivate var isLater: Bool { if case .later = self { true } else { false } }
    fileprivate var isBurial: Bool { if case .bury = self { true } else { false } }
}
