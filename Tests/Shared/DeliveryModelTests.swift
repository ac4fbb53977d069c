// SharedTests · tests · sees Contracts, Policies, Ports, Wire, Delivery, Embedded, Telemetry, Kit
import Contracts
import Delivery
import Embedded
import Kit
import Policies
import Ports
import Telemetry
import Testing
import Wire

@Suite("The delivery transaction", .timeLimit(.minutes(5)))
struct DeliveryModelTests {
    @Test(
        "does on every database what a dictionary would do, over random batches",
        arguments: Engine.allCases, 0..<5)
    func likeTheModel(engine: Engine, seed: UInt64) async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        let owner = try await DeliveryOwner.open(engine, at: engine.place(in: world), in: world, over: bus)
        // On a server the letters lie in several weeks, and some before them or after.
        _ = try await Retention(database: owner.database, clock: world.clock, log: .silent).sweep()
        var model = DeliveryModel()
        for batch in Batch.random(60, seed: seed, around: world.clock.now()) {
            let expected = try model.apply(batch)
            let answer = try await apply(batch, at: owner.desk)
            #expect(answer == expected, "\(engine), seed \(seed)")
        }
        #expect(try await owner.tables() == model.tables, "\(engine), seed \(seed)")
        #expect(model.tables.said.count > 50 && model.stale > 3, "the dice were dull: \(model.stale)")
        await owner.close()
    }

    /// What a batch was answered with: the letters that counted, or `nil` for a change that was turned away.
    private func apply(_ batch: Batch, at desk: Desk) async throws -> [EventID]? {
        do {
            return try await desk.apply(consumer: "test", letters: batch.letters, at: batch.now) { tx, fresh in
                for (thing, letters) in batch.byThing(fresh) {
                    let version = try await tx.row(Things.read(thing))
                    if let version {
                        let seen = batch.isStale ? version - 1 : version
                        let moved = try await tx.run(Things.move(thing, seen, letters.count))
                        guard moved == 1 else { throw Stale() }
                    } else {
                        try await tx.run(Things.open(thing, letters.count))
                    }
                }
                return (fresh, try fresh.flatMap(batch.answers))
            }
        } catch is Stale {
            return nil
        }
    }
}

private struct Stale: Error {}

/// Letters that come together, and whether whoever handles them looks at old versions.
private struct Batch: Sendable {
    let letters: [EventID]
    let isStale: Bool
    let now: Timestamp

    /// Fresh letters, redelivered old ones, repeats inside a batch, foreign names, and batches of nothing.
    static func random(_ count: Int, seed: UInt64, around now: Timestamp) -> [Batch] {
        var dice = Dice(seed, "model")
        let names = Names(seed: seed, start: now)
        var told = 0
        return (1...count).map { number in
            let fresh = (0..<dice.between(0, 6)).map { names[told + $0] }
            let old = (0..<dice.between(0, 4)).map { _ in names[dice.between(0, max(0, told - 1))] }
            let twice = fresh.prefix(dice.between(0, 2))
            told += fresh.count
            return Batch(
                letters: old.prefix(2) + fresh + twice + old.dropFirst(2), isStale: dice.next() < 0.15,
                now: Timestamp(microseconds: Int64(number)))
        }
    }

    /// Each thing with its letters, in the order of the things' names: so two batches cannot wait for each other.
    func byThing(_ letters: [EventID]) -> [(String, [EventID])] {
        Dictionary(grouping: letters) { "thing_\(Seed.hash($0.rawValue) % 7)" }.sorted { $0.key < $1.key }
    }

    /// Nothing, one or two things are said about a letter.
    func numbers(_ letter: EventID) -> Range<Int> { 0..<Int(Seed.hash("\(letter) says") % 3) }

    func answers(_ letter: EventID) throws -> [OutgoingLetter] {
        try numbers(letter).map { try DeliveryOwner.answer(to: letter, $0) }
    }
}

/// A letter every four hours; one in three is called as a stranger might call it.
private struct Names {
    let seed: UInt64
    let start: Timestamp

    subscript(number: Int) -> EventID {
        guard number % 3 > 0 else { return EventID(trusted: "evt_in-\(number)") }
        let moment = start + .seconds(14_400 * (number - 20))
        return EventID(
            trusted: "evt_" + ULID.text(milliseconds: UInt64(moment.microseconds / 1000), high: 0, low: seed))
    }
}

/// The same in plain Swift.
private struct DeliveryModel {
    private var seen: [String: Int64] = [:]
    private var things: [String: (version: Int, total: Int)] = [:]
    private var said: [String] = []
    private(set) var stale = 0

    var tables: OwnerTables {
        OwnerTables(
            seen: seen.sorted { $0.key < $1.key }.map { "test \($0.key) \($0.value)" },
            things: things.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.version) \($0.value.total)" },
            said: said)
    }

    mutating func apply(_ batch: Batch) throws -> [EventID]? {
        var fresh: [EventID] = []
        for letter in batch.letters where seen[letter.rawValue] == nil && !fresh.contains(letter) {
            fresh.append(letter)
        }
        let changes = batch.byThing(fresh)
        if batch.isStale, changes.contains(where: { things[$0.0] != nil }) {
            stale += 1
            return nil
        }
        for (thing, letters) in changes {
            let before = things[thing] ?? (0, 0)
            things[thing] = (before.version + 1, before.total + letters.count)
        }
        for letter in fresh {
            seen[letter.rawValue] = batch.now.microseconds
            for number in batch.numbers(letter) { said.append(try line(letter, number, batch)) }
        }
        return fresh
    }

    private func line(_ letter: EventID, _ number: Int, _ batch: Batch) throws -> String {
        let envelope = try DeliveryOwner.answer(to: letter, number).envelope
        let body = String(decoding: EnvelopeWriter.write(envelope), as: UTF8.self)
        let address = "queue:\(DeliveryOwner.out)"
        return "\(envelope.eventID) \(envelope.eventType.name) \(address) \(batch.now.microseconds) \(body)"
    }
}
