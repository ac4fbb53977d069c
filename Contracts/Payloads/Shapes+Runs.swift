// Contracts · pure · sees nothing

/// What `run.*` and the commands to a run carry.
extension Shape {
    private static let runHead: [Field] = [
        .must("run_id", .id("run_")),
        .may("stage", .word(of: Stage.self)),
        .may("progress", .number(0...100), "percent of the work that is known"),
    ]

    package static let runCreated = Shape(
        "RunCreated",
        runHead + [
            .may("task_id", .id("task_")),
            .may("absent_skills", .list(of: .word(of: JobType.self)), "skills this version does not have"),
            .may("start_after", .time, "the run is queued until then"),
        ])

    package static let runStageChanged = Shape(
        "RunStageChanged",
        runHead + [
            .must("old_stage", .word(of: Stage.self)),
            .must("new_stage", .word(of: Stage.self)),
            .may("reason", .text, "work_done, or no_jobs for a stage nothing happens in"),
        ])

    package static let runProgressUpdated = Shape(
        "RunProgressUpdated", runHead + [.may("jobs_done", .count), .may("jobs_known", .count)])

    package static let runSucceeded = Shape(
        "RunSucceeded",
        runHead + [
            .may("outcome", .word(of: Outcome.self)),
            .may("final_artifact_uri", .text(atMost: 1024)),
            .may("artifacts", .list(of: .object(.artifact))),
        ])

    package static let runFailed = Shape(
        "RunFailed",
        runHead + failed + [
            .may("outcome", .word(of: Outcome.self)),
            .may("job_id", .id("job_")),
            .may("job_type", .word(of: JobType.self)),
            .may("unit_ref_id", .text(atMost: 128)),
        ])

    /// A run changed its status without an end in sight, or was stopped.
    package static let runStatusChanged = Shape("RunStatusChanged", runHead + [.may("reason", .text)])

    /// The flat and the whole form of a failure, as every failed thing carries both.
    static let failed: [Field] = [
        .may("error_code", .text(atMost: 64)),
        .may("error_message", .text(atMost: 8192)),
        .may("retryable", .bool),
        .may("error", .object(.error)),
    ]

    // MARK: commands

    private static let command: [Field] = [
        .must("run_id", .id("run_")),
        .may("requested_by", .opaque),
        .may("reason", .text),
    ]

    package static let runCommand = Shape(
        "RunCommand", command + [.may("task_id", .id("task_")), .may("from_stage", .word(of: Stage.self))])

    package static let shotCommand = Shape(
        "ShotRegenerateRequested",
        command + [
            .must("shot_ids", .list(of: .text(atMost: 128))),
            .may("prompt_patch", .text),
            .may("quality", .word(of: Quality.self)),
            .may("target_duration_ms", .milliseconds),
        ])

    package static let timelinePatch = Shape(
        "TimelinePatchRequested",
        command + [
            .must("patch", .anyObject), .may("base_version", .text(atMost: 64)),
            .may("timeline", .object(.artifact), "as it is with the patch; without it nothing is made anew"),
            .may("shot_ids", .list(of: .text(atMost: 128)), "shots that look otherwise with it"),
        ])

    package static let reviewRequested = Shape(
        "ReviewRequested",
        [
            .must("run_id", .id("run_")),
            .must("gate", .text(atMost: 128), "what has to be decided"),
            .may("job_id", .id("job_")),
            .may("reason", .text),
            .may("deadline_at", .time),
            .may("default_decision", .word(["approve", "reject"]), "what happens when nobody decides"),
            .may("artifacts", .list(of: .object(.artifact))),
        ])

    package static let reviewResolved = Shape(
        "ReviewResolved",
        [
            .must("run_id", .id("run_")),
            .must("gate", .text(atMost: 128)),
            .must("decision", .word(["approve", "reject"])),
            .may("decided_by", .opaque),
            .may("comment", .text),
        ])
}
