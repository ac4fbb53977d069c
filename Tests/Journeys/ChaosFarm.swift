// JourneyTests · tests · sees Kit, Ports, ProcessDriver
import Foundation
import Glibc
import Kit
import Ports
import ProcessDriver
import Synchronization

/// A farm of real processes that somebody is after: two of everything that decides, two workers whose work is over at once,
/// and servers of its own behind bad networks. Whoever opened it closes it.
final class ChaosFarm: Sendable {
    struct Nets {
        let rabbit: Proxy
        let postgres: Proxy
    }

    static let processes = [
        "gateway", "orchestrator-1", "orchestrator-2", "worker-hub-1", "worker-hub-2", "worker-1", "worker-2",
    ]

    let folder: String
    let rabbit: RabbitServer
    let postgres: PostgresServer
    let redis: RedisServer
    let nets: Nets
    let database: String
    let broker: String
    let gateway: Int
    let key = "ak_chaos_" + String(repeating: "k", count: 32)
    private let settings: [String: [String: String]]
    private let running = Mutex<[String: Life]>([:])

    /// Sendable because it is only told to end, and waited for by whoever told it.
    private struct Life: @unchecked Sendable {
        let process: Process
    }

    static func open() async throws -> ChaosFarm {
        async let rabbit = Servers.ownRabbit()
        async let postgres = Servers.ownPostgres(.v16)
        async let redis = Servers.ownRedis()
        return try await ChaosFarm(try await rabbit, try await postgres, try await redis, try await Servers.moto())
    }

    private init(
        _ rabbit: RabbitServer, _ postgres: PostgresServer, _ redis: RedisServer, _ moto: MotoServer
    ) async throws {
        (self.rabbit, self.postgres, self.redis) = (rabbit, postgres, redis)
        folder = NSTemporaryDirectory() + "ainer-chaos-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        nets = Nets(
            rabbit: try await Proxy.open(to: try rabbit.port), postgres: try await Proxy.open(to: try postgres.port))
        broker = try await rabbit.vhostURL()
        database = try await postgres.database()
        let bucket = "chaos-" + UUID().uuidString.prefix(8).lowercased()
        try await Self.makeBucket(bucket, in: moto)
        var ports: [String: Int] = [:]
        for name in Self.processes { ports[name] = try Self.freePort() }
        for name in Self.processes { ports["inside of " + name] = try Self.freePort() }
        gateway = try Self.freePort()
        let base = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder, "TMPDIR": NSTemporaryDirectory(),
            "AINER_LOG": "warning", "AINER_BROKER": nets.rabbit.through(broker),
        ]
        let deciding = [
            "AINER_DATABASE": nets.postgres.through(database), "AINER_SERVICE_TOKEN": String(repeating: "t", count: 40),
            "AINER_OBJECTS": "s3://dev:dev-secret@127.0.0.1:\(try moto.port)/\(bucket)?tls=no",
            "AINER_HUB_URL": Self.doors(["worker-hub-1", "worker-hub-2"], ports),
        ]
        var settings: [String: [String: String]] = [:]
        for name in Self.processes {
            var own = base
            own["AINER_DATA"] = folder + "/" + name
            own["AINER_HEALTH_PORT"] = "\(ports[name] ?? 0)"
            if name.hasPrefix("worker-hub") || name.hasPrefix("orchestrator") {
                own.merge(deciding) { $1 }
                own["AINER_INTERNAL_PORT"] = "\(ports["inside of " + name] ?? 0)"
                if name.hasPrefix("worker-hub") { own["AINER_LEASE"] = "5s" }
            } else if name == "gateway" {
                own.merge(deciding) { $1 }
                own["AINER_PORT"] = "\(gateway)"
                own["AINER_COORDINATION"] = try redis.url
                own["AINER_AUTH_SECRET"] = String(repeating: "s", count: 40)
                own["AINER_OWNER_KEY"] = key
                own["AINER_ORCHESTRATOR_URL"] = Self.doors(["orchestrator-1", "orchestrator-2"], ports)
            } else {
                own["AINER_SLOTS"] = "4"
            }
            settings[name] = own
        }
        self.settings = settings
    }

    private static func doors(_ names: [String], _ ports: [String: Int]) -> String {
        names.map { "http://127.0.0.1:\(ports["inside of " + $0] ?? 0)" }.joined(separator: ",")
    }

    private static func makeBucket(_ name: String, in moto: MotoServer) async throws {
        let words = ["-sf", "-o", "/dev/null", "-X", "PUT", "\(try moto.url)/\(name)"]
        _ = try await ChildPrograms().run(Program("curl", words, deadline: .seconds(30)), input: [])
    }

    private static func freePort() throws -> Int {
        let (listener, port) = try Sockets.listen()
        Glibc.close(listener)
        return port
    }

    // MARK: processes

    func start(_ name: String) throws {
        let process = Process()
        let isIdle = ["worker-1", "worker-2"].contains(name)
        // A replica is called after its program.
        let program = name.split(separator: "-").filter { Int($0) == nil }.joined(separator: "-")
        process.executableURL = URL(fileURLWithPath: Household.programs + "/" + (isIdle ? "ainer-bench" : program))
        process.arguments = isIdle ? ["idle-worker"] : []
        process.environment = settings[name]
        let log = folder + "/\(name).log"
        let handle = FileHandle(
            fileDescriptor: Glibc.open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600), closeOnDealloc: true)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        running.withLock { $0[name] = Life(process: process) }
    }

    /// As a power cut would.
    func kill(_ name: String) {
        guard let life = running.withLock({ $0.removeValue(forKey: name) }) else { return }
        Glibc.kill(life.process.processIdentifier, SIGKILL)
        life.process.waitUntilExit()
    }

    /// The last words of everybody, for whoever looks for what went wrong.
    func lastWords() -> String {
        Self.processes.map { name in
            let text = (try? String(contentsOfFile: folder + "/\(name).log", encoding: .utf8)) ?? ""  // it said nothing
            return "\(name):\n" + text.split(separator: "\n").suffix(5).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    func close() async throws {
        for name in Self.processes { kill(name) }
        await nets.rabbit.close()
        await nets.postgres.close()
        try await rabbit.end()
        try await postgres.end()
        try await redis.end()
        try FileManager.default.removeItem(atPath: folder)
    }
}
