// SharedTests · tests · sees Contracts, Policies, Ports, Delivery, Embedded, Kit
import Contracts
import Delivery
import Embedded
import Foundation
import Kit
import Policies
import Ports
import Testing

/// Where a life ends.
enum Ending: String, CaseIterable, Codable, Sendable {
    case beforeCommit
    case afterCommit
    case beforePublish
    case afterPublish
    /// Somewhere in the middle of its work.
    case anywhere
}

@Suite("A process that is killed", .timeLimit(.minutes(5)))
struct DeliveryCrashTests {
    private static let letters = (0..<60).map { EventID(trusted: "evt_in\($0)") }

    @Test(
        "leaves what the next one finishes: one effect of each letter, and nothing unsaid",
        arguments: Engine.allCases, Ending.allCases)
    func killed(engine: Engine, death: Ending) async throws {
        let world = try World()
        defer { world.clear() }
        let place = try await engine.place(in: world)
        var dice = Dice(Seed.hash("\(engine) \(death)"), "crash")
        let lives = death == .anywhere ? 4 : 2
        for _ in 0..<lives {
            let life = try Life(engine, place, world, death)
            let isUnderWay = try await life.walk(death == .anywhere ? dice.between(1, 30) : 1)
            #expect(isUnderWay || death == .anywhere, "it never came to its place")
            try await life.end()
        }
        let owner = try await DeliveryOwner.open(engine, at: place, in: world, over: world.openBus())
        try await Self.handleAll(at: owner.desk)
        try await expectEverythingSaid(by: owner, deaths: lives)
        await owner.close()
    }

    @Test(
        "is followed by the replica beside it, which waited for it as long as it lived",
        arguments: Engine.servers, [Ending.beforeCommit, .beforePublish, .afterPublish])
    func survived(engine: Engine, death: Ending) async throws {
        let world = try World()
        defer { world.clear() }
        let place = try await engine.place(in: world)
        let life = try Life(engine, place, world, death)
        #expect(try await life.walk(1), "it never came to its place")
        let owner = try await DeliveryOwner.open(engine, at: place, in: world, over: world.openBus())
        try await withThrowingTaskGroup { group in
            group.addTask { try await owner.relay.run() }
            async let handled: Void = Self.handleAll(at: owner.desk)
            if death == .beforeCommit {
                #expect(try await eventually { try await owner.waiting() == 1 }, "its letters are still its own")
            } else {
                try await handled
                #expect(try await owner.unpublished() > 0, "it is still at it")
            }
            try await life.end()
            try await handled
            // By the ring that comes every few seconds, whatever happens.
            #expect(try await eventually { try await owner.unpublished() == 0 })
            group.cancelAll()
        }
        try await expectEverythingSaid(by: owner, deaths: 1)
        await owner.close()
    }

    private func expectEverythingSaid(by owner: DeliveryOwner, deaths: Int) async throws {
        // A session whose process was killed may hold its lock for a moment.
        let isOut = try await eventually {
            await owner.relay.publishAll()
            return try await owner.unpublished() == 0
        }
        #expect(isOut)
        let (tables, count) = (try await owner.tables(), Self.letters.count)
        #expect(tables.seen.count == count && tables.said.count == count)
        #expect(tables.things == ["thing \(count) \(count)"])
        let heard = try await owner.heard(atLeast: try await owner.bus.depth(of: DeliveryOwner.out))
        var firsts: [EventID] = []
        for letter in heard where !firsts.contains(letter) { firsts.append(letter) }
        #expect(firsts == Self.letters.map { EventID(trusted: "\($0)-answer0") }, "in the order it was said")
        // Only what a death caught between publishing and marking is said again.
        #expect(heard.count <= count + deaths * 10)
    }

    /// Every letter once more, by other handfuls.
    private static func handleAll(at desk: Desk) async throws {
        for first in stride(from: 0, to: letters.count, by: 7) {
            try await handle(Array(letters[first..<min(first + 7, letters.count)]), at: desk)
        }
    }

    private static func handle(
        _ letters: [EventID], at desk: Desk, _ pause: @escaping @Sendable () async throws -> Void = {}
    ) async throws {
        try await desk.apply(consumer: "test", letters: letters, at: .one) { tx, fresh in
            for _ in fresh {
                if let version = try await tx.row(Things.read("thing")) {
                    try await tx.send([Order(Things.move("thing", version, 1))])
                } else {
                    try await tx.run(Things.open("thing", 1))
                }
            }
            try await pause()
            return ((), try fresh.map { try DeliveryOwner.answer(to: $0) })
        }
    }

    // MARK: the other side

    /// Not a test but what the others kill.
    @Test("lives until then", .enabled(if: Life.Task.given != nil))
    func live() async throws {
        guard let task = Life.Task.given else { return }
        Life.hold()
        let world = World(at: task.folder)
        let endAt: @Sendable (Ending) async throws -> Void = { place in
            guard task.death == place else { return }
            Life.tell()
            try await Barrier().wait()
        }
        let bus = TollBus(
            whole: try await world.openBus(), toll: { _ in try await endAt(.beforePublish) },
            receipt: { _ in try await endAt(.afterPublish) })
        let owner = try await DeliveryOwner.open(task.engine, at: task.place, in: world, over: bus)
        for first in stride(from: 0, to: Self.letters.count, by: 5) {
            let batch = Array(Self.letters[first..<first + 5])
            let isMiddle = first == 15
            try await Self.handle(batch, at: owner.desk) { if isMiddle { try await endAt(.beforeCommit) } }
            if isMiddle { try await endAt(.afterCommit) }
            if task.death == .anywhere { Life.tell() }
            if first != 10 { await owner.relay.publishAll() }
            if task.death == .anywhere { Life.tell() }
        }
    }
}
