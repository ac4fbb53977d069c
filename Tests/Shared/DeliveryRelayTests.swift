// SharedTests · tests · sees Contracts, Ports, Delivery, Embedded, Telemetry, Kit
import Contracts
import Delivery
import Embedded
import Kit
import Ports
import Synchronization
import Telemetry
import Testing

@Suite("A relay", .timeLimit(.minutes(5)))
struct DeliveryRelayTests {
    @Test("says aloud what nobody can receive, and lets it hold up nobody else", arguments: Engine.allCases)
    func unroutable(engine: Engine) async throws {
        try await Self.with(engine) { owner, bus, errors in
            try await owner.desk.send(at: .one) { _ in
                let nowhere = QueueName("ainer.node.node_gone")
                return (
                    (),
                    try (0..<5).map { number in
                        let queue = number == 2 ? nowhere : DeliveryOwner.out
                        return try DeliveryOwner.word(EventID(trusted: "evt_\(number)"), to: queue)
                    }
                )
            }
            await owner.relay.publishAll()
            #expect(try await owner.unpublished() == 0)
            #expect(try await owner.heard(atLeast: 4).map(\.rawValue) == ["evt_0", "evt_1", "evt_3", "evt_4"])
            #expect(errors.lines == ["nobody can receive a letter evt_2"])
        }
    }

    @Test("takes no more at once than it can hold, and all of it in order", arguments: Engine.allCases)
    func bounded(engine: Engine) async throws {
        let batches = Mutex<[Int]>([])
        let watch = { @Sendable (letters: [Letter]) in
            batches.withLock { $0.append(letters.reduce(0) { $0 + $1.body.count }) }
        }
        try await Self.with(engine, watch) { owner, bus, _ in
            let names = (0..<150).map { EventID(trusted: "evt_\($0)") }
            let long = String(repeating: "n", count: 60_000)
            try await owner.desk.send(at: .one) { _ in
                ((), try names.map { try DeliveryOwner.word($0, note: long) })
            }
            await owner.relay.publishAll()
            #expect(try await owner.heard(atLeast: names.count) == names)
        }
        let sizes = batches.withLock { $0 }
        #expect(sizes.count > 1 && sizes.allSatisfy { $0 < 5 << 20 }, "\(sizes)")
    }

    @Test("is woken by a commit", arguments: Engine.allCases)
    func woken(engine: Engine) async throws {
        try await Self.with(engine) { owner, bus, _ in
            try await withThrowingTaskGroup { group in
                group.addTask { try await owner.relay.run() }
                for number in 0..<20 { try await owner.say("evt_\(number)") }
                #expect(try await owner.heard(atLeast: 20).count == 20)
                group.cancelAll()
            }
        }
    }

    @Test("is woken by a commit in another process, long before it would look by itself", arguments: Engine.servers)
    func wokenFromElsewhere(engine: Engine) async throws {
        try await Replicas.with(engine) { one, two in
            try await withThrowingTaskGroup { group in
                group.addTask { try await two.relay.run() }
                let began = ContinuousClock.now
                for number in 0..<20 {
                    try await one.say("evt_\(number)")
                    #expect(try await one.heard(atLeast: 1).count == 1)
                }
                // By itself it looks every five seconds.
                #expect(ContinuousClock.now - began < .seconds(60))
                group.cancelAll()
            }
        }
    }

    @Test("of several publishes alone, each sender's letters once and in order", arguments: Engine.servers)
    func together(engine: Engine) async throws {
        try await Replicas.with(engine) { one, two in
            try await withThrowingTaskGroup { group in
                for owner in [one, two] { group.addTask { try await owner.relay.run() } }
                let senders = 4
                try await withThrowingTaskGroup { group in
                    for sender in 0..<senders {
                        let owner = sender % 2 == 0 ? one : two
                        group.addTask { for number in 100..<160 { try await owner.say("evt_\(sender)-\(number)") } }
                    }
                    try await group.waitForAll()
                }
                let heard = try await one.heard(atLeast: senders * 60)
                #expect(heard.count == senders * 60 && Set(heard).count == heard.count, "nothing is said twice")
                for sender in 0..<senders {
                    let own = heard.filter { $0.rawValue.hasPrefix("evt_\(sender)-") }
                    #expect(own == own.sorted(), "sender \(sender)")
                }
                group.cancelAll()
            }
        }
    }

    @Test("does not stand in another one's way while it waits for its broker", arguments: Engine.servers)
    func waitsAside(engine: Engine) async throws {
        let broken: TollBus.Toll = { _ in throw BusFailure(.unreachable, during: "publish", cause: "no broker here") }
        try await Self.with(engine, broken) { owner, bus, errors in
            try await withThrowingTaskGroup { group in
                group.addTask { try await owner.relay.run() }
                try await owner.say("evt_1")
                #expect(try await eventually { !errors.lines.isEmpty })
                let whole = try await owner.replica(over: bus.whole)
                let isOut = try await eventually {
                    await whole.relay.publishAll()
                    return try await whole.unpublished() == 0
                }
                #expect(isOut)
                await whole.database.close()
                group.cancelAll()
            }
        }
    }

    @Test("is followed by another one when it dies in the middle, and nothing is lost", arguments: Engine.servers)
    func takeover(engine: Engine) async throws {
        let gate = Barrier()
        let stuck: TollBus.Toll = { _ in try await gate.wait() }
        try await Self.with(engine, stuck) { owner, bus, _ in
            let other = try await owner.replica(over: bus.whole)
            try await withThrowingTaskGroup { group in
                group.addTask { try await owner.relay.run() }
                try await owner.say("evt_1")
                try await gate.untilSomebodyWaits()
                group.addTask { try await other.relay.run() }
                try await other.say("evt_2")
                #expect(try await other.unpublished() == 2, "the first one is at it")
                _ = try await other.database.transaction { tx in try await tx.rows(Things.hangUp()) }
                #expect(try await other.heard(atLeast: 2).map(\.rawValue) == ["evt_1", "evt_2"])
                group.cancelAll()
                gate.open()
            }
            await other.database.close()
        }
    }
}

extension DeliveryRelayTests {
    /// An owner whose bus takes a toll from every publish.
    private static func with(
        _ engine: Engine, _ toll: @escaping TollBus.Toll = { _ in },
        _ work: (_ owner: DeliveryOwner, _ bus: TollBus, _ errors: Errors) async throws -> Void
    ) async throws {
        let world = try World()
        defer { world.clear() }
        let errors = Errors()
        let bus = TollBus(whole: try await world.openBus(), toll: toll)
        let place = try await engine.place(in: world)
        let owner = try await DeliveryOwner.open(engine, at: place, in: world, over: bus, log: errors.log)
        do {
            try await work(owner, bus, errors)
        } catch {
            await owner.close()
            throw error
        }
        await owner.close()
    }
}
