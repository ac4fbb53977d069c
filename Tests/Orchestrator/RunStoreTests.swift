// OrchestratorTests · tests · sees Contracts, Delivery, Embedded, Kit, OrchestratorAdapters, OrchestratorCore, OrchestratorShell, Policies, Ports, PostgresDriver, SQLiteDriver, Telemetry, Wire
import Contracts
import Delivery
import Embedded
import Kit
import OrchestratorAdapters
import OrchestratorCore
import OrchestratorShell
import Policies
import Ports
import PostgresDriver
import SQLiteDriver
import Telemetry
import Testing
import Wire

@Suite("A run in a database", .timeLimit(.minutes(5)))
struct RunStoreTests {
    private static let migrations = [DeliveryTables.migration(number: 0)] + RunQueries.migrations

    @Test("is read back as it was left, whatever happened to it, on SQLite", arguments: 0..<12 as Range<UInt64>)
    func sqlite(seed: UInt64) async throws {
        let world = try World()
        defer { world.clear() }
        try await walk(seed, over: try await Self.sqlite(in: world), in: world)
    }

    @Test(
        "is read back as it was left, whatever happened to it, on PostgreSQL", arguments: 12..<15 as Range<UInt64>,
        Servers.Postgres.allCases)
    func postgres(seed: UInt64, version: Servers.Postgres) async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await PostgresDatabase.open(
            url: try await Servers.postgres(version).database(), owner: "orchestrator")
        try await walk(seed, over: database, in: world)
    }

    /// The same facts to the store and to the bare machine: after each, both have the same run.
    private func walk(_ seed: UInt64, over database: any Database, in world: World) async throws {
        try await database.migrate(Self.migrations)
        let bus = try await world.openBus()
        let store = try await Self.store(database, bus, world)
        var dice = Dice(seed, "stored")
        var wishes = dice
        var run = RunBuilder(wishing: { RunWalkTests.wish(&$0, &wishes) })
        var spec = RunBuilder.spec
        RunWalkTests.wish(&spec, &dice)
        try await Self.tell(
            [.submitted(spec, trail: RunBuilder.trail, built: PipelineTests.built)], at: run.now, to: store)
        for _ in 0..<60 {
            run.facts = []
            RunWalkTests.happen(to: &run, &dice)
            try await Self.tell(run.facts, at: run.now, to: store)
            #expect(try await store.run(RunBuilder.runID).map(Self.sorted) == run.state.map(Self.sorted))
            if run.state?.nextLook != nil { #expect(try await store.nextDue() != nil) }
        }
        let amended = run.said { if case .amended(let amendment) = $0 { amendment } else { nil } }
        let (patches, compensations) = try await Self.records(database)
        #expect(patches == amended.count && compensations == amended.flatMap(\.compensations).count)
        await bus.close()
        await database.close()
    }

    @Test("a wish that overtook its run is heard behind it, and never refused")
    func wishBeforeRun() async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await Self.sqlite(in: world)
        try await database.migrate(Self.migrations)
        let bus = try await world.openBus()
        let store = try await Self.store(database, bus, world)
        let (now, wish) = (RunBuilder().now, RunFact.asked(.cancel, Asker()))
        await #expect(throws: EarlyWish.self) { try await Self.tell([wish], at: now, to: store) }
        let submission = RunFact.submitted(RunBuilder.spec, trail: RunBuilder.trail, built: PipelineTests.built)
        try await Self.tell([wish, submission], at: now, to: store)
        #expect(try await store.run(RunBuilder.runID)?.status == .canceled)
        await bus.close()
        await database.close()
    }

    /// What is over has no order in the database but that of its names.
    private static func sorted(_ state: RunState) -> RunState {
        var state = state
        state.retired.sort { $0.jobID < $1.jobID }
        state.gates.sort { ($0.askedAt, $0.gate) < ($1.askedAt, $1.gate) }
        return state
    }

    private static func tell(_ facts: [RunFact], at now: Timestamp, to store: SQLRunStore) async throws {
        let news = facts.map { RunNews(eventID: nil, runID: RunBuilder.runID, fact: $0) }
        try await store.apply(news, at: now) { RunMachine.decide($0, $1, on: Occasion(at: now, chance: 42)) }
    }

    private static func sqlite(in world: World) async throws -> SQLiteDatabase {
        try await SQLiteDatabase.open(path: world.folder + "/orchestrator.sqlite", owner: "orchestrator")
    }

    private static func store(
        _ database: any Database, _ bus: any MessageBus, _ world: World
    ) async throws -> SQLRunStore {
        let relay = Relay(database: database, bus: bus, clock: world.clock, log: .silent)
        let desk = Desk(database: database, relay: relay, vault: try await world.openVault())
        return SQLRunStore(desk: desk, mint: Mint(clock: world.clock, entropy: SystemEntropy()), log: .silent)
    }

    private static func records(_ database: any Database) async throws -> (Int, Int) {
        try await database.transaction { tx in
            (try await tx.row(patches()) ?? 0, try await tx.row(compensations()) ?? 0)
        }
    }

    private static let patches = statement(
        "test.patches", gives: (Int).self, "SELECT count(*) FROM orchestrator.patches")
    private static let compensations = statement(
        "test.compensations", gives: (Int).self, "SELECT count(*) FROM orchestrator.compensations")

    // MARK: data folders of before

    @Test("that was stored before there were commands is read, and obeys them")
    func before() async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await Self.sqlite(in: world)
        try await database.migrate(Array(Self.migrations.prefix(2)))
        let run = RunBuilder()
        let state = try #require(run.state)
        let job = try #require(state.jobs.first)
        try await database.transaction { tx in
            try await tx.run(
                Self.oldRun(state.runID, state.status, state.stage, try JSON.text(state.snapshot), run.now))
            try await tx.run(Self.oldJob(job.jobID, state.runID, job.status, try JSON.text(job), run.now))
        }
        try await database.migrate(Self.migrations)
        let bus = try await world.openBus()
        let store = try await Self.store(database, bus, world)
        #expect(try await store.run(state.runID)?.jobs.first == job)
        #expect(try await store.nextDue() == nil)
        try await Self.tell([.asked(.cancel, Asker())], at: run.now, to: store)
        #expect(try await store.run(state.runID)?.status == .canceled)
        await bus.close()
        await database.close()
    }

    private static let oldRun = statement(
        "test.old_run", takes: RunID.self, RunStatus.self, Stage.self, String.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO orchestrator.runs (id, status, stage, version, snapshot, created_at, updated_at)
        VALUES ($1, $2, $3, 1, $4, $5, $5)
        """)

    private static let oldJob = statement(
        "test.old_job", takes: JobID.self, RunID.self, JobStatus.self, String.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO orchestrator.jobs (id, run_id, status, body, updated_at)
        VALUES ($1, $2, $3, $4, $5)
        """)
}
