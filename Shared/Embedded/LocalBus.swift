// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
package import Contracts
package import Ports
import SQLiteDriver
import Synchronization
import Wire

/// The broker of a laptop: durable queues in one SQLite file. The commit is the confirm.
package final class LocalBus: MessageBus, BusTail {
    /// A message delivered this often and never settled is what kills its handlers: it is buried.
    package static let fuse = 20
    private static let tailLength = 4096

    private let database: SQLiteDatabase
    private let clock: any WallClock
    private let bells = Doorbells()
    private let tails = Mutex<[Int: AsyncStream<Letter>.Continuation]>([:])

    private init(database: SQLiteDatabase, clock: any WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Opens the file; what was taken and not settled when the last process ended is ready again.
    package static func open(path: String, clock: any WallClock) async throws -> LocalBus {
        let database = try await SQLiteDatabase.open(path: path, owner: "broker")
        try await database.migrate(BusQueries.migrations)
        try await database.transaction { tx in _ = try await tx.run(BusQueries.recover()) }
        return LocalBus(database: database, clock: clock)
    }

    package func declare(_ topology: Topology) async throws(BusFailure) {
        try await transact("declare") { tx in
            for (queue, topics) in topology.queues {
                for topic in topics { try await tx.run(BusQueries.bind(queue.text, topic)) }
            }
        }
    }

    package func publish(_ letters: [Letter]) async throws(BusFailure) {
        let touched = try await transact("publish") { tx in
            var touched: Set<QueueName> = []
            for letter in letters {
                let headers = try JSON.text(letter.headers)
                for queue in try await queues(of: letter.address, in: tx) {
                    try await tx.run(
                        BusQueries.publish(queue.text, letter.id, letter.address.word, headers, letter.body))
                    touched.insert(queue)
                }
            }
            return touched
        }
        bells.ring(touched)
        let listeners = tails.withLock { Array($0.values) }
        for listener in listeners { letters.forEach { listener.yield($0) } }
    }

    package func take(from queue: QueueName, upTo limit: Int) async throws(BusFailure) -> [Delivery] {
        while true {
            if Task.isCancelled { throw BusFailure(.canceled, during: "take", cause: "the taker was cancelled") }
            if bells.isClosed { throw BusFailure(.closed, during: "take", cause: "the bus is closed") }
            let count = bells.count(of: queue)
            let (deliveries, due) = try await look(into: queue, limit: limit)
            if !deliveries.isEmpty { return deliveries }
            await wait(for: queue, after: count, until: due)
        }
    }

    package func settle(_ verdicts: [Verdict]) async throws(BusFailure) {
        let now = clock.now()
        try await transact("settle") { tx in
            for verdict in verdicts {
                let tag = verdict.delivery.tag
                switch verdict.fate {
                case .done:
                    try await tx.run(BusQueries.done(tag))
                case .later(let delay):
                    try await tx.run(BusQueries.later(tag, now + delay))
                case .bury(let reason):
                    try await tx.run(BusQueries.bury(tag, reason, now))
                    try await tx.run(BusQueries.done(tag))
                }
            }
        }
        // Takers sleep until what they knew to be due; something may be due earlier now.
        bells.ring(Set(verdicts.filter { $0.fate != .done }.map(\.delivery.queue)))
    }

    package func drop(_ queue: QueueName) async throws(BusFailure) {
        try await transact("drop") { tx in
            try await tx.run(BusQueries.unbind(queue.text))
            try await tx.run(BusQueries.clear(queue.text))
        }
    }

    package func tail() -> AsyncStream<Letter> {
        AsyncStream(bufferingPolicy: .bufferingNewest(Self.tailLength)) { continuation in
            let number = tails.withLock { tails in
                let number = (tails.keys.max() ?? 0) + 1
                tails[number] = continuation
                return number
            }
            continuation.onTermination = { [weak self] _ in _ = self?.tails.withLock { $0.removeValue(forKey: number) }
            }
        }
    }

    package func close() async {
        bells.close()
        let listeners = tails.withLock { Array($0.values) }
        listeners.forEach { $0.finish() }
        await database.close()
    }
}

// MARK: for operators

extension LocalBus {
    /// Messages in each queue, the taken ones too.
    package func depths() async throws(BusFailure) -> [QueueName: Int] {
        let rows = try await transact("depths") { tx in try await tx.rows(BusQueries.depths()) }
        return Dictionary(uniqueKeysWithValues: rows.map { (QueueName($0.0), $0.1) })
    }

    package struct Dead: Hashable, Sendable {
        package let queue: QueueName
        package let reason: String
        package let letterID: EventID
        package let deliveries: Int
    }

    package func dead() async throws(BusFailure) -> [Dead] {
        try await transact("dead") { tx in try await tx.rows(BusQueries.dead()) }
            .map { Dead(queue: QueueName($0.0), reason: $0.1, letterID: $0.2, deliveries: $0.3) }
    }
}

// MARK: inside

extension LocalBus {
    private func queues(of address: Letter.Address, in tx: any Transaction) async throws -> [QueueName] {
        switch address {
        case .queue(let queue): [queue]
        case .topic(let topic): try await tx.rows(BusQueries.bound(topic)).map(QueueName.init)
        }
    }

    /// Takes what is ready; when nothing is, answers when something will be.
    private func look(into queue: QueueName, limit: Int) async throws(BusFailure) -> ([Delivery], Timestamp?) {
        let now = clock.now()
        return try await transact("take") { tx in
            var deliveries: [Delivery] = []
            var buried = 0
            for (tag, id, word, count, headers, body) in try await tx.rows(BusQueries.ready(queue.text, now, limit)) {
                guard count < Self.fuse else {
                    try await tx.run(BusQueries.bury(tag, "delivered \(count) times and never settled", now))
                    try await tx.run(BusQueries.done(tag))
                    buried += 1
                    continue
                }
                // One that was delivered before goes alone: if it is poison, nobody shares its fate.
                guard count == 0 || deliveries.isEmpty else { break }
                try await tx.run(BusQueries.take(tag, now))
                let letter = Letter(
                    id: id, to: try Letter.Address(word: word), headers: try JSON.decode(from: headers), body: body)
                deliveries.append(Delivery(tag: tag, queue: queue, count: count + 1, letter: letter))
                if count > 0 { break }
            }
            // Nobody would settle what a cancelled taker took: it stays in the queue, uncounted.
            try Task.checkCancellation()
            if !deliveries.isEmpty { return (deliveries, nil) }
            // Behind what was buried there may be more than this look asked for.
            if buried > 0 { return ([], now) }
            return ([], try await tx.row(BusQueries.nextDue(queue.text)) ?? nil)
        }
    }

    private func wait(for queue: QueueName, after count: Int, until due: Timestamp?) async {
        guard let due else { return await bells.wait(for: queue, after: count) }
        await withTaskGroup { group in
            group.addTask { await self.bells.wait(for: queue, after: count) }
            group.addTask { try? await self.clock.sleep(until: due) }  // cancelled: the bell came first
            await group.next()
            group.cancelAll()
        }
    }

    @discardableResult
    private func transact<Value: Sendable>(
        _ during: String, _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws(BusFailure) -> Value {
        do {
            return try await database.transaction(work)
        } catch let failure as DatabaseFailure {
            let code: BusFailure.Code =
                switch failure.code {
                case .full: .full
                case .closed: .closed
                case .unreachable, .busy, .serialization: .unreachable
                default: .refused
                }
            throw BusFailure(code, during: during, cause: failure.description)
        } catch is CancellationError {
            throw BusFailure(.canceled, during: during, cause: "the task was cancelled")
        } catch {
            throw BusFailure(.refused, during: during, cause: "\(error)")
        }
    }
}

extension Letter.Address {
    /// As it stands in the table.
    fileprivate var word: String {
        switch self {
        case .topic(let topic): topic.rawValue
        case .queue(let queue): "queue:" + queue.text
        }
    }

    fileprivate init(word: String) throws(DatabaseFailure) {
        if word.hasPrefix("queue:") {
            self = .queue(QueueName(String(word.dropFirst(6))))
        } else if let topic = Topic(rawValue: word) {
            self = .topic(topic)
        } else {
            throw DatabaseFailure(.decoding, during: "bus.ready", cause: "\"\(word)\" is no address")
        }
    }
}
