// Contracts · pure · sees nothing

/// What every word about a job begins with.
package struct JobHead: Codable, Hashable, Sendable {
    package var jobID: JobID
    package var runID: RunID
    package var jobType: JobType
    package var unit: String?
    package var attempt: Int

    package enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case runID = "run_id"
        case jobType = "job_type"
        case unit = "unit_ref_id"
        case attempt
    }

    package init(jobID: JobID, runID: RunID, jobType: JobType, unit: String?, attempt: Int) {
        self.jobID = jobID
        self.runID = runID
        self.jobType = jobType
        self.unit = unit
        self.attempt = attempt
    }
}

extension JobOrder {
    package var head: JobHead {
        JobHead(jobID: jobID, runID: runID, jobType: jobType, unit: unit, attempt: attempt)
    }
}

/// Payload of `job.claimed` and `job.heartbeat`.
package struct JobClaimed: Codable, Hashable, Sendable {
    package var head: JobHead
    /// `claimed`, or `running` in a heartbeat.
    package var status: JobStatus
    package var nodeID: NodeID
    package var leaseToken: Int64
    /// 0…1 of the work done, as far as the worker knows.
    package var progress: Double?
    /// What the worker noted last.
    package var line: String?

    package enum CodingKeys: String, CodingKey {
        case status
        case nodeID = "worker_node_id"
        case leaseToken = "lease_token"
        case progress
        case line
    }

    package init(_ order: JobOrder, status: JobStatus, claim: LeaseClaim) {
        head = order.head
        head.attempt = claim.attempt
        self.status = status
        nodeID = claim.nodeID
        leaseToken = claim.leaseToken
        progress = claim.progress
        line = claim.line
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        head = try JobHead(from: decoder)
        status = try container.decode(JobStatus.self, forKey: .status)
        nodeID = try container.decode(NodeID.self, forKey: .nodeID)
        leaseToken = try container.decode(Int64.self, forKey: .leaseToken)
        progress = try container.decodeIfPresent(Double.self, forKey: .progress)
        line = try container.decodeIfPresent(String.self, forKey: .line)
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(nodeID, forKey: .nodeID)
        try container.encode(leaseToken, forKey: .leaseToken)
        try container.encodeIfPresent(progress, forKey: .progress)
        try container.encodeIfPresent(line, forKey: .line)
    }
}

/// Payload of `job.succeeded`.
package struct JobSucceeded: Codable, Hashable, Sendable {
    package var head: JobHead
    package var status = JobStatus.succeeded
    package var artifacts: [ArtifactMeta]
    package var output: JobOutput
    package var startedAt: Timestamp
    package var finishedAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case status
        case artifacts
        case output
        case startedAt = "started_at"
        case finishedAt = "finished_at"
    }

    package init(_ order: JobOrder, artifacts: [ArtifactMeta], result: WorkerResult) {
        head = order.head
        self.artifacts = artifacts
        output = result.output
        startedAt = result.startedAt
        finishedAt = result.finishedAt
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        head = try JobHead(from: decoder)
        status = try container.decode(JobStatus.self, forKey: .status)
        artifacts = try container.decode([ArtifactMeta].self, forKey: .artifacts)
        output = try container.decode(JobOutput.self, forKey: .output)
        startedAt = try container.decode(Timestamp.self, forKey: .startedAt)
        finishedAt = try container.decode(Timestamp.self, forKey: .finishedAt)
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(artifacts, forKey: .artifacts)
        try container.encode(output, forKey: .output)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(finishedAt, forKey: .finishedAt)
    }
}

/// Payload of `job.failed`.
package struct JobFailed: Codable, Hashable, Sendable {
    package var head: JobHead
    package var status = JobStatus.failed
    package var failure: FailureReport
    /// What is kept of the attempt: its log.
    package var artifacts: [ArtifactMeta]

    package enum CodingKeys: String, CodingKey {
        case status
        case artifacts
    }

    package init(_ order: JobOrder, failure: FailureReport, artifacts: [ArtifactMeta] = []) {
        head = order.head
        self.failure = failure
        self.artifacts = artifacts
    }

    package init(from decoder: any Decoder) throws {
        head = try JobHead(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        status = try container.decode(JobStatus.self, forKey: .status)
        artifacts = try container.decodeIfPresent([ArtifactMeta].self, forKey: .artifacts) ?? []
        failure = try FailureReport(flatIn: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        if !artifacts.isEmpty { try container.encode(artifacts, forKey: .artifacts) }
        try failure.encodeFlat(to: encoder)
    }
}

/// Payload of `job.retry.scheduled`.
package struct JobRetryScheduled: Codable, Hashable, Sendable {
    /// Its attempt is the one to come.
    package var head: JobHead
    package var dueAt: Timestamp
    package var failure: FailureReport

    package enum CodingKeys: String, CodingKey {
        case dueAt = "due_at"
    }

    package init(_ head: JobHead, dueAt: Timestamp, failure: FailureReport) {
        self.head = head
        self.dueAt = dueAt
        self.failure = failure
    }

    package init(from decoder: any Decoder) throws {
        head = try JobHead(from: decoder)
        dueAt = try decoder.container(keyedBy: CodingKeys.self).decode(Timestamp.self, forKey: .dueAt)
        failure = try FailureReport(flatIn: decoder)
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(dueAt, forKey: .dueAt)
        try failure.encodeFlat(to: encoder)
    }
}

/// Payload of `worker.*.completed`: what an attempt cost, for whoever watches. It moves no job.
package struct WorkerCompleted: Codable, Hashable, Sendable {
    package var head: JobHead
    package var status: WorkOutcome
    package var nodeID: NodeID
    package var metrics: [String: Double]
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    package var failure: FailureReport?

    package enum CodingKeys: String, CodingKey {
        case status
        case nodeID = "worker_node_id"
        case metrics
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case errorCode = "error_code"
    }

    package init(_ order: JobOrder, result: WorkerResult) {
        head = order.head
        status = result.status
        nodeID = result.claim.nodeID
        metrics = result.output.metrics
        startedAt = result.startedAt
        finishedAt = result.finishedAt
        failure = result.failure
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        head = try JobHead(from: decoder)
        status = try container.decode(WorkOutcome.self, forKey: .status)
        nodeID = try container.decode(NodeID.self, forKey: .nodeID)
        metrics = try container.decode([String: Double].self, forKey: .metrics)
        startedAt = try container.decode(Timestamp.self, forKey: .startedAt)
        finishedAt = try container.decode(Timestamp.self, forKey: .finishedAt)
        failure = container.contains(.errorCode) ? try FailureReport(flatIn: decoder) : nil
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encode(nodeID, forKey: .nodeID)
        try container.encode(metrics, forKey: .metrics)
        try container.encode(startedAt, forKey: .startedAt)
        try container.encode(finishedAt, forKey: .finishedAt)
        try failure?.encodeFlat(to: encoder)
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
