// Contracts · pure · sees nothing

extension RunStatus: Worded {}

package enum RunMove: String, Worded {
    case start
    case pause
    case resume
    case degrade
    case recover
    case succeed
    case fail
    case cancel
    case reopen
}

extension StateMachines {
    /// The status of a run.
    package static let run = StateTable<RunStatus, RunMove>(
        "run", owner: .orchestrator, start: .queued, finals: [.succeeded, .failed, .canceled],
        rows: [
            .init(.queued, .start, .running, "its first jobs are ordered"),
            .init(.running, .pause, .paused, "somebody asked for a pause, or must look at something"),
            .init(.degraded, .pause, .paused, "somebody asked for a pause, or must look at something"),
            .init(.paused, .resume, .running, "somebody asked to go on, or said yes"),
            .init(.running, .degrade, .degraded, "part of the film cannot be made, the rest goes on"),
            .init(.degraded, .recover, .running, "the part that failed is tried anew"),
            .init(.running, .succeed, .succeeded, "every job succeeded"),
            .init(.degraded, .succeed, .succeeded, "all that could be made is made"),
            .init(.queued, .fail, .failed, "its time was over before it began"),
            .init(.running, .fail, .failed, "a job that blocks the film has no tries left, or the time is over"),
            .init(.degraded, .fail, .failed, "a job that blocks the film has no tries left, or the time is over"),
            .init(.paused, .fail, .failed, "work under way has no tries left, the time is over, or somebody said no"),
            .init(.queued, .cancel, .canceled, "somebody asked to stop"),
            .init(.running, .cancel, .canceled, "somebody asked to stop"),
            .init(.paused, .cancel, .canceled, "somebody asked to stop"),
            .init(.degraded, .cancel, .canceled, "somebody asked to stop"),
            .init(.failed, .reopen, .running, "asked for by a person; a patch and a compensation are on record"),
            .init(.succeeded, .reopen, .running, "asked for by a person; a patch and a compensation are on record"),
        ])
}
