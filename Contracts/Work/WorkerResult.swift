// Contracts · pure · sees nothing

/// An output waiting in staging: what the hub promotes when it settles the attempt.
package struct StagedArtifact: Codable, Hashable, Sendable {
    package var stagingName: String
    package var meta: ArtifactMeta

    package enum CodingKeys: String, CodingKey {
        case stagingName = "staging_name"
        case meta
    }

    package init(stagingName: String, meta: ArtifactMeta) {
        self.stagingName = stagingName
        self.meta = meta
    }
}

/// An event the work earned; it is published only when the attempt is settled.
package struct EarnedEvent: Hashable, Sendable {
    package var event: AinerEvent
    package var producer: Module
    package var payload: JSONValue

    package init(_ event: AinerEvent, from producer: Module, payload: JSONValue) {
        self.event = event
        self.producer = producer
        self.payload = payload
    }
}

extension EarnedEvent: Codable {
    private enum CodingKeys: String, CodingKey {
        case event = "event_type"
        case producer
        case payload
    }
}

extension AinerEvent: Codable {}

/// A part of the film the plan asks for; the graph grows one branch from each.
package struct PlannedShot: Codable, Hashable, Sendable {
    package var shotID: ShotID
    package var lines: [PlannedLine]

    package enum CodingKeys: String, CodingKey {
        case shotID = "shot_id"
        case lines
    }

    package init(shotID: ShotID, lines: [PlannedLine]) {
        self.shotID = shotID
        self.lines = lines
    }
}

package struct PlannedLine: Codable, Hashable, Sendable {
    package var lineID: LineID
    /// True when a mouth in the picture speaks it.
    package var isSeen: Bool

    package enum CodingKeys: String, CodingKey {
        case lineID = "line_id"
        case isSeen = "is_seen"
    }

    package init(lineID: LineID, isSeen: Bool) {
        self.lineID = lineID
        self.isSeen = isSeen
    }
}

/// What a job says about itself beside its files.
package struct JobOutput: Codable, Hashable, Sendable {
    /// Set by the planning job only.
    package var shots: [PlannedShot]?
    /// What could not be done as asked, in words for the client.
    package var notes: [String]
    package var metrics: [String: Double]

    package init(shots: [PlannedShot]? = nil, notes: [String] = [], metrics: [String: Double] = [:]) {
        self.shots = shots
        self.notes = notes
        self.metrics = metrics
    }
}

package enum WorkOutcome: String, CaseIterable, SettledWord, Hashable, Sendable {
    case succeeded
    case failed
}

/// The one answer of an attempt.
package struct WorkerResult: Hashable, Sendable {
    package var claim: LeaseClaim
    package var status: WorkOutcome
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    package var artifacts: [StagedArtifact]
    package var emits: [EarnedEvent]
    package var output: JobOutput
    package var failure: FailureReport?

    package init(
        claim: LeaseClaim, startedAt: Timestamp, finishedAt: Timestamp, artifacts: [StagedArtifact],
        emits: [EarnedEvent], output: JobOutput
    ) {
        self.claim = claim
        self.status = .succeeded
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.artifacts = artifacts
        self.emits = emits
        self.output = output
    }

    /// Of an attempt that failed nothing else is kept.
    package var logs: [StagedArtifact] { artifacts.filter { $0.meta.artifactType == .jobLog } }

    package init(claim: LeaseClaim, startedAt: Timestamp, finishedAt: Timestamp, failure: FailureReport) {
        self.claim = claim
        self.status = .failed
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.artifacts = []
        self.emits = []
        self.output = JobOutput()
        self.failure = failure
    }
}
