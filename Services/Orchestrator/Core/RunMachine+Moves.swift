// OrchestratorCore · pure · sees Contracts, Policies
import Contracts
import Policies

extension RunMachine {
    static let planWithoutShots = FailureReport(
        .planGeneration, "the plan has no shots", owner: .planner, retryable: false,
        nextStep: "give the story at least one sentence")

    /// What follows from any change: what became ready is ordered, the stage moves, gates ask, and the run may be over.
    static func goOn(_ state: inout RunState, at now: Timestamp) throws(FailureReport) -> [RunEffect] {
        var effects = try orderReady(&state)
        effects += try advanceStage(&state)
        effects += try askAtGates(&state, at: now)
        if state.isAtWork, state.jobs.allSatisfy({ $0.status == .succeeded }) {
            try state.move(.succeed)
            effects.append(.succeeded(verdict(on: state)))
        }
        return effects
    }

    /// Orders everything that has nothing left to wait for, while the run is at work.
    static func orderReady(_ state: inout RunState) throws(FailureReport) -> [RunEffect] {
        guard state.isAtWork else { return [] }
        let ready = Set(JobGraph.ready(in: state.jobs)).subtracting(heldBack(in: state))
        var effects: [RunEffect] = []
        for index in state.jobs.indices where ready.contains(state.jobs[index].jobID) {
            try state.jobs[index].move(.enqueue)
            effects.append(.ordered(order(for: state.jobs[index], in: state)))
        }
        return effects
    }

    /// Starts every retry whose wait is over, while the run is at work.
    static func orderRetries(_ state: inout RunState, at now: Timestamp) throws(FailureReport) -> [RunEffect] {
        guard state.isAtWork else { return [] }
        var effects: [RunEffect] = []
        for index in state.jobs.indices {
            guard state.jobs[index].status == .retrying, let dueAt = state.jobs[index].dueAt, dueAt <= now else {
                continue
            }
            try state.jobs[index].move(.enqueue)
            effects.append(.reordered(order(for: state.jobs[index], in: state)))
        }
        return effects
    }

    /// The job as it is told of; its attempt is the one under way, or the next.
    static func head(of job: Job, in run: RunID) -> JobHead {
        JobHead(jobID: job.jobID, runID: run, jobType: job.jobType, unit: job.unit, attempt: job.failures + 1)
    }

    /// Names that the run does not have yet.
    static func names(on occasion: Occasion, in state: RunState) -> JobGraph.Names {
        JobGraph.Names(
            at: occasion.at, chance: occasion.chance, after: state.jobs.count + state.retired.count)
    }

    static func order(for job: Job, in state: RunState) -> JobOrder {
        var order = JobOrder(
            jobID: job.jobID, runID: state.runID, chapterID: state.spec.chapterID, jobType: job.jobType, pool: job.pool,
            attempt: job.failures + 1, unit: job.unit, inputs: inputs(of: job, in: state),
            quality: state.spec.requestedQuality, seed: state.spec.seed, timeoutMS: job.timeoutMS)
        order.take = job.take
        order.priority = state.spec.priority
        order.mishap = state.spec.mishaps?.first { $0.meets(job.pool, job.unit, attempt: order.attempt) }
        return order
    }

    /// The source text and every artifact this job rests on, made by any job before it, near or far.
    private static func inputs(of job: Job, in state: RunState) -> [ArtifactMeta] {
        var wanted = Set(job.after)
        for earlier in state.jobs.reversed() where wanted.contains(earlier.jobID) { wanted.formUnion(earlier.after) }
        let made = state.jobs.filter { wanted.contains($0.jobID) && concerns($0, job) }.flatMap(\.artifacts)
        return [state.spec.input] + made
    }

    /// A line needs nothing of other lines, though the film before it does.
    private static func concerns(_ earlier: Job, _ job: Job) -> Bool {
        guard let theirs = earlier.unit else { return true }
        switch job.jobType {
        case .composeFinal, .assembleAudioTimeline, .evaluateQuality: return true
        case .renderVideo: return earlier.jobType == .renderLipsync && job.after.contains(earlier.jobID)
        case .synthAudio, .renderLipsync: return theirs == job.unit
        default: return false
        }
    }

    /// How far a run is, in percent and in jobs.
    static func progress(of state: RunState) -> RunProgressUpdated {
        RunProgressUpdated(
            runID: state.runID, stage: state.stage, progress: percent(of: state), jobsDone: done(in: state),
            jobsKnown: state.jobs.count)
    }

    /// Only grows: what is known from the start is worth a tenth, what the plan adds all the rest.
    private static func percent(of state: RunState) -> Double {
        func share(_ jobs: [Job]) -> Double {
            jobs.isEmpty ? 0 : Double(jobs.count { $0.status == .succeeded }) / Double(jobs.count)
        }
        let opening = state.jobs.filter { JobGraph.opens($0.jobType, state.pipeline) }
        let rest = state.jobs.filter { !JobGraph.opens($0.jobType, state.pipeline) }
        return ((10 * share(opening) + 90 * share(rest)) * 10).rounded() / 10
    }

    private static func done(in state: RunState) -> Int { state.jobs.count { $0.status == .succeeded } }

    /// Moves the run to the lowest stage with unfinished work, one stage at a time.
    static func advanceStage(_ state: inout RunState) throws(FailureReport) -> [RunEffect] {
        let lowest = lowestUnfinished(in: state) ?? .observe
        var effects: [RunEffect] = []
        for stage in Stage.allCases where stage > state.stage && stage <= lowest {
            let isEmpty = !state.jobs.contains { $0.stage == state.stage }
            let change = RunStageChanged(
                runID: state.runID, from: state.stage, to: stage, progress: percent(of: state),
                reason: isEmpty ? "no_jobs" : "work_done")
            try state.move(.enter(stage))
            effects.append(.stageChanged(change))
        }
        return effects
    }

    /// `nil` when every job is over.
    static func lowestUnfinished(in state: RunState) -> Stage? {
        state.jobs.filter { !$0.status.isFinal }.map(\.stage).min()
    }

    /// Ends the run: what is not over is stopped, or will not be started. `index` is the job that is to blame.
    static func end(
        _ state: RunState, with failure: FailureReport, at index: Int? = nil
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        var state = state
        if let index { try state.jobs[index].move(.fail) }
        let job = index.map { state.jobs[$0] }
        try state.move(.fail)
        state.failure = failure
        let stopped = try stopJobs(&state, because: "the run failed")
        let word = RunFailed(
            runID: state.runID, stage: state.stage, job: job?.jobID, job?.jobType, unit: job?.unit, failure: failure)
        return Step(state: state, effects: stopped + [.failed(word)])
    }

    /// Cancels every job that is not over, and says so of those somebody may be at; nobody is asked anything any more.
    static func stopJobs(_ state: inout RunState, because reason: String) throws(FailureReport) -> [RunEffect] {
        var effects: [RunEffect] = []
        for index in state.jobs.indices where !state.jobs[index].status.isFinal {
            effects += try stop(&state.jobs[index], in: state.runID, because: reason)
        }
        for index in state.gates.indices where state.gates[index].isWaiting { state.gates[index].status = .withdrawn }
        state.isHeld = false
        return effects
    }

    /// What was never ordered is known to nobody, so nothing is said of it.
    static func stop(
        _ job: inout Job, in run: RunID, because reason: String
    ) throws(FailureReport) -> [RunEffect] {
        let (wasOrdered, isBetween) = (job.status != .queued, job.status == .retrying)
        try job.move(.cancel)
        guard wasOrdered else { return [] }
        var head = head(of: job, in: run)
        // Between two attempts the later one is known to nobody.
        if isBetween { head.attempt -= 1 }
        return [.jobCanceled(JobCanceled(head, reason: reason))]
    }

    /// Where the job stands among the jobs; `nil` when another took its place. A stranger is refused.
    static func place(of job: JobID, in state: RunState) throws(FailureReport) -> Int? {
        if let index = state.jobs.firstIndex(where: { $0.jobID == job }) { return index }
        guard state.retired.contains(where: { $0.jobID == job }) else {
            throw FailureReport(.illegalTransition, "run \(state.runID) has no job \(job)", owner: .orchestrator)
        }
        return nil
    }

    static func verdict(on state: RunState) -> RunSucceeded {
        let notes = state.jobs.contains { !$0.notes.isEmpty }
        let published: Set<ArtifactType> = [.finalVideo, .subtitles, .contactSheet, .report]
        let artifacts = state.jobs.filter { $0.jobType == .composeFinal }.flatMap(\.artifacts)
            .filter { published.contains($0.artifactType) }
        return RunSucceeded(
            runID: state.runID, outcome: notes ? .successWithDegradation : .success, artifacts: artifacts)
    }
}
