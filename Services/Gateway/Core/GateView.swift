// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A place where a run waits until a person has looked.
package struct GateView: Codable, Equatable, Sendable {
    package enum Status: String, CaseIterable, Codable, Hashable, Sendable {
        /// Exits: .approved and .rejected by a person, or by the default when its time is over.
        case waiting
        case approved
        case rejected
    }

    package let runID: RunID
    package let projectID: ProjectID
    package let gate: String
    package private(set) var status: Status
    package let jobID: JobID?
    package let reason: String?
    package let requestedAt: Timestamp
    package let deadlineAt: Timestamp?
    package let defaultDecision: GateWish.Decision?
    package let artifacts: [ArtifactMeta]
    /// Nil: the default has decided.
    package private(set) var decidedBy: String?
    package private(set) var comment: String?
    package private(set) var decidedAt: Timestamp?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case projectID = "project_id"
        case gate
        case status
        case jobID = "job_id"
        case reason
        case requestedAt = "requested_at"
        case deadlineAt = "deadline_at"
        case defaultDecision = "default_decision"
        case artifacts
        case decidedBy = "decided_by"
        case comment
        case decidedAt = "decided_at"
    }

    package init(_ asked: ReviewRequested, of project: ProjectID, at said: Timestamp) {
        runID = asked.runID
        projectID = project
        gate = asked.gate
        status = .waiting
        jobID = asked.jobID
        reason = asked.reason
        requestedAt = said
        deadlineAt = asked.deadlineAt
        defaultDecision = asked.defaultDecision
        artifacts = asked.artifacts ?? []
    }

    /// When nobody needs to decide any more.
    package var defaultAt: Timestamp? { defaultDecision == nil ? nil : deadlineAt }

    /// As it is at that time: a default that fell due has decided, though nobody says so.
    package func seen(at now: Timestamp) -> GateView {
        guard status == .waiting, let defaultDecision, let deadlineAt, deadlineAt <= now else { return self }
        var seen = self
        seen.status = Status(defaultDecision)
        seen.decidedAt = deadlineAt
        return seen
    }

    /// Takes a person's decision; false when it was decided so already. Throws when it was decided otherwise.
    package mutating func take(
        _ decision: GateWish.Decision, by subject: String, _ comment: String?, at now: Timestamp
    ) throws(FailureReport) -> Bool {
        let wanted = Status(decision)
        self = seen(at: now)
        guard status == .waiting else {
            if status == wanted { return false }
            var failure = FailureReport(
                .illegalTransition, "the gate \(gate) is \(status.rawValue) already", owner: .gateway,
                nextStep: "look at it: GET /api/v1/runs/\(runID)/gates")
            failure.details = ["status": .string(status.rawValue)]
            throw failure
        }
        (status, decidedBy, self.comment, decidedAt) = (wanted, subject, comment, now)
        return true
    }
}

extension GateView.Status {
    fileprivate init(_ decision: GateWish.Decision) {
        self =
            switch decision {
            case .approve: .approved
            case .reject: .rejected
            }
    }
}
