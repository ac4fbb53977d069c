// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import GatewayShell
import Wire

/// Workers write JSON.
package struct JSONPapers: Papers {
    package init() {}

    package func shotPlan(_ bytes: [UInt8]) throws -> ShotPlan { try JSON.decode(from: bytes) }

    package func timeline(_ bytes: [UInt8]) throws -> Timeline { try JSON.decode(from: bytes) }

    package func bytes(of timeline: Timeline) throws -> [UInt8] { try JSON.encode(timeline) }
}
