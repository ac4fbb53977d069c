// DoorTests · tests · sees HTTPServerDriver, Kit, Telemetry, Web
import Foundation
import HTTPServerDriver
import Kit
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
