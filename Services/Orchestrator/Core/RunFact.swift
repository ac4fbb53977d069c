// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts

/// What can happen to a run.
package enum RunFact: Equatable, Sendable {
    case submitted(TaskSpec, trail: Trail, built: Set<JobType>)
    case claimed(JobID)
    case succeeded(JobID, artifacts: [ArtifactMeta], output: JobOutput)
    case failed(JobID, FailureReport)
    /// Somebody looked at the clock.
    case ticked
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
    case succeeded(RunSucceeded)
    case failed(RunFailed)
    /// A move the machine does not know: refused, and told to whoever watches.
    case refused(FailureReport)
}
