// Contracts · pure · sees nothing

/// Payload of `task.submitted`: the request itself.
package typealias TaskSubmitted = TaskSpec

/// Payload of `run.created`.
package struct RunCreated: Codable, Hashable, Sendable {
    package var runID: RunID
    package var stage = Stage.ingest
    package var progress = 0.0
    package var taskID: TaskID
    /// Skills of the full pipeline this version does not have; their places were contracted.
    package var absentSkills: [JobType]
    /// Set while the run is queued: its first jobs are ordered then.
    package var startAfter: Timestamp?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case stage
        case progress
        case taskID = "task_id"
        case absentSkills = "absent_skills"
        case startAfter = "start_after"
    }

    package init(runID: RunID, taskID: TaskID, absentSkills: [JobType]) {
        self.runID = runID
        self.taskID = taskID
        self.absentSkills = absentSkills
    }
}

/// Payload of `run.stage.changed`.
package struct RunStageChanged: Codable, Hashable, Sendable {
    package var runID: RunID
    package var oldStage: Stage
    package var newStage: Stage
    /// The new one once more, for those who follow every event of a run by `stage`.
    package var stage: Stage
    package var progress: Double
    /// `work_done`, or `no_jobs` for a stage nothing happens in.
    package var reason: String

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case oldStage = "old_stage"
        case newStage = "new_stage"
        case stage
        case progress
        case reason
    }

    package init(runID: RunID, from old: Stage, to new: Stage, progress: Double, reason: String) {
        self.runID = runID
        oldStage = old
        newStage = new
        stage = new
        self.progress = progress
        self.reason = reason
    }
}

/// Payload of `run.progress.updated`.
package struct RunProgressUpdated: Codable, Hashable, Sendable {
    package var runID: RunID
    package var stage: Stage
    /// Percent of the jobs that are known.
    package var progress: Double
    package var jobsDone: Int
    package var jobsKnown: Int

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case stage
        case progress
        case jobsDone = "jobs_done"
        case jobsKnown = "jobs_known"
    }

    package init(runID: RunID, stage: Stage, progress: Double, jobsDone: Int, jobsKnown: Int) {
        self.runID = runID
        self.stage = stage
        self.progress = progress
        self.jobsDone = jobsDone
        self.jobsKnown = jobsKnown
    }
}

/// How well a finished run did what was asked.
package enum Outcome: String, CaseIterable, Codable, Hashable, Sendable {
    case success
    case successWithDegradation = "success_with_degradation"
    case partialReviewRequired = "partial_review_required"
    case failedBlocking = "failed_blocking"
}

/// Payload of `run.succeeded`.
package struct RunSucceeded: Codable, Hashable, Sendable {
    package var runID: RunID
    package var stage = Stage.observe
    package var progress = 100.0
    package var outcome: Outcome
    package var finalArtifactURI: String?
    package var artifacts: [ArtifactMeta]

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case stage
        case progress
        case outcome
        case finalArtifactURI = "final_artifact_uri"
        case artifacts
    }

    package init(runID: RunID, outcome: Outcome, artifacts: [ArtifactMeta]) {
        self.runID = runID
        self.outcome = outcome
        self.artifacts = artifacts
        finalArtifactURI = artifacts.first { $0.artifactType == .finalVideo }?.uri
    }
}

/// Payload of `run.failed`.
package struct RunFailed: Codable, Hashable, Sendable {
    package var runID: RunID
    package var stage: Stage
    package var outcome = Outcome.failedBlocking
    /// The job that is to blame; nil when it was the clock or a person.
    package var jobID: JobID?
    package var jobType: JobType?
    package var unit: String?
    package var failure: FailureReport

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case stage
        case outcome
        case jobID = "job_id"
        case jobType = "job_type"
        case unit = "unit_ref_id"
    }

    package init(
        runID: RunID, stage: Stage, job: JobID?, _ jobType: JobType?, unit: String?, failure: FailureReport
    ) {
        self.runID = runID
        self.stage = stage
        self.jobID = job
        self.jobType = jobType
        self.unit = unit
        self.failure = failure
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        runID = try container.decode(RunID.self, forKey: .runID)
        stage = try container.decode(Stage.self, forKey: .stage)
        outcome = try container.decode(Outcome.self, forKey: .outcome)
        jobID = try container.decodeIfPresent(JobID.self, forKey: .jobID)
        jobType = try container.decodeIfPresent(JobType.self, forKey: .jobType)
        unit = try container.decodeIfPresent(String.self, forKey: .unit)
        failure = try FailureReport(flatIn: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(runID, forKey: .runID)
        try container.encode(stage, forKey: .stage)
        try container.encode(outcome, forKey: .outcome)
        try container.encodeIfPresent(jobID, forKey: .jobID)
        try container.encodeIfPresent(jobType, forKey: .jobType)
        try container.encodeIfPresent(unit, forKey: .unit)
        try failure.encodeFlat(to: encoder)
    }
}
