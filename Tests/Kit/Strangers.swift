// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Foundation

/// Tools of other people that have their own idea of what an HTTP API is, from PyPI: fetched once into `.build` and kept there.
package actor Strangers {
    package static let shared = Strangers()
    private static let wanted = ["schemathesis==4.32.5", "openapi-spec-validator==0.9.0"]

    package static let settings = vectors.appendingPathComponent("schemathesis.toml").path
    package static let gatewaySettings = vectors.appendingPathComponent("gateway.toml").path
    private static let vectors = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Vectors/web")

    private var fetching: Task<String, any Error>?

    /// Where they are; whoever asks while they are fetched waits for the same.
    package func folder() async throws -> String {
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
    package static func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
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
