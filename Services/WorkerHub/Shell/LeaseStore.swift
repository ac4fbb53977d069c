// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import Policies
package import WorkerHubCore

/// A fact about a job and the envelope that brought it; the clock's own facts come in no envelope.
package struct LeaseNews: Sendable {
    /// The jobs a fact is about: one by name, or all that a node holds.
    package enum Subject: Equatable, Sendable {
        case job(JobID)
        case node(NodeID)
    }

    package let eventID: EventID?
    package let subject: Subject
    package let fact: LeaseFact

    package init(eventID: EventID?, subject: Subject, fact: LeaseFact) {
        self.eventID = eventID
        self.subject = subject
        self.fact = fact
    }
}

/// Where leases are kept. A lease, what it causes to be said and which envelopes were seen commit together,
/// and in the same transaction waiting jobs get tickets where their pool has room.
package protocol LeaseStore: Sendable {
    typealias Decision = @Sendable (Lease?, LeaseFact) -> Step<Lease?, LeaseEffect>

    func apply(_ news: [LeaseNews], at now: Timestamp, decide: @escaping Decision) async throws
    func lease(of job: JobID) async throws -> Lease?
    /// Held jobs whose time is over.
    func silent(at now: Timestamp) async throws -> [JobID]
    func nextExpiry() async throws -> Timestamp?
    /// Everybody who holds a lease.
    func holders() async throws -> [NodeID]
}
