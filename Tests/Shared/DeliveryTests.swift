// SharedTests · tests · sees Contracts, Policies, Ports, Wire, Delivery, Embedded, Kit
import Contracts
import Delivery
import Embedded
import Kit
import Policies
import Ports
import Testing
import Wire

@Suite("Delivery", .timeLimit(.minutes(5)))
struct DeliveryTests {
    @Test(
        "has one effect for each letter, and says each thing once, over random redeliveries and crashes",
        arguments: Engine.allCases, Throws.hands)
    func randomCrashes(engine: Engine, hand: UInt64) async throws {
        for seed in Throws.seeds(of: hand) { try await crash(engine, seed) }
    }

    private func crash(_ engine: Engine, _ seed: UInt64) async throws {
        let world = try World()
        defer { world.clear() }
        let place = try await engine.place(in: world)
        var dice = Dice(seed, "delivery")
        let letters = (0..<40).map { EventID(trusted: "evt_in\($0)") }
        var told = 0
        while told < letters.count {
            // One life of the process: it handles some batches, then dies somewhere.
            let owner = try await DeliveryOwner.open(engine, at: place, in: world, over: world.openBus())
            for _ in 0..<dice.between(1, 4) {
                let fresh = Array(letters[told..<min(letters.count, told + dice.between(1, 5))])
                let old = (0..<dice.between(0, 3)).map { _ in letters[dice.between(0, max(0, told - 1))] }
                let dies = dice.next() < 0.3
                do {
                    try await handle(fresh + old + fresh.prefix(1), at: owner.desk, dyingBeforeCommit: dies)
                    told += fresh.count
                } catch is Accident {}
                if dice.next() < 0.5 { await owner.relay.publishAll() }
                if told >= letters.count { break }
            }
            await owner.close()
        }
        let owner = try await DeliveryOwner.open(engine, at: place, in: world, over: world.openBus())
        await owner.relay.publishAll()
        #expect(try await owner.tables().things.count == 40)
        let heard = try await owner.heard(atLeast: 40)
        #expect(heard == letters.map { EventID(trusted: "\($0)-answer0") }, "each once, in the order it was said")
        await owner.close()
    }

    @Test("gives what a letter brought once, though it lies twice in the batch, and what no letter brought always")
    func twiceInOneBatch() async throws {
        let world = try World()
        defer { world.clear() }
        let place = try await Engine.sqlite.place(in: world)
        let owner = try await DeliveryOwner.open(.sqlite, at: place, in: world, over: world.openBus())
        let news: [(letter: EventID?, word: Int)] = [
            (EventID(trusted: "evt_a"), 1), (nil, 2), (EventID(trusted: "evt_a"), 3), (EventID(trusted: "evt_b"), 4),
            (nil, 5),
        ]
        for expected in [[1, 2, 4, 5], [2, 5]] {
            let words = try await owner.desk.apply(consumer: "test", news: news, named: { $0.letter }, at: .one) {
                ($1.map(\.word), [])
            }
            #expect(words == expected)
        }
        await owner.close()
    }

    private struct Accident: Error {}

    private func handle(_ letters: [EventID], at desk: Desk, dyingBeforeCommit: Bool) async throws {
        try await desk.apply(consumer: "test", letters: letters, at: .one) { tx, fresh in
            for letter in fresh { try await tx.run(Things.open(letter.rawValue, 1)) }
            if dyingBeforeCommit { throw Accident() }
            return ((), try fresh.map { try DeliveryOwner.answer(to: $0) })
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
}
