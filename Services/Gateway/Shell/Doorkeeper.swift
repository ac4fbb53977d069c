// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import GatewayCore

/// Knows people by what they show.
package protocol Doorkeeper: Sendable {
    /// Whoever holds this token; nil when it is none of ours, or no longer good.
    func caller(bearing token: String) async throws -> Caller?
}
