// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import Policies
package import WorkerHubCore

/// A fact about a job or a node and the envelope that brought it; the clock's own facts come in no envelope.
package struct LeaseNews: Sendable {
    /// The jobs a fact is about: one by name, or all that a node holds.
    package enum Subject: Equatable, Sendable {
        case job(JobID)
        case node(NodeID)
    }

    package let eventID: EventID?
    package let subject: Subject
    /// What it means for the leases of its subject.
    package let fact: LeaseFact?
    /// What it means for the node that is its subject.
    package let nodeFact: NodeFact?

    package init(eventID: EventID?, subject: Subject, fact: LeaseFact) {
        self.eventID = eventID
        self.subject = subject
        self.fact = fact
        self.nodeFact = nil
    }

    /// `fact` is what the leases it holds hear of it.
    package init(eventID: EventID?, node: NodeID, _ nodeFact: NodeFact, fact: LeaseFact? = nil) {
        self.eventID = eventID
        self.subject = .node(node)
        self.fact = fact
        self.nodeFact = nodeFact
    }
}

/// Where leases and nodes are kept. A lease, what it causes to be said and which envelopes were seen commit together,
/// and in the same transaction waiting jobs get tickets where their pool has room.
package protocol LeaseStore: Sendable {
    typealias Decision = @Sendable (Lease?, LeaseFact) -> Step<Lease?, LeaseEffect>

    func apply(_ news: [LeaseNews], at now: Timestamp, decide: @escaping Decision) async throws
    /// Gives tickets where jobs wait and there is room, though nothing was heard of either.
    func look(at now: Timestamp, decide: @escaping Decision) async throws
    func lease(of job: JobID) async throws -> Lease?
    func leases(of jobs: [JobID]) async throws -> [Lease]
    /// Held jobs whose time is over.
    func silent(at now: Timestamp) async throws -> [JobID]
    /// When a lease runs out or waiting jobs should be looked at; nil when there is nothing to look at.
    func nextLook() async throws -> Timestamp?
    /// Everybody who holds a lease, or said that they are there.
    func holders() async throws -> [NodeID]
}
