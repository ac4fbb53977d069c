// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Embedded
import FileDriver
import Foundation
import GatewayHouse
import GatewayShell
import HTTP
import HTTPServerDriver
import Ports
import ServiceHost
import Settings
import Telemetry
import Web

/// `ainer serve`: every service in one process, and the API in front of them.
struct ServeCommand: Sendable {
    func run() async throws -> Int32 {
        let process = ProcessInfo.processInfo
        let outside = Outside(
            environment: process.environment, signals: Signals.stream([SIGINT, SIGTERM]), clock: SystemClock(),
            entropy: SystemEntropy())
        // Before anything else: a second one says so at once, and in plain words.
        var reader = SettingsReader(process.environment)
        let lock = try HostLock(folder: ServeSettings(&reader).house.dataFolder)
        defer { withExtendedLifetime(lock) {} }
        return await ServiceHost.Host.serve(ProgramName("ainer", version: Version.text), ServeSettings.self, outside) {
            try await Self.seat($0, $1, lock)
        }
    }

    private static func seat(_ settings: ServeSettings, _ host: ServiceHost.Host, _ lock: HostLock) async throws {
        let links = try links(settings)
        let front = settings.front
        let wishes = FrontWishes(
            links: links, allowsPrivateHooks: front.allowsPrivateHooks, requests: front.requests,
            isSecure: front.isSecure)
        let house = try await House.open(settings.house, wishes, log: host.log)
        host.house(Part("doors", close: { await house.close() }))
        host.house(Part("services", run: { try await house.alone { try await ServiceGroup.run(house.services) } }))
        var manners = Manners()
        manners.hosts = front.hosts
        let site = try house.gateway.site(version: Version.text, manners: manners)
        var options = HTTPServerOptions()
        options.address = front.address
        options.port = UInt16(clamping: front.port)
        let frontage = Frontage(
            site: site, health: host.health,
            links: house.gateway.links { try links.verify(method: $0, target: $1, now: $2) })
        let server = try HTTPServer.open(options, responder: frontage, log: host.log)
        host.house(
            Part(
                "api", drain: { await server.drain(within: .seconds(20)) }, close: { await server.close() }))
        lock.note(port: Int(server.port))
        greet(settings, Int(server.port), setup: try await house.gateway.signIn.setupCode())
    }

    private static func links(_ settings: ServeSettings) throws -> FileLinks {
        let file = SecretFile.links(folder: settings.house.dataFolder)
        guard let links = FileLinks(secret: Array(try file.read(or: SystemEntropy()).utf8), base: settings.front.base)
        else {
            throw Stop(.outputUnwritable, status: ExitCode.unwritable, "too short to sign links with: \(file.path)")
        }
        return links
    }

    private static func greet(_ settings: ServeSettings, _ port: Int, setup: String?) {
        let address = settings.front.address
        let place = "http://\(address == "0.0.0.0" ? "127.0.0.1" : address):\(port)"
        say(
            """
            ainer \(Version.text) serves \(place)
              the API          \(place)/openapi.json
              the key          \(SecretFile.key(folder: settings.house.dataFolder).path)
              is it well?      \(place)/readyz
            stop it with Ctrl-C: what is under way goes on at the next start
            """)
        if let setup {
            say("  nobody has a password yet; the first owner sets his with this code, once, today: \(setup)")
        }
    }
}

/// The site, and beside it the health of the process and the links to files.
struct Frontage: Responder {
    let site: Site
    let health: Health
    let links: any Responder

    func admit(_ head: RequestHead) -> Admission {
        let path = head.target.prefix { $0 != "?" }
        if path.hasPrefix(FileLinks.path) { return links.admit(head) }
        return ["/healthz", "/readyz", "/metrics"].contains(path) ? health.admit(head) : site.admit(head)
    }
}

/// What `ainer serve` reads beside what every `ainer` reads.
struct ServeSettings: ServiceSettings {
    static let own = FrontSettings.own + HostSettings.all.filter { $0.name != "AINER_LOG" }
    static let all = Settings.all + FrontSettings.own

    let house: Settings
    let front: FrontSettings

    init(_ reader: inout SettingsReader) {
        let process = ProcessInfo.processInfo
        house = Settings(&reader, cores: process.activeProcessorCount, home: NSHomeDirectory())
        front = FrontSettings(&reader)
    }
}
