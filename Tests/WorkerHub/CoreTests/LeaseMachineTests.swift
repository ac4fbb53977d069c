// WorkerHubTests · tests · sees Contracts, Policies, WorkerHubCore
import Contracts
import Policies
import Testing
import WorkerHubCore

@Suite("A lease")
struct LeaseMachineTests {
    static let start = Timestamp(microseconds: 1_000_000)
    static let one = NodeID(trusted: "node_1")
    static let two = NodeID(trusted: "node_2")
    static let job = JobID(trusted: "job_1")
    static let trail = Trail(
        tenantID: .local, projectID: .local, runID: RunID(trusted: "run_1"), traceID: TraceID(trusted: "t"),
        correlationID: CorrelationID(trusted: "c"), idempotencyKey: IdempotencyKey(trusted: "k"))

    static func order(attempt: Int = 1) -> JobOrder {
        JobOrder(
            jobID: job, runID: RunID(trusted: "run_1"), jobType: .renderVideo, pool: .video, attempt: attempt,
            unit: "S0001",
            inputs: [], quality: .draft, seed: 1, timeoutMS: 1000)
    }

    static func claim(_ token: Int64, _ node: NodeID = one) -> LeaseClaim {
        LeaseClaim(jobID: job, attempt: 1, leaseToken: token, nodeID: node)
    }

    static func result(_ claim: LeaseClaim) -> WorkerResult {
        WorkerResult(
            claim: claim, startedAt: start, finishedAt: start, artifacts: [], emits: [], output: JobOutput())
    }

    /// Folds facts; answers the last state and every effect.
    private func play(_ facts: [LeaseFact], at now: Timestamp = start) -> (Lease?, [LeaseEffect]) {
        facts.reduce((nil, [])) { sofar, fact in
            let step = LeaseMachine.decide(sofar.0, fact, at: now)
            return (step.state, sofar.1 + step.effects)
        }
    }

    private var held: [LeaseFact] { [.ordered(Self.order(), trail: Self.trail), .admitted, .started(Self.claim(1))] }

    @Test("goes to the first worker who starts")
    func firstWins() {
        let (lease, effects) = play(held + [.started(Self.claim(1, Self.two))])
        #expect(lease?.hold == .held(token: 1, node: Self.one, until: Self.start + LeaseMachine.leaseLength))
        #expect(effects.suffix(2) == [.claimed(Self.claim(1)), .refuse(Self.claim(1, Self.two))])
    }

    @Test("settles once, however often the result arrives")
    func settlesOnce() {
        let told = LeaseFact.reported(Self.result(Self.claim(1)))
        let (lease, effects) = play(held + [told, told])
        #expect(lease?.hold == .settled(.succeeded))
        #expect(effects.count { if case .succeeded = $0 { true } else { false } } == 1)
        #expect(effects.last == .discardedLate(Self.claim(1)))
    }

    @Test("of a worker that fell silent goes to another, and the first is told no")
    func silence() {
        let late = Self.start + LeaseMachine.leaseLength
        var (lease, _) = play(held)
        var effects: [LeaseEffect] = []
        for fact in [
            LeaseFact.expired, .admitted, .started(Self.claim(2, Self.two)), .renewed(Self.claim(1)),
            .reported(Self.result(Self.claim(1))), .reported(Self.result(Self.claim(2, Self.two))),
        ] {
            let step = LeaseMachine.decide(lease, fact, at: late)
            lease = step.state
            effects += step.effects
        }
        #expect(lease?.hold == .settled(.succeeded))
        #expect(effects.contains(.refuse(Self.claim(1))))
        #expect(effects.contains(.discardedLate(Self.claim(1))))
        #expect(effects.last == .succeeded(Self.result(Self.claim(2, Self.two))))
    }

    @Test("is kept by a heartbeat and not taken before its time")
    func renewal() {
        let almost = Self.start + .seconds(59)
        let renewed = LeaseMachine.decide(play(held).0, .renewed(Self.claim(1)), at: almost)
        #expect(renewed.effects == [.beat(Self.claim(1))])
        let later = LeaseMachine.decide(renewed.state, .expired, at: Self.start + .seconds(61))
        #expect(later.state == renewed.state)
    }

    @Test("of a node that is gone is free at once; others' are not touched")
    func lostNode() {
        let gone = LeaseMachine.decide(play(held).0, .nodeLost(Self.one), at: Self.start)
        #expect(gone.state?.hold == .waiting)
        let other = LeaseMachine.decide(play(held).0, .nodeLost(Self.two), at: Self.start)
        #expect(other.state == play(held).0)
    }

    @Test("whose ticket is shown by a node that gets no work is offered again at once, with a new token")
    func turnedAway() {
        let order = LeaseFact.ordered(Self.order(), trail: Self.trail)
        let (lease, effects) = play([order, .admitted, .turnedAway(Self.claim(1)), .admitted])
        #expect(lease?.hold == .offered(token: 2))
        #expect(effects.contains(.refuse(Self.claim(1))))
        let (other, refusals) = play([order, .admitted, .turnedAway(Self.claim(7))])
        #expect(other?.hold == .offered(token: 1), "a token that never was turns nothing back")
        #expect(refusals.last == .refuse(Self.claim(7)))
        #expect(play(held + [.turnedAway(Self.claim(1))]).0 == play(held).0, "it began before it was told to rest")
    }

    @Test("that wore out five workers is a failure, not a sixth")
    func wornOut() {
        var lease = play([.ordered(Self.order(), trail: Self.trail)]).0
        var effects: [LeaseEffect] = []
        for token in 1...5 as ClosedRange<Int64> {
            for fact in [LeaseFact.admitted, .started(Self.claim(token)), .nodeLost(Self.one)] {
                let step = LeaseMachine.decide(lease, fact, at: Self.start)
                lease = step.state
                effects += step.effects
            }
        }
        #expect(lease?.hold == .settled(.failed))
        guard case .failed(let failure, _)? = effects.last else { return _ = Issue.record("no failure was told") }
        #expect(failure.errorCode == .leaseLost)
        #expect(!failure.retryable)
    }

    @Test("is opened again by a later attempt, with a token that never was")
    func laterAttempt() {
        let failed = WorkerResult(
            claim: Self.claim(1), startedAt: Self.start, finishedAt: Self.start,
            failure: FailureReport(.executionFailed, "no", owner: .workerVideo))
        let (lease, effects) = play(
            held + [
                .reported(failed), .ordered(Self.order(), trail: Self.trail), .admitted,
                .ordered(Self.order(attempt: 2), trail: Self.trail), .admitted,
            ])
        #expect(lease?.hold == .offered(token: 2))
        #expect(effects.count { if case .offer = $0 { true } else { false } } == 2)
    }

    @Test("of a job that is canceled is over: its holder is told to stop, and its late result counts for nothing")
    func canceled() {
        let (lease, effects) = play(
            held + [
                .canceled(attempt: 1), .canceled(attempt: 1), .renewed(Self.claim(1)),
                .reported(Self.result(Self.claim(1))), .admitted,
            ])
        #expect(lease?.hold == .canceled)
        #expect(
            effects.dropFirst(2) == [
                .stop(Self.claim(1)), .refuse(Self.claim(1)), .discardedLate(Self.claim(1)),
            ])
    }

    @Test("of a job that is canceled before anybody has it is won by nobody, though its ticket is out")
    func canceledTicket() {
        let order = LeaseFact.ordered(Self.order(), trail: Self.trail)
        #expect(play([order, .canceled(attempt: 1), .admitted]).0?.hold == .canceled)
        let (lease, effects) = play([order, .admitted, .canceled(attempt: 1), .started(Self.claim(1))])
        #expect(lease?.hold == .canceled)
        #expect(effects.last == .refuse(Self.claim(1)))
        #expect(play([.canceled(attempt: 1)]).0 == nil, "a stranger is none of its business")
    }

    @Test("that is settled stays settled when its job is canceled")
    func canceledTooLate() {
        let (lease, effects) = play(held + [.reported(Self.result(Self.claim(1))), .canceled(attempt: 1)])
        #expect(lease?.hold == .settled(.succeeded))
        #expect(effects.last == .succeeded(Self.result(Self.claim(1))))
    }

    @Test("keeps its promises over random facts from three workers")
    func randomWalks() {
        for seed in 0..<300 as Range<UInt64> {
            var dice = Dice(seed)
            var lease: Lease?
            var now = Self.start
            var claimedTokens: Set<Int64> = []
            var successes = 0
            for _ in 0..<80 {
                let node = NodeID(trusted: "node_\(dice.between(1, 3))")
                let claim = Self.claim(Int64(dice.between(0, 6)), node)
                let facts: [LeaseFact] = [
                    .ordered(Self.order(), trail: Self.trail), .admitted, .started(claim), .renewed(claim),
                    .turnedAway(claim), .reported(Self.result(claim)), .expired, .nodeLost(node),
                    dice.next() < 0.1 ? .canceled(attempt: 1) : .admitted,
                ]
                now = now + .seconds(dice.between(0, 20))
                let before = lease?.lastToken ?? 0
                let step = LeaseMachine.decide(lease, dice.pick(facts), at: now)
                lease = step.state
                #expect((lease?.lastToken ?? 0) >= before)
                for effect in step.effects {
                    if case .claimed(let won) = effect { #expect(claimedTokens.insert(won.leaseToken).inserted) }
                    if case .succeeded = effect { successes += 1 }
                }
            }
            #expect(successes <= 1)
        }
    }

    private static let rows = Set(StateMachines.lease.rows.map { "\($0.from)-\($0.to)" })

    @Test("changes hands in ten thousand walks but by a row of its table, and its tokens only grow")
    func movesByTheTable() {
        var seen: Set<String> = []
        for seed in 0..<10_000 as Range<UInt64> {
            var dice = Dice(seed, "by the table")
            var lease: Lease? = Lease(order: Self.order(), trail: Self.trail, since: Self.start)
            var now = Self.start
            for _ in 0..<40 {
                guard let before = lease else { return _ = Issue.record("the lease is gone") }
                let node = NodeID(trusted: "node_\(dice.between(1, 2))")
                let token = max(0, before.lastToken - (dice.next() < 0.2 ? 1 : 0))
                let claim = Self.claim(token, node)
                now = now + .seconds(dice.between(0, 30))
                let facts: [LeaseFact] = [
                    .ordered(Self.order(attempt: dice.between(1, 3)), trail: Self.trail), .admitted, .admitted,
                    .started(claim), .started(claim), .renewed(claim), .reported(Self.result(claim)), .expired,
                    dice.next() < 0.3 ? .turnedAway(claim) : .started(claim),
                    .nodeLost(node), dice.next() < 0.2 ? .canceled(attempt: 1) : .admitted,
                    dice.next() < 0.3 ? .ticketLost : .admitted,
                ]
                lease = LeaseMachine.decide(before, dice.pick(facts), at: now).state
                guard let after = lease else { return _ = Issue.record("the lease is gone") }
                if let fault = fault(from: before, to: after) { return _ = Issue.record("walk \(seed): \(fault)") }
                if before.hold != after.hold { seen.insert("\(before.hold.state)-\(after.hold.state)") }
            }
        }
        #expect(seen == Self.rows, "the walks took every row")
    }

    /// What is wrong with a change of hands, if anything is.
    private func fault(from before: Lease, to after: Lease) -> String? {
        let isNew = before.hold.state != after.hold.state
        if after.lastToken < before.lastToken || after.losses < before.losses { return "a count went back" }
        if case .held(let token, _, _) = after.hold, token != after.lastToken { return "an old token is held" }
        if isNew && after.hold.state == .offered && after.lastToken != before.lastToken + 1 { return "a token twice" }
        if isNew && before.hold.state == .settled && after.order.attempt <= before.order.attempt {
            return "what is settled was opened without a new order"
        }
        let change = "\(before.hold.state)-\(after.hold.state)"
        return before.hold == after.hold || Self.rows.contains(change) ? nil : "\(change) is no row"
    }
}
