// OrchestratorTests · tests · sees Contracts, Delivery, Embedded, Kit, OrchestratorAdapters, OrchestratorShell, Policies, Ports, PostgresDriver, SQLiteDriver, Telemetry, Wire
import Contracts
import Delivery
import Embedded
import Kit
import OrchestratorAdapters
import OrchestratorShell
import Policies
import Ports
import PostgresDriver
import SQLiteDriver
import Synchronization
import Telemetry
import Testing
import Wire

@Suite("Dead letters", .timeLimit(.minutes(3)))
struct DeadLetterTests {
    enum Place: String, CaseIterable, Sendable {
        case sqlite
        case postgres
    }

    /// A queue with a reader that can be broken, the queue of the dead, and the desk where they are decided about.
    private struct Scene: Sendable {
        static let queue = QueueName.group(.taskSubmitted, .orchestrator)

        let world: World
        let bus: EmbeddedBus
        let database: any Database
        let desk: DeadLetterDesk
        let mortuary: Mortuary
        let reader = Reader()
    }

    /// Cannot handle anything as long as it is broken.
    private final class Reader: Sendable {
        private let state = Mutex((isBroken: true, heard: [EventID]()))

        var heard: [EventID] { state.withLock { $0.heard } }
        func mend() { state.withLock { $0.isBroken = false } }

        func hear(_ events: [EventID]) throws {
            let isBroken = state.withLock { state in
                if !state.isBroken { state.heard += events }
                return state.isBroken
            }
            if isBroken { throw Broken() }
        }
    }

    private final class Stage: Sendable {
        let scene: Scene
        private let staff: [Task<Void, Never>]

        init(_ place: Place) async throws {
            let world = try World()
            let bus = try await world.openBus()
            try await bus.declare(.built)
            let database: any Database =
                switch place {
                case .sqlite:
                    try await SQLiteDatabase.open(path: world.folder + "/orchestrator.sqlite", owner: "orchestrator")
                case .postgres:
                    try await PostgresDatabase.open(
                        url: try await Servers.postgres(.v16).database(), owner: "orchestrator")
                }
            try await database.migrate([DeliveryTables.migration(number: 0)] + RunQueries.migrations)
            let book = SQLDeadBook(database: database)
            let mortuary = Mortuary(book: book, bus: bus, clock: world.clock, log: .silent, read: DeadReader.read)
            let scene = Scene(
                world: world, bus: bus, database: database,
                desk: DeadLetterDesk(book: book, clock: world.clock, log: .silent), mortuary: mortuary)
            self.scene = scene
            let inbox = Inbox(
                bus: bus, queue: Scene.queue, vault: try await world.openVault(), clock: world.clock, log: .silent,
                ladder: Ladder(first: .milliseconds(1)))
            staff = [
                Task { await mortuary.receive() },
                Task {
                    await inbox.run { try scene.reader.hear($0.map(\.eventID)) }
                },
            ]
        }

        func close() async {
            for task in staff { task.cancel() }
            for task in staff { await task.value }
            await scene.bus.close()
            await scene.database.close()
            scene.world.clear()
        }
    }

    private struct Broken: Error {}

    private static func on(_ place: Place, _ visit: (Scene) async throws -> Void) async throws {
        let stage = try await Stage(place)
        do { try await visit(stage.scene) } catch {
            await stage.close()
            throw error
        }
        await stage.close()
    }

    private static func letter(_ number: Int) throws -> Letter {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: RunBuilder.runID, traceID: TraceID(trusted: "trace"),
            correlationID: CorrelationID(trusted: "task_1"), idempotencyKey: IdempotencyKey(trusted: "key"))
        let envelope = EventEnvelope(
            eventID: EventID(trusted: "evt_\(number)"), type: .ainer(.taskSubmitted), at: Timestamp(microseconds: 1),
            from: .gateway, trail: trail, payload: try JSON.payload(RunBuilder.spec))
        return Letter(
            id: envelope.eventID, to: .queue(Scene.queue), headers: ["event_type": "task.submitted"],
            body: try EnvelopeGate.write(envelope))
    }

    private static func dead(_ scene: Scene, _ count: Int, _ filter: DeadFilter = DeadFilter(state: .dead)) async throws
    {
        let isThere = try await eventually { try await scene.desk.page(filter, limit: 100).items.count == count }
        let all = try await scene.desk.page(DeadFilter(), limit: 100).items
        #expect(isThere, "\(all)")
    }

    @Test(
        "are on record with everything there is to know, and sent back by a person have their effect once",
        arguments: Place.allCases)
    func replay(place: Place) async throws {
        try await Self.on(place) { scene in
            try await scene.bus.publish([try Self.letter(1), try Self.letter(2)])
            try await Self.dead(scene, 2)
            let page = try await scene.desk.page(DeadFilter(runID: RunBuilder.runID), limit: 10)
            let letter = try #require(page.items.first { $0.eventID.rawValue == "evt_1" })
            #expect(
                letter.eventType == "task.submitted" && letter.producer == "gateway" && letter.queue == Scene.queue.text
            )
            #expect(letter.traceID == "trace" && letter.tenantID == "local" && letter.deliveries == 2)
            #expect(letter.errorCode == .dependencyDown && letter.reason.contains("Broken"))
            #expect(page.freezes.isEmpty)
            let ask = DeadFilter(eventIDs: [EventID(trusted: "evt_1")])
            let plan = try await scene.desk.decide(DeadWish(.replay, ask, by: "ada", because: "", isPlan: true))
            #expect(plan.isPlan && plan.count == 1)
            try await scene.mortuary.bringBack()
            try await Self.dead(scene, 2)
            // Sent back while the reader is still broken: it dies again, and keeps what was known of it.
            _ = try await scene.desk.decide(DeadWish(.replay, ask, by: "ada", because: "", isPlan: false))
            try await scene.mortuary.bringBack()
            try await Self.dead(scene, 2)
            let again = try #require(try await scene.desk.letters(of: letter.eventID).first)
            #expect(again.replayCount == 1 && again.replayedBy == "ada" && again.firstFailedAt == letter.firstFailedAt)
            #expect(again.lastFailedAt > letter.lastFailedAt && again.excerpt?.contains("\"evt_1\"") == true)
            scene.reader.mend()
            let all = DeadWish(.replay, DeadFilter(), by: "ada", because: "", isPlan: false)
            #expect(try await scene.desk.decide(all).count == 2)
            #expect(try await scene.desk.decide(all).count == 0, "what is on its way is not sent twice")
            try await scene.mortuary.bringBack()
            let isHeard = try await eventually { scene.reader.heard.count == 2 }
            #expect(isHeard)
            try await Self.dead(scene, 2, DeadFilter(state: .replayed))
            #expect(try await scene.mortuary.nextLeaving() == nil)
        }
    }

    @Test(
        "are what is no letter too, and keep nobody else waiting; what is dropped stays dropped",
        arguments: Place.allCases)
    func poison(place: Place) async throws {
        try await Self.on(place) { scene in
            scene.reader.mend()
            let garbage: [[UInt8]] = [
                Array("not json \u{0}\u{1}".utf8), [0xFF, 0x00], [],
                Array(#"{"event_type":"a\u0000b","run_id":"x"}"#.utf8),
            ]
            let letters = garbage.enumerated().map { number, body in
                Letter(id: EventID(trusted: "evt_g\(number)"), to: .queue(Scene.queue), body: body)
            }
            try await scene.bus.publish(letters + [try Self.letter(1)])
            try await Self.dead(scene, garbage.count)
            let isHeard = try await eventually { scene.reader.heard == [EventID(trusted: "evt_1")] }
            #expect(isHeard)
            let page = try await scene.desk.page(DeadFilter(), limit: 10)
            #expect(
                page.items.allSatisfy { $0.errorCode == .answerMalformed && $0.eventType == DeadLetter.unknownType })
            let wish = DeadWish(
                .drop, DeadFilter(errorCode: .answerMalformed), by: "ada", because: "noise", isPlan: false)
            #expect(try await scene.desk.decide(wish).count == garbage.count)
            // The broker may bring the same death once more.
            let death = Death(reason: "again", queue: Scene.queue, deliveries: 1)
            try await scene.bus.publish([
                Letter(id: EventID(trusted: "evt_g0"), to: .queue(.dead), headers: death.headers, body: garbage[0])
            ])
            let isTaken = try await eventually { try await scene.bus.depth(of: .dead) == 0 }
            #expect(isTaken)
            let dropped = try await scene.desk.page(DeadFilter(state: .dropped), limit: 10).items
            #expect(dropped.count == garbage.count && dropped.allSatisfy { $0.droppedBecause == "noise" })
        }
    }

    @Test("that are sent back to a queue nobody has are dead again, and say so")
    func lost() async throws {
        try await Self.on(.sqlite) { scene in
            let death = Death(reason: "no", queue: QueueName("ainer.gone.nobody"), deliveries: 3)
            var letter = try Self.letter(1)
            letter.address = .queue(.dead)
            letter.headers = death.headers
            try await scene.bus.publish([letter])
            try await Self.dead(scene, 1)
            let wish = DeadWish(.replay, DeadFilter(queue: "ainer.gone.nobody"), by: "ada", because: "", isPlan: false)
            #expect(try await scene.desk.decide(wish).count == 1)
            try await scene.mortuary.bringBack()
            let found = try #require(try await scene.desk.letters(of: letter.id).first)
            #expect(found.state == .dead && found.reason.contains("nobody has the queue"))
        }
    }

    @Test("freeze releases when one kind has more than fifty, or waits for longer than an hour")
    func freeze() {
        let now = Timestamp(microseconds: 1_700_000_000_000_000)
        let minuteAgo = now + .seconds(-60)
        #expect(DeadFreeze("a", count: 50, oldest: minuteAgo, at: now) == nil)
        #expect(DeadFreeze("a", count: 51, oldest: minuteAgo, at: now)?.count == 51)
        #expect(DeadFreeze("a", count: 1, oldest: now + .seconds(-3600), at: now) == nil)
        #expect(DeadFreeze("a", count: 1, oldest: now + .seconds(-3601), at: now) != nil)
        #expect(DeadFreeze("a", count: 0, oldest: now + .seconds(-9999), at: now) == nil)
    }
}
