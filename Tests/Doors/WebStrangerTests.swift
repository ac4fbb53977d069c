// DoorTests · tests · sees HTTPServerDriver, Telemetry, Web
import Foundation
import HTTPServerDriver
import Telemetry
import Testing
import Web

/// Tools of other people, from PyPI, that have their own idea of what an HTTP API is.
@Suite("strangers")
struct WebStrangerTests {
    /// For a longer look: `AINER_WEB_EXAMPLES=200`.
    private static let examples = ProcessInfo.processInfo.environment["AINER_WEB_EXAMPLES"] ?? "25"

    @Test("a tool that sends what the document allows, and what it forbids, finds nothing wrong")
    func schemathesis() async throws {
        let tools = try await Strangers.shared.folder()
        let demo = try WebDemo()
        let server = try HTTPServer.open(HTTPServerOptions(), responder: demo.site, log: .silent)
        let run = try await Strangers.run(
            tools + "/schemathesis",
            [
                "--config-file", Strangers.settings, "run", "http://127.0.0.1:\(server.port)/openapi.json", "--checks",
                "all", "--mode", "all",
                "--max-examples", "\(Self.examples)", "--seed", "20261126", "--generation-database", "none",
                "--no-color",
                "-H", "Authorization: Bearer \(WebDemo.token)",
            ])
        await server.close()
        #expect(run.status == 0, "\(run.output.suffix(6000))")
    }

    @Test("a validator of OpenAPI finds the document good")
    func validator() async throws {
        let tools = try await Strangers.shared.folder()
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }  // the system's folder is swept anyway
        try Data(try await WebCall(WebDemo().site).get("/openapi.json").bytes).write(to: file)
        let run = try await Strangers.run(tools + "/openapi-spec-validator", [file.path])
        #expect(run.status == 0, "\(run.output.suffix(2000))")
    }
}

/// The tools, fetched once into `.build` and kept there.
actor Strangers {
    static let shared = Strangers()
    private static let wanted = ["schemathesis==4.32.5", "openapi-spec-validator==0.9.0"]

    static let settings = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Vectors/web/schemathesis.toml").path

    private var fetching: Task<String, any Error>?

    /// Where they are; whoever asks while they are fetched waits for the same.
    func folder() async throws -> String {
        let fetching = fetching ?? Task { try await Self.fetch() }
        self.fetching = fetching
        return try await fetching.value
    }

    private static func fetch() async throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let home = root.appendingPathComponent(".build/strangers").path
        let stamp = home + "/" + wanted.joined(separator: "+")
        if !FileManager.default.fileExists(atPath: stamp) {
            try await must("/usr/bin/env", ["python3", "-m", "venv", home])
            try await must(home + "/bin/python", ["-m", "pip", "install", "--quiet"] + wanted)
            _ = FileManager.default.createFile(atPath: stamp, contents: nil)
        }
        return home + "/bin"
    }

    private static func must(_ program: String, _ arguments: [String]) async throws {
        let run = try await run(program, arguments)
        guard run.status == 0 else { throw CannotBeHad(program: program, output: String(run.output.suffix(500))) }
    }

    struct CannotBeHad: Error {
        let program: String
        let output: String
    }

    /// Runs it to its end, on a thread of its own: the server it asks lives on ours.
    static func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        try await withCheckedThrowingContinuation { reply in
            Thread.detachNewThread { reply.resume(with: Result { try runHere(program, arguments) }) }
        }
    }

    private static func runHere(_ program: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
