// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, RabbitDriver, ProcessDriver, Telemetry, Picture, Raster, Sound, Cutting
import Foundation
import Ports
import ProcessDriver

/// A private server for one measurement, started by the same script that the tests use.
struct BenchServer {
    private let folder: String
    private let facts: [String: String]

    static func start(_ kind: String) async throws -> BenchServer {
        let folder = NSTemporaryDirectory() + "ainer-bench-" + UUID().uuidString
        let about = try await script(
            "servers.sh", ["start", kind, folder, "\(ProcessInfo.processInfo.processIdentifier)"])
        let lines = about.split(separator: "\n").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            .filter { $0.count == 2 }.map { ($0[0], $0[1]) }
        return BenchServer(folder: folder, facts: Dictionary(lines) { $1 })
    }

    func fact(_ name: String) throws -> String {
        guard let fact = facts[name] else { throw BenchFault("the server's description names no \(name)") }
        return fact
    }

    func stop() async throws { _ = try await Self.script("servers.sh", ["stop", folder]) }

    /// Runs one of the house's scripts, which lie beside the sources this program was built from.
    static func script(_ name: String, _ words: [String]) async throws -> String {
        try await run(house + "/infra/scripts/" + name, words)
    }

    private static let house =
        URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func run(_ path: String, _ words: [String]) async throws -> String {
        let outcome = try await ChildPrograms().run(Program(path, words, deadline: .seconds(300)), input: [])
        return String(decoding: outcome.output, as: UTF8.self)
    }
}

struct BenchFault: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
