// SharedTests · tests · sees Contracts, Policies, Ports, Wire, Delivery, Embedded, SQLiteDriver, Telemetry, Kit
import Contracts
import Delivery
import Embedded
import Kit
import Policies
import Ports
import SQLiteDriver
import Telemetry
import Testing
import Wire

@Suite("Delivery")
struct DeliveryTests {
    static let out = QueueName("ainer.job.exec.audio")

    @Test(
        "has one effect for each letter, and says each thing once, over random redeliveries and crashes",
        arguments: 0..<12)
    func randomCrashes(seed: UInt64) async throws {
        let world = try World()
        defer { world.clear() }
        var dice = Dice(seed, "delivery")
        let letters = (0..<40).map { EventID(trusted: "evt_in\($0)") }
        var told = 0
        while told < letters.count {
            // One life of the process: it handles some batches, then dies somewhere.
            let bus = try await world.openBus()
            try await bus.declare(Topology([Self.out: []]))
            let database = try await Self.open(world)
            let relay = Relay(database: database, bus: bus, clock: world.clock, log: .silent)
            let desk = Desk(database: database, relay: relay, vault: try await world.openVault())
            for _ in 0..<dice.between(1, 4) {
                let fresh = Array(letters[told..<min(letters.count, told + dice.between(1, 5))])
                let old = (0..<dice.between(0, 3)).map { _ in letters[dice.between(0, max(0, told - 1))] }
                let dies = dice.next() < 0.3
                do {
                    try await handle(fresh + old + fresh.prefix(1), at: desk, dyingBeforeCommit: dies)
                    told += fresh.count
                } catch is Death {}
                if dice.next() < 0.5 { await relay.publishAll() }
                if told >= letters.count { break }
            }
            await database.close()
            await bus.close()
        }
        let bus = try await world.openBus()
        let database = try await Self.open(world)
        let relay = Relay(database: database, bus: bus, clock: world.clock, log: .silent)
        await relay.publishAll()
        #expect(try await database.transaction { tx in try await tx.rows(Self.count()) } == [40])
        var heard: [String] = []
        while heard.count < 40 {
            let taken = try await bus.take(from: Self.out, upTo: 64)
            heard += taken.map { String(decoding: $0.letter.body, as: UTF8.self) }
            try await bus.settle(taken.map { Verdict($0, .done) })
        }
        let answers = heard.map { $0.split(separator: "\"").first { $0.hasPrefix("evt_in") } ?? "" }
        #expect(answers == letters.map { Substring($0.rawValue) }, "each once, in the order it was said")
        await database.close()
        await bus.close()
    }

    private struct Death: Error {}

    private func handle(_ letters: [EventID], at desk: Desk, dyingBeforeCommit: Bool) async throws {
        try await desk.apply(consumer: "test", letters: letters, at: Timestamp(microseconds: 1)) { tx, fresh in
            for letter in fresh { try await tx.run(Self.note(letter)) }
            if dyingBeforeCommit { throw Death() }
            return ((), try fresh.map(Self.answer))
        }
    }

    @Test("says an event under its old name too while both are published, and each reader counts it once")
    func dualPublish() throws {
        let old = EventType.ainer(.stepEnqueued)
        let registry = Registry.standard.with(old, .dualPublish, replacedBy: .ainer(.jobEnqueued))
        let envelope = EventEnvelope(
            eventID: EventID(trusted: "evt_1"), type: .ainer(.jobEnqueued), at: Timestamp(microseconds: 1),
            from: .orchestrator,
            trail: Trail(
                tenantID: .local, projectID: .local, runID: nil, traceID: TraceID(trusted: "t"),
                correlationID: CorrelationID(trusted: "c"), idempotencyKey: IdempotencyKey(trusted: "k")),
            payload: JSON.payload(Shape.jobOrder.example()))
        let letter = try OutgoingLetter(envelope, by: registry)
        #expect(letter.copies.map(\.envelope.eventType) == [old])
        let said = try ([letter] + letter.copies).map { try EnvelopeGate.write($0.envelope, by: registry) }
        #expect(try said.compactMap { try EnvelopeReader.read($0, by: registry) }.map(\.eventID) == [envelope.eventID])
        #expect(throws: EnvelopeRefusal.self) {
            var early = envelope
            early.eventType = old
            return try OutgoingLetter(early)
        }
    }

    @Sendable private static func answer(to letter: EventID) throws -> OutgoingLetter {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: nil, traceID: TraceID(trusted: "t"),
            correlationID: CorrelationID(trusted: letter.rawValue), idempotencyKey: IdempotencyKey(trusted: "k"))
        let envelope = EventEnvelope(
            eventID: EventID(trusted: letter.rawValue + "-answer"), type: .ainer(.nodeLost),
            at: Timestamp(microseconds: 1),
            from: .workerHub, trail: trail,
            payload: try JSON.payload(NodeLost(nodeID: NodeID(trusted: "node_1"))))
        return try OutgoingLetter(envelope, to: .queue(out))
    }

    private static func open(_ world: World) async throws -> SQLiteDatabase {
        let database = try await SQLiteDatabase.open(path: world.folder + "/owner.sqlite", owner: "owner")
        try await database.migrate([DeliveryTables.migration(number: 0), migration])
        return database
    }

    private static let migration = Migration(
        1, "create_notes", up: "CREATE TABLE notes (id TEXT PRIMARY KEY NOT NULL) STRICT;", down: "DROP TABLE notes;")

    private static let note = statement(
        "test.note", takes: EventID.self, gives: (EventID).self,
        """
        INSERT INTO owner.notes (id)
        VALUES ($1)
        """)

    private static let count = statement(
        "test.count", gives: (Int).self,
        """
        SELECT count(*)
        FROM owner.notes
        """)
}
