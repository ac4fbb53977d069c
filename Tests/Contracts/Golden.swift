// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Wire

/// One value of every contract and every typed payload we write ourselves, with the shape it must have.
enum Golden {
    struct Sample: Sendable {
        let name: String
        let shape: Shape
        let bytes: @Sendable () throws -> [UInt8]
        /// The same bytes, decoded and encoded once more.
        let again: @Sendable ([UInt8]) throws -> [UInt8]
    }

    static let contracts: [Sample] = [
        sample("TaskSpec", .taskSpec, spec), sample("ArtifactMeta", .artifact, film),
        sample("ErrorObject", .error, failure), sample("JobOrder", .jobOrder, order),
        sample("JobTicket", .jobTicket, JobTicket(order: order, leaseToken: 7, leaseMS: 60_000)),
        sample("WorkerResult", .workerResult, result), sample("WorkerResult.failed", .workerResult, failedResult),
        sample("DispatchDecision", .dispatchDecision, decision), sample("AssetCandidate", .assetCandidate, candidate),
        sample("EntityPack", .entityPack, pack), sample("ShotPlan", .shotPlan, plan),
        sample("TimelinePlan", .timelinePlan, timeline),
    ]

    static let payloads: [Sample] = [
        sample("task.submitted", .taskSubmitted, spec),
        sample("run.created", .runCreated, RunCreated(runID: run, taskID: task, absentSkills: [.route])),
        sample(
            "run.stage.changed", .runStageChanged,
            RunStageChanged(runID: run, from: .ingest, to: .entity, progress: 12.5, reason: "work_done")),
        sample(
            "run.progress.updated", .runProgressUpdated,
            RunProgressUpdated(runID: run, stage: .video, progress: 50, jobsDone: 30, jobsKnown: 60)),
        sample("run.succeeded", .runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: [film])),
        sample(
            "run.failed", .runFailed,
            RunFailed(runID: run, stage: .video, job: job, .renderVideo, unit: "S0001", failure: failure)),
        sample("run.paused", .runStatusChanged, halted), sample("run.rerun.requested", .runCommand, rerun),
        sample("shot.regenerate.requested", .shotCommand, regenerate),
        sample("review.requested", .reviewRequested, question), sample("review.resolved", .reviewResolved, answer),
        sample("job.canceled", .jobCanceled, JobCanceled(order.head, reason: "canceled by somebody")),
        sample("job.claimed", .jobClaimed, JobClaimed(order, status: .claimed, claim: claim)),
        sample("job.succeeded", .jobSucceeded, JobSucceeded(order, artifacts: [film], result: result)),
        sample("job.failed", .jobFailed, JobFailed(order, failure: failure)),
        sample(
            "job.retry.scheduled", .jobRetryScheduled, JobRetryScheduled(order.head, dueAt: moment, failure: failure)),
        sample("worker.video.completed", .workerCompleted, WorkerCompleted(order, result: result)),
        sample("worker.video.completed.failed", .workerCompleted, WorkerCompleted(order, result: failedResult)),
        sample("lease.started", .leaseClaim, claim), sample("node.lost", .nodeLost, NodeLost(nodeID: node)),
        sample("node.telemetry", .nodeTelemetry, telemetry),
        sample(
            "node.duty.changed", .nodeOrder, NodeOrder(nodeID: node, duty: .leave, reason: "the host is needed")),
        sample("entity.extraction.completed", .entityExtraction, EntitiesFound(people: 3, places: 5)),
        sample("plan.shot.generated", .planShot, PlanMade(plan)),
        sample("timeline.provisional.generated", .timelineMade, TimelineMade(durationMS: 1000, frames: 24)),
        sample("shot.dsl.compiled", .shotsCompiled, ShotsCompiled(shots: 1, lines: 1)),
        sample(
            "artifact.published", .artifactPublished,
            CutMade(runID: run, jobID: job, durationMS: 1000, artifacts: [film])),
        sample(
            "compose.failed", .composeFailed, CutFailed(cut: CutMade(runID: run, jobID: job), failure: failure)),
    ]

    private static func sample<Value: Codable & Hashable & Sendable>(
        _ name: String, _ shape: Shape, _ value: Value
    ) -> Sample {
        Sample(name: name, shape: shape, bytes: { try JSON.encode(value) }) { bytes in
            let back = try JSON.decode(Value.self, from: bytes)
            guard back == value else { throw Specimen.Lost(name: "\(name) came back as \(back)") }
            return try JSON.encode(back)
        }
    }

    // MARK: values

    private static let run = RunID(trusted: "run_01JDK5Z8Y3W9QF7V2N4T6R8PXA")
    private static let task = TaskID(trusted: "task_01JDK5Z8Y3W9QF7V2N4T6R8PXA")
    private static let job = JobID(trusted: "job_01JDK5Z8Y3W9QF7V2N4T6R8PXA")
    private static let node = NodeID(trusted: "node_01JDK5Z8Y3W9QF7V2N4T6R8PXA")
    private static let moment = Timestamp(microseconds: 1_772_107_200_000_250)
    private static let claim = LeaseClaim(jobID: job, attempt: 2, leaseToken: 7, nodeID: node, progress: 0.5)
    private static let failure = FailureReport(
        .executionFailed, "ffmpeg ended with status 1", owner: .workerVideo, nextStep: "run `./ainer doctor`")

    private static let film: ArtifactMeta = {
        var film = ArtifactMeta(
            artifactID: ArtifactID(trusted: "art_01JDK5Z8Y3W9QF7V2N4T6R8PXA"), type: .finalVideo,
            uri: "object:sha256/ab/" + String(repeating: "ab", count: 32),
            checksum: "sha256:" + String(repeating: "ab", count: 32), sizeBytes: 1234, createdAt: moment)
        film.runID = run
        film.unit = "S0001"
        film.mimeType = "video/mp4"
        film.durationMS = 1000
        film.width = 1280
        film.height = 720
        film.frameRate = 24
        film.lineage = ["engine": "ffmpeg"]
        return film
    }()

    private static let telemetry: NodeTelemetry = {
        var telemetry = NodeTelemetry(
            nodeID: node, version: "0.3.0", startedAt: moment,
            pools: [NodePool(pool: .video, slots: 2, busy: 1, jobTypes: [.renderVideo], models: ["animatic"])])
        telemetry.host = "studio-3"
        telemetry.labels = ["rack": "b"]
        var gpu = GPULoad(name: "H100")
        gpu.utilization = 0.5
        gpu.memoryUsedBytes = 1024
        gpu.memoryTotalBytes = 4096
        gpu.temperatureC = 61
        telemetry.gpus = [gpu]
        telemetry.isLast = true
        return telemetry
    }()

    private static let spec: TaskSpec = {
        var spec = TaskSpec(
            taskID: task, tenantID: .local, projectID: .local, chapterID: "lighthouse", requestedQuality: .standard,
            languageContext: "und", input: film, seed: 1)
        spec.budgetProfile = .balanced
        spec.deadlineMS = 3_600_000
        spec.priority = 5
        spec.userOverrides = ["style": .string("ink_wash")]
        spec.gates = [GateWish(gate: "plan", after: .plan, timeoutMS: 60_000, defaultDecision: .approve)]
        spec.budget = Budget(max: 12, currency: "USD")
        spec.tags = ["ep12"]
        spec.startAfter = moment
        return spec
    }()

    private static let halted = RunStatusChanged(runID: run, stage: .video, progress: 50, reason: "lunch")
    private static let answer = ReviewResolved(
        runID: run, gate: "plan", decision: .reject, by: "user_1", comment: "too long")

    private static let rerun: RunCommand = {
        var command = RunCommand(runID: run, by: "user_1", reason: "another cut", fromStage: .audio)
        command.taskID = task
        return command
    }()

    private static let regenerate: ShotCommand = {
        var command = ShotCommand(runID: run, by: "user_1", reason: "too dark", shotIDs: [ShotID(ordinal: 1)])
        command.promptPatch = "at noon"
        command.quality = .ultra
        command.targetDurationMS = 2000
        return command
    }()

    private static let question: ReviewRequested = {
        var question = ReviewRequested(
            runID: run, gate: "plan", reason: "stage plan is done", deadlineAt: moment, defaultDecision: .approve)
        question.jobID = job
        question.artifacts = [film]
        return question
    }()

    private static let order: JobOrder = {
        var order = JobOrder(
            jobID: job, runID: run, chapterID: "lighthouse", jobType: .renderVideo, pool: .video, attempt: 2,
            unit: "S0001", inputs: [film], quality: .standard, seed: 1, timeoutMS: 900_000)
        order.priority = 5
        return order
    }()
    private static let result = WorkerResult(
        claim: claim, startedAt: moment, finishedAt: moment,
        artifacts: [StagedArtifact(stagingName: "job-2-7/0-final_video", meta: film)],
        emits: [EarnedEvent(.artifactPublished, from: .composer, payload: .object(["run_id": .string(run.rawValue)]))],
        output: JobOutput(notes: ["a note"], metrics: ["frames": 24]))
    private static let failedResult = WorkerResult(
        claim: claim, startedAt: moment, finishedAt: moment, failure: failure)
    private static let decision = DispatchDecision(
        taskID: task, routeID: RouteID(trusted: "rt_1"), pool: .video, modelProfileID: "animatic",
        fallbackChain: ["placeholder"], timeoutMS: 900_000)
    private static let candidate = AssetCandidate(
        assetID: "a1", assetType: "picture", score: 0.75, source: "library", licenseScope: "cc0", uri: "object:a1")
    private static let pack = EntityPack(
        chapterID: "lighthouse",
        people: [
            Person(
                characterID: CharacterID(ordinal: 1), name: "Tom", aliases: ["the keeper"], age: .old, gender: .male,
                evidence: [Evidence(segment: 1, text: "old Tom")], mentions: 4)
        ],
        places: [
            Place(
                placeID: PlaceID(ordinal: 1), label: "the lamp room", kind: "room", features: ["lamp"], paragraphs: [1])
        ])

    private static let plan = ShotPlan(
        planID: "plan_1", chapterID: "lighthouse", planVersion: ShotPlan.bound, title: "The Lamp", language: "en",
        scenes: [
            Scene(
                sceneID: SceneID(ordinal: 1), placeID: PlaceID(ordinal: 1), setting: .init(kind: "room"),
                light: .init(time: "night"), cast: [CharacterID(ordinal: 1)],
                shots: [
                    Shot(
                        shotID: ShotID(ordinal: 1), intent: "show", segments: [1], lines: [LineID(ordinal: 1)],
                        minimumMS: 1500,
                        draft: ShotDSL(
                            shotID: ShotID(ordinal: 1), seed: 1, timing: .init(durationMS: 1500),
                            setting: .init(kind: "room"), light: .init(), camera: .init(framing: "wide")))
                ])
        ],
        lines: [
            Line(
                lineID: LineID(ordinal: 1), kind: .speech, speaker: CharacterID(ordinal: 1), text: "The lamp is out.",
                emotion: "tense")
        ])

    private static let timeline = Timeline(
        timelineID: "timeline_1", chapterID: "lighthouse", framesPerSecond: 24,
        shots: [ShotSpan(shotID: ShotID(ordinal: 1), firstFrame: 0, frames: 36)],
        lines: [LineSpan(lineID: LineID(ordinal: 1), shotID: ShotID(ordinal: 1), startMS: 200, endMS: 1100)])
}
