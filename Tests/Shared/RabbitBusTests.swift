// SharedTests · tests · sees Contracts, Ports, Conformance, Embedded, RabbitDriver, Telemetry, Kit
import Conformance
import Contracts
import Embedded
import Kit
import Ports
import RabbitDriver
import Telemetry
import Testing

@Suite("The bus of a farm")
struct RabbitBusTests {
    @Test("keeps what every bus promises", arguments: BusPromise.all)
    func promises(promise: BusPromise) async throws {
        let url = try await Servers.rabbit().vhostURL()
        try await promise.check(BusWorld { try await Self.open(url) })
    }

    static func open(
        _ url: String, patience: Duration = .seconds(30), log: Log = .silent
    ) async throws -> RabbitBus {
        let ladder = Ladder(first: .milliseconds(200), .seconds(1), .seconds(5))
        return try await RabbitBus.open(
            url,
            RabbitBus.Options(name: "test", entropy: SystemEntropy(), log: log, ladder: ladder, patience: patience))
    }
}
