// GatewayTests · tests · sees Contracts, Kit
import Contracts
import Foundation
import Kit
import Testing

@Suite("strangers at the gateway")
struct GatewayStrangerTests {
    private static let examples = ProcessInfo.processInfo.environment["AINER_WEB_EXAMPLES"] ?? "15"

    @Test("who send what the document allows, and what it forbids, find no failure and nothing undocumented")
    func schemathesis() async throws {
        let tools = try await Strangers.shared.folder()
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            try await world.say(
                .runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: []), about: run)
            let isOver = try await world.becomes(run, "succeeded")
            #expect(isOver)
            let outcome = try await Strangers.run(
                tools + "/schemathesis",
                [
                    "--config-file", Strangers.gatewaySettings, "run", world.place + "/openapi.json", "--checks", "all",
                    "--mode", "all", "--max-examples", Self.examples, "--seed", "20261126", "--generation-database",
                    "none", "--no-color", "-H", "Authorization: Bearer key-owner",
                    // A stream of a run that nobody works on never ends: streams are asked elsewhere.
                    "--exclude-operation-id", "followRun",
                ])
            #expect(outcome.status == 0, "\(outcome.output.suffix(14000))")
        }
    }

    @Test("who check the document itself find it good")
    func validator() async throws {
        let tools = try await Strangers.shared.folder()
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }  // the system's folder is swept anyway
        try await GatewayWorld.open { world in
            try Data(try await world.document()).write(to: file)
        }
        let outcome = try await Strangers.run(tools + "/openapi-spec-validator", [file.path])
        #expect(outcome.status == 0, "\(outcome.output.suffix(2000))")
    }
}
