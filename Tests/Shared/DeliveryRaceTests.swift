// SharedTests · tests · sees Contracts, Policies, Ports, Delivery, Kit
import Contracts
import Delivery
import Kit
import Policies
import Ports
import Synchronization
import Testing

/// What only a server can show: on a laptop's file one writes at a time.
@Suite("Several replicas of an owner", .timeLimit(.minutes(5)))
struct DeliveryRaceTests {
    @Test(
        "apply each letter once, six at a time and a quarter of the letters given twice",
        arguments: Engine.servers, 0..<2)
    func sixAppliers(engine: Engine, seed: UInt64) async throws {
        try await Replicas.with(engine) { one, two in
            var dice = Dice(seed, "race")
            let letters = (0..<480).map { EventID(trusted: "evt_\(seed)-\($0)") }
            let twice = letters.filter { _ in dice.next() < 0.25 }
            var pile = (letters + twice).map { (dice.next(), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
            var hands: [[[EventID]]] = Array(repeating: [], count: 6)
            while !pile.isEmpty {
                let batch = Array(pile.prefix(dice.between(1, 9)))
                pile.removeFirst(batch.count)
                hands[dice.between(0, 5)].append(batch)
            }
            let counted = try await withThrowingTaskGroup(of: Int.self) { group in
                for (number, hand) in hands.enumerated() {
                    let desk = number % 2 == 0 ? one.desk : two.desk
                    group.addTask {
                        var counted = 0
                        for batch in hand { counted += try await Self.apply(batch, at: desk) }
                        return counted
                    }
                }
                return try await group.reduce(0, +)
            }
            let tables = try await one.tables()
            #expect(counted == letters.count)
            #expect(tables.seen.count == letters.count)
            #expect(Set(tables.said).count == letters.count && tables.said.count == letters.count)
            #expect(tables.things.compactMap { Int($0.split(separator: " ")[2]) }.reduce(0, +) == letters.count)
        }
    }

    /// Things in the order of their names, so nobody waits for anybody in a ring.
    @Sendable private static func apply(_ letters: [EventID], at desk: Desk) async throws -> Int {
        try await desk.apply(consumer: "test", letters: letters, at: Timestamp(microseconds: 1)) { tx, fresh in
            let groups = Dictionary(grouping: fresh) { "thing_\(Seed.hash($0.rawValue) % 5)" }
            for (thing, letters) in groups.sorted(by: { $0.key < $1.key }) {
                try await Self.count(letters.count, of: thing, in: tx)
            }
            return (fresh.count, try fresh.map { try DeliveryOwner.answer(to: $0) })
        }
    }

    /// Whoever opens a thing at the same moment as another one is turned away, and finds it there the next time.
    private static func count(_ letters: Int, of thing: String, in tx: any Transaction) async throws {
        if let version = try await tx.row(Things.read(thing)) {
            try await tx.send([Order(Things.move(thing, version, letters))])
        } else if try await tx.run(Things.openOnce(thing, letters)) == 0 {
            throw DatabaseFailure(.serialization, during: "things.open", cause: "\(thing) was opened meanwhile")
        }
    }

    @Test(
        "that get one letter at once have one effect: the second waits, and finds it known", arguments: Engine.servers)
    func sameLetter(engine: Engine) async throws {
        try await Replicas.with(engine) { one, two in
            let (letter, gate) = (EventID(trusted: "evt_1"), Barrier())
            async let first = one.desk.apply(consumer: "test", letters: [letter], at: .one) { tx, fresh in
                try await gate.wait()
                try await tx.run(Things.open("thing", fresh.count))
                return (fresh.count, [])
            }
            try await gate.untilSomebodyWaits()
            async let second = two.desk.apply(consumer: "test", letters: [letter], at: .one) { _, fresh in
                (fresh.count, [])
            }
            #expect(try await eventually { try await one.waiting() == 1 })
            gate.open()
            let counted = try await (first, second)
            #expect(counted == (1, 0))
        }
    }

    @Test(
        "that get one letter at once have one effect: when the first fails, the second has it",
        arguments: Engine.servers)
    func sameLetterLeftOver(engine: Engine) async throws {
        try await Replicas.with(engine) { one, two in
            let (letter, gate) = (EventID(trusted: "evt_1"), Barrier())
            async let first: Int = one.desk.apply(consumer: "test", letters: [letter], at: .one) { _, _ in
                try await gate.wait()
                throw Accident()
            }
            try await gate.untilSomebodyWaits()
            async let second = two.desk.apply(consumer: "test", letters: [letter], at: .one) { _, fresh in
                (fresh.count, [])
            }
            #expect(try await eventually { try await one.waiting() == 1 })
            gate.open()
            do {
                _ = try await first
                Issue.record("the accident happened to nobody")
            } catch is Accident {}
            let counted = try await second
            #expect(counted == 1)
        }
    }

    @Test("that lock each other out go on one after the other, and nobody above hears of it", arguments: Engine.servers)
    func ring(engine: Engine) async throws {
        try await Replicas.with(engine) { one, two in
            for thing in ["left", "right"] {
                try await one.database.transaction { tx in _ = try await tx.run(Things.open(thing, 0)) }
            }
            let meeting = Meeting()
            @Sendable func move(_ first: String, _ second: String, at desk: Desk) async throws {
                try await desk.send(at: .one) { tx in
                    for (place, thing) in [first, second].enumerated() {
                        let version = try await tx.row(Things.read(thing)) ?? 0
                        try await tx.send([Order(Things.move(thing, version, 1))])
                        // Each holds one now and wants the other's; the second time round they are past that.
                        if place == 0 { try await meeting.wait() }
                    }
                    return ((), [])
                }
            }
            async let there: Void = move("left", "right", at: one.desk)
            async let back: Void = move("right", "left", at: two.desk)
            _ = try await (there, back)
            #expect(try await one.tables().things == ["left 3 2", "right 3 2"])
        }
    }

    private struct Accident: Error {}
}

/// Two processes over one owner's tables.
enum Replicas {
    static func with(
        _ engine: Engine, _ work: (_ one: DeliveryOwner, _ two: DeliveryOwner) async throws -> Void
    ) async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        let place = try await engine.place(in: world)
        let one = try await DeliveryOwner.open(engine, at: place, in: world, over: bus)
        let two = try await one.replica()
        do {
            try await work(one, two)
        } catch {
            await two.database.close()
            await one.close()
            throw error
        }
        await two.database.close()
        await one.close()
    }
}

/// Two wait for each other; nobody waits there a second time.
private final class Meeting: Sendable {
    private let here = Mutex(0)
    private let (arrivals, arrive) = AsyncStream.makeStream(of: Void.self)

    func wait() async throws {
        let count = here.withLock { here in
            here += 1
            return here
        }
        if count == 2 { arrive.finish() }
        if count == 1 { for await _ in arrivals {} }
        try Task.checkCancellation()
    }
}
