// OrchestratorCore · pure · sees Contracts, Policies
import Contracts
import Policies

/// Work that is done again on somebody's wish: by new jobs, so that nothing the old ones still say can be mistaken for
/// theirs. Each goes on record.
extension RunMachine {
    static func retry(
        _ state: RunState, for asker: Asker, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        guard state.status == .failed else { throw StateMachines.run.refusal(of: .reopen, from: state.status) }
        let unmade = Set(state.jobs.filter { $0.status != .succeeded }.map(\.jobID))
        return try redo(Seeds(jobs: unmade), .retry, state, for: asker, on: occasion)
    }

    /// A stage without jobs stands for the next that has some.
    static func rerun(
        _ state: RunState, from stage: Stage, for asker: Asker, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        let first = state.jobs.map(\.stage).filter { $0 >= stage }.min()
        let seeds = Set(state.jobs.filter { $0.stage == first }.map(\.jobID))
        guard !seeds.isEmpty else {
            throw FailureReport(
                .notFound, "run \(state.runID) has no work in stage \(stage.rawValue) or later", owner: .orchestrator)
        }
        return try redo(Seeds(jobs: seeds), .rerun, state, for: asker, on: occasion)
    }

    /// In the quality of the run: the cut joins only shots that are alike.
    static func regenerate(
        _ shots: [ShotID], _ state: RunState, for asker: Asker, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        let units = Set(shots.map(\.rawValue))
        let drawn = state.jobs.filter { $0.jobType == .renderVideo && units.contains($0.unit ?? "") }
        let seeds = Set(drawn.map(\.jobID))
        guard !shots.isEmpty, seeds.count == units.count else {
            throw FailureReport(.notFound, "run \(state.runID) does not have all of these shots", owner: .orchestrator)
        }
        return try redo(Seeds(jobs: seeds), .regenerate, state, for: asker, on: occasion)
    }

    /// The timeline that the run made is exchanged for another. What looks as before is kept; without a shot to draw anew
    /// only the cut is.
    static func recut(
        _ timeline: ArtifactMeta, _ shots: [ShotID], _ state: RunState, for asker: Asker, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        let maker = state.jobs.firstIndex { $0.jobType == .assembleAudioTimeline && $0.status == .succeeded }
        guard let maker else {
            throw FailureReport(.notFound, "run \(state.runID) has made no timeline yet", owner: .orchestrator)
        }
        var state = state
        state.jobs[maker].artifacts.removeAll { $0.artifactType == .timeline }
        state.jobs[maker].artifacts.append(timeline)
        let units = Set(shots.map(\.rawValue))
        let spared = state.jobs.filter { $0.jobType == .renderVideo && !units.contains($0.unit ?? "") }
        let types: Set<JobType> = shots.isEmpty ? [.composeFinal] : [.compileDSL, .composeFinal]
        let seeds = state.jobs.filter {
            types.contains($0.jobType) || units.contains($0.unit ?? "") && $0.jobType == .renderVideo
        }
        let chosen = Seeds(jobs: Set(seeds.map(\.jobID)), spared: Set(spared.map(\.jobID)))
        return try redo(chosen, .rerun, state, for: asker, on: occasion)
    }

    /// Work to be done anew, and with it all that rests on it but what is spared.
    private struct Seeds {
        var jobs: Set<JobID>
        var spared: Set<JobID> = []
    }

    /// Puts new jobs in the places of these and of all that rests on them, and lets the run go on from there.
    private static func redo(
        _ seeds: Seeds, _ kind: Amendment.Kind, _ state: RunState, for asker: Asker, on occasion: Occasion
    ) throws(FailureReport) -> Step<RunState, RunEffect> {
        let (seeds, spared) = (seeds.jobs, seeds.spared)
        guard state.status != .queued else { throw StateMachines.run.refusal(of: .reopen, from: state.status) }
        var state = state
        let isReopened = state.status.isFinal
        if isReopened {
            try state.move(.reopen)
            state.failure = nil
            state.deadlineAt = deadline(of: state.spec, from: occasion.at)
        }
        let stage = lowest(of: seeds, in: state)
        let old = closure(of: seeds, sparing: spared, in: state)
        let stopped = try replace(old, retaking: kind == .regenerate ? seeds : [], in: &state, on: occasion)
        withdrawGates(from: stage, in: &state)
        let amendment = amendment(kind, stage, replacing: old, in: state, for: asker)
        var effects = [RunEffect.amended(amendment)] + stopped
        if isReopened { effects.append(.resumed(word(on: state, asker.reason ?? kind.rawValue))) }
        effects += try goBack(&state, because: kind)
        effects.append(.progressed(progress(of: state)))
        // Its gate may be what it waited at, and is asked again when its stage is done once more.
        let resumed = try resumeIfFree(&state, at: occasion.at, because: asker.reason ?? kind.rawValue)
        effects += resumed.isEmpty ? try goOn(&state, at: occasion.at) : resumed
        return Step(state: state, effects: effects)
    }

    private static func lowest(of jobs: Set<JobID>, in state: RunState) -> Stage {
        state.jobs.filter { jobs.contains($0.jobID) }.map(\.stage).min() ?? state.stage
    }

    /// These and all that rests on them; with the planning job, all that came of the plan.
    private static func closure(
        of seeds: Set<JobID>, sparing spared: Set<JobID>, in state: RunState
    ) -> Set<JobID> {
        var chosen = seeds
        var growsAnew = false
        for job in state.jobs where !spared.contains(job.jobID) {
            if !chosen.isDisjoint(with: job.after) { chosen.insert(job.jobID) }
            if chosen.contains(job.jobID) && job.jobType == .planSceneShots { growsAnew = true }
        }
        if growsAnew {
            chosen.formUnion(state.jobs.filter { !JobGraph.opens($0.jobType, state.pipeline) }.map(\.jobID))
        }
        return chosen
    }

    /// The heirs stand at the end, and among them what is kept though it rested on the old. What grows from the plan gets
    /// none, it will grow.
    private static func replace(
        _ old: Set<JobID>, retaking seeds: Set<JobID>, in state: inout RunState, on occasion: Occasion
    ) throws(FailureReport) -> [RunEffect] {
        var names = names(on: occasion, in: state)
        let growsAnew = state.jobs.contains { old.contains($0.jobID) && $0.jobType == .planSceneShots }
        var heirs: [JobID: JobID] = [:]
        var effects: [RunEffect] = []
        var kept: [Job] = []
        var fresh: [Job] = []
        for var job in state.jobs {
            guard old.contains(job.jobID) else {
                let rested = job.after.contains { heirs[$0] != nil }
                job.after = job.after.map { heirs[$0] ?? $0 }
                if rested { fresh.append(job) } else { kept.append(job) }
                continue
            }
            if !growsAnew || JobGraph.opens(job.jobType, state.pipeline) {
                var heir = Job(inPlaceOf: job, jobID: names.next(), after: job.after.map { heirs[$0] ?? $0 })
                if seeds.contains(job.jobID) { heir.take = (job.take ?? 0) + 1 }
                heirs[job.jobID] = heir.jobID
                fresh.append(heir)
            }
            if !job.status.isFinal { effects += try stop(&job, in: state.runID, because: "its work is done anew") }
            job.retiredAt = occasion.at
            state.retired.append(job)
        }
        state.jobs = kept + fresh
        return effects
    }

    private static func withdrawGates(from stage: Stage, in state: inout RunState) {
        for index in state.gates.indices where state.gates[index].stage >= stage || !state.gates[index].isOpen {
            state.gates[index].status = .withdrawn
        }
    }

    private static func goBack(
        _ state: inout RunState, because kind: Amendment.Kind
    ) throws(FailureReport) -> [RunEffect] {
        guard let lowest = lowestUnfinished(in: state), lowest < state.stage else { return [] }
        let from = state.stage
        try state.move(.reopen(lowest, with: .patchAndCompensation))
        return [
            .stageChanged(
                RunStageChanged(
                    runID: state.runID, from: from, to: lowest, progress: progress(of: state).progress,
                    reason: kind.rawValue))
        ]
    }

    private static func amendment(
        _ kind: Amendment.Kind, _ stage: Stage, replacing old: Set<JobID>, in state: RunState, for asker: Asker
    ) -> Amendment {
        let jobs = state.retired.filter { old.contains($0.jobID) }
        let stages = Set(jobs.map(\.stage)).union([stage]).sorted()
        let compensations = stages.map { stage in
            let theirs = jobs.filter { $0.stage == stage }
            return Amendment.Compensation(
                stage: stage, action: stage.compensation,
                detail:
                    "\(theirs.count) jobs retired, \(theirs.count { $0.status == .succeeded }) of them had succeeded")
        }
        return Amendment(
            kind: kind, stage: stage, jobs: jobs.map(\.jobID), asker: asker, compensations: compensations)
    }
}

extension Stage {
    /// What is done about old work of a stage. All of it is done by retiring the jobs: nobody is given their outputs again.
    fileprivate var compensation: String {
        switch self {
        case .entity: "rollback_entity_cache"
        case .knowledge: "invalidate_kb_index"
        case .plan: "discard_draft_plan"
        case .route: "release_route_lock"
        case .execute: "cancel_pending_workers"
        case .audio, .video, .lipsync, .compose: "cleanup_\(rawValue)_artifacts"
        case .observe: "archive_partial_report"
        case .ingest: "generic_cleanup"
        }
    }
}
