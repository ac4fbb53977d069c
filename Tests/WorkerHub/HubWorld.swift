// WorkerHubTests · tests · sees Contracts, WorkerHubCore, WorkerHubShell, WorkerHubAdapters, Ports, Embedded, SQLiteDriver, Delivery, Telemetry, Kit, Wire
import Contracts
import Delivery
import Embedded
import Foundation
import Kit
import Ports
import SQLiteDriver
import Synchronization
import Telemetry
import Wire
import WorkerHubAdapters
import WorkerHubCore
import WorkerHubShell

/// A hub with real files in a folder of its own.
struct HubWorld {
    let folder: String
    let objects: any ObjectStore
    let store: SQLLeaseStore
    let steward: LeaseSteward
    let bus: EmbeddedBus
    let relay: Relay
    let desk: HubDesk
    let clock: any WallClock
    /// What its bus and its workers live by.
    let real = SystemClock()
    let mint: Mint
    let vault: PayloadVault
    private let database: SQLiteDatabase

    /// `version` is how many of the hub's own migrations its data folder has seen; a folder that is there already is
    /// that of a hub which ended.
    init(
        knowing version: Int = .max, caps: TenantCaps = TenantCaps(), clock: any WallClock = SystemClock(),
        in folder: String? = nil
    ) async throws {
        self.clock = clock
        self.folder = folder ?? NSTemporaryDirectory() + "hub-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
        bus = try await EmbeddedBus.open(path: self.folder + "/broker.sqlite", clock: real)
        database = try await SQLiteDatabase.open(path: self.folder + "/hub.sqlite", owner: "hub")
        try await database.migrate([DeliveryTables.migration(number: 0)] + LeaseQueries.migrations.prefix(version))
        objects = try await World(at: self.folder).openStore()
        relay = Relay(database: database, bus: bus, clock: real, log: .silent)
        mint = Mint(clock: real, entropy: SystemEntropy())
        vault = PayloadVault(objects: objects, mint: mint)
        store = SQLLeaseStore(
            desk: Desk(database: database, relay: relay, vault: vault), mint: mint, log: .silent, caps: caps)
        steward = LeaseSteward(store: store, objects: objects, clock: clock, log: .silent)
        desk = HubDesk(book: store, clock: clock, log: .silent)
    }

    /// What the next version of the program does to the folder.
    func migrate() async throws {
        try await database.migrate([DeliveryTables.migration(number: 0)] + LeaseQueries.migrations)
    }

    /// A waiting job as it was stored before there were turns.
    func insertOld(_ order: JobOrder, _ trail: Trail, at now: Timestamp) async throws {
        let old = statement(
            "test.old", takes: JobID.self, String.self, String.self, Timestamp.self, gives: Void.self,
            """
            INSERT INTO hub.leases
              (job_id, run_id, pool, state, token, losses, job_order, trail, updated_at)
            VALUES ($1, 'run_1', 'video', 'waiting', 0, 0, $2, $3, $4)
            """)
        let texts = (try JSON.text(order), try JSON.text(trail))
        _ = try await database.transaction { tx in try await tx.run(old(order.jobID, texts.0, texts.1, now)) }
    }

    func news(_ id: String, _ fact: LeaseFact) -> LeaseNews {
        LeaseNews(eventID: EventID(trusted: id), subject: .job(LeaseMachineTests.job), fact: fact)
    }

    /// Everything it wished to say, sent or not.
    func said() async throws -> [EventEnvelope] {
        let all = statement("test.said", gives: ([UInt8]).self, "SELECT body FROM hub.events ORDER BY seq")
        let bodies = try await database.transaction { tx in try await tx.rows(all()) }
        return try bodies.compactMap { try EnvelopeReader.read($0) }
    }

    func hear(_ id: String, _ telemetry: NodeTelemetry) async throws {
        let news = LeaseNews(eventID: EventID(trusted: id), node: telemetry.nodeID, .told(telemetry))
        try await steward.receive([news])
    }

    /// As a host does that is told to end.
    func end() async {
        await bus.close()
        await database.close()
    }

    func close() async {
        await end()
        try? FileManager.default.removeItem(atPath: folder)  // a temporary folder; the system clears it too
    }
}

/// Shows the time that the test says it is.
final class SetClock: WallClock {
    private let time = Mutex(LeaseMachineTests.start)

    func now() -> Timestamp { time.withLock { $0 } }
    func pass(_ span: Duration) { time.withLock { $0 = $0 + span } }
    func sleep(until moment: Timestamp) async throws { try Task.checkCancellation() }
}

/// Tasks of a test, ended with it.
final class TaskList: Sendable {
    private let tasks = Mutex<[Task<Void, Never>]>([])

    func hire(_ work: @escaping @Sendable () async -> Void) {
        let task = Task { await work() }
        tasks.withLock { $0.append(task) }
    }

    func end() async {
        let tasks = tasks.withLock { $0 }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }
}

extension HubDesk {
    func node(_ node: NodeID) async throws -> NodeView? { try await nodes().first { $0.nodeID == node } }
    func why(job: JobID) async throws -> JobWhy? { try await why(jobs: [job]).first }

    func cordon(_ node: NodeID, because reason: String) async throws -> Bool {
        try await wish(NodeWish(.cordon, because: reason), of: node)
    }

    func uncordon(_ node: NodeID) async throws -> Bool {
        try await wish(NodeWish(.uncordon, because: "mended"), of: node)
    }
}
