// OrchestratorCore · pure · sees Contracts, Policies
import Contracts
import Policies

/// Where a run stops until a person has looked.
extension RunMachine {
    /// Asks at every gate whose stage is done, once; the run is paused until all of them are answered.
    static func askAtGates(_ state: inout RunState, at now: Timestamp) throws(FailureReport) -> [RunEffect] {
        let lowest = lowestUnfinished(in: state)
        var effects: [RunEffect] = []
        for wish in wishes(of: state) where current(wish.gate, in: state) == nil {
            guard lowest.map({ $0 > wish.after }) ?? true else { continue }
            // Two questions at one gate have two times, by which they are told apart.
            let earlier = state.gates.last { $0.gate == wish.gate }?.askedAt
            let gate = Gate(wish, at: earlier.map { max(now, $0 + .microseconds(1)) } ?? now)
            state.gates.append(gate)
            effects.append(.asked(question(gate, in: state)))
        }
        guard !effects.isEmpty, state.status != .paused else { return effects }
        try state.move(.pause)
        return effects + [.paused(word(on: state, "a person has to look at it"))]
    }

    /// Jobs beyond a gate that is not open; what the gate itself still waits for is not among them.
    static func heldBack(in state: RunState) -> Set<JobID> {
        let closed = wishes(of: state).filter { !(current($0.gate, in: state)?.isOpen ?? false) }
        guard let stage = closed.map(\.after).min() else { return [] }
        var needed = Set(state.jobs.filter { $0.stage <= stage }.map(\.jobID))
        for job in state.jobs.reversed() where needed.contains(job.jobID) { needed.formUnion(job.after) }
        return Set(state.jobs.map(\.jobID)).subtracting(needed)
    }

    static func afterReview(
        _ answer: ReviewResolved, _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        guard let index = state.gates.lastIndex(where: { $0.gate == answer.gate }) else {
            throw FailureReport(
                .notFound, "run \(state.runID) has asked nothing at gate \(answer.gate.prefix(80))",
                owner: .orchestrator)
        }
        var gate = state.gates[index]
        let status: GateStatus = answer.decision == .approve ? .approved : .rejected
        guard gate.isWaiting else {
            if gate.status == status { return Step(state: state) }  // said twice
            throw FailureReport(
                .illegalTransition, "gate \(gate.gate) is \(gate.status.rawValue) and not decided again",
                owner: .orchestrator)
        }
        gate.status = status
        gate.decidedBy = answer.decidedBy
        gate.decidedAt = occasion.at
        gate.comment = answer.comment
        var state = state
        state.gates[index] = gate
        return try follow(answer.decision, at: gate, state, on: occasion)
    }

    /// Lets the default decide where nobody did in time.
    static func afterTimeouts(
        _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        var step = Step<RunState, RunEffect>(state: state)
        for index in state.gates.indices {
            let gate = step.state.gates[index]
            guard gate.isWaiting, let decision = gate.defaultDecision, let deadlineAt = gate.deadlineAt,
                deadlineAt <= occasion.at
            else { continue }
            step.state.gates[index].status = .expired
            step.state.gates[index].decidedAt = occasion.at
            let next = try follow(decision, at: step.state.gates[index], step.state, on: occasion)
            step = Step(state: next.state, effects: step.effects + next.effects)
        }
        return step
    }

    private static func follow(
        _ decision: GateWish.Decision, at gate: Gate, _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        switch decision {
        case .approve:
            var state = state
            let effects = try resumeIfFree(
                &state, at: occasion.at, because: "gate \(gate.gate) is \(gate.status.rawValue)")
            return Step(state: state, effects: effects)
        case .reject:
            let words =
                gate.status == .expired
                ? "nobody decided at gate \(gate.gate) in time" : gate.comment ?? "somebody looked and said no"
            let refused = FailureReport(
                .reviewRejected, "gate \(gate.gate) is rejected: \(words)", owner: .orchestrator,
                nextStep: "run again from stage \(gate.stage.rawValue), or submit the story anew")
            return try end(state, with: refused)
        }
    }

    /// The wished gates, each name once.
    private static func wishes(of state: RunState) -> [GateWish] {
        var seen: Set<String> = []
        return (state.spec.gates ?? []).filter { seen.insert($0.gate).inserted }
    }

    /// The question as it stands; one that was withdrawn is asked anew.
    private static func current(_ name: String, in state: RunState) -> Gate? {
        state.gates.last { $0.gate == name && $0.status != .withdrawn }
    }

    private static func question(_ gate: Gate, in state: RunState) -> ReviewRequested {
        var question = ReviewRequested(
            runID: state.runID, gate: gate.gate, reason: "stage \(gate.stage.rawValue) is done",
            deadlineAt: gate.deadlineAt, defaultDecision: gate.defaultDecision)
        question.artifacts = state.jobs.filter { $0.stage == gate.stage }.flatMap(\.artifacts)
        return question
    }
}
