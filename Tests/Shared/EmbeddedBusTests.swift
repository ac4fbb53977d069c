// SharedTests · tests · sees Contracts, Ports, Conformance, Embedded, Policies, SQLiteDriver, Kit
import Conformance
import Contracts
import Embedded
import Kit
import Policies
import Ports
import SQLiteDriver
import Synchronization
import Testing

@Suite("The bus of a laptop")
struct EmbeddedBusTests {
    @Test("keeps what every bus promises", arguments: BusPromise.all)
    func promises(promise: BusPromise) async throws {
        let world = try World()
        defer { world.clear() }
        try await promise.check(BusWorld { try await world.openBus() })
    }

    @Test("lets nobody share the fate of what was delivered before: it comes alone")
    func alone() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        try await bus.declare(Topology([BusWorld.work: []]))
        try await bus.publish([1, 2].map { World.letter($0, to: .queue(BusWorld.work)) })
        _ = try await bus.take(from: BusWorld.work, upTo: 9)
        await bus.close()
        let again = try await world.openBus()
        let first = try await again.take(from: BusWorld.work, upTo: 9)
        #expect(first.map(\.letter.id.rawValue) == ["evt_1"])
        #expect(first.map(\.count) == [2])
        await again.close()
    }

    /// A letter wakes one taker only: one who leaves without having looked must wake another.
    @Test("leaves no letter lying, whoever of many takers is woken and goes away", arguments: [1, 7, 23])
    func noLetterIsLeft(seed: UInt64) async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        try await bus.declare(Topology([BusWorld.work: []]))
        let taken = Taken()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for taker in 0..<24 {
                group.addTask {
                    var dice = Dice(seed, "taker \(taker)")
                    while taken.count < 200, !Task.isCancelled {
                        let visit = Task {
                            let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 1)
                            let batch = try await arrivals.next()
                            await arrivals.end()
                            return batch ?? []
                        }
                        // Some give up at any moment, and what a cancelled one got all the same he works on.
                        if dice.between(0, 2) == 0 { visit.cancel() }
                        guard let batch = try? await visit.value else { continue }  // it gave up
                        try await bus.settle(batch.map { Verdict($0, .done) })
                        taken.note(batch)
                    }
                }
            }
            for number in 0..<200 {
                try await bus.publish([World.letter(number, to: .queue(BusWorld.work))])
            }
            let isDone = try await eventually { taken.count == 200 }
            #expect(isDone, "\(taken.count) of 200 were taken")
            group.cancelAll()
            await bus.close()
            while case .failure = await group.nextResult() {}  // whoever waited when it closed
        }
    }

    @Test("takes over the queues and the dead of a data folder of an earlier version")
    func earlierVersion() async throws {
        let world = try World()
        defer { world.clear() }
        let before = try await SQLiteDatabase.open(path: world.folder + "/broker.sqlite", owner: "broker")
        try await before.migrate(Array(BusTables.migrations.prefix(1)))
        try await before.transaction { tx in
            try await tx.run(Self.oldMessage("ainer.job.exec.audio"))
            try await tx.run(Self.oldDead("ainer.job.exec.video", "not a ticket"))
        }
        await before.close()
        let bus = try await world.openBus()
        #expect(try await bus.depth(of: .tickets(.audio)) == 1)
        let dead = try await bus.take(from: .dead, upTo: 1)
        #expect(dead.first?.letter.death == Death(reason: "not a ticket", queue: .tickets(.video), deliveries: 3))
        await bus.close()
    }

    private static let oldMessage = statement(
        "test.old_message", takes: String.self, gives: (String).self,
        """
        INSERT INTO broker.messages (queue, letter_id, address, headers, body)
        VALUES ($1, 'evt_1', 'job.exec', '{}', x'00')
        """)

    private static let oldDead = statement(
        "test.old_dead", takes: String.self, String.self, gives: (String).self,
        """
        INSERT INTO broker.dead (seq, queue, letter_id, address, deliveries, reason, died_at, headers, body)
        VALUES (7, $1, 'evt_7', 'job.status', 3, $2, 0, '{"n":"7"}', x'00')
        """)
}

/// What came to anybody.
private final class Taken: Sendable {
    private let names = Mutex<Set<EventID>>([])

    var count: Int { names.withLock { $0.count } }
    func note(_ batch: [Delivery]) { names.withLock { $0.formUnion(batch.map(\.letter.id)) } }
}
