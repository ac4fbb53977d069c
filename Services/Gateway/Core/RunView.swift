// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A run as its clients see it: made of what was said about it, in whatever order that came.
package struct RunView: Codable, Equatable, Sendable {
    package let runID: RunID
    package let taskID: TaskID
    package let projectID: ProjectID
    package let chapterID: String
    package let quality: Quality
    package let seed: UInt64
    package let priority: Int
    package let tags: [String]
    package let createdAt: Timestamp
    package private(set) var status: RunStatus
    package private(set) var stage: Stage
    /// Percent; it never goes back while the run is not begun anew.
    package private(set) var progress: Double
    package private(set) var outcome: Outcome?
    package private(set) var latestError: FailureReport?
    package private(set) var finalArtifactID: ArtifactID?
    package private(set) var finalArtifactURI: String?
    package private(set) var absentSkills: [JobType]
    package private(set) var startedAt: Timestamp?
    package private(set) var updatedAt: Timestamp
    package private(set) var finishedAt: Timestamp?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case taskID = "task_id"
        case projectID = "project_id"
        case chapterID = "chapter_id"
        case quality = "requested_quality"
        case seed
        case priority
        case tags
        case createdAt = "created_at"
        case status
        case stage
        case progress
        case outcome
        case latestError = "latest_error"
        case finalArtifactID = "final_artifact_id"
        case finalArtifactURI = "final_artifact_uri"
        case absentSkills = "absent_skills"
        case startedAt = "started_at"
        case updatedAt = "updated_at"
        case finishedAt = "finished_at"
    }

    /// Accepted, and nothing heard of yet.
    package init(runID: RunID, spec: TaskSpec, at now: Timestamp) {
        self.runID = runID
        taskID = spec.taskID
        projectID = spec.projectID
        chapterID = spec.chapterID
        quality = spec.requestedQuality
        seed = spec.seed
        priority = spec.priority ?? 0
        tags = spec.tags ?? []
        createdAt = now
        updatedAt = now
        status = .queued
        stage = .ingest
        progress = 0
        absentSkills = []
    }
}

/// One thing that was said about a run as a whole.
package enum RunTiding: Equatable, Sendable {
    /// A run with a start in the future waits for it.
    case created(absentSkills: [JobType], startAfter: Timestamp?)
    case stage(Stage, progress: Double)
    /// Back to work that is made anew, with so much of it done.
    case back(Stage, progress: Double)
    case progress(Double)
    /// It waits, or goes on with less.
    case status(RunStatus)
    /// It goes on, after a pause or after an end.
    case resumed
    case succeeded(Outcome, final: ArtifactMeta?)
    case failed(FailureReport, Outcome)
    case canceled
}

extension RunView {
    /// Hears a tiding that was said at that time. What is older than the end of the run changes nothing of it.
    package mutating func hear(_ tiding: RunTiding, at said: Timestamp) {
        if case .resumed = tiding, status.isFinal {
            reopen(at: said)
        } else if !status.isFinal {
            take(tiding, at: said)
        }
        updatedAt = max(updatedAt, said)
    }

    private mutating func take(_ tiding: RunTiding, at said: Timestamp) {
        switch tiding {
        case .created(let absent, let start):
            absentSkills = absent
            if start == nil { begin(at: said) }
        case .stage(let next, let percent):
            begin(at: said)
            stage = max(stage, next)
            progress = max(progress, percent)
        case .progress(let percent):
            begin(at: said)
            progress = max(progress, percent)
        case .back(let next, let percent):
            stage = next
            progress = percent
        case .resumed: status = .running
        case .status(let next):
            startedAt = startedAt ?? said
            status = next
        case .succeeded(let how, let film):
            end(.succeeded, how, at: said)
            stage = .observe
            progress = 100
            finalArtifactID = film?.artifactID
            finalArtifactURI = film?.uri
        case .failed(let failure, let how):
            end(.failed, how, at: said)
            latestError = failure
        case .canceled: end(.canceled, nil, at: said)
        }
    }

    /// Only what waits begins: a pause that was heard before an older word about progress stays a pause.
    private mutating func begin(at said: Timestamp) {
        startedAt = min(startedAt ?? said, said)
        if status == .queued { status = .running }
    }

    private mutating func end(_ status: RunStatus, _ outcome: Outcome?, at said: Timestamp) {
        self.status = status
        self.outcome = outcome
        startedAt = startedAt ?? said
        finishedAt = said
    }

    private mutating func reopen(at said: Timestamp) {
        guard status.isFinal, said >= finishedAt ?? said else { return }
        status = .running
        outcome = nil
        latestError = nil
        finishedAt = nil
    }
}

extension RunView {
    /// Throws what a client is told whose wish makes no sense any more. What gets through is still the orchestrator's to
    /// decide: this view may be a moment old.
    package func obeys(_ wish: AinerEvent) throws(FailureReport) {
        let canBe: [RunStatus] =
            switch wish {
            case .taskCancelRequested: [.queued, .running, .paused, .degraded, .canceled]
            case .runPauseRequested: [.queued, .running, .paused, .degraded]
            case .runResumeRequested: [.queued, .running, .paused, .degraded]
            case .reviewResolved: [.queued, .running, .paused, .degraded]
            case .runRetryRequested: [.failed]
            case .shotRegenerateRequested: [.running, .paused, .degraded, .succeeded, .failed]
            case .runRerunRequested, .timelinePatchRequested: [.succeeded, .failed]
            default: RunStatus.allCases
            }
        guard !canBe.contains(status) else { return }
        let code: ErrorCode = status.isFinal ? .runOver : .illegalTransition
        let words = canBe.map(\.rawValue).joined(separator: ", ")
        var failure = FailureReport(
            code, "the run is \(status.rawValue); this can be asked of a run that is \(words)", owner: .gateway,
            nextStep: "look at it: GET /api/v1/runs/\(runID)")
        failure.details = ["status": .string(status.rawValue)]
        throw failure
    }
}
