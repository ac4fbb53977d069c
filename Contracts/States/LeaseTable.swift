// Contracts · pure · sees nothing

/// Who may work on a job, without the details.
package enum LeaseState: String, Worded, Codable {
    case waiting
    case offered
    case held
    case settled
}

package enum LeaseMove: String, Worded {
    case offer
    case start
    case renew
    case report
    case turnAway = "turn away"
    case withdraw
    case lose
    case wearOut = "wear out"
    case reorder
    case cancel
}

extension StateMachines {
    /// The hold on a job at the hub. Tokens only grow, so what an old holder says counts for nothing.
    package static let lease = StateTable<LeaseState, LeaseMove>(
        "lease", owner: .workerHub, start: .waiting, finals: [.settled],
        rows: [
            .init(.waiting, .offer, .offered, "the pool has room; a ticket with a new token goes out"),
            .init(.offered, .start, .held, "the first worker that shows the token"),
            .init(.offered, .turnAway, .waiting, "a node shows the token that gets no work now"),
            .init(.offered, .withdraw, .waiting, "its ticket was lost with the broker; another goes out"),
            .init(.held, .renew, .held, "the holder's heartbeat"),
            .init(.held, .report, .settled, "the holder's result, good or bad"),
            .init(.held, .lose, .waiting, "the holder fell silent or its node is gone"),
            .init(.held, .wearOut, .settled, "the job lost too many workers and counts as failed"),
            .init(.settled, .reorder, .waiting, "a later attempt is ordered"),
            .init(.waiting, .cancel, .settled, "the job is canceled"),
            .init(.offered, .cancel, .settled, "the job is canceled; whoever shows the ticket is told no"),
            .init(.held, .cancel, .settled, "the job is canceled; its holder is told to stop"),
        ])
}
