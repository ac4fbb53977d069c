// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Foundation
import Ports
import ProcessDriver

/// Real servers for tests. The shared ones are started once, by `./ainer test` or at the first wish of this process; a
/// test that breaks its server takes one of its own. None of them outlives the process that started it.
package enum Servers {
    package enum Postgres: String, Sendable, CaseIterable {
        case v15 = "postgres15"
        case v16 = "postgres16"
    }

    package static func rabbit() async throws -> RabbitServer { try await sharedRabbit.value }

    package static func postgres(_ version: Postgres = .v15) async throws -> PostgresServer {
        switch version {
        case .v15: try await shared15.value
        case .v16: try await shared16.value
        }
    }

    /// A stand-in for S3.
    package static func moto() async throws -> MotoServer { try await sharedMoto.value }

    package static func redis() async throws -> RedisServer { try await sharedRedis.value }

    /// Starts at once. Whoever takes it ends it.
    package static func ownRedis() async throws -> RedisServer { RedisServer(try await .start("redis")) }

    /// Takes some seconds to start. Whoever takes it ends it.
    package static func ownRabbit() async throws -> RabbitServer { RabbitServer(try await .start("rabbit")) }

    /// Takes a second to start. Whoever takes it ends it; it ends with its owner at the latest.
    package static func ownPostgres(
        _ version: Postgres = .v15, for owner: Int32 = getpid()
    ) async throws -> PostgresServer {
        PostgresServer(try await .start(version.rawValue, for: owner))
    }

    // A static value is made once, by whoever comes first; the others wait for the same start.
    private static let sharedRabbit = Task { RabbitServer(try await .shared("rabbit")) }
    private static let sharedMoto = Task { MotoServer(try await .shared("moto")) }
    private static let sharedRedis = Task { RedisServer(try await .shared("redis")) }
    private static let shared15 = Task { PostgresServer(try await .shared("postgres15")) }
    private static let shared16 = Task { PostgresServer(try await .shared("postgres16")) }
}

/// What a test asked of a server and did not get.
package struct ServerFault: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}

/// One server in its folder, as `infra/scripts/servers.sh` started it.
package struct Server: Sendable {
    package let folder: String
    private let isShared: Bool
    private let facts: [String: String]

    /// The one whose folder the environment names, or a new one for the whole process.
    static func shared(_ kind: String) async throws -> Server {
        let variable = "AINER_TEST_" + kind.uppercased()
        guard let folder = ProcessInfo.processInfo.environment[variable] else {
            return try await start(kind, isShared: true)
        }
        return Server(about: try String(contentsOfFile: folder + "/about", encoding: .utf8), isShared: true)
    }

    /// Starts one that lives as long as its owner at most.
    static func start(_ kind: String, for owner: Int32 = getpid(), isShared: Bool = false) async throws -> Server {
        let folder = NSTemporaryDirectory() + "ainer-server-" + UUID().uuidString.prefix(8)
        return Server(about: try await call(["start", kind, folder, "\(owner)"]), isShared: isShared)
    }

    private init(about text: String, isShared: Bool) {
        let pairs = text.split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        facts = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { $1 }
        folder = facts["folder"] ?? ""
        self.isShared = isShared
    }

    func fact(_ key: String) throws -> String {
        guard let value = facts[key] else { throw ServerFault("the server in \(folder) has no \(key)") }
        return value
    }

    func port(_ key: String) throws -> Int {
        guard let port = Int(try fact(key)) else { throw ServerFault("\(key) of the server in \(folder) is no number") }
        return port
    }

    /// Ends it as a power cut would. Its data stay.
    package func kill() async throws { try await breakIt("kill") }

    /// Asks it to end and waits until it has. Its data stay.
    package func stop() async throws { try await breakIt("halt") }

    /// Starts it again with its data, on its ports.
    package func restart() async throws {
        try await breakIt("halt")
        try await breakIt("launch")
    }

    /// Ends it and takes its folder away.
    package func end() async throws { try await breakIt("stop") }

    private func breakIt(_ verb: String) async throws {
        guard !isShared else { throw ServerFault("others use this server too: take an own one to \(verb) it") }
        _ = try await Self.call([verb, folder])
    }

    func control(_ words: [String]) async throws -> String { try await Self.call(["ctl", folder] + words) }

    static func call(_ words: [String]) async throws -> String {
        try await run(scripts + "/servers.sh", words)
    }

    /// Answers what the program said.
    static func run(_ path: String, _ words: [String]) async throws -> String {
        let ended = try await ChildPrograms().run(Program(path, words, deadline: .seconds(400)), input: [])
        return String(decoding: ended.output, as: UTF8.self)
    }

    private static let scripts =
        URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/infra/scripts"
}
