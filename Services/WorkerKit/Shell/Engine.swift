// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
package import Contracts

/// A finished file of an attempt, before anybody promoted it.
package struct Product: Sendable {
    package var file: String
    package var type: ArtifactType
    package var unit: String?
    package var mimeType: String
    package var durationMS: Int?
    package var size: (width: Int, height: Int)?
    package var lineage: [String: String]

    package init(
        file: String, type: ArtifactType, unit: String? = nil, mimeType: String, durationMS: Int? = nil,
        size: (width: Int, height: Int)? = nil, lineage: [String: String] = [:]
    ) {
        self.file = file
        self.type = type
        self.unit = unit
        self.mimeType = mimeType
        self.durationMS = durationMS
        self.size = size
        self.lineage = lineage
    }
}

/// Everything an attempt made. It is its only effect.
package struct Produce: Sendable {
    package var products: [Product]
    /// What is told when the attempt is settled; asked when the products have their names.
    package var emits: @Sendable ([ArtifactMeta]) throws -> [EarnedEvent]
    package var output: JobOutput

    package init(
        products: [Product], output: JobOutput = JobOutput(),
        emits: @escaping @Sendable ([ArtifactMeta]) throws -> [EarnedEvent] = { _ in [] }
    ) {
        self.products = products
        self.emits = emits
        self.output = output
    }
}

/// What does the work of a pool. It sees the order and a workbench, and nothing else of the house.
package protocol Engine: Sendable {
    var pool: Pool { get }
    /// The jobs it knows; empty when it does not say.
    var jobTypes: Set<JobType> { get }
    func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce
}

extension Engine {
    package var jobTypes: Set<JobType> { [] }
}
