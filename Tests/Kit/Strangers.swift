// Kit · tests · sees Contracts, Ports, Delivery, Embedded, Lanes, FileDriver, ProcessDriver
import Foundation
import Ports
import ProcessDriver

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

    /// Runs it to its end; what hangs is ended and its last words are told. The server it asks lives in this process.
    package static func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        let script = "\"$@\" 2>&1; printf '\\n%s' $?"
        let child = Program(
            "sh", ["-c", script, "sh", program] + arguments, deadline: .seconds(600),
            folder: FileManager.default.temporaryDirectory.path)
        let outcome = try await ChildPrograms().run(child, input: [])
        let words = String(decoding: outcome.output, as: UTF8.self)
        guard let last = words.lastIndex(of: "\n"), let status = Int32(words[last...].dropFirst()) else {
            throw CannotBeHad(program: program, output: String(words.suffix(500)))
        }
        return (status, String(words[..<last]))
    }
}
