// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import ComposerEngine
import Contracts
import CryptoDriver
import Delivery
import Embedded
import FileDriver
import Foundation
import GatewayCore
import GatewayHouse
import GatewayShell
import OrchestratorAdapters
import OrchestratorCore
import OrchestratorShell
import Ports
import PostgresDriver
import ProcessDriver
import RabbitDriver
import RedisDriver
import SQLiteDriver
import ServiceHost
import Settings
import Telemetry
import Wire
import WorkerAudioEngine
import WorkerHubAdapters
import WorkerHubShell
import WorkerKitShell
import WorkerLLMEngine
import WorkerLipsyncEngine
import WorkerVideoEngine

/// How the gateway is shown to the outside, when it is shown at all.
struct FrontWishes: Sendable {
    /// Without them nobody can send or fetch files by link.
    var links: FileLinks?
    var allowsPrivateHooks = false
    var requests: Allowance?
    /// Whether browsers reach us over TLS alone.
    var isSecure = false
}

/// All services of AINER in one process, over files of one data folder.
struct House: Sendable {
    let bus: any MessageBus
    let objects: FolderStore
    let coordination: any Coordination
    let gateway: GatewayHouse
    let runs: SQLRunStore
    let services: [Service]
    private let databases: [any Database]
    private let mourn: @Sendable () async throws -> Void

    /// Everything this version can do; new runs are frozen with it.
    static let built =
        SkillEngine.built.union(AudioEngine.built).union(LipsyncEngine.built).union(VideoEngine.built)
        .union(ComposerEngine.built)

    func chance() -> UInt64 { SystemEntropy().bits() }

    static func open(_ settings: Settings, _ front: FrontWishes = FrontWishes(), log: Log) async throws -> House {
        let clock = SystemClock()
        let entropy = SystemEntropy()
        let mint = Mint(clock: clock, entropy: entropy)
        let bus = try await openBus(settings, clock, log)
        let objects = try await FolderStore.open(folder: settings.dataFolder, links: front.links)
        let coordination = try await openCoordination(settings, log)
        let key = try SecretFile.key(folder: settings.dataFolder).read(or: entropy)
        let vault = PayloadVault(objects: objects, mint: mint)
        let bench = Opening(settings: settings, clock: clock, bus: bus, vault: vault, log: log)
        let gateway = try await bench.desk("gateway", GatewayHouse.migrations)
        let orchestrator = try await bench.desk("orchestrator", RunQueries.migrations)
        let hub = try await bench.desk("hub", LeaseQueries.migrations)

        let runs = SQLRunStore(desk: orchestrator.desk, mint: mint, log: log)
        let leases = SQLLeaseStore(desk: hub.desk, mint: mint, log: log)
        let steward = RunSteward(store: runs, clock: clock, entropy: entropy, log: log)
        let leaser = LeaseSteward(store: leases, objects: objects, clock: clock, log: log)
        let gauge = GPUGauge(programs: ChildPrograms())
        let node = WorkerNode(
            nodeID: mint.name(), bus: bus, bench: objects, clock: clock, mint: mint, log: log,
            card: NodeCard(version: Version.text, gauge: { await gauge.read() }))

        try await bus.declare(.built)
        var ground = GatewayGround(
            desk: gateway.desk, bus: bus, objects: objects, coordination: coordination, clock: clock,
            entropy: entropy, log: log, people: try people(settings, front, entropy))
        ground.allowsPrivateHooks = front.allowsPrivateHooks
        if let requests = front.requests { ground.requests = requests }
        let gatehouse = GatewayHouse(
            on: ground,
            doorkeeper: HouseKey(key: key, owner: .owner), operations: HouseOperations(runs: runs, clock: clock))
        let services =
            [gateway, orchestrator, hub].flatMap(\.services) + gatehouse.services
            + bench.controlPlane(steward, leaser) + bench.workers(node)
        return House(
            bus: bus, objects: objects, coordination: coordination, gateway: gatehouse, runs: runs, services: services,
            databases: [gateway, orchestrator, hub].map(\.database),
            mourn: { try await bench.mourn(try await leaser.holders(), mint: mint) })
    }

    private static func people(
        _ settings: Settings, _ front: FrontWishes, _ entropy: any Entropy
    ) throws -> PeopleGround {
        let secrets = try settings.authSecrets ?? [SecretFile.signing(folder: settings.dataFolder).read(or: entropy)]
        var ground = PeopleGround(
            keeper: Passwords(entropy: entropy), secrets: secrets.map { Array($0.utf8) },
            isRegistrationOpen: settings.isRegistrationOpen)
        ground.isSecure = front.isSecure
        return ground
    }

    private static func openBus(
        _ settings: Settings, _ clock: SystemClock, _ log: Log
    ) async throws -> any MessageBus {
        guard let url = settings.broker else {
            return try await EmbeddedBus.open(path: settings.dataFolder + "/broker.sqlite", clock: clock)
        }
        return try await RabbitBus.open(
            url, RabbitBus.Options(name: "ainer", entropy: SystemEntropy(), log: log, patience: .seconds(10)))
    }

    private static func openCoordination(_ settings: Settings, _ log: Log) async throws -> any Coordination {
        guard let url = settings.coordination else { return LocalCoordination() }
        return try await RedisCoordination.open(
            url,
            RedisCoordination.Options(
                namespace: "ainer", name: "ainer", entropy: SystemEntropy(), log: log))
    }

    /// Runs the work unless another `ainer` works over the same database: their workers would take each other's tickets,
    /// whose files lie in two different folders. Whoever else held anything is dead, then.
    func alone<Value: Sendable>(_ work: @Sendable () async throws -> Value) async throws -> Value {
        let value = try await databases[0].alone(at: "ainer") {
            try await mourn()
            return try await work()
        }
        if let value { return value }
        throw Stop(
            .folderInUse, status: ExitCode.inUse,
            "another ainer works over the database in AINER_DATABASE\nwait for it, or give this one a database of its own"
        )
    }

    /// After the services have ended: nothing is lost, everything is closed.
    func close() async {
        await bus.close()
        await coordination.close()
        for database in databases { await database.close() }
    }
}

/// What opening a house needs again and again.
struct Opening {
    let settings: Settings
    let clock: SystemClock
    let bus: any MessageBus
    let vault: PayloadVault
    let log: Log

    struct Opened {
        let desk: Desk
        let services: [Service]
        let database: any Database
    }

    func desk(_ owner: String, _ migrations: [Migration]) async throws -> Opened {
        let database: any Database =
            if let url = settings.database {
                try await PostgresDatabase.open(url: url, owner: owner, log: log)
            } else {
                try await SQLiteDatabase.open(path: "\(settings.dataFolder)/\(owner).sqlite", owner: owner)
            }
        try await database.migrate([DeliveryTables.migration(number: 0)] + migrations)
        let relay = Relay(database: database, bus: bus, clock: clock, log: log)
        let retention = Retention(
            database: database, clock: clock, log: log, keeping: .seconds(86_400 * settings.keepDays))
        return Opened(
            desk: Desk(database: database, relay: relay, vault: vault),
            services: [
                Service("relay of \(owner)") { try await relay.run() },
                Service("retention of \(owner)") { await retention.run() },
            ],
            database: database)
    }

    /// Whoever held a lease before this process began is dead: one process hosts every worker.
    /// Told through the hub's own queue, so that results the dead left behind are read first.
    func mourn(_ holders: [NodeID], mint: Mint) async throws {
        for holder in holders {
            let trail = Trail(
                tenantID: .local, projectID: .local, runID: nil, traceID: TraceID(trusted: holder.rawValue),
                correlationID: CorrelationID(trusted: holder.rawValue),
                idempotencyKey: IdempotencyKey(trusted: "lost-\(holder)"))
            let envelope = EventEnvelope(
                eventID: mint.name(), type: .ainer(.nodeLost), at: clock.now(), from: .workerHub, trail: trail,
                payload: try JSON.payload(NodeLost(nodeID: holder)))
            try await bus.publish([
                Letter(
                    id: envelope.eventID, to: .queue(.group(.workerResult, .workerHub)),
                    headers: ["event_type": envelope.eventType.name], body: try EnvelopeGate.write(envelope))
            ])
            try await bus.drop(.node(holder))
        }
    }

    func controlPlane(_ steward: RunSteward, _ leaser: LeaseSteward) -> [Service] {
        let runInbox = RunInbox(built: House.built)
        let alarm = Alarm(clock: clock, log: log)
        let orchestrator = [Topic.taskSubmitted, .jobStatus].map { topic in
            reading(.group(topic, .orchestrator)) { try await steward.receive(try $0.compactMap(runInbox.news)) }
        }
        let hub = [Topic.jobDispatch, .workerResult].map { topic in
            reading(.group(topic, .workerHub)) { try await leaser.receive(try $0.compactMap(LeaseInbox.news)) }
        }
        return orchestrator + hub + [
            Service("retry alarm") { await alarm.run(next: steward.nextDue, ring: steward.tick) },
            Service("lease alarm") { await alarm.run(next: leaser.nextExpiry, ring: leaser.sweep) },
        ]
    }

    func workers(_ node: WorkerNode) -> [Service] {
        let programs = ChildPrograms()
        let voice = settings.voice ?? Self.besideThisProgram("ainer-voice")
        let engines: [(any Engine, slots: Int)] = [
            (SkillEngine(), 1),
            (AudioEngine(programs: programs, voice: voice, ffmpeg: settings.ffmpeg), settings.slots),
            (LipsyncEngine(), 1),
            (VideoEngine(programs: programs, ffmpeg: settings.ffmpeg, ffprobe: settings.ffprobe), settings.slots),
            (ComposerEngine(programs: programs, ffmpeg: settings.ffmpeg, ffprobe: settings.ffprobe), 1),
        ]
        let pools = engines.flatMap { engine, slots in
            (0..<slots).map { slot in
                Service("\(engine.pool.rawValue) worker \(slot + 1)") {
                    await PoolWorker(node: node, engine: engine).work()
                }
            }
        }
        return pools + [Service("node \(node.nodeID)") { await node.listen() }]
    }

    private func reading(
        _ queue: QueueName, _ handle: @escaping @Sendable ([EventEnvelope]) async throws -> Void
    ) -> Service {
        let inbox = Inbox(bus: bus, queue: queue, vault: vault, clock: clock, log: log)
        return Service("reader of \(queue)") { await inbox.run(handle) }
    }

    private static func besideThisProgram(_ name: String) -> String {
        let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent(
            name
        ).path
    }
}
