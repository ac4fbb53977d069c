// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
package import Contracts

/// Who a node is, as far as its host knows.
package struct NodeCard: Sendable {
    /// Of the program.
    package var version: String
    package var host: String?
    /// The operator's own marks.
    package var labels: [String: String]
    /// Models it holds ready.
    package var models: [Pool: [String]]
    /// How its graphics cards are just now; nobody when there is none.
    package var gauge: @Sendable () async -> [GPULoad]

    package init(
        version: String = "", host: String? = nil, labels: [String: String] = [:], models: [Pool: [String]] = [:],
        gauge: @escaping @Sendable () async -> [GPULoad] = { [] }
    ) {
        self.version = version
        self.host = host
        self.labels = labels
        self.models = models
        self.gauge = gauge
    }
}
