// GatewayMain · wiring · sees Contracts, CryptoDriver, Delivery, Embedded, GatewayCore, GatewayHouse, GatewayShell, HTTP, Internal, Opening, Ports, ServiceHost, Settings, Telemetry, Web
import Contracts
import CryptoDriver
import Delivery
import Embedded
import GatewayCore
import GatewayHouse
import GatewayShell
import HTTP
import Internal
import Opening
import Ports
import ServiceHost
import Settings
import Telemetry
import Web

/// The gateway in a process of its own. Any number of them work beside each other.
@main
struct GatewayMain {
    static func main() async {
        await ServiceHost.Host.open(
            ProgramName("gateway", version: HouseVersion.text), GatewaySettings.self, clock: SystemClock(),
            entropy: SystemEntropy(), seat)
    }

    @Sendable private static func seat(_ settings: GatewaySettings, _ host: ServiceHost.Host) async throws {
        let farm = Farm(host, settings.places)
        let bus = try await farm.bus()
        let objects = try await farm.objects()
        let coordination = try await farm.coordination()
        let vault = PayloadVault(objects: objects, mint: Mint(clock: host.clock, entropy: host.entropy))
        let owner = try await farm.owner("gateway", GatewayHouse.migrations, bus: bus, vault: vault)
        var people = PeopleGround(
            keeper: Passwords(entropy: host.entropy), secrets: settings.secrets.map { Array($0.utf8) },
            isRegistrationOpen: settings.isRegistrationOpen)
        people.isSecure = settings.front.isSecure
        var ground = GatewayGround(
            desk: owner.desk, bus: bus, objects: objects, coordination: coordination, clock: host.clock,
            entropy: host.entropy, log: host.log, people: people)
        ground.tracer = host.tracer
        ground.allowsPrivateHooks = settings.front.allowsPrivateHooks
        ground.requests = settings.front.requests
        let house = GatewayHouse(
            on: ground, doorkeeper: settings.doorkeeper,
            operations: Operations(
                runs: RemoteRuns(
                    try InternalLine(to: .orchestrator, at: settings.orchestrators, token: settings.token)),
                farm: RemoteFarm(try InternalLine(to: .workerHub, at: settings.hubs, token: settings.token))))
        farm.work(owner.services + house.services)
        var manners = Manners()
        manners.hosts = settings.front.hosts
        let place = Listening(address: settings.front.address, port: settings.front.port)
        let site = try house.site(version: HouseVersion.text, manners: manners)
        try farm.answer("api", at: place, Front(site: site, health: host.health))
        if let code = try await house.signIn.setupCode() {
            host.log.notice("nobody has a password yet; the first owner sets his with this code", [.cause: code])
        }
    }
}

/// The site, and beside it the health of the process.
private struct Front: Responder {
    let site: Site
    let health: Health

    func admit(_ head: RequestHead) -> Admission {
        let path = head.target.prefix { $0 != "?" }
        return ["/healthz", "/readyz"].contains(path) ? health.admit(head) : site.admit(head)
    }
}

/// Nobody lives in this house alone.
private struct NoKey: Doorkeeper {
    func caller(bearing token: String) async throws -> Caller? { nil }
}

struct GatewaySettings: ServiceSettings {
    static let all = FarmSettings.own + FrontSettings.own
    static let elsewhere = FarmSettings.elsewhere

    let places: Places
    let front: FrontSettings
    let token: String
    let orchestrators: [String]
    let hubs: [String]
    let secrets: [String]
    let isRegistrationOpen: Bool
    private let ownerKey: String?

    var doorkeeper: any Doorkeeper {
        if let ownerKey { HouseKey(key: ownerKey, owner: .owner) } else { NoKey() }
    }

    init(_ reader: inout SettingsReader) {
        places = FarmSettings.places(&reader, [.broker, .database, .coordination, .objects])
        front = FrontSettings(&reader)
        token = FarmSettings.token(&reader)
        orchestrators = FarmSettings.doors(FarmSettings.orchestratorURL, &reader)
        hubs = FarmSettings.doors(FarmSettings.hubURL, &reader)
        secrets = reader.secret(Settings.authSetting)?.revealed.split(separator: ",").map(String.init) ?? []
        if secrets.isEmpty || secrets.contains(where: { $0.utf8.count < 32 }) {
            reader.complain("AINER_AUTH_SECRET needs 32 characters at least; make one with: openssl rand -hex 32")
        }
        isRegistrationOpen =
            reader.choice(Settings.registrationSetting, of: ["open", "closed"], else: "closed") == "open"
        ownerKey = reader.secret(FarmSettings.ownerKey)?.revealed
        if let ownerKey, ownerKey.utf8.count < 32 {
            reader.complain("AINER_OWNER_KEY needs 32 characters at least; make one with: openssl rand -hex 32")
        }
    }
}
