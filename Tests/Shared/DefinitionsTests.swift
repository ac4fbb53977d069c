// SharedTests · tests · sees Contracts, Embedded, RabbitDriver, Telemetry, Kit
import Contracts
import Embedded
import Foundation
import Kit
import RabbitDriver
import Telemetry
import Testing

@Suite("The broker's definitions")
struct DefinitionsTests {
    private static let file = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "infra/rabbitmq/definitions.json")

    /// `AINER_DRAW_PAGES=1 ./ainer test --filter definitions` writes the file anew.
    @Test("in infra/rabbitmq are the topology of Contracts")
    func drift() throws {
        let wanted = Definitions.json(of: .built)
        if ProcessInfo.processInfo.environment["AINER_DRAW_PAGES"] == "1" {
            try Data(wanted.utf8).write(to: Self.file)
        }
        #expect(try String(contentsOf: Self.file, encoding: .utf8) == wanted)
        _ = try JSONSerialization.jsonObject(with: Data(wanted.utf8))
    }

    @Test("make on a broker what the services declare: neither finds the other's queues otherwise")
    func imported() async throws {
        let server = try await Servers.rabbit()
        let vhost = try await server.freshVhost()
        let text = Definitions.json(of: .built).replacing("\"vhost\": \"/\"", with: "\"vhost\": \"\(vhost)\"")
            .replacing("{\"name\": \"/\"}", with: "{\"name\": \"\(vhost)\"}")
        let path = FileManager.default.temporaryDirectory.appending(path: "ainer-definitions-\(vhost).json")
        try Data(text.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }  // the system clears it too
        try await server.importDefinitions(path.path)
        let bus = try await RabbitBus.open(
            try server.url(of: vhost),
            RabbitBus.Options(name: "test", entropy: SystemEntropy(), log: .silent))
        // Other arguments would be refused.
        try await bus.declare(.built)
        #expect(try await server.listQueues(of: vhost).count == Topology.built.queues.count + 7)
        await bus.close()
    }
}
