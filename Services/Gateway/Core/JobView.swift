// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// One job of a run as its clients see it.
package struct JobView: Codable, Equatable, Sendable {
    package let jobID: JobID
    package let jobType: JobType
    package let unit: String?
    package private(set) var pool: Pool?
    package private(set) var attempt: Int
    package private(set) var status: JobStatus
    package private(set) var progress: Double?
    /// What its worker noted last.
    package private(set) var line: String?
    package private(set) var nodeID: NodeID?
    package private(set) var failure: FailureReport?
    package private(set) var dueAt: Timestamp?
    package private(set) var artifactIDs: [ArtifactID]
    package private(set) var startedAt: Timestamp?
    package private(set) var finishedAt: Timestamp?
    /// When the newest word about it was said: an older one changes nothing.
    package private(set) var heardAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case jobType = "job_type"
        case unit = "unit_ref_id"
        case pool
        case attempt
        case status
        case progress
        case line
        case nodeID = "worker_node_id"
        case failure = "latest_error"
        case dueAt = "due_at"
        case artifactIDs = "artifact_ids"
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case heardAt = "heard_at"
    }

    package init(_ head: JobHead, at said: Timestamp) {
        jobID = head.jobID
        jobType = head.jobType
        unit = head.unit
        attempt = head.attempt
        status = .queued
        artifactIDs = []
        heardAt = said
    }
}

/// One thing that was said about a job.
package enum JobTiding: Equatable, Sendable {
    case ordered(Pool)
    case claimed(NodeID)
    case beaten(NodeID, progress: Double?, line: String?)
    case succeeded([ArtifactMeta], startedAt: Timestamp, finishedAt: Timestamp)
    case failed(FailureReport)
    case retries(FailureReport, dueAt: Timestamp)
    case canceled
}

extension JobView {
    /// Hears a tiding about an attempt. A job's words come over several queues: a later attempt, or the end, is not
    /// undone by an earlier word.
    package mutating func hear(_ tiding: JobTiding, of attempt: Int, at said: Timestamp) {
        if case .ordered(let pool) = tiding { self.pool = pool }
        // An end between two attempts names the one that was ordered last, and the wait is for the next.
        let isEndBetween = tiding == .canceled && status == .retrying && attempt + 1 == self.attempt
        let isNews = attempt > self.attempt || attempt == self.attempt && rank(of: tiding) >= rank
        guard isNews || isEndBetween else { return }
        self.attempt = max(attempt, self.attempt)
        heardAt = max(heardAt, said)
        switch tiding {
        case .ordered:
            status = .enqueued
            progress = nil
            line = nil
            dueAt = nil
        case .claimed(let node):
            status = .claimed
            nodeID = node
            startedAt = said
        case .beaten(let node, let share, let words):
            status = .running
            nodeID = node
            progress = share
            line = words
        case .succeeded(let artifacts, let began, let ended):
            (status, startedAt, finishedAt) = (.succeeded, began, ended)
            progress = 1
            failure = nil
            artifactIDs = artifacts.map(\.artifactID)
        case .failed(let failure):
            (status, finishedAt) = (.failed, said)
            self.failure = failure
        case .retries(let failure, let due):
            (status, dueAt) = (.retrying, due)
            self.failure = failure
        case .canceled: (status, finishedAt) = (.canceled, said)
        }
    }

    private var rank: Int {
        switch status {
        case .queued: 0
        case .enqueued: 1
        case .claimed: 2
        case .running: 3
        case .failed: 4
        case .retrying, .succeeded, .canceled: 5
        }
    }

    private func rank(of tiding: JobTiding) -> Int {
        switch tiding {
        case .ordered: 1
        case .claimed: 2
        case .beaten: 3
        case .failed: 4
        case .retries, .succeeded, .canceled: 5
        }
    }
}
