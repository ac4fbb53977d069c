// SharedTests · tests · sees Contracts, Ports, Embedded, Kit
import Contracts
import Embedded
import Kit
import Ports
import Testing

@Suite("The bus of a laptop")
struct BusTests {
    static let work = QueueName("ainer.job.exec.video")

    @Test("delivers what was published, in order, once it is settled never again")
    func order() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        try await bus.publish((1...5).map { World.letter($0, to: .queue(Self.work)) })
        let first = try await bus.take(from: Self.work, upTo: 3)
        #expect(first.map(\.letter.id.rawValue) == ["evt_1", "evt_2", "evt_3"])
        #expect(first.allSatisfy { $0.count == 1 })
        try await bus.settle(first.map { Verdict($0, .done) })
        let second = try await bus.take(from: Self.work, upTo: 9)
        #expect(second.map(\.letter.id.rawValue) == ["evt_4", "evt_5"])
        #expect(second.first?.letter == World.letter(4, to: .queue(Self.work)))
        try await bus.settle(second.map { Verdict($0, .done) })
        #expect(try await bus.depths().isEmpty)
        await bus.close()
    }

    @Test("keeps for others what a taker who was cancelled meanwhile did not get")
    func cancelledTaker() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        var gotByTheCancelled = 0
        for number in 0..<200 {
            let taker = Task { try await bus.take(from: Self.work, upTo: 1) }
            async let sent: Void = bus.publish([World.letter(number, to: .queue(Self.work))])
            taker.cancel()
            try await sent
            if let taken = try? await taker.value {  // refused is what most of them are
                gotByTheCancelled += 1
                try await bus.settle(taken.map { Verdict($0, .done) })
            } else {
                let taken = try await bus.take(from: Self.work, upTo: 1)
                #expect(taken.map(\.letter.id.rawValue) == ["evt_\(number)"])
                #expect(taken.first?.count == 1, "the cancelled taker is not counted")
                try await bus.settle(taken.map { Verdict($0, .done) })
            }
        }
        #expect(gotByTheCancelled < 200)
        #expect(try await bus.depths().isEmpty)
        await bus.close()
    }

    @Test("copies a letter to every queue bound to its topic, and loses none that nobody wants loudly")
    func fanOut() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        let queues = [Module.orchestrator, .observer].map { QueueName.group(.jobStatus, $0) }
        try await bus.declare(Topology(Dictionary(uniqueKeysWithValues: queues.map { ($0, [.jobStatus]) })))
        try await bus.publish([World.letter(1, to: .topic(.jobStatus)), World.letter(2, to: .topic(.runStatus))])
        for queue in queues { #expect(try await bus.take(from: queue, upTo: 9).map(\.letter.id.rawValue) == ["evt_1"]) }
        await bus.close()
    }

    @Test("gives back after a restart what was taken and not settled, and counts")
    func recovery() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        try await bus.publish([World.letter(1, to: .queue(Self.work)), World.letter(2, to: .queue(Self.work))])
        _ = try await bus.take(from: Self.work, upTo: 9)
        await bus.close()
        let again = try await world.openBus()
        // What was delivered before comes alone: if it is poison nobody shares its fate.
        let first = try await again.take(from: Self.work, upTo: 9)
        #expect(first.map(\.letter.id.rawValue) == ["evt_1"])
        #expect(first.map(\.count) == [2])
        await again.close()
    }

    @Test("buries what kills its handlers, with the reason")
    func fuse() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        try await bus.publish([World.letter(1, to: .queue(Self.work)), World.letter(2, to: .queue(Self.work))])
        for _ in 0..<LocalBus.fuse {
            let taken = try await bus.take(from: Self.work, upTo: 1)
            try await bus.settle(taken.map { Verdict($0, .later(.zero)) })
        }
        let survivor = try await bus.take(from: Self.work, upTo: 1)
        #expect(survivor.map(\.letter.id.rawValue) == ["evt_2"])
        #expect(try await bus.dead().map(\.letterID.rawValue) == ["evt_1"])
        try await bus.settle(survivor.map { Verdict($0, .bury(reason: "not a ticket")) })
        #expect(try await bus.dead().map(\.reason).last == "not a ticket")
        await bus.close()
    }

    @Test("wakes a taker for a letter, for a delay that is over, and for its cancellation")
    func wakes() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        async let early = bus.take(from: Self.work, upTo: 1)
        try await bus.publish([World.letter(1, to: .queue(Self.work))])
        let first = try await early
        #expect(first.count == 1)
        try await bus.settle(first.map { Verdict($0, .later(.milliseconds(30))) })
        #expect(try await bus.take(from: Self.work, upTo: 1).map(\.count) == [2])
        let waiting = Task { try await bus.take(from: QueueName("ainer.empty"), upTo: 1) }
        waiting.cancel()
        await #expect(throws: BusFailure.self) { try await waiting.value }
        await bus.close()
    }

    @Test("tells takers that it is closed, and loses nothing by closing")
    func closing() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        let waiting = Task { try await bus.take(from: QueueName("ainer.empty"), upTo: 1) }
        try await bus.publish([World.letter(1, to: .queue(Self.work))])
        await bus.close()
        await #expect(throws: BusFailure.self) { try await waiting.value }
        let again = try await world.openBus()
        #expect(try await again.depths() == [Self.work: 1])
        await again.close()
    }

    @Test("shows a tail everything published from then on")
    func tail() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        var tail = bus.tail().makeAsyncIterator()
        try await bus.publish([World.letter(7, to: .topic(.runStatus))])
        #expect(await tail.next()?.id.rawValue == "evt_7")
        await bus.close()
        #expect(await tail.next() == nil)
    }

    @Test("gives every letter to exactly one of eight takers while eight publishers write")
    func crowd() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        let seen = try await withThrowingTaskGroup(of: [String].self) { group in
            for publisher in 0..<8 {
                group.addTask {
                    for number in 0..<25 {
                        try await bus.publish([World.letter(publisher * 100 + number, to: .queue(Self.work))])
                    }
                    return []
                }
            }
            for _ in 0..<8 {
                group.addTask {
                    var mine: [String] = []
                    while mine.count < 25 {
                        let taken = try await bus.take(from: Self.work, upTo: 25 - mine.count)
                        mine += taken.map(\.letter.id.rawValue)
                        try await bus.settle(taken.map { Verdict($0, .done) })
                    }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(seen.count == 200)
        #expect(Set(seen).count == 200)
        #expect(try await bus.depths().isEmpty)
        await bus.close()
    }
}
