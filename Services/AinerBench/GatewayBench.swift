// AinerBench · wiring · sees Contracts, CryptoDriver, Delivery, Embedded, FileDriver, GatewayCore, GatewayHouse, GatewayShell, HTTP, HTTPServerDriver, Ports, PostgresDriver, ProcessDriver, ServiceHost, Telemetry, Web, Wire
import Contracts
import CryptoDriver
import Delivery
import Embedded
import FileDriver
import Foundation
import GatewayCore
import GatewayHouse
import GatewayShell
import HTTP
import HTTPServerDriver
import Ports
import PostgresDriver
import ProcessDriver
import ServiceHost
import Telemetry
import Web
import Wire

/// Stories handed in a second, each durable before its answer: stored only, against the same inserts as they are commonly
/// written in Python, and with what comes behind them, which the Python does not do. Both over one PostgreSQL, with the
/// load beside them on the same cores.
enum GatewayBench {
    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        OpenFiles.raise()
        let folder = NSTemporaryDirectory() + "ainer-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too
        let postgres = try await BenchServer.start("postgres15")
        let url = try postgres.fact("url")
        let peers = try await GatewayPeers.open(in: folder, database: url)
        let gateway = try await BenchGateway.open(in: folder, database: url)
        let turn = max(1, Int(seconds / 2))
        var figures = try await race(gateway, peers, turn, "gateway.store")
        // From here on what was said is carried to the broker as well, on the same cores.
        let relay = Task { try await gateway.relay.run() }
        figures += try await race(gateway, peers, turn, "gateway.submit")
        await peers.close()
        let idle = try await idle(gateway)
        relay.cancel()
        try await gateway.close()
        try await relay.value
        try await postgres.stop()
        return figures + idle
    }

    /// In turn, so that both have the machine as it is.
    private static func race(
        _ gateway: BenchGateway, _ peers: GatewayPeers, _ turn: Int, _ name: String
    ) async throws -> [Figure] {
        var (ours, theirs) = ([Double](), [Double]())
        for _ in 0..<3 {
            ours.append(try await peers.drive(gateway.port, turn))
            if let port = peers.fastapi { theirs.append(try await peers.drive(port, turn)) }
        }
        let rate = middle(ours)
        guard !theirs.isEmpty else { return [Figure(name: name, value: rate, unit: "tasks/s")] }
        return [
            Figure(
                name: name, value: rate, unit: "tasks/s", versus: "FastAPI + psycopg", ratio: rate / middle(theirs)),
            Figure(name: name + ".fastapi", value: middle(theirs), unit: "tasks/s"),
        ]
    }

    private static let followers = 10_000

    /// Those who follow one run: how soon they are there, what each costs while nothing happens, and how long until all
    /// have heard a word.
    private static func idle(_ gateway: BenchGateway) async throws -> [Figure] {
        let run = try await gateway.submit()
        let them = Followers(port: gateway.port, run: run, count: followers)
        let found = try await them.measure(AinerEvent.runCreated.rawValue) { try await gateway.say(about: run) }
        return [
            Figure(
                name: "gateway.follow", value: found.opening / .milliseconds(1), unit: "ms until \(followers) follow"),
            Figure(name: "gateway.idle-stream", value: found.bytesEach, unit: "bytes each, of \(followers)"),
            Figure(
                name: "gateway.tell", value: found.telling / .milliseconds(1),
                unit: "ms until all \(followers) have heard"),
        ]
    }

    private static func middle(_ rounds: [Double]) -> Double { rounds.sorted()[rounds.count / 2] }
}

/// A gateway with everything behind it, its letters going to a broker in a file.
private struct BenchGateway {
    let port: UInt16
    private let server: HTTPServer
    private let bus: EmbeddedBus
    private let database: PostgresDatabase
    private let house: GatewayHouse
    private let work: Task<Void, any Error>
    let relay: Relay

    static func open(in folder: String, database url: String) async throws -> BenchGateway {
        let clock = SystemClock()
        let database = try await PostgresDatabase.open(url: url, owner: "gateway")
        try await database.migrate([DeliveryTables.migration(number: 0)] + GatewayHouse.migrations)
        let bus = try await EmbeddedBus.open(path: folder + "/broker.sqlite", clock: clock)
        try await bus.declare(.built)
        let objects = try await FolderStore.open(folder: folder)
        let relay = Relay(database: database, bus: bus, clock: clock, log: .silent)
        let vault = PayloadVault(objects: objects, mint: Mint(clock: clock, entropy: SystemEntropy()))
        var ground = GatewayGround(
            desk: Desk(database: database, relay: relay, vault: vault), bus: bus, objects: objects,
            coordination: LocalCoordination(), clock: clock, entropy: SystemEntropy(), log: .silent,
            people: PeopleGround(
                keeper: Passwords(entropy: SystemEntropy()), secrets: [[UInt8](repeating: 1, count: 32)]))
        ground.requests = Allowance(1_000_000, every: .seconds(1), burst: 1_000_000)
        let house = GatewayHouse(
            on: ground,
            doorkeeper: HouseKey(
                key: "bench",
                owner: Caller(subject: "bench", tenant: .local, role: "owner", scopes: ["runs:read", "runs:write"])),
            operations: Operations(runs: Nobody(), farm: Nobody()))
        let server = try HTTPServer.open(
            HTTPServerOptions(), responder: try house.site(version: "bench"), log: .silent)
        let parts = house.services
        let work = Task { try await ServiceGroup.run(parts) }
        return BenchGateway(
            port: server.port, server: server, bus: bus, database: database, house: house, work: work,
            relay: relay)
    }

    func submit() async throws -> RunID {
        let deed = Deed(tenant: .local, key: IdempotencyKey(trusted: "idle"), operation: "bench", digest: "")
        let wish = Submission(project: .local, chapter: "idle", source: .text(Array("A story.".utf8)))
        return try await house.tasks.submit(wish, as: deed, from: Origin(trace: TraceID(trusted: "bench"))).value.runID
    }

    /// As the orchestrator would.
    func say(about run: RunID) async throws {
        let mint = Mint(clock: SystemClock(), entropy: SystemEntropy())
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: run, traceID: TraceID(trusted: "bench"),
            correlationID: CorrelationID(trusted: "bench"), idempotencyKey: IdempotencyKey(trusted: "bench"))
        let envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(.runCreated), at: SystemClock().now(), from: .orchestrator,
            trail: trail, payload: try JSON.payload(RunCreated(runID: run, taskID: mint.name(), absentSkills: [])))
        try await bus.publish([
            Letter(
                id: envelope.eventID, to: .topic(.runStatus), headers: ["event_type": envelope.eventType.name],
                body: try EnvelopeGate.write(envelope))
        ])
    }

    /// What ended by itself made the figures worthless.
    func close() async throws {
        await server.close()
        work.cancel()
        await bus.close()
        await database.close()
        try await work.value
    }
}

private struct Nobody: RunOperations, FarmOperations {
    func graph(of run: RunID) async throws -> RunGraph? { nil }
    func why(_ run: RunID) async throws -> Diagnosis? { nil }
    func deadLetters(_ filter: DeadFilter, limit: Int) async throws -> DeadPage {
        DeadPage(items: [], freezes: [], asOf: SystemClock().now())
    }
    func deadLetters(of event: EventID) async throws -> [DeadLetter] { [] }
    func decide(_ wish: DeadWish) async throws -> DeadDecision {
        DeadDecision(isPlan: wish.isPlan, count: 0, items: [])
    }
    func rebuild(_ wish: RebuildWish) async throws -> Rebuild { Rebuild(wish, letters: 0) }
    func nodes() async throws -> [NodeView] { [] }
    func pools() async throws -> [PoolView] { [] }
    func why(jobs: [JobID]) async throws -> [JobWhy] { [] }
    func wish(_ wish: NodeWish, of node: NodeID) async throws -> Bool { false }
}

/// The load, and the Python beside us.
private struct GatewayPeers {
    let fastapi: UInt16?
    private let folder: String
    private let peer: Task<Void, Never>?

    private static let script = """
        local count, name = 0, tostring(math.random(1000000000)) .. tostring(os.time())
        local story = string.rep("A keeper climbed the stairs of the tower. ", 20)
        local body = '{"chapter_id":"lighthouse","requested_quality":"draft","story":{"text":"' .. story .. '"}}'
        function setup(thread) thread:set("seed", math.random(1000000000)) end
        function init(args) math.randomseed(os.time() + seed) name = tostring(math.random(1000000000)) .. "-" .. seed end
        request = function()
          count = count + 1
          return wrk.format("POST", "/api/v1/tasks", {
            ["Content-Type"] = "application/json", ["Authorization"] = "Bearer bench",
            ["Idempotency-Key"] = name .. "-" .. count }, body)
        end
        """

    static func open(in folder: String, database: String) async throws -> GatewayPeers {
        try script.write(toFile: folder + "/tasks.lua", atomically: true, encoding: .utf8)
        let lines = try await BenchServer.script("peers.sh", [folder + "/peers", "web"]).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("fastapi=") }) else {
            return GatewayPeers(fastapi: nil, folder: folder, peer: nil)
        }
        let command = line.dropFirst("fastapi=".count).split(separator: " ").map(String.init)
        let port = UInt16.random(in: 12_000..<27_000)
        let peer = Task {
            do {
                _ = try await ChildPrograms().run(
                    Program(command[0], Array(command.dropFirst()) + ["\(port)", database], deadline: .seconds(900)),
                    input: [])
            } catch { return }  // it is ended by us; that it ended by itself is seen when nobody answers
        }
        for _ in 0..<200 {
            // Whether anybody listens yet is the question.
            let opens = try? await BenchServer.run("bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"])  // see above
            if opens != nil { return GatewayPeers(fastapi: port, folder: folder, peer: peer) }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchFault("FastAPI does not listen")
    }

    func drive(_ port: UInt16, _ seconds: Int) async throws -> Double {
        let text = try await BenchServer.run(
            "wrk",
            [
                "-t1", "-c64", "-d\(seconds)s", "-s", folder + "/tasks.lua", "--latency",
                "http://127.0.0.1:\(port)/api/v1/tasks",
            ])
        let line = text.split(separator: "\n").first { $0.hasPrefix("Requests/sec:") }
        guard let rate = line?.split(separator: " ").last.flatMap({ Double($0) }), !text.contains("Non-2xx") else {
            throw BenchFault("wrk said: \(text)")
        }
        return rate
    }

    func close() async {
        peer?.cancel()
        await peer?.value
    }
}
