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
    /// Exits: .waiting when a later attempt is ordered.
    case settled(WorkOutcome)
    /// Nobody waits for a result any more. Exits: .waiting when a later attempt is ordered.
    case canceled

    package var isOutstanding: Bool {
        switch self {
        case .offered, .held: true
        case .waiting, .settled, .canceled: false
        }
    }

    package var state: LeaseState {
        switch self {
        case .waiting: .waiting
        case .offered: .offered
        case .held: .held
        case .settled, .canceled: .settled
        }
    }
}

/// The hub's record of one job: the newest order for it, the newest token, and who holds it.
package struct Lease: Equatable, Sendable {
    package var order: JobOrder
    package var trail: Trail
    /// Moves by `StateMachines.lease` only.
    package private(set) var hold: Hold
    /// Only grows, over all attempts: an old token never becomes good again.
    package private(set) var lastToken: Int64
    /// Attempts that ended because their worker fell silent.
    package var losses: Int
    /// When it became what it is: since then it waits, is offered or is held. A heartbeat changes nothing of it.
    package var since: Timestamp

    package init(
        order: JobOrder, trail: Trail, hold: Hold = .waiting, lastToken: Int64 = 0, losses: Int = 0, since: Timestamp
    ) {
        self.order = order
        self.trail = trail
        self.hold = hold
        self.lastToken = lastToken
        self.losses = losses
        self.since = since
    }

    /// Moves on, when the table leads from here by this move to such a hold; is refused and stays as it was otherwise.
    mutating func move(_ move: LeaseMove, to next: Hold) throws(FailureReport) {
        let table = StateMachines.lease
        guard try table.after(hold.state, move) == next.state else { throw table.refusal(of: move, from: hold.state) }
        if case .offered(let token) = next { lastToken = token }
        hold = next
    }
}
