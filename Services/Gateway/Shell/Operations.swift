// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Ports

/// Answers that must be live: they are asked of those who know, not of the gateway's own view.
package struct Operations: Sendable {
    package let runs: any RunOperations
    package let farm: any FarmOperations

    package init(runs: any RunOperations, farm: any FarmOperations) {
        self.runs = runs
        self.farm = farm
    }
}
