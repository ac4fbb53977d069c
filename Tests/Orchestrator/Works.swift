// OrchestratorTests · tests · sees Contracts, Delivery, Embedded, Kit, OrchestratorAdapters, OrchestratorCore, OrchestratorShell, Ports, SQLiteDriver, Telemetry, Wire, WorkerHubAdapters, WorkerHubShell, WorkerKitShell
import Contracts
import Delivery
import Embedded
import Kit
import OrchestratorAdapters
import OrchestratorCore
import OrchestratorShell
import Ports
import SQLiteDriver
import Synchronization
import Telemetry
import Wire
import WorkerHubAdapters
import WorkerHubShell
import WorkerKitShell

/// Orchestrator, hub and two workers over real files, with engines that do as they are told.
final class Works: Sendable {
    /// A film of two jobs: one in the pool of texts, one in the pool of cuts.
    static let built: Set<JobType> = [.ingestStory, .composeFinal]

    let runs: SQLRunStore
    let leases: SQLLeaseStore
    let node: WorkerNode
    /// What its engines were told to do, and what became of it.
    let engines: [Pool: ScriptedEngine] = [.llm: ScriptedEngine(.llm), .compose: ScriptedEngine(.compose)]
    private let world: World
    private let bus: EmbeddedBus
    private let databases: [SQLiteDatabase]
    private let mint: Mint
    private let staff = Mutex<[Task<Void, Never>]>([])

    init() async throws {
        world = try World()
        mint = Mint(clock: world.clock, entropy: SystemEntropy())
        bus = try await world.openBus()
        try await bus.declare(.built)
        let objects = try await world.openStore()
        let vault = PayloadVault(objects: objects, mint: mint)
        var databases: [SQLiteDatabase] = []
        var desks: [Desk] = []
        var relays: [Relay] = []
        for (owner, migrations) in [("orchestrator", RunQueries.migrations), ("hub", LeaseQueries.migrations)] {
            let database = try await SQLiteDatabase.open(path: "\(world.folder)/\(owner).sqlite", owner: owner)
            try await database.migrate([DeliveryTables.migration(number: 0)] + migrations)
            let relay = Relay(database: database, bus: bus, clock: world.clock, log: .silent)
            databases.append(database)
            relays.append(relay)
            desks.append(Desk(database: database, relay: relay, vault: vault))
        }
        self.databases = databases
        runs = SQLRunStore(desk: desks[0], mint: mint, log: .silent)
        leases = SQLLeaseStore(desk: desks[1], mint: mint, log: .silent)
        node = WorkerNode(
            nodeID: mint.name(), bus: bus, bench: try await world.openStore(), clock: world.clock, mint: mint,
            log: .silent)
        for relay in relays { hire { try? await relay.run() } }  // ends with the test, by cancellation
        manControls(objects, vault)
        for engine in engines.values { hire { [node] in await PoolWorker(node: node, engine: engine).work() } }
        hire { [node] in await node.listen() }
    }

    private func manControls(_ objects: any ObjectStore, _ vault: PayloadVault) {
        let steward = RunSteward(store: runs, clock: world.clock, entropy: SystemEntropy(), log: .silent)
        let leaser = LeaseSteward(store: leases, objects: objects, clock: world.clock, log: .silent)
        let inbox = RunInbox(built: Self.built)
        for topic in [Topic.taskSubmitted, .jobStatus] {
            read(.group(topic, .orchestrator), vault) { try await steward.receive(try $0.compactMap(inbox.news)) }
        }
        for topic in [Topic.jobDispatch, .workerResult] {
            read(.group(topic, .workerHub), vault) { try await leaser.receive(try $0.compactMap(LeaseInbox.news)) }
        }
        let alarm = Alarm(clock: world.clock, log: .silent)
        hire { await alarm.run(next: steward.nextDue, ring: steward.tick) }
    }

    private func read(_ queue: QueueName, _ vault: PayloadVault, _ handle: @escaping Inbox.Handler) {
        let inbox = Inbox(bus: bus, queue: queue, vault: vault, clock: world.clock, log: .silent)
        hire { await inbox.run(handle) }
    }

    private func hire(_ work: @escaping @Sendable () async -> Void) {
        let task = Task { await work() }
        staff.withLock { $0.append(task) }
    }

    func submit(_ wish: (inout TaskSpec) -> Void = { _ in }) async throws -> RunID {
        let run: RunID = mint.name()
        var spec = RunBuilder.spec
        wish(&spec)
        try await say(.taskSubmitted, spec, of: run)
        return run
    }

    func say(_ type: AinerEvent, _ payload: some Encodable, of run: RunID) async throws {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: run, traceID: TraceID(trusted: "trace"),
            correlationID: CorrelationID(trusted: "task_1"), idempotencyKey: IdempotencyKey(trusted: "key"))
        let envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(type), at: world.clock.now(), from: .gateway, trail: trail,
            payload: try JSON.payload(payload))
        try await bus.publish([
            Letter(id: envelope.eventID, to: .topic(type.topic), body: try EnvelopeGate.write(envelope))
        ])
    }

    func now() -> Timestamp { world.clock.now() }

    func becomes(_ status: RunStatus, _ run: RunID) async throws -> Bool {
        try await eventually { try await self.runs.run(run)?.status == status }
    }

    func close() async {
        let staff = staff.withLock { $0 }
        for task in staff { task.cancel() }
        for task in staff { await task.value }
        await bus.close()
        for database in databases { await database.close() }
        world.clear()
    }
}

/// Begins what it is given and ends it when the test says so, or when it is stopped.
final class ScriptedEngine: Engine {
    let pool: Pool
    private let begun = AsyncStream<JobOrder>.makeStream()
    private let stopped = AsyncStream<JobID>.makeStream()
    private let curtain = Mutex<[JobID: AsyncStream<Never>.Continuation]>([:])

    init(_ pool: Pool) { self.pool = pool }

    func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        let (play, end) = AsyncStream<Never>.makeStream()
        curtain.withLock { $0[order.jobID] = end }
        begun.continuation.yield(order)
        for await _ in play {}
        if Task.isCancelled { stopped.continuation.yield(order.jobID) }
        try Task.checkCancellation()
        return Produce(products: [])
    }

    /// The next job it begins.
    func begins() async -> JobOrder? {
        for await order in begun.stream { return order }
        return nil
    }

    /// The next job it was stopped at.
    func stops() async -> JobID? {
        for await job in stopped.stream { return job }
        return nil
    }

    func finish(_ job: JobID) { curtain.withLock { $0.removeValue(forKey: job) }?.finish() }
}
