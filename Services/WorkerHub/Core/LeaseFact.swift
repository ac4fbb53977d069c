// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts

/// What can happen to a job at the hub.
package enum LeaseFact: Equatable, Sendable {
    case ordered(JobOrder, trail: Trail)
    /// The orchestrator does not want the work of this attempt any more, and will order no other.
    case canceled(attempt: Int)
    /// The pool has room for a ticket.
    case admitted
    case started(LeaseClaim)
    /// The same from a node that should begin nothing new.
    case turnedAway(LeaseClaim)
    /// The broker lost the ticket, or may have.
    case ticketLost
    case renewed(LeaseClaim)
    case reported(WorkerResult)
    /// The clock passed the end of the lease.
    case expired
    case nodeLost(NodeID)
}

/// What the hub wishes done; all of it leaves in the transaction that stores the lease.
package enum LeaseEffect: Equatable, Sendable {
    case offer(JobTicket)
    case claimed(LeaseClaim)
    case beat(LeaseClaim)
    case refuse(LeaseClaim)
    /// The holder must stop.
    case stop(LeaseClaim)
    case succeeded(WorkerResult)
    /// And what is kept of the attempt.
    case failed(FailureReport, kept: [StagedArtifact])
    /// A result, start or renewal that came too late: counted and shown, never used.
    case discardedLate(LeaseClaim)
}
