// OrchestratorMain · wiring · sees Contracts, Delivery, Embedded, Internal, Opening, OrchestratorHouse, Ports, ServiceHost, Settings, Web
import Contracts
import Delivery
import Embedded
import Internal
import Opening
import OrchestratorHouse
import Ports
import ServiceHost
import Settings
import Web

/// The orchestrator in a process of its own. Any number of them work beside each other.
@main
struct OrchestratorMain {
    static func main() async {
        await ServiceHost.Host.open(
            ProgramName("orchestrator", version: HouseVersion.text), OrchestratorSettings.self, clock: SystemClock(),
            entropy: SystemEntropy(), seat)
    }

    @Sendable private static func seat(_ settings: OrchestratorSettings, _ host: ServiceHost.Host) async throws {
        let farm = Farm(host, settings.places)
        let bus = try await farm.bus()
        let vault = PayloadVault(
            objects: try await farm.objects(), mint: Mint(clock: host.clock, entropy: host.entropy))
        let owner = try await farm.owner("orchestrator", OrchestratorHouse.migrations, bus: bus, vault: vault)
        let hub = RemoteFarm(try InternalLine(to: .workerHub, at: settings.hubs, token: settings.token))
        let house = OrchestratorHouse(
            on: OrchestratorGround(
                desk: owner.desk, bus: bus, hub: hub, clock: host.clock, entropy: host.entropy, log: host.log))
        farm.work(owner.services + house.services)
        let ground = Ground(
            owner: .orchestrator, clock: host.clock, entropy: host.entropy, log: host.log, tracer: host.tracer)
        let site = try InternalSite.orchestrator(
            house.office, token: settings.token, version: HouseVersion.text, on: ground)
        try farm.answer("internal", at: settings.inside, site)
    }
}

struct OrchestratorSettings: ServiceSettings {
    static let all = FarmSettings.own
    static let elsewhere = FarmSettings.elsewhere

    let places: Places
    let token: String
    let inside: Listening
    let hubs: [String]

    init(_ reader: inout SettingsReader) {
        places = FarmSettings.places(&reader, [.broker, .database, .objects])
        token = FarmSettings.token(&reader)
        inside = FarmSettings.inside(&reader)
        hubs = FarmSettings.doors(FarmSettings.hubURL, &reader)
    }
}
