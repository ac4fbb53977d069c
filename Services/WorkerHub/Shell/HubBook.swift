// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import WorkerHubCore

/// What is out and what waits in one pool.
package struct PoolCount: Equatable, Sendable {
    package var waiting = 0
    package var oldest: Timestamp?
    package var offered = 0
    package var held = 0
    package var lastStart: Timestamp?

    package init() {}
}

/// Everything the hub's tables say of nodes and pools, read at once.
package struct HubPage: Sendable {
    package var nodes: [NodeRecord] = []
    package var holds: [NodeID: [JobID]] = [:]
    package var counts: [Pool: PoolCount] = [:]
    package var out: [Pool: [TenantID: Int]] = [:]
    /// How work ended on each node of late.
    package var tallies: [NodeID: Tally] = [:]
    /// Results of each pool over the last whole minutes, and how many minutes those were.
    package var results: [Pool: Int] = [:]
    package var minutes = 5
    /// The job that waits longest in each pool.
    package var oldest: [Pool: JobID] = [:]
    package var caps = TenantCaps()

    package init() {}
}

/// Reads what the hub has written, for whoever asks, and writes what operators want.
package protocol HubBook: Sendable {
    func page(at now: Timestamp) async throws -> HubPage
    func lease(of job: JobID) async throws -> Lease?
    func leases(of jobs: [JobID]) async throws -> [Lease]
    /// How many waiting jobs have their turn before this one, as far as priorities and its own tenant's order say.
    func ahead(of lease: Lease) async throws -> Int
    /// False when nobody knows the node.
    func wish(_ fact: NodeFact, of node: NodeID, at now: Timestamp) async throws -> Bool
    /// Says again what went to topics, and makes every ticket anew that nobody has begun; answers how many of both, or how
    /// many it would be.
    func rebuild(_ wish: RebuildWish, at now: Timestamp) async throws -> Rebuild
}
