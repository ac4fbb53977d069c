// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts

/// A run as the orchestrator knows it: its request, its frozen pipeline and its jobs.
package struct RunState: Equatable, Sendable {
    package let runID: RunID
    package let spec: TaskSpec
    package let trail: Trail
    /// Frozen at submission: a new version of the program does not change a run that is under way.
    package let pipeline: [PipelineStep]
    package let absentSkills: [JobType]
    /// Moves by `StateMachines.run` only.
    package private(set) var status: RunStatus
    /// Moves by `StateMachines.stage` only.
    package private(set) var stage: Stage
    /// In the order they were made, which is an order of the graph.
    package var jobs: [Job]
    /// Jobs that others took the place of. What is still heard of them changes nothing.
    package var retired: [Job]
    /// The questions that were asked, in order.
    package var gates: [Gate]
    /// Somebody asked for a pause and nobody for its end. A run is also paused while a gate waits.
    package var isHeld: Bool
    /// When it must be over; nil: it has all the time.
    package var deadlineAt: Timestamp?
    package var failure: FailureReport?
    package let createdAt: Timestamp

    package init(
        runID: RunID, spec: TaskSpec, trail: Trail, pipeline: [PipelineStep], absentSkills: [JobType], at: Timestamp
    ) {
        self.runID = runID
        self.spec = spec
        self.trail = trail
        self.pipeline = pipeline
        self.absentSkills = absentSkills
        self.status = StateMachines.run.start
        self.stage = StateMachines.stage.start
        self.jobs = []
        self.retired = []
        self.gates = []
        self.isHeld = false
        self.createdAt = at
    }

    /// For the adapter that reads a stored run back; what else there is it puts in its place.
    package init(frozen: RunSnapshot, status: RunStatus, stage: Stage, jobs: [Job]) {
        self.init(
            runID: frozen.runID, spec: frozen.spec, trail: frozen.trail, pipeline: frozen.pipeline,
            absentSkills: frozen.absentSkills, at: frozen.createdAt)
        self.status = status
        self.stage = stage
        self.jobs = jobs.filter { $0.retiredAt == nil }
        self.retired = jobs.filter { $0.retiredAt != nil }
    }

    mutating func move(_ move: RunMove) throws(FailureReport) { status = try StateMachines.run.after(status, move) }
    mutating func move(_ move: StageMove) throws(FailureReport) { stage = try StateMachines.stage.after(stage, move) }

    /// True while work may be handed out.
    package var isAtWork: Bool { status == .running || status == .degraded }

    /// When the run itself wants to look at the clock; its jobs have times of their own.
    package var nextLook: Timestamp? {
        guard !status.isFinal else { return nil }
        let start = status == .queued ? spec.startAfter : nil
        return ([deadlineAt, start] + gates.filter(\.isWaiting).map(\.deadlineAt)).compactMap { $0 }.min()
    }

    package var snapshot: RunSnapshot {
        RunSnapshot(
            runID: runID, spec: spec, trail: trail, pipeline: pipeline, absentSkills: absentSkills,
            createdAt: createdAt)
    }
}

/// The part of a run that never changes.
package struct RunSnapshot: Codable, Equatable, Sendable {
    package let runID: RunID
    package let spec: TaskSpec
    package let trail: Trail
    package let pipeline: [PipelineStep]
    package let absentSkills: [JobType]
    package let createdAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case spec
        case trail
        case pipeline
        case absentSkills = "absent_skills"
        case createdAt = "created_at"
    }
}

/// One piece of work of a run.
package struct Job: Codable, Equatable, Sendable {
    package let jobID: JobID
    package let jobType: JobType
    package let unit: String?
    package let stage: Stage
    package let pool: Pool
    package internal(set) var after: [JobID]
    package let timeoutMS: Int
    /// Moves by `StateMachines.job` only.
    package private(set) var status: JobStatus
    /// Attempts that ended in failure.
    package var failures: Int
    /// When a retry may start.
    package var dueAt: Timestamp?
    package var artifacts: [ArtifactMeta]
    package var notes: [String]
    /// When another job took its place; nil while it counts.
    package var retiredAt: Timestamp?
    /// How often its work was asked for anew. Nil is the first.
    package var take: Int?

    package enum CodingKeys: String, CodingKey {
        case jobID = "job_id"
        case jobType = "job_type"
        case unit = "unit_ref_id"
        case stage
        case pool
        case after
        case timeoutMS = "timeout_ms"
        case status
        case failures
        case dueAt = "due_at"
        case artifacts
        case notes
        case retiredAt = "retired_at"
        case take
    }

    package init(jobID: JobID, step: PipelineStep, unit: String?, after: [JobID]) {
        self.jobID = jobID
        self.jobType = step.jobType
        self.unit = unit
        self.stage = step.stage
        self.pool = step.pool
        self.after = after
        self.timeoutMS = step.timeoutMS
        self.status = StateMachines.job.start
        self.failures = 0
        self.artifacts = []
        self.notes = []
    }

    /// The same work, in a job of its own.
    init(inPlaceOf old: Job, jobID: JobID, after: [JobID]) {
        self.jobID = jobID
        self.jobType = old.jobType
        self.unit = old.unit
        self.stage = old.stage
        self.pool = old.pool
        self.after = after
        self.timeoutMS = old.timeoutMS
        self.status = StateMachines.job.start
        self.failures = 0
        self.artifacts = []
        self.notes = []
        self.take = old.take
    }

    mutating func move(_ move: JobMove) throws(FailureReport) {
        status = try StateMachines.job.after(status, move)
        if status != .retrying { dueAt = nil }
    }
}
