// Contracts · pure · sees nothing

/// Payload of `task.submitted`.
package struct TaskSubmitted: Codable, Hashable, Sendable {
    package var spec: TaskSpec
    package init(spec: TaskSpec) { self.spec = spec }
}

/// Payload of `run.created`.
package struct RunCreated: Codable, Hashable, Sendable {
    package var taskID: TaskID
    /// Skills of the full pipeline this version does not have; their places were contracted.
    package var absentSkills: [JobType]

    package enum CodingKeys: String, CodingKey {
        case taskID = "task_id"
        case absentSkills = "absent_skills"
    }

    package init(taskID: TaskID, absentSkills: [JobType]) {
        self.taskID = taskID
        self.absentSkills = absentSkills
    }
}

/// Payload of `run.stage.changed`.
package struct RunStageChanged: Codable, Hashable, Sendable {
    package var from: Stage
    package var to: Stage
    /// `work_done`, or `no_jobs` for a stage nothing happens in.
    package var reason: String

    package init(from: Stage, to: Stage, reason: String) {
        self.from = from
        self.to = to
        self.reason = reason
    }
}

/// Payload of `run.progress.updated`.
package struct RunProgressUpdated: Codable, Hashable, Sendable {
    package var jobsDone: Int
    package var jobsKnown: Int

    package enum CodingKeys: String, CodingKey {
        case jobsDone = "jobs_done"
        case jobsKnown = "jobs_known"
    }

    package init(jobsDone: Int, jobsKnown: Int) {
        self.jobsDone = jobsDone
        self.jobsKnown = jobsKnown
    }
}

/// Payload of `run.succeeded`.
package struct RunSucceeded: Codable, Hashable, Sendable {
    package var outcome: String
    package var artifacts: [ArtifactMeta]

    package init(outcome: String, artifacts: [ArtifactMeta]) {
        self.outcome = outcome
        self.artifacts = artifacts
    }
}

/// Payload of `run.failed`.
package struct RunFailed: Codable, Hashable, Sendable {
    package var failure: FailureReport
    package var jobType: JobType
    package var unit: String?

    package enum CodingKeys: String, CodingKey {
        case failure
        case jobType = "job_type"
        case unit = "unit_ref_id"
    }

    package init(failure: FailureReport, jobType: JobType, unit: String?) {
        self.failure = failure
        self.jobType = jobType
        self.unit = unit
    }
}

/// Payload of `job.retry.scheduled`.
package struct JobRetryScheduled: Codable, Hashable, Sendable {
    package var jobType: JobType
    package var unit: String?
    package var attempt: Int
    package var dueAt: Timestamp
    package var failure: FailureReport

    package enum CodingKeys: String, CodingKey {
        case jobType = "job_type"
        case unit = "unit_ref_id"
        case attempt
        case dueAt = "due_at"
        case failure
    }

    package init(jobType: JobType, unit: String?, attempt: Int, dueAt: Timestamp, failure: FailureReport) {
        self.jobType = jobType
        self.unit = unit
        self.attempt = attempt
        self.dueAt = dueAt
        self.failure = failure
    }
}

/// Payload of `job.claimed` and `job.heartbeat`.
package struct JobClaimed: Codable, Hashable, Sendable {
    package var jobType: JobType
    package var unit: String?
    package var claim: LeaseClaim

    package enum CodingKeys: String, CodingKey {
        case jobType = "job_type"
        case unit = "unit_ref_id"
        case claim
    }

    package init(jobType: JobType, unit: String?, claim: LeaseClaim) {
        self.jobType = jobType
        self.unit = unit
        self.claim = claim
    }
}

/// Payload of `job.succeeded`.
package struct JobSucceeded: Codable, Hashable, Sendable {
    package var jobType: JobType
    package var unit: String?
    package var attempt: Int
    package var artifacts: [ArtifactMeta]
    package var output: JobOutput
    package var startedAt: Timestamp
    package var finishedAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case jobType = "job_type"
        case unit = "unit_ref_id"
        case attempt
        case artifacts
        case output
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }

    package init(order: JobOrder, artifacts: [ArtifactMeta], result: WorkerResult) {
        jobType = order.jobType
        unit = order.unit
        attempt = order.attempt
        self.artifacts = artifacts
        output = result.output
        startedAt = result.startedAt
        finishedAt = result.finishedAt
    }
}

/// Payload of `job.failed`.
package struct JobFailed: Codable, Hashable, Sendable {
    package var jobType: JobType
    package var unit: String?
    package var attempt: Int
    package var failure: FailureReport

    package enum CodingKeys: String, CodingKey {
        case jobType = "job_type"
        case unit = "unit_ref_id"
        case attempt
        case failure
    }

    package init(order: JobOrder, failure: FailureReport) {
        jobType = order.jobType
        unit = order.unit
        attempt = order.attempt
        self.failure = failure
    }
}

/// Payload of `node.lost`: nobody will hear from this node again.
package struct NodeLost: Codable, Hashable, Sendable {
    package var nodeID: NodeID

    package enum CodingKeys: String, CodingKey {
        case nodeID = "node_id"
    }

    package init(nodeID: NodeID) { self.nodeID = nodeID }
}
