// Ports · doors · sees Contracts
package import Contracts

/// What the orchestrator answers when it is asked: live, not from what was said once.
package protocol RunOperations: Sendable {
    /// Nil when it has not heard of the run.
    func graph(of run: RunID) async throws -> RunGraph?
    /// Nil when it has not heard of the run.
    func why(_ run: RunID) async throws -> Diagnosis?
    func deadLetters(_ filter: DeadFilter, limit: Int) async throws -> DeadPage
    /// Of one event, wherever it died, each with the beginning of what it says.
    func deadLetters(of event: EventID) async throws -> [DeadLetter]
    func decide(_ wish: DeadWish) async throws -> DeadDecision
    func rebuild(_ wish: RebuildWish) async throws -> Rebuild
}

/// What the hub answers.
package protocol FarmOperations: Sendable {
    func nodes() async throws -> [NodeView]
    func pools() async throws -> [PoolView]
    /// Where jobs are, and why they are not further. One it has never heard of is not there.
    func why(jobs: [JobID]) async throws -> [JobWhy]
    /// False when nobody knows the node.
    func wish(_ wish: NodeWish, of node: NodeID) async throws -> Bool
    func rebuild(_ wish: RebuildWish) async throws -> Rebuild
}
