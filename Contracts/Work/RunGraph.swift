// Contracts · pure · sees nothing

/// The jobs of a run and what each waits for, as the orchestrator has them.
package struct RunGraph: Codable, Equatable, Sendable {
    package struct Node: Codable, Equatable, Sendable {
        package let jobID: JobID
        package let jobType: JobType
        package let unit: String?
        package let stage: Stage
        package let pool: Pool
        package let status: JobStatus
        package let failures: Int
        package var dueAt: Timestamp?
        package let after: [JobID]

        package enum CodingKeys: String, CodingKey {
            case jobID = "job_id"
            case jobType = "job_type"
            case unit = "unit_ref_id"
            case stage
            case pool
            case status
            case failures
            case dueAt = "due_at"
            case after
        }

        package init(_ head: JobHead, stage: Stage, pool: Pool, status: JobStatus, after: [JobID]) {
            jobID = head.jobID
            jobType = head.jobType
            unit = head.unit
            failures = head.attempt - 1
            self.stage = stage
            self.pool = pool
            self.status = status
            self.after = after
        }
    }

    package let runID: RunID
    package let nodes: [Node]
    /// When the orchestrator was asked.
    package let asOf: Timestamp

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case nodes
        case asOf = "as_of"
    }

    package init(runID: RunID, nodes: [Node], asOf: Timestamp) {
        self.runID = runID
        self.nodes = nodes
        self.asOf = asOf
    }
}
