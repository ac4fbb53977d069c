// SimulationTests · tests · sees Contracts, Delivery, OrchestratorAdapters, OrchestratorShell, Ports, SQLiteDriver, Telemetry, Wire, WorkerHubAdapters, WorkerHubShell
import Contracts
import Delivery
import OrchestratorAdapters
import OrchestratorShell
import Ports
import SQLiteDriver
import Telemetry
import Wire
import WorkerHubAdapters
import WorkerHubShell

/// What a simulated world stands on: orchestrator and hub as they are, over real databases in memory, with a broker, a
/// store, a clock and connections that fail as fate has it.
final class SimLand {
    /// A film of five jobs, two of which come of the plan.
    static let built: Set<JobType> = [.ingestStory, .planSceneShots, .renderVideo, .composeFinal]
    static let shots = (1...2).map { PlannedShot(shotID: ShotID(ordinal: $0), lines: []) }
    static let pools: [Pool] = [.llm, .video, .compose]
    /// Long enough that nothing is buried for what fate does to it.
    private static let ladder = Ladder(
        first: .seconds(1), .seconds(1), .seconds(2), .seconds(2), .seconds(5), .seconds(5), .seconds(5), .seconds(5),
        .seconds(30), .seconds(30), .seconds(30), .seconds(30))

    struct Owner {
        let database: SQLiteDatabase
        let relay: Relay
        let desk: Desk
    }

    private struct Ground {
        let fate: SimFate
        let clock: SimClock
        let bus: SimBus
        let vault: PayloadVault
        let hasInbox: Bool

        func owner(_ name: String, _ migrations: [Migration]) async throws -> Owner {
            let database = try await SQLiteDatabase.open(path: ":memory:", owner: name)
            try await database.migrate([DeliveryTables.migration(number: 0)] + migrations)
            let shaky = SimDatabase(inner: database, fate: fate, hasInbox: hasInbox)
            let relay = Relay(database: shaky, bus: bus, clock: clock, log: .silent)
            return Owner(database: database, relay: relay, desk: Desk(database: shaky, relay: relay, vault: vault))
        }
    }

    /// One queue, its inbox, and who handles what comes.
    struct Reader {
        let queue: QueueName
        let inbox: Inbox
        let handle: Inbox.Handler
    }

    let fate: SimFate
    let clock = SimClock()
    /// What the services complained about.
    let complaints = SimNotes()
    let bus: SimBus
    let store: SimStore
    let mint: Mint
    let orchestrator: Owner
    let hub: Owner
    let runs: RunSteward
    let runStore: SQLRunStore
    let leases: LeaseSteward
    private(set) var readers: [Reader] = []

    init(seed: UInt64, hasInbox: Bool) async throws {
        fate = SimFate(seed)
        bus = SimBus(fate: fate, clock: clock)
        store = SimStore(fate: fate)
        mint = Mint(clock: clock, entropy: fate)
        let vault = PayloadVault(objects: store, mint: mint)
        let ground = Ground(fate: fate, clock: clock, bus: bus, vault: vault, hasInbox: hasInbox)
        orchestrator = try await ground.owner("orchestrator", RunQueries.migrations)
        hub = try await ground.owner("hub", LeaseQueries.migrations)
        try await bus.declare(.built.without(.group(.runStatus, .gateway)))
        let log = Log(threshold: .warning) { [complaints] line in
            let fields = line.fields.map { "\($0.key.rawValue): \($0.value)" }
            complaints.add("\(line.message), \(fields.joined(separator: ", "))")
        }
        runStore = SQLRunStore(desk: orchestrator.desk, mint: mint, log: log)
        runs = RunSteward(store: runStore, clock: clock, entropy: fate, log: log)
        leases = LeaseSteward(
            store: SQLLeaseStore(desk: hub.desk, mint: mint, log: .silent), objects: store, clock: clock, log: .silent)
        manControls(vault)
    }

    private func manControls(_ vault: PayloadVault) {
        let (runs, leases, inbox) = (runs, leases, RunInbox(built: Self.built))
        func read(_ queue: QueueName, _ handle: @escaping Inbox.Handler) {
            let reader = Inbox(
                bus: bus, queue: queue, vault: vault, clock: clock, log: .silent, ladder: Self.ladder)
            readers.append(Reader(queue: queue, inbox: reader, handle: handle))
        }
        for topic in [Topic.taskSubmitted, .jobStatus] {
            read(.group(topic, .orchestrator)) { try await runs.receive(try $0.compactMap(inbox.news)) }
        }
        for topic in [Topic.jobDispatch, .workerResult] {
            read(.group(topic, .workerHub)) { try await leases.receive(try $0.compactMap(LeaseInbox.news)) }
        }
    }

    /// One turn: a batch is taken, handled and settled. Whatever was not settled in the end comes again.
    func turn(_ reader: Reader) async {
        await reader.inbox.run(reader.handle)
        bus.giveBack(reader.queue)
    }

    /// As a client's gateway does: again under the same number until it is confirmed.
    func say(_ type: AinerEvent, _ payload: some Encodable, of run: RunID) async throws {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: run, traceID: TraceID(trusted: "trace"),
            correlationID: CorrelationID(trusted: "task_1"), idempotencyKey: IdempotencyKey(trusted: "key"))
        let envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(type), at: clock.now(), from: .gateway, trail: trail,
            payload: try JSON.payload(payload))
        let letter = Letter(
            id: envelope.eventID, to: .topic(type.topic), headers: ["event_type": type.rawValue],
            body: try EnvelopeGate.write(envelope))
        while true {
            do { return try await bus.publish([letter]) } catch { continue }
        }
    }

    func close() async {
        await orchestrator.database.close()
        await hub.database.close()
    }
}
