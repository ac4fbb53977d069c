// Contracts · pure · sees nothing

/// Why a run is where it is: one of these, always. What weighs more stands first.
package enum RunCause: String, CaseIterable, Codable, Hashable, Sendable {
    /// It is over, and well.
    case succeeded
    case failed
    case canceled
    /// It was accepted, and the orchestrator has not heard of it.
    case notHeard = "not_heard"
    /// A letter about it could not be handled.
    case deadLetter = "dead_letter"
    /// A person is asked.
    case gate
    case paused
    /// Its start lies in the future.
    case startsLater = "starts_later"
    /// Jobs are out, and the hub does not answer.
    case hubSilent = "hub_silent"
    /// Nobody works for the pool.
    case noWorker = "no_worker"
    /// Every node of the pool is cordoned, draining, quarantined or silent.
    case workersAway = "workers_away"
    /// Nobody in the pool knows this kind of work.
    case noSuitableWorker = "no_suitable_worker"
    case tenantCap = "tenant_cap"
    /// A job failed, and its next try has its time.
    case backoff
    /// Others have their turn, or every slot has work.
    case workersBusy = "workers_busy"
    /// A job was ordered, and the hub has not heard of it.
    case notDispatched = "not_dispatched"
    /// Somebody is at it.
    case working
    /// Nothing is missing; it goes on within moments.
    case moving
}

/// One thing that keeps a run, since when, and what mends it.
package struct RunFinding: Codable, Hashable, Sendable {
    package let cause: RunCause
    /// For people.
    package let message: String
    package var since: Timestamp?
    package var jobID: JobID?
    package var nodeID: NodeID?
    /// The command that mends it; nil when there is nothing to do but wait.
    package var remedy: String?

    package enum CodingKeys: String, CodingKey {
        case cause
        case message
        case since
        case jobID = "job_id"
        case nodeID = "node_id"
        case remedy
    }

    package init(
        _ cause: RunCause, _ message: String, since: Timestamp? = nil, jobID: JobID? = nil, nodeID: NodeID? = nil,
        remedy: String? = nil
    ) {
        self.cause = cause
        self.message = message
        self.since = since
        self.jobID = jobID
        self.nodeID = nodeID
        self.remedy = remedy
    }
}

/// The answer to "why is this not moving": what weighs most comes first.
package struct Diagnosis: Codable, Hashable, Sendable {
    package let runID: RunID
    package let status: RunStatus
    package let stage: Stage
    package let findings: [RunFinding]
    /// When those who know were asked.
    package let asOf: Timestamp

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case status
        case stage
        case findings
        case asOf = "as_of"
    }

    package init(runID: RunID, status: RunStatus, stage: Stage, findings: [RunFinding], asOf: Timestamp) {
        self.runID = runID
        self.status = status
        self.stage = stage
        self.findings = findings
        self.asOf = asOf
    }
}
