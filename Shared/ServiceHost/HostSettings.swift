// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
package import Settings

/// What every service reads from its environment, beside what is its own.
package struct HostSettings: Sendable {
    private static let log = Setting(
        "AINER_LOG", "debug, notice, warning or error, as JSON lines on standard error", standard: "notice")
    private static let health = Setting(
        "AINER_HEALTH_PORT", "where /healthz, /readyz and /metrics are answered; 0 takes a free port",
        standard: "nowhere")
    private static let address = Setting(
        "AINER_HEALTH_ADDRESS", "the address of that port", standard: "127.0.0.1")
    private static let drain = Setting(
        "AINER_DRAIN", "how long work under way may take to finish after SIGTERM", standard: "30s")
    private static let otlp = Setting(
        "AINER_OTLP_URL", "a collector for traces (OTLP over HTTP): http://host:4318", standard: "no traces")

    package static let all = [log, health, address, drain, otlp]

    package let logLevel: String
    package let healthPort: Int?
    package let healthAddress: String
    package let drain: Duration
    package let otlp: String?

    package init(_ reader: inout SettingsReader) {
        logLevel = reader.choice(Self.log, of: ["debug", "notice", "warning", "error"], else: "notice")
        healthPort = reader.text(Self.health) == nil ? nil : reader.number(Self.health, in: 0...65_535, else: 0)
        healthAddress = reader.text(Self.address) ?? "127.0.0.1"
        drain = reader.duration(Self.drain, in: .milliseconds(1) ... .seconds(3600), else: .seconds(30))
        otlp = reader.url(Self.otlp, schemes: ["http", "https"])
    }
}

/// What one service reads for itself.
package protocol ServiceSettings: Sendable {
    static var all: [Setting] { get }
    /// Names that are set for others, and no misspellings.
    static var elsewhere: Set<String> { get }
    /// Faults are left with the reader.
    init(_ reader: inout SettingsReader)
}

extension ServiceSettings {
    package static var elsewhere: Set<String> { [] }
}
