// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts

/// What can happen to a run.
package enum RunFact: Equatable, Sendable {
    case submitted(TaskSpec, trail: Trail, built: Set<JobType>)
    case claimed(JobID)
    case succeeded(JobID, artifacts: [ArtifactMeta], output: JobOutput)
    case failed(JobID, FailureReport)
    case asked(RunWish, Asker)
    case reviewed(ReviewResolved)
    /// Somebody looked at the clock.
    case ticked
}

/// What somebody may want of a run.
package enum RunWish: Equatable, Sendable {
    case cancel
    case pause
    case resume
    /// Once more what failed or was stopped; what succeeded is kept.
    case retry
    /// A stage and all that rests on it, anew.
    case rerun(from: Stage)
    /// These shots and all that rests on them, anew.
    case regenerate([ShotID])
    /// The film by another timeline, with these shots drawn anew.
    case recut(ArtifactMeta, redrawing: [ShotID])
}

/// Who wants it, and why, in their own words.
package struct Asker: Equatable, Sendable {
    package let name: String?
    package let reason: String?

    package init(_ name: String? = nil, reason: String? = nil) {
        self.name = name
        self.reason = reason
    }
}

/// When it happened, and the chance that came with it.
package struct Occasion: Equatable, Sendable {
    package let at: Timestamp
    package let chance: UInt64

    package init(at: Timestamp, chance: UInt64) {
        self.at = at
        self.chance = chance
    }
}

/// What a run wishes done. All of it is durable: it leaves in the transaction that stores the state.
package enum RunEffect: Equatable, Sendable {
    case created(RunCreated)
    case stageChanged(RunStageChanged)
    case progressed(RunProgressUpdated)
    /// A job's first attempt may be handed out.
    case ordered(JobOrder)
    /// A later attempt may be handed out.
    case reordered(JobOrder)
    case retryScheduled(JobID, JobRetryScheduled)
    case jobCanceled(JobCanceled)
    case paused(RunStatusChanged)
    case resumed(RunStatusChanged)
    case canceled(RunStatusChanged)
    /// A person has to decide.
    case asked(ReviewRequested)
    /// Goes on record, and is told to nobody.
    case amended(Amendment)
    case succeeded(RunSucceeded)
    case failed(RunFailed)
    /// A move the machine does not know: refused, and told to whoever watches.
    case refused(FailureReport)
}
