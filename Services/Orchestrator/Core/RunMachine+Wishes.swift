// OrchestratorCore · pure · sees Contracts, Policies
import Contracts
import Policies

/// What becomes of a run when somebody asks for it. What is so already is granted and changes nothing.
extension RunMachine {
    static func after(
        _ wish: RunWish, of asker: Asker, _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        switch wish {
        case .cancel: try cancel(state, for: asker)
        case .pause: try pause(state, for: asker)
        case .resume: try resume(state, for: asker, at: occasion.at)
        case .retry: try retry(state, for: asker, on: occasion)
        case .rerun(let stage): try rerun(state, from: stage, for: asker, on: occasion)
        case .regenerate(let shots): try regenerate(shots, state, for: asker, on: occasion)
        case .recut(let timeline, let shots): try recut(timeline, shots, state, for: asker, on: occasion)
        }
    }

    private static func cancel(_ state: RunState, for asker: Asker) throws(FailureReport) -> Step<RunState, RunEffect> {
        guard state.status != .canceled else { return Step(state: state) }
        var state = state
        try state.move(.cancel)
        let stopped = try stopJobs(&state, because: "the run was canceled")
        return Step(state: state, effects: stopped + [.canceled(word(on: state, asker.reason))])
    }

    private static func pause(_ state: RunState, for asker: Asker) throws(FailureReport) -> Step<RunState, RunEffect> {
        var state = state
        if state.status == .paused {
            state.isHeld = true  // it may be a gate that it waits at; then it waits for both
            return Step(state: state)
        }
        try state.move(.pause)
        state.isHeld = true
        return Step(state: state, effects: [.paused(word(on: state, asker.reason))])
    }

    private static func resume(
        _ state: RunState, for asker: Asker, at now: Timestamp
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        guard !state.isAtWork else { return Step(state: state) }
        var state = state
        guard state.isHeld else { throw refusal(toResume: state) }
        state.isHeld = false
        let effects = try resumeIfFree(&state, at: now, because: asker.reason)
        return Step(state: state, effects: effects)
    }

    /// Goes on when neither a person nor a gate holds the run.
    static func resumeIfFree(
        _ state: inout RunState, at now: Timestamp, because reason: String?
    ) throws(FailureReport) -> [RunEffect] {
        guard state.status == .paused, !state.isHeld, !state.gates.contains(where: \.isWaiting) else { return [] }
        try state.move(.resume)
        let told = RunEffect.resumed(word(on: state, reason))
        let retries = try orderRetries(&state, at: now)
        return [told] + retries + (try goOn(&state, at: now))
    }

    private static func refusal(toResume state: RunState) -> FailureReport {
        guard let gate = state.gates.first(where: \.isWaiting) else {
            return StateMachines.run.refusal(of: .resume, from: state.status)
        }
        return FailureReport(
            .illegalTransition, "run: resume is not legal while gate \(gate.gate) waits for a decision",
            owner: .orchestrator, nextStep: "approve or reject it")
    }

    /// The run as it is told of when its status changed.
    static func word(on state: RunState, _ reason: String?) -> RunStatusChanged {
        RunStatusChanged(
            runID: state.runID, stage: state.stage, progress: progress(of: state).progress, reason: reason)
    }
}
