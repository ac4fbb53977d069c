// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts
package import Policies

/// Decides who works on a job. Whoever shows the newest token speaks for it; everybody else is told no.
package enum LeaseMachine {
    /// How long a silent worker keeps its lease.
    package static let leaseLength = Duration.seconds(60)
    /// A job that lost this many workers is reported failed: it may be what kills them.
    package static let mostLosses = 5

    package static func decide(_ lease: Lease?, _ fact: LeaseFact, at now: Timestamp) -> Step<Lease?, LeaseEffect> {
        guard let lease else { return beforeAnyOrder(fact) }
        let step =
            switch fact {
            case .ordered(let order, let trail): afterOrder(order, trail, lease)
            case .admitted: afterAdmission(lease)
            case .started(let claim): afterStart(claim, lease, at: now)
            case .renewed(let claim): afterRenewal(claim, lease, at: now)
            case .reported(let result): afterReport(result, lease)
            case .expired: afterSilence(lease, isOver: { $0 <= now })
            case .nodeLost(let node): afterLoss(of: node, lease)
            }
        return Step(state: step.state, effects: step.effects)
    }

    private static func beforeAnyOrder(_ fact: LeaseFact) -> Step<Lease?, LeaseEffect> {
        switch fact {
        case .ordered(let order, let trail): Step(state: Lease(order: order, trail: trail))
        case .started(let claim): Step(state: nil, effects: [.refuse(claim)])
        case .reported(let result): Step(state: nil, effects: [.discardedLate(result.claim)])
        case .admitted, .renewed, .expired, .nodeLost: Step(state: nil)
        }
    }

    /// A later attempt reopens a settled job; the same order again changes nothing.
    private static func afterOrder(_ order: JobOrder, _ trail: Trail, _ lease: Lease) -> Step<Lease, LeaseEffect> {
        guard case .settled = lease.hold, order.attempt > lease.order.attempt else { return Step(state: lease) }
        var lease = lease
        lease.order = order
        lease.trail = trail
        lease.hold = .waiting
        return Step(state: lease)
    }

    private static func afterAdmission(_ lease: Lease) -> Step<Lease, LeaseEffect> {
        guard lease.hold == .waiting else { return Step(state: lease) }
        var lease = lease
        lease.lastToken += 1
        lease.hold = .offered(token: lease.lastToken)
        let ticket = JobTicket(
            order: lease.order, leaseToken: lease.lastToken, leaseMS: leaseLength.milliseconds)
        return Step(state: lease, effects: [.offer(ticket)])
    }

    private static func afterStart(_ claim: LeaseClaim, _ lease: Lease, at now: Timestamp) -> Step<Lease, LeaseEffect> {
        switch lease.hold {
        case .offered(let token) where token == claim.leaseToken:
            var lease = lease
            lease.hold = .held(token: token, node: claim.nodeID, until: now + leaseLength)
            return Step(state: lease, effects: [.claimed(claim)])
        case .held(let token, let node, _) where token == claim.leaseToken && node == claim.nodeID:
            return Step(state: lease)  // the winner said it twice
        case .waiting, .offered, .held, .settled:
            return Step(state: lease, effects: [.refuse(claim)])
        }
    }

    private static func afterRenewal(_ claim: LeaseClaim, _ lease: Lease, at now: Timestamp) -> Step<Lease, LeaseEffect>
    {
        guard case .held(let token, let node, _) = lease.hold, token == claim.leaseToken, node == claim.nodeID else {
            return Step(state: lease, effects: [.refuse(claim)])
        }
        var lease = lease
        lease.hold = .held(token: token, node: node, until: now + leaseLength)
        return Step(state: lease, effects: [.beat(claim)])
    }

    private static func afterReport(_ result: WorkerResult, _ lease: Lease) -> Step<Lease, LeaseEffect> {
        guard speaks(result.claim, for: lease) else {
            return Step(state: lease, effects: [.discardedLate(result.claim)])
        }
        var lease = lease
        lease.hold = .settled(result.status)
        switch result.status {
        case .succeeded:
            return Step(state: lease, effects: [.succeeded(result)])
        case .failed:
            let unexplained = FailureReport(
                .executionFailed, "the worker reported a failure without a reason", owner: lease.order.pool.module)
            return Step(state: lease, effects: [.failed(result.failure ?? unexplained)])
        }
    }

    /// True when the claim shows the token the job is held with.
    package static func speaks(_ claim: LeaseClaim, for lease: Lease) -> Bool {
        guard case .held(let token, let node, _) = lease.hold else { return false }
        return token == claim.leaseToken && node == claim.nodeID
    }

    private static func afterLoss(of node: NodeID, _ lease: Lease) -> Step<Lease, LeaseEffect> {
        guard case .held(_, node, _) = lease.hold else { return Step(state: lease) }
        return afterSilence(lease, isOver: { _ in true })
    }

    /// The job goes back into the row, as a new attempt, unless it has worn out too many workers.
    private static func afterSilence(_ lease: Lease, isOver: (Timestamp) -> Bool) -> Step<Lease, LeaseEffect> {
        guard case .held(_, let node, let until) = lease.hold, isOver(until) else { return Step(state: lease) }
        var lease = lease
        lease.losses += 1
        guard lease.losses < mostLosses else {
            lease.hold = .settled(.failed)
            let failure = FailureReport(
                .leaseLost, "\(lease.losses) workers fell silent on this job, the last was \(node)", owner: .workerHub,
                retryable: false, nextStep: "look at the log of \(node) for what ended it")
            return Step(state: lease, effects: [.failed(failure)])
        }
        lease.hold = .waiting
        return Step(state: lease)
    }
}
