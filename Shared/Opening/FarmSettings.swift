// Opening · wiring · sees Contracts, CryptoDriver, Delivery, Embedded, FileDriver, HTTP, HTTPClientDriver, HTTPServerDriver, Policies, Ports, PostgresDriver, RabbitDriver, RedisDriver, S3Driver, SQLiteDriver, ServiceHost, Settings, Telemetry
import Foundation
import ServiceHost
package import Settings

/// Where a process answers.
package struct Listening: Sendable {
    package let address: String
    package let port: Int

    package init(address: String, port: Int) {
        self.address = address
        self.port = port
    }
}

/// What a service of a farm cannot do without.
package struct FarmNeeds: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let broker = FarmNeeds(rawValue: 1)
    package static let database = FarmNeeds(rawValue: 2)
    package static let coordination = FarmNeeds(rawValue: 4)
    package static let objects = FarmNeeds(rawValue: 8)
}

/// What services of a farm read, each what it needs. One file of settings may serve them all.
package enum FarmSettings {
    package static let tokenSetting = Setting(
        "AINER_SERVICE_TOKEN", "what services of the house show each other, 32 characters at least",
        standard: "nothing: it must be set on a farm")
    package static let internalPort = Setting(
        "AINER_INTERNAL_PORT", "where orchestrator and worker-hub answer other services", standard: "7300")
    package static let internalAddress = Setting(
        "AINER_INTERNAL_ADDRESS", "the address of that port", standard: "127.0.0.1")
    package static let orchestratorURL = Setting(
        "AINER_ORCHESTRATOR_URL",
        "the internal doors of the orchestrators: http://host:7300, with commas between several",
        standard: "nothing: the gateway needs it")
    package static let hubURL = Setting(
        "AINER_HUB_URL", "the internal doors of the worker-hubs, with commas between several",
        standard: "nothing: gateway and orchestrator need it")
    package static let lease = Setting(
        "AINER_LEASE",
        "how long a worker that fell silent keeps its job, the same for every hub; drain before making it much shorter",
        standard: "60s")
    package static let tenantCaps = Setting(
        "AINER_TENANT_CAPS",
        "how many jobs of a pool a tenant may have at work at once: studio-a=20,*=8, where * is everybody else",
        standard: "as many as there is room for")
    package static let labels = Setting(
        "AINER_LABELS", "marks of a worker's host that operators see: gpu=l40,room=2", standard: "none")

    package static let ownerKey = Setting(
        "AINER_OWNER_KEY", "a key that may do everything in the tenant of the house, for its own scripts",
        standard: "none: people sign in")

    package static let own = [
        tokenSetting, ownerKey, internalPort, internalAddress, orchestratorURL, hubURL, lease, tenantCaps, labels,
    ]

    /// Names that other services read, and this one does not.
    package static let elsewhere: Set<String> = {
        let all = Settings.all + HostSettings.all + own
        return Set(all.map(\.name)).union(all.map { $0.name + "_FILE" }).union(Settings.elsewhere)
    }()

    /// Where everything is; what is needed and not set is left with the reader.
    package static func places(_ reader: inout SettingsReader, _ needs: FarmNeeds) -> Places {
        let home = ProcessInfo.processInfo.environment["HOME"] ?? "/var/lib"
        var places = Places(folder: reader.text(Settings.dataSetting) ?? "\(home)/.ainer")
        if needs.contains(.broker) { places.broker = need(Settings.brokerSetting, &reader) }
        if needs.contains(.database) { places.database = need(Settings.databaseSetting, &reader) }
        if needs.contains(.coordination) { places.coordination = need(Settings.coordinationSetting, &reader) }
        if needs.contains(.objects), let text = need(Settings.objectsSetting, &reader) {
            places.bucket = Places.bucket(in: text)
            if places.bucket == nil { reader.complain(Places.complaint) }
        }
        places.keepDays = reader.number(Settings.keepSetting, in: 1...36_500, else: 30)
        return places
    }

    package static func token(_ reader: inout SettingsReader) -> String {
        guard let token = need(tokenSetting, &reader) else { return "" }
        let isFit = token.utf8.count >= 32 && token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        if !isFit {
            reader.complain("AINER_SERVICE_TOKEN needs 32 visible characters; make one with: openssl rand -hex 32")
        }
        return token
    }

    package static func inside(_ reader: inout SettingsReader) -> Listening {
        Listening(
            address: reader.text(internalAddress) ?? "127.0.0.1",
            port: reader.number(internalPort, in: 0...65_535, else: 7300))
    }

    /// Several doors of one service.
    package static func doors(_ setting: Setting, _ reader: inout SettingsReader) -> [String] {
        guard let text = reader.text(setting) else {
            reader.complain("\(setting.name) must be set: \(setting.meaning)")
            return []
        }
        let doors = text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        if doors.isEmpty || !doors.allSatisfy({ $0.hasPrefix("http://") || $0.hasPrefix("https://") }) {
            reader.complain("\(setting.name) is not a list of URLs that begin with http:// or https://")
        }
        return doors
    }

    /// Caps by the names of tenants, and everybody else's.
    package static func caps(_ reader: inout SettingsReader) -> (own: [String: Int], standard: Int?) {
        guard let text = reader.text(tenantCaps) else { return ([:], nil) }
        var own: [String: Int] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=").map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[0].isEmpty, let cap = Int(parts[1]), (1...100_000).contains(cap) else {
                reader.complain("AINER_TENANT_CAPS is not like name=8,*=4, with numbers from 1 to 100000")
                return ([:], nil)
            }
            own[parts[0]] = cap
        }
        let standard = own.removeValue(forKey: "*")
        return (own, standard)
    }

    package static func marks(_ reader: inout SettingsReader) -> [String: String] {
        guard let text = reader.text(labels) else { return [:] }
        var marks: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, !parts[0].isEmpty else {
                reader.complain("AINER_LABELS is not like name=word,name=word")
                return [:]
            }
            marks[parts[0]] = parts[1]
        }
        return marks
    }

    private static func need(_ setting: Setting, _ reader: inout SettingsReader) -> String? {
        let value = reader.secret(setting)?.revealed
        if value == nil { reader.complain("\(setting.name) must be set: \(setting.meaning)") }
        return value
    }
}
