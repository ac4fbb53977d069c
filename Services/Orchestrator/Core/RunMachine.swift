// OrchestratorCore · pure · sees Contracts, Policies
import Contracts
package import Policies

/// Decides what becomes of a run. Total: a strange fact is refused or ignored, a repeated one does nothing.
package enum RunMachine {
    /// A try that failed and may help again is repeated until this many failed.
    package static let mostAttempts = 3

    package static func decide(_ state: RunState?, _ fact: RunFact, on occasion: Occasion) -> Step<RunState?, RunEffect>
    {
        do throws(FailureReport) {
            guard let state else { return try beforeItExists(fact, on: occasion) }
            let step =
                switch state.status {
                case .queued, .running, .paused, .degraded: try whileOpen(state, fact, on: occasion)
                case .succeeded, .failed, .canceled: try afterTheEnd(state, fact, on: occasion)
                }
            return Step(state: step.state, effects: step.effects)
        } catch {
            return Step(state: state, effects: [.refused(error)])
        }
    }

    private static func beforeItExists(
        _ fact: RunFact, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState?, RunEffect> {
        guard case .submitted(let spec, let trail, let built) = fact, let runID = trail.runID else {
            throw FailureReport(
                .illegalTransition, "a run was told of work before it was submitted", owner: .orchestrator)
        }
        var state = RunState(
            runID: runID, spec: spec, trail: trail, pipeline: Pipeline.contracted(to: built),
            absentSkills: Pipeline.absent(from: built), at: occasion.at)
        state.deadlineAt = deadline(of: spec, from: occasion.at)
        state.jobs = JobGraph.opening(state.pipeline, names: .init(at: occasion.at, chance: occasion.chance))
        var created = RunCreated(runID: runID, taskID: spec.taskID, absentSkills: state.absentSkills)
        let waits = spec.startAfter.map { $0 > occasion.at } ?? false
        if waits { created.startAfter = spec.startAfter } else { try state.move(.start) }
        let effects = try orderReady(&state)
        return Step(state: state, effects: [.created(created)] + effects)
    }

    static func deadline(of spec: TaskSpec, from start: Timestamp) -> Timestamp? {
        spec.deadlineMS.map { start + .milliseconds($0) }
    }

    private static func whileOpen(
        _ state: RunState, _ fact: RunFact, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        switch fact {
        case .submitted: Step(state: state)  // the same submission again
        case .claimed(let job): try afterClaim(of: job, state)
        case .succeeded(let job, let artifacts, let output):
            try afterSuccess(of: job, artifacts, output, state, on: occasion)
        case .failed(let job, let failure): try afterFailure(of: job, failure, state, on: occasion)
        case .asked(let wish, let asker): try after(wish, of: asker, state, on: occasion)
        case .reviewed(let answer): try afterReview(answer, state, on: occasion)
        case .ticked: try afterTick(state, on: occasion)
        }
    }

    /// What is late is harmless; what somebody asks for gets an answer.
    private static func afterTheEnd(
        _ state: RunState, _ fact: RunFact, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        switch fact {
        case .submitted, .claimed, .succeeded, .failed, .ticked: Step(state: state)
        case .asked(let wish, let asker): try after(wish, of: asker, state, on: occasion)
        case .reviewed(let answer): try afterReview(answer, state, on: occasion)
        }
    }

    private static func afterClaim(of job: JobID, _ state: RunState) throws(FailureReport) -> Step<RunState, RunEffect>
    {
        var state = state
        guard let index = state.jobs.firstIndex(where: { $0.jobID == job }), !state.jobs[index].status.isFinal else {
            return Step(state: state)
        }
        try state.jobs[index].move(.claim)
        return Step(state: state)
    }

    private static func afterSuccess(
        of job: JobID, _ artifacts: [ArtifactMeta], _ output: JobOutput, _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        var state = state
        guard let index = try place(of: job, in: state), !state.jobs[index].status.isFinal else {
            return Step(state: state)
        }
        let shots = output.shots ?? []
        if state.jobs[index].jobType == .planSceneShots && shots.isEmpty {
            return try end(state, with: planWithoutShots, at: index)
        }
        try state.jobs[index].move(.succeed)
        // Logs are for people, and nobody's input.
        state.jobs[index].artifacts = artifacts.filter { $0.artifactType != .jobLog }
        state.jobs[index].notes = output.notes
        if state.jobs[index].jobType == .planSceneShots {
            let names = names(on: occasion, in: state)
            state.jobs += JobGraph.unfolding(state.pipeline, after: state.jobs, shots: shots, names: names)
        }
        let effects = try goOn(&state, at: occasion.at)
        return Step(state: state, effects: [.progressed(progress(of: state))] + effects)
    }

    private static func afterFailure(
        of job: JobID, _ failure: FailureReport, _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        var state = state
        guard let index = try place(of: job, in: state), !state.jobs[index].status.isFinal,
            state.jobs[index].status != .retrying
        else {
            return Step(state: state)
        }
        state.jobs[index].failures += 1
        let failed = state.jobs[index]
        guard failure.retryable, failed.failures < mostAttempts else {
            return try end(state, with: failure, at: index)
        }
        let dueAt = occasion.at + Backoff.job.delay(after: failed.failures)
        try state.jobs[index].move(.fail)
        try state.jobs[index].move(.retry)
        state.jobs[index].dueAt = dueAt
        let retry = JobRetryScheduled(head(of: failed, in: state.runID), dueAt: dueAt, failure: failure)
        return Step(state: state, effects: [.retryScheduled(job, retry)])
    }

    private static func afterTick(
        _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        if let deadlineAt = state.deadlineAt, deadlineAt <= occasion.at {
            let overdue = FailureReport(
                .orchestrationTimeout, "run \(state.runID) was not over after \(state.spec.deadlineMS ?? 0) ms",
                owner: .orchestrator, nextStep: "try it again with more time, or in a lower quality")
            return try end(state, with: overdue)
        }
        var state = state
        var effects: [RunEffect] = []
        if state.status == .queued, state.spec.startAfter.map({ $0 <= occasion.at }) ?? true {
            try state.move(.start)
            effects.append(.resumed(word(on: state, "its time has come")))
            effects += try orderReady(&state)
        }
        let decided = try afterTimeouts(state, on: occasion)
        effects += decided.effects
        state = decided.state
        effects += try orderRetries(&state, at: occasion.at)
        return Step(state: state, effects: effects)
    }
}
