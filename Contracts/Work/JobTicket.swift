// Contracts · pure · sees nothing

/// What the orchestrator asks for: one job, complete but for who does it.
package struct JobOrder: Codable, Hashable, Sendable {
    package var jobID: JobID
    package var runID: RunID
    /// What the client calls the text.
    package var chapterID: String
    package var jobType: JobType
    package var pool: Pool
    package var attempt: Int
    /// The shot or line this job is about; `nil` for work on the whole film.
    package var unit: String?
    /// Outputs of the jobs before it, by reference.
    package var inputs: [ArtifactMeta]
    package var quality: Quality
    package var seed: UInt64
    /// How often this was asked for anew; another take shall not look like the last. Nil is the first.
    package var take: Int?
    package var timeoutMS: Int
    /// 0…9, higher first: the run's. Nil is 0.
    package var priority: Int?
    /// In a sandbox: what shall happen instead of the work.
    package var mishap: Mishap?

    package enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case runID = "run_id"
        case chapterID = "chapter_id"
        case jobType = "job_type"
        case pool = "worker_type"
        case attempt
        case unit = "unit_ref_id"
        case inputs
        case quality
        case seed
        case take
        case timeoutMS = "timeout_ms"
        case priority
        case mishap
    }

    package init(
        jobID: JobID, runID: RunID, chapterID: String = "", jobType: JobType, pool: Pool, attempt: Int, unit: String?,
        inputs: [ArtifactMeta], quality: Quality, seed: UInt64, timeoutMS: Int
    ) {
        self.jobID = jobID
        self.runID = runID
        self.chapterID = chapterID
        self.jobType = jobType
        self.pool = pool
        self.attempt = attempt
        self.unit = unit
        self.inputs = inputs
        self.quality = quality
        self.seed = seed
        self.timeoutMS = timeoutMS
    }
}

/// An order with a lease to win: what a worker takes from its pool's queue.
package struct JobTicket: Codable, Hashable, Sendable {
    package var order: JobOrder
    /// The fencing token: it only grows, and only the newest may write.
    package var leaseToken: Int64
    package var leaseMS: Int
    /// Nil where workers and hub have one store.
    package var links: TicketLinks?

    package enum CodingKeys: String, CodingKey {
        case order
        case leaseToken = "lease_token"
        case leaseMS = "lease_ms"
        case links
    }

    /// How many things an attempt may leave; the last place is the log's.
    package static let places = 8
    package static let logPlace = places - 1

    /// Under this name in staging lies what an attempt made as its n-th.
    package static func stagingName(_ prefix: String, _ place: Int) -> String { "\(prefix)/\(place)" }

    /// Everything the attempt that wins this ticket stages lies under this name.
    package var stagingPrefix: String { "\(order.jobID)-\(order.attempt)-\(leaseToken)" }

    package init(order: JobOrder, leaseToken: Int64, leaseMS: Int) {
        self.order = order
        self.leaseToken = leaseToken
        self.leaseMS = leaseMS
    }
}

/// Who speaks for an attempt: the worker repeats it in everything it says.
package struct LeaseClaim: Codable, Hashable, Sendable {
    package var jobID: JobID
    package var attempt: Int
    package var leaseToken: Int64
    package var nodeID: NodeID
    /// 0…1 of the work done, as far as the worker knows.
    package var progress: Double?
    /// What it noted last.
    package var line: String?

    package enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case attempt
        case leaseToken = "lease_token"
        case nodeID = "node_id"
        case progress
        case line
    }

    package init(jobID: JobID, attempt: Int, leaseToken: Int64, nodeID: NodeID, progress: Double? = nil) {
        self.jobID = jobID
        self.attempt = attempt
        self.leaseToken = leaseToken
        self.nodeID = nodeID
        self.progress = progress
    }

    /// Everything one attempt stages lies under this name.
    package var stagingPrefix: String { "\(jobID)-\(attempt)-\(leaseToken)" }
}
