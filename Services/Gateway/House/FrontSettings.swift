// GatewayHouse · wiring · sees Contracts, Delivery, HTTP, HTTPClientDriver, Policies, Ports, ServiceHost, Settings, Telemetry, Web, GatewayAdapters, GatewayCore, GatewayShell, GatewaySite
import HTTP
package import Ports
package import Settings

/// How the API is shown to the outside.
package struct FrontSettings: Sendable {
    private static let portSetting = Setting(
        "AINER_PORT", "where the API answers; 0 takes a free port", standard: "8080")
    private static let addressSetting = Setting(
        "AINER_ADDRESS", "the address of that port; 0.0.0.0 lets other machines in", standard: "127.0.0.1")
    private static let publicSetting = Setting(
        "AINER_PUBLIC_URL", "how clients reach the API when that is not its own address: https://films.example",
        standard: "the address and port")
    private static let webhookSetting = Setting(
        "AINER_WEBHOOK_PRIVATE", "whether webhooks may go to private networks and over plain http: yes or no",
        standard: "no")

    private static let rateSetting = Setting(
        "AINER_REQUESTS_PER_MINUTE", "how many requests each token may make, and as many at once", standard: "1200")

    package static let own = [portSetting, addressSetting, publicSetting, webhookSetting, rateSetting]

    package let port: Int
    package let address: String
    package let publicURL: String?
    package let allowsPrivateHooks: Bool
    package let requests: Allowance

    package init(_ reader: inout SettingsReader) {
        port = reader.number(Self.portSetting, in: 0...65_535, else: 8080)
        address = reader.text(Self.addressSetting) ?? "127.0.0.1"
        publicURL = reader.url(Self.publicSetting, schemes: ["http", "https"])
        allowsPrivateHooks = reader.flag(Self.webhookSetting)
        let rate = reader.number(Self.rateSetting, in: 1...10_000_000, else: 1200)
        requests = Allowance(rate, every: .seconds(60), burst: rate)
    }

    /// What links begin with. A free port is not known yet when they are made: then they begin with their path.
    package var base: String {
        if let publicURL { return publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL }
        let host = address == "0.0.0.0" ? "127.0.0.1" : address.contains(":") ? "[\(address)]" : address
        return port == 0 ? "" : "http://\(host):\(port)"
    }

    /// Whether browsers reach us over TLS alone.
    package var isSecure: Bool { publicURL?.hasPrefix("https:") == true }

    /// A name we do not answer to is somebody's trick.
    package var hosts: Set<String> {
        var hosts: Set<String> = ["127.0.0.1", "localhost", "::1", "[::1]", address]
        if let host = publicURL.flatMap(WebURL.init)?.host { hosts.insert(host) }
        return hosts
    }
}
