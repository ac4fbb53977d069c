// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore

/// Answers that must be live: they are asked of those who know, not of the gateway's own view.
package protocol Operations: Sendable {
    func graph(of run: RunID) async throws -> RunGraph?
}
