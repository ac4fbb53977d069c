// WorkerHubMain · wiring · sees Contracts, Delivery, Embedded, Internal, Opening, Ports, ServiceHost, Settings, Web, WorkerHubCore, WorkerHubHouse, WorkerHubShell
import Contracts
import Delivery
import Embedded
import Internal
import Opening
import Ports
import ServiceHost
import Settings
import Web
import WorkerHubCore
import WorkerHubHouse
import WorkerHubShell

/// The worker-hub in a process of its own. Any number of them work beside each other.
@main
struct WorkerHubMain {
    static func main() async {
        await ServiceHost.Host.open(
            ProgramName("worker-hub", version: HouseVersion.text), WorkerHubSettings.self, clock: SystemClock(),
            entropy: SystemEntropy(), seat)
    }

    @Sendable private static func seat(_ settings: WorkerHubSettings, _ host: ServiceHost.Host) async throws {
        let farm = Farm(host, settings.places)
        let bus = try await farm.bus()
        let objects = try await farm.objects()
        let vault = PayloadVault(
            objects: objects, mint: Mint(clock: host.clock, entropy: host.entropy), lending: TicketLender.lasting)
        let owner = try await farm.owner("hub", HubHouse.migrations, bus: bus, vault: vault)
        var ground = HubGround(
            desk: owner.desk, bus: bus, objects: objects, clock: host.clock, entropy: host.entropy, log: host.log)
        // Workers know no store here.
        ground.isLending = true
        ground.leaseLength = settings.leaseLength
        ground.caps = settings.caps
        let house = HubHouse(on: ground)
        farm.work(owner.services + house.services)
        let floor = Ground(
            owner: .workerHub, clock: host.clock, entropy: host.entropy, log: host.log, tracer: host.tracer)
        let site = try InternalSite.hub(house.desk, token: settings.token, version: HouseVersion.text, on: floor)
        try farm.answer("internal", at: settings.inside, site)
    }
}

struct WorkerHubSettings: ServiceSettings {
    static let all = FarmSettings.own
    static let elsewhere = FarmSettings.elsewhere

    let places: Places
    let token: String
    let inside: Listening
    let leaseLength: Duration
    let caps: TenantCaps

    init(_ reader: inout SettingsReader) {
        places = FarmSettings.places(&reader, [.broker, .database, .objects])
        token = FarmSettings.token(&reader)
        inside = FarmSettings.inside(&reader)
        leaseLength = reader.duration(
            FarmSettings.lease, in: .seconds(2) ... .seconds(3600), else: .seconds(60))
        let (own, standard) = FarmSettings.caps(&reader)
        caps = TenantCaps(
            standard: standard, own: Dictionary(uniqueKeysWithValues: own.map { (TenantID(trusted: $0), $1) }))
    }
}
