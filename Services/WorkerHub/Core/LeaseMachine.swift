// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts
package import Policies

/// Decides who works on a job. Whoever shows the newest token speaks for it; everybody else is told no.
package enum LeaseMachine {
    /// How long a silent worker keeps its lease, where nobody says otherwise.
    package static let leaseLength = Duration.seconds(60)
    /// A job that lost this many workers is reported failed: it may be what kills them.
    package static let mostLosses = 5

    package static func decide(
        _ lease: Lease?, _ fact: LeaseFact, at now: Timestamp, lasting length: Duration = leaseLength
    ) -> Step<Lease?, LeaseEffect> {
        guard let lease else { return beforeAnyOrder(fact, at: now) }
        do throws(FailureReport) {
            let step =
                switch fact {
                case .ordered(let order, let trail): try afterOrder(order, trail, lease)
                case .canceled(let attempt): try afterCancel(of: attempt, lease)
                case .admitted: try afterAdmission(lease, lasting: length)
                case .started(let claim): try afterStart(claim, lease, until: now + length)
                case .turnedAway(let claim): try afterTurningAway(claim, lease)
                case .ticketLost: try afterTicketLoss(lease)
                case .renewed(let claim): try afterRenewal(claim, lease, until: now + length)
                case .reported(let result): try afterReport(result, lease)
                case .expired: try afterSilence(lease, isOver: { $0 <= now })
                case .nodeLost(let node): try afterLoss(of: node, lease)
                }
            var after = step.state
            if after.hold.state != lease.hold.state { after.since = now }
            return Step(state: after, effects: step.effects)
        } catch {
            return Step(state: lease)  // a move that is not legal here came late, and changes nothing
        }
    }

    private static func beforeAnyOrder(_ fact: LeaseFact, at now: Timestamp) -> Step<Lease?, LeaseEffect> {
        switch fact {
        case .ordered(let order, let trail): Step(state: Lease(order: order, trail: trail, since: now))
        case .started(let claim), .turnedAway(let claim): Step(state: nil, effects: [.refuse(claim)])
        case .reported(let result): Step(state: nil, effects: [.discardedLate(result.claim)])
        case .canceled, .admitted, .ticketLost, .renewed, .expired, .nodeLost: Step(state: nil)
        }
    }

    /// A later attempt reopens a settled job; the same order again changes nothing.
    private static func afterOrder(
        _ order: JobOrder, _ trail: Trail, _ lease: Lease
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        guard order.attempt > lease.order.attempt else { return Step(state: lease) }
        var lease = lease
        try lease.move(.reorder, to: .waiting)
        lease.order = order
        lease.trail = trail
        return Step(state: lease)
    }

    /// The holder is told; a ticket that still lies in its queue finds nobody who believes it.
    private static func afterCancel(
        of attempt: Int, _ lease: Lease
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        guard attempt <= lease.order.attempt else { return Step(state: lease) }
        var effects: [LeaseEffect] = []
        if case .held(let token, let node, _) = lease.hold {
            let claim = LeaseClaim(
                jobID: lease.order.jobID, attempt: lease.order.attempt, leaseToken: token, nodeID: node)
            effects = [.stop(claim)]
        }
        var lease = lease
        try lease.move(.cancel, to: .canceled)
        return Step(state: lease, effects: effects)
    }

    private static func afterAdmission(
        _ lease: Lease, lasting length: Duration
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        var lease = lease
        try lease.move(.offer, to: .offered(token: lease.lastToken + 1))
        let ticket = JobTicket(
            order: lease.order, leaseToken: lease.lastToken, leaseMS: length.milliseconds)
        return Step(state: lease, effects: [.offer(ticket)])
    }

    private static func afterStart(
        _ claim: LeaseClaim, _ lease: Lease, until end: Timestamp
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        switch lease.hold {
        case .offered(let token) where token == claim.leaseToken:
            var lease = lease
            try lease.move(.start, to: .held(token: token, node: claim.nodeID, until: end))
            return Step(state: lease, effects: [.claimed(claim)])
        case .held(let token, let node, _) where token == claim.leaseToken && node == claim.nodeID:
            return Step(state: lease)  // the winner said it twice
        case .waiting, .offered, .held, .settled, .canceled:
            return Step(state: lease, effects: [.refuse(claim)])
        }
    }

    /// The ticket is used up, so the job waits for another at once; the next to show one may be anybody.
    private static func afterTurningAway(
        _ claim: LeaseClaim, _ lease: Lease
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        switch lease.hold {
        case .offered(let token) where token == claim.leaseToken:
            var lease = lease
            try lease.move(.turnAway, to: .waiting)
            return Step(state: lease, effects: [.refuse(claim)])
        case .held where speaks(claim, for: lease):
            return Step(state: lease)  // it began before it was told to rest
        case .waiting, .offered, .held, .settled, .canceled:
            return Step(state: lease, effects: [.refuse(claim)])
        }
    }

    /// Whoever shows the lost ticket after all is told no: the next one has a newer token.
    private static func afterTicketLoss(_ lease: Lease) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        var lease = lease
        try lease.move(.withdraw, to: .waiting)
        return Step(state: lease)
    }

    private static func afterRenewal(
        _ claim: LeaseClaim, _ lease: Lease, until end: Timestamp
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        // It overtook its own start, which will decide whether it is the winner's.
        if isEarly(claim, for: lease) { return Step(state: lease) }
        guard case .held(let token, let node, _) = lease.hold, token == claim.leaseToken, node == claim.nodeID else {
            return Step(state: lease, effects: [.refuse(claim)])
        }
        var lease = lease
        try lease.move(.renew, to: .held(token: token, node: node, until: end))
        return Step(state: lease, effects: [.beat(claim)])
    }

    private static func afterReport(
        _ result: WorkerResult, _ lease: Lease
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        guard speaks(result.claim, for: lease) else {
            return Step(state: lease, effects: [.discardedLate(result.claim)])
        }
        var lease = lease
        try lease.move(.report, to: .settled(result.status))
        switch result.status {
        case .succeeded:
            return Step(state: lease, effects: [.succeeded(result)])
        case .failed:
            let unexplained = FailureReport(
                .executionFailed, "the worker reported a failure without a reason", owner: lease.order.pool.module)
            return Step(state: lease, effects: [.failed(result.failure ?? unexplained, kept: result.logs)])
        }
    }

    /// True when the claim shows the token the job is held with.
    package static func speaks(_ claim: LeaseClaim, for lease: Lease) -> Bool {
        guard case .held(let token, let node, _) = lease.hold else { return false }
        return token == claim.leaseToken && node == claim.nodeID
    }

    /// True for the word of somebody who has the ticket, whose start was not heard yet: of two hubs that read one queue one may
    /// be quicker. Nothing can be done about it before the start is heard; tokens can be guessed.
    package static func isEarly(_ claim: LeaseClaim, for lease: Lease) -> Bool {
        guard case .offered(let token) = lease.hold else { return false }
        return token == claim.leaseToken
    }

    private static func afterLoss(
        of node: NodeID, _ lease: Lease
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        guard case .held(_, node, _) = lease.hold else { return Step(state: lease) }
        return try afterSilence(lease, isOver: { _ in true })
    }

    /// The job goes back into the row, as a new attempt, unless it has worn out too many workers.
    private static func afterSilence(
        _ lease: Lease, isOver: (Timestamp) -> Bool
    ) throws(FailureReport) -> Step<Lease, LeaseEffect> {
        guard case .held(_, let node, let until) = lease.hold, isOver(until) else { return Step(state: lease) }
        var lease = lease
        lease.losses += 1
        guard lease.losses < mostLosses else {
            try lease.move(.wearOut, to: .settled(.failed))
            let failure = FailureReport(
                .leaseLost, "\(lease.losses) workers fell silent on this job, the last was \(node)", owner: .workerHub,
                retryable: false, nextStep: "look at the log of \(node) for what ended it")
            return Step(state: lease, effects: [.failed(failure, kept: [])])
        }
        try lease.move(.lose, to: .waiting)
        return Step(state: lease)
    }
}
