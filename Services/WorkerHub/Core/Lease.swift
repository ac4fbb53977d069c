// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts

/// Who may work on a job right now.
package enum Hold: Equatable, Sendable {
    /// Exits: .offered when its pool has room.
    case waiting
    /// A ticket with this token lies in the pool's queue. Exits: .held on the first start.
    case offered(token: Int64)
    /// Exits: .settled on the result, .waiting when the time is over or the node is gone.
    case held(token: Int64, node: NodeID, until: Timestamp)
    /// No exits.
    case settled(WorkOutcome)

    package var isOutstanding: Bool {
        switch self {
        case .offered, .held: true
        case .waiting, .settled: false
        }
    }
}

/// The hub's record of one job: the newest order for it, the newest token, and who holds it.
package struct Lease: Equatable, Sendable {
    package var order: JobOrder
    package var trail: Trail
    package var hold: Hold
    /// Only grows, over all attempts: an old token never becomes good again.
    package var lastToken: Int64
    /// Attempts that ended because their worker fell silent.
    package var losses: Int

    package init(order: JobOrder, trail: Trail, hold: Hold = .waiting, lastToken: Int64 = 0, losses: Int = 0) {
        self.order = order
        self.trail = trail
        self.hold = hold
        self.lastToken = lastToken
        self.losses = losses
    }
}
