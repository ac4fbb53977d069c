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
            switch state.status {
            case .queued, .running, .paused, .degraded:
                let step = try whileOpen(state, fact, on: occasion)
                return Step(state: step.state, effects: step.effects)
            case .succeeded, .failed, .canceled:
                return Step(state: state)  // late facts are harmless
            }
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
        try state.move(.start)
        state.jobs = JobGraph.opening(state.pipeline, names: .init(at: occasion.at, chance: occasion.chance))
        var effects: [RunEffect] = [
            .created(
                RunCreated(runID: runID, taskID: spec.taskID, absentSkills: state.absentSkills))
        ]
        effects += try orderReady(&state)
        return Step(state: state, effects: effects)
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
        case .ticked: try afterTick(state, on: occasion)
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
        let index = try place(of: job, in: state)
        guard !state.jobs[index].status.isFinal else { return Step(state: state) }
        let shots = output.shots ?? []
        if state.jobs[index].jobType == .planSceneShots && shots.isEmpty {
            return try end(state, with: planWithoutShots, at: index)
        }
        try state.jobs[index].move(.succeed)
        state.jobs[index].artifacts = artifacts
        state.jobs[index].notes = output.notes
        if state.jobs[index].jobType == .planSceneShots {
            let names = JobGraph.Names(at: occasion.at, chance: occasion.chance, after: state.jobs.count)
            state.jobs += JobGraph.unfolding(state.pipeline, after: state.jobs, shots: shots, names: names)
        }
        var effects: [RunEffect] = []
        effects += try orderReady(&state)
        effects += try advanceStage(&state)
        effects.insert(.progressed(progress(of: state)), at: 0)
        if state.jobs.allSatisfy({ $0.status == .succeeded }) {
            try state.move(.succeed)
            effects.append(.succeeded(verdict(on: state)))
        }
        return Step(state: state, effects: effects)
    }

    private static func afterFailure(
        of job: JobID, _ failure: FailureReport, _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        var state = state
        let index = try place(of: job, in: state)
        guard !state.jobs[index].status.isFinal, state.jobs[index].status != .retrying else {
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
        let next = JobHead(
            jobID: job, runID: state.runID, jobType: failed.jobType, unit: failed.unit, attempt: failed.failures + 1)
        let retry = JobRetryScheduled(next, dueAt: dueAt, failure: failure)
        return Step(state: state, effects: [.retryScheduled(job, retry)])
    }

    private static func afterTick(
        _ state: RunState, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        var state = state
        var effects: [RunEffect] = []
        for index in state.jobs.indices {
            guard state.jobs[index].status == .retrying, let dueAt = state.jobs[index].dueAt, dueAt <= occasion.at
            else {
                continue
            }
            try state.jobs[index].move(.enqueue)
            effects.append(.reordered(order(for: state.jobs[index], in: state)))
        }
        return Step(state: state, effects: effects)
    }
}
