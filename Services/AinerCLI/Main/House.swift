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
import Opening
import OrchestratorHouse
import OrchestratorShell
import Ports
import ProcessDriver
import ServiceHost
import Settings
import Telemetry
import Wire
import WorkerAudioEngine
import WorkerHubHouse
import WorkerKitHouse
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
    let objects: any ObjectStore
    let coordination: any Coordination
    let gateway: GatewayHouse
    let runs: any RunStore
    let services: [Service]
    private let databases: [any Database]
    private let mourn: @Sendable () async throws -> Void

    func chance() -> UInt64 { SystemEntropy().bits() }

    static func open(_ settings: Settings, _ front: FrontWishes = FrontWishes(), log: Log) async throws -> House {
        let (clock, entropy) = (SystemClock(), SystemEntropy())
        let doors = Doors(try Places(settings), name: "ainer", clock: clock, entropy: entropy, log: log)
        let bus = try await doors.bus()
        let objects = try await doors.objects(links: front.links)
        let coordination = try await doors.coordination()
        let vault = PayloadVault(objects: objects, mint: Mint(clock: clock, entropy: entropy))
        let gateway = try await doors.owner("gateway", GatewayHouse.migrations, bus: bus, vault: vault)
        let orchestrator = try await doors.owner("orchestrator", OrchestratorHouse.migrations, bus: bus, vault: vault)
        let hub = try await doors.owner("hub", HubHouse.migrations, bus: bus, vault: vault)
        try await bus.declare(.built)

        let hubHouse = HubHouse(
            on: HubGround(
                desk: hub.desk, bus: bus, objects: objects, clock: clock, entropy: entropy, log: log))
        let runHouse = OrchestratorHouse(
            on: OrchestratorGround(
                desk: orchestrator.desk, bus: bus, hub: hubHouse.desk, clock: clock, entropy: entropy, log: log))
        let workers = try workers(settings, doors, bus, objects)
        var ground = GatewayGround(
            desk: gateway.desk, bus: bus, objects: objects, coordination: coordination, clock: clock,
            entropy: entropy, log: log, people: try people(settings, front, entropy))
        ground.allowsPrivateHooks = front.allowsPrivateHooks
        if let requests = front.requests { ground.requests = requests }
        let key = try SecretFile.key(folder: settings.dataFolder).read(or: entropy)
        let gatehouse = GatewayHouse(
            on: ground, doorkeeper: HouseKey(key: key, owner: .owner),
            operations: Operations(runs: runHouse.office, farm: hubHouse.desk))
        let owners = [gateway, orchestrator, hub]
        var services = owners.flatMap(\.services)
        services += gatehouse.services
        services += runHouse.services
        services += hubHouse.services
        services += workers.services
        let wake = Wake(bus: bus, clock: clock, mint: Mint(clock: clock, entropy: entropy))
        return House(
            bus: bus, objects: objects, coordination: coordination, gateway: gatehouse, runs: runHouse.runs,
            services: services, databases: owners.map(\.database),
            mourn: { try await wake.mourn(try await hubHouse.holders()) })
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

    private static func workers(
        _ settings: Settings, _ doors: Doors, _ bus: any MessageBus, _ objects: any ObjectStore
    ) throws -> WorkerHouse {
        let programs = ChildPrograms()
        let voice = settings.voice ?? besideThisProgram("ainer-voice")
        let gauge = GPUGauge(programs: programs)
        let ground = WorkerGround(
            bus: bus, hall: OwnBench(objects), clock: doors.clock, entropy: doors.entropy, log: doors.log,
            card: NodeCard(version: Version.text, gauge: { await gauge.read() }))
        return WorkerHouse(
            on: ground,
            [
                Seats(SkillEngine(adviser: try settings.model?.adviser(clock: doors.clock)), 1),
                Seats(AudioEngine(programs: programs, voice: voice, ffmpeg: settings.ffmpeg), settings.slots),
                Seats(LipsyncEngine(), 1),
                Seats(
                    VideoEngine(programs: programs, ffmpeg: settings.ffmpeg, ffprobe: settings.ffprobe), settings.slots
                ),
                Seats(ComposerEngine(programs: programs, ffmpeg: settings.ffmpeg, ffprobe: settings.ffprobe), 1),
            ])
    }

    private static func besideThisProgram(_ name: String) -> String {
        let own = Bundle.main.executablePath ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: own).resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent(
            name
        ).path
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

/// Whoever held a lease before this process began is dead: one process hosts every worker.
private struct Wake: Sendable {
    let bus: any MessageBus
    let clock: SystemClock
    let mint: Mint

    /// Told through the hub's own queue, so that results the dead left behind are read first.
    func mourn(_ holders: [NodeID]) async throws {
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
}
