// Contracts · pure · sees nothing

/// Payload of `task.cancel.requested` and of `run.pause.`, `run.resume.`, `run.retry.` and `run.rerun.requested`.
package struct RunCommand: Codable, Hashable, Sendable {
    package var runID: RunID
    /// Who asked, as the gateway knows them.
    package var requestedBy: String?
    package var reason: String?
    /// For those who know only what they submitted.
    package var taskID: TaskID?
    /// Where a rerun begins.
    package var fromStage: Stage?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case requestedBy = "requested_by"
        case reason
        case taskID = "task_id"
        case fromStage = "from_stage"
    }

    package init(runID: RunID, by requestedBy: String? = nil, reason: String? = nil, fromStage: Stage? = nil) {
        self.runID = runID
        self.requestedBy = requestedBy
        self.reason = reason
        self.fromStage = fromStage
    }
}

/// Payload of `shot.regenerate.requested`.
package struct ShotCommand: Codable, Hashable, Sendable {
    package var runID: RunID
    package var requestedBy: String?
    package var reason: String?
    package var shotIDs: [ShotID]
    package var promptPatch: String?
    package var quality: Quality?
    package var targetDurationMS: Int?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case requestedBy = "requested_by"
        case reason
        case shotIDs = "shot_ids"
        case promptPatch = "prompt_patch"
        case quality
        case targetDurationMS = "target_duration_ms"
    }

    package init(runID: RunID, by requestedBy: String? = nil, reason: String? = nil, shotIDs: [ShotID]) {
        self.runID = runID
        self.requestedBy = requestedBy
        self.reason = reason
        self.shotIDs = shotIDs
    }
}

/// What of `timeline.patch.requested` makes work: a timeline in the place of the run's own, and the shots that look
/// otherwise with it.
package struct TimelineCommand: Codable, Hashable, Sendable {
    package var runID: RunID
    package var requestedBy: String?
    package var reason: String?
    /// Nil in what was said before timelines were acted on.
    package var timeline: ArtifactMeta?
    package var shotIDs: [ShotID]?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case requestedBy = "requested_by"
        case reason
        case timeline
        case shotIDs = "shot_ids"
    }
}

/// Payload of `review.requested`: a person has to decide.
package struct ReviewRequested: Codable, Hashable, Sendable {
    package var runID: RunID
    package var gate: String
    package var jobID: JobID?
    package var reason: String?
    /// When the default decides; nil: nobody is hurried.
    package var deadlineAt: Timestamp?
    package var defaultDecision: GateWish.Decision?
    /// What there is to look at.
    package var artifacts: [ArtifactMeta]?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case gate
        case jobID = "job_id"
        case reason
        case deadlineAt = "deadline_at"
        case defaultDecision = "default_decision"
        case artifacts
    }

    package init(
        runID: RunID, gate: String, reason: String? = nil, deadlineAt: Timestamp? = nil,
        defaultDecision: GateWish.Decision? = nil
    ) {
        self.runID = runID
        self.gate = gate
        self.reason = reason
        self.deadlineAt = deadlineAt
        self.defaultDecision = defaultDecision
    }
}

/// Payload of `review.resolved`: the person has decided.
package struct ReviewResolved: Codable, Hashable, Sendable {
    package var runID: RunID
    package var gate: String
    package var decision: GateWish.Decision
    package var decidedBy: String?
    package var comment: String?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case gate
        case decision
        case decidedBy = "decided_by"
        case comment
    }

    package init(
        runID: RunID, gate: String, decision: GateWish.Decision, by decidedBy: String? = nil, comment: String? = nil
    ) {
        self.runID = runID
        self.gate = gate
        self.decision = decision
        self.decidedBy = decidedBy
        self.comment = comment
    }
}

/// Payload of `run.paused`, `run.resumed`, `run.degraded` and `run.canceled`.
package struct RunStatusChanged: Codable, Hashable, Sendable {
    package var runID: RunID
    package var stage: Stage?
    package var progress: Double?
    package var reason: String?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case stage
        case progress
        case reason
    }

    package init(runID: RunID, stage: Stage? = nil, progress: Double? = nil, reason: String? = nil) {
        self.runID = runID
        self.stage = stage
        self.progress = progress
        self.reason = reason
    }
}

/// Payload of `job.canceled`.
package struct JobCanceled: Codable, Hashable, Sendable {
    package var head: JobHead
    package var reason: String?

    package enum CodingKeys: String, CodingKey {
        case reason
    }

    package init(_ head: JobHead, reason: String?) {
        self.head = head
        self.reason = reason
    }

    package init(from decoder: any Decoder) throws {
        head = try JobHead(from: decoder)
        reason = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .reason)
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(reason, forKey: .reason)
    }
}
