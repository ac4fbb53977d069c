// SharedTests · tests · sees Contracts, Ports, Delivery, Embedded, Kit
import Contracts
import Delivery
import Embedded
import Kit
import Ports
import Testing

@Suite("A server that dies under an owner", .timeLimit(.minutes(5)))
struct DeliveryServerTests {
    @Test("in the middle of a transaction leaves nothing of it, and everything goes on when it is back")
    func restart() async throws {
        try await Self.withOwnServer { owner, server in
            let (letter, gate) = (EventID(trusted: "evt_1"), Barrier())
            try await withThrowingTaskGroup { group in
                group.addTask { try await owner.relay.run() }
                try await owner.say("evt_before")
                async let caught = Self.apply(letter, at: owner.desk) { try await gate.wait() }
                try await gate.untilSomebodyWaits()
                try await server.kill()
                try await server.restart()
                gate.open()
                do {
                    _ = try await caught
                    Issue.record("a transaction outlived its server")
                } catch let failure as DatabaseFailure {
                    #expect(failure.code == .unreachable)
                }
                let again = try await Self.apply(letter, at: owner.desk)
                let repeated = try await Self.apply(letter, at: owner.desk)
                #expect(again == 1 && repeated == 0)
                #expect(try await owner.heard(atLeast: 2).map(\.rawValue) == ["evt_before", "evt_1-answer0"])
                group.cancelAll()
            }
        }
    }

    @Test("while letters come keeps what it confirmed, and a letter whose commit nobody knows of counts once")
    func unknownCommits() async throws {
        try await Self.withOwnServer { owner, server in
            let letters = (0..<400).map { EventID(trusted: "evt_\($0)") }
            try await withThrowingTaskGroup { group in
                group.addTask { try await owner.relay.run() }
                async let handled: Void = Self.applyAll(letters, at: owner.desk)
                #expect(try await eventually { try await owner.tables().seen.count > 20 })
                try await server.kill()
                try await server.restart()
                try await handled
                let said = try await eventually { try await owner.unpublished() == 0 }
                #expect(said)
                group.cancelAll()
            }
            let tables = try await owner.tables()
            #expect(tables.things == ["thing \(letters.count) \(letters.count)"])
            #expect(tables.seen.count == letters.count && tables.said.count == letters.count)
            let heard = try await owner.heard(atLeast: try await owner.bus.depth(of: DeliveryOwner.out))
            #expect(Set(heard).count == letters.count)
        }
    }

    /// Gives a letter again as long as it fails, as its queue would.
    private static func applyAll(_ letters: [EventID], at desk: Desk) async throws {
        for letter in letters {
            let isDone = try await eventually {
                do {
                    _ = try await apply(letter, at: desk)
                    return true
                } catch is DatabaseFailure {
                    return false
                }
            }
            #expect(isDone, "\(letter)")
        }
    }

    @discardableResult
    private static func apply(
        _ letter: EventID, at desk: Desk, _ pause: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> Int {
        try await desk.apply(consumer: "test", letters: [letter], at: .one) { tx, fresh in
            try await pause()
            if !fresh.isEmpty {
                if let version = try await tx.row(Things.read("thing")) {
                    try await tx.send([Order(Things.move("thing", version, 1))])
                } else {
                    try await tx.run(Things.open("thing", 1))
                }
            }
            return (fresh.count, try fresh.map { try DeliveryOwner.answer(to: $0) })
        }
    }

    private static func withOwnServer(
        _ work: (_ owner: DeliveryOwner, _ server: PostgresServer) async throws -> Void
    ) async throws {
        let world = try World()
        defer { world.clear() }
        let server = try await Servers.ownPostgres()
        let owner = try await DeliveryOwner.open(
            .postgres15, at: server.database(), in: world, over: world.openBus())
        do {
            try await work(owner, server)
        } catch {
            await owner.close()
            try await server.end()
            throw error
        }
        await owner.close()
        try await server.end()
    }
}
