// Contracts · pure · sees nothing

/// The catalogue of film making: twelve sections of the specification, two names it has given up, and our additions.
package enum AinerTable {
    package static let entries: [EventEntry] = sections.flatMap(\.entries)

    private static let sections: [Section] = [
        gateway, run, job, worker, entity, asset, plan, route, compose, observe, knowledge, enhancement, deprecated,
        addition,
    ]

    private static let gateway = Section(
        "gateway", from: .gateway, on: .gatewayEvents, shownTo: .user,
        [
            Row(.authLoginSucceeded, "somebody signed in", .authLogin, shownTo: .operator),
            Row(.authLoginFailed, "somebody could not sign in", .authLogin, shownTo: .operator, isFailure: true),
            Row(.projectCreated, "a project exists", .projectCreated),
            Row(.taskSubmitted, "somebody handed in a story", .taskSubmitted, on: .taskSubmitted),
            Row(.taskCancelRequested, "somebody wants a run stopped for good", .runCommand, on: .taskSubmitted),
        ])

    private static let run = Section(
        "run", from: .orchestrator, on: .runStatus, shownTo: .user,
        [
            Row(.runCreated, "the run exists and its job graph stands", .runCreated),
            Row(.runStageChanged, "the lowest unfinished stage is another one", .runStageChanged),
            Row(.runProgressUpdated, "more jobs are done, or more are known", .runProgressUpdated),
            Row(.runSucceeded, "the film is published", .runSucceeded),
            Row(.runFailed, "a job failed for good, and with it the run", .runFailed, isFailure: true),
            Row(.runCanceled, "the run was stopped for good", .runStatusChanged),
        ])

    private static let job = Section(
        "job", from: .workerHub, on: .jobStatus, shownTo: .operator,
        [
            Row(
                .jobCreated, "a job's inputs are there: it may be worked on", .jobOrder, from: [.orchestrator],
                on: .jobDispatch),
            Row(
                .jobEnqueued, "the job waits for a worker (again)", .jobEnqueued, from: [.orchestrator],
                on: .jobDispatch),
            Row(.jobClaimed, "a worker started the lease", .jobClaimed),
            Row(.jobHeartbeat, "the worker is alive and this far", .jobClaimed, kept: .transient),
            Row(.jobSucceeded, "the result is settled and its files are promoted", .jobSucceeded),
            Row(.jobFailed, "the attempt failed", .jobFailed, isFailure: true),
            Row(
                .jobRetryScheduled, "a failed job will be tried again, at a stated time", .jobRetryScheduled,
                from: [.orchestrator], on: .runStatus),
        ])

    private static let worker = Section(
        "worker", from: .workerVideo, on: .workerDetail, shownTo: .operator,
        [
            Row(.workerVideoCompleted, "a video worker is done with an attempt", .workerCompleted),
            Row(
                .workerAudioCompleted, "an audio worker is done with an attempt", .workerCompleted, from: [.workerAudio]
            ),
            Row(.workerLLMCompleted, "a text worker is done with an attempt", .workerCompleted, from: [.workerLLM]),
            Row(
                .workerLipsyncCompleted, "a lip-sync worker is done with an attempt", .workerCompleted,
                from: [.workerLipsync]),
        ])

    private static let entity = Section(
        "entity", from: .entityCore, on: .skillEvents, shownTo: .operator,
        [
            Row(.entityExtractionStarted, "the people and places of a story are being looked for", .entityExtraction),
            Row(.entityExtractionCompleted, "people and places of the story are found", .entityExtraction),
            Row(.entityCanonicalized, "names that mean the same are one entity", .entityCanonicalized),
        ])

    private static let asset = Section(
        "asset", from: .assetKnowledge, on: .skillEvents, shownTo: .operator,
        [
            Row(.assetCandidateGenerated, "something that may stand for an entity was found", .assetCandidates),
            Row(.assetMatchCompleted, "every entity has its candidates, or none and the reason", .assetMatch),
        ])

    private static let plan = Section(
        "plan", from: .planner, on: .skillEvents, shownTo: .operator,
        [
            Row(.planShotGenerated, "the plan of the shots is bound", .planShot),
            Row(.planPromptGenerated, "the prompts of the shots are written", .planPrompt),
            Row(.timelineProvisionalGenerated, "every line and shot has its time", .timelineMade),
            Row(
                .promptPlanReplayQueried, "somebody asked how a prompt came about", .promptReplay, from: [.gateway],
                on: .gatewayEvents),
        ])

    private static let route = Section(
        "route", from: .modelRouter, on: .skillEvents, shownTo: .operator,
        [
            Row(.routeDecisionMade, "it is decided which model makes what", .routeDecision),
            Row(.routeDegraded, "a weaker model has to do", .routeDegraded),
        ])

    private static let compose = Section(
        "compose", from: .composer, on: .composeStatus, shownTo: .user,
        [
            Row(.composeStarted, "cutting began", .composeState),
            Row(.composeCompleted, "the film is cut", .composeState),
            Row(.composeFailed, "the film could not be cut", .composeFailed, isFailure: true),
            Row(.artifactPublished, "the film can be fetched", .artifactPublished),
        ])

    private static let observe = Section(
        "observe", from: .observer, on: .observeEvents, shownTo: .operator,
        [
            Row(.errorRecorded, "a failure is on record", .errorRecorded),
            Row(.auditRecorded, "who did what is on record", .auditRecorded),
            Row(.costUpdated, "a run has cost more", .costUpdated),
            Row(.sloBreached, "a promise about speed or success was broken", .sloBreached),
            Row(.alertTriggered, "somebody should look now", .alertTriggered, on: .alertEvents),
        ])

    private static let knowledge = Section(
        "knowledge", from: .assetKnowledge, on: .skillEvents, shownTo: .operator,
        [
            Row(.kbItemCreated, "a piece of knowledge was added"),
            Row(.kbItemUpdated, "a piece of knowledge was changed"),
            Row(.kbVersionReleaseRequested, "a version of the knowledge is to be released"),
            Row(.kbVersionReleased, "a version of the knowledge is in use"),
            Row(.kbVersionRolledBack, "an earlier version of the knowledge is in use again"),
            Row(.ragChunkingStarted, "knowledge is being cut into pieces"),
            Row(.ragEmbeddingCompleted, "the pieces have their vectors"),
            Row(.ragIndexReady, "the pieces can be searched"),
            Row(.ragEvalCompleted, "the search was measured"),
            Row(.feedbackEventCreated, "somebody said what they think of a film", from: [.evolution]),
            Row(.proposalCreated, "a change for the better is proposed", from: [.evolution]),
            Row(.proposalReviewed, "the proposal was looked at", from: [.evolution]),
            Row(.proposalApproved, "the proposal was accepted", from: [.evolution]),
            Row(.proposalRejected, "the proposal was turned down", from: [.evolution]),
            Row(.kbRolloutPromoted, "new knowledge reaches more runs", from: [.evolution]),
        ])

    private static let enhancement = Section(
        "enhancement", from: .persona, on: .skillEvents, shownTo: .operator,
        [
            Row(.personaResolved, "the director's persona of a run is settled"),
            Row(.personaVersionPublished, "a persona has a new version"),
            Row(.policyStackBuilt, "the rules of a run are stacked", from: [.governance]),
            Row(.criticEvaluationCompleted, "the critics have judged", from: [.governance]),
            Row(.experimentRunCompleted, "an experiment is over", from: [.governance]),
            Row(.experimentRecommendationGenerated, "an experiment says what to do", from: [.governance]),
            Row(
                .recoveryDegradationApplied, "something is made more simply so that the run can go on",
                from: [.governance]),
            Row(.shotComputeBudgetGenerated, "every shot has its budget", from: [.governance]),
            Row(.shotDSLCompiled, "every shot can be drawn", .shotsCompiled, from: [.planner]),
            Row(.entityRegistryResolved, "every entity has its lasting name", .entityRegistry, from: [.entityCore]),
            Row(
                .entityContinuityLocked, "how everybody looks and sounds is settled for the run", .entityExtraction,
                from: [.entityCore]),
            Row(.previewVariantGenerated, "a look can be previewed", from: [.entityCore], shownTo: .user),
            Row(.previewVariantApproved, "a look was approved", from: [.entityCore], shownTo: .user),
            Row(.voiceBindingUpdated, "somebody has another voice", from: [.entityCore]),
            Row(.personaDatasetBound, "a persona has its data"),
            Row(.personaIndexBound, "a persona has its index"),
            Row(.personaLineageUpdated, "where a persona comes from is on record"),
            Row(.personaRuntimeManifested, "a persona is ready for a run"),
        ])

    private static let deprecated = Section(
        "deprecated", from: .orchestrator, on: .jobDispatch, shownTo: .operator,
        [
            Row(.stepEnqueued, "an old name of job.enqueued", .jobEnqueued, oldNameOf: .jobEnqueued),
            Row(
                .stepRetryScheduled, "an old name of job.retry.scheduled", .jobRetryScheduled, on: .runStatus,
                oldNameOf: .jobRetryScheduled),
        ])

    private static let addition = Section(
        "addition", from: .gateway, on: .taskSubmitted, shownTo: .user,
        [
            Row(.runPauseRequested, "somebody wants a run to wait", .runCommand),
            Row(.runResumeRequested, "somebody wants a run to go on", .runCommand),
            Row(.runRetryRequested, "somebody wants a failed run tried again", .runCommand),
            Row(.runRerunRequested, "somebody wants a run made anew from a stage", .runCommand),
            Row(.shotRegenerateRequested, "somebody wants shots made anew", .shotCommand),
            Row(.timelinePatchRequested, "somebody wants the timeline changed", .timelinePatch),
            Row(
                .reviewRequested, "a person has to decide before the run goes on", .reviewRequested,
                from: [.orchestrator], on: .runStatus),
            Row(.reviewResolved, "the person has decided", .reviewResolved),
            Row(
                .runPaused, "the run waits until somebody resumes it", .runStatusChanged, from: [.orchestrator],
                on: .runStatus),
            Row(.runResumed, "the run goes on", .runStatusChanged, from: [.orchestrator], on: .runStatus),
            Row(
                .runDegraded, "the run goes on with less than was asked for", .runStatusChanged, from: [.orchestrator],
                on: .runStatus),
            Row(
                .jobCanceled, "the job will not be worked on any more", .jobCanceled, from: [.orchestrator],
                on: .jobDispatch, shownTo: .operator),
            Row(
                .jobOffered, "a ticket: whoever takes it may win the lease", .jobTicket, from: [.workerHub],
                on: .jobExec, shownTo: .internal),
            Row(
                .leaseStarted, "a worker claims a ticket with its token", .leaseClaim, from: workers, on: .workerResult,
                shownTo: .internal),
            Row(
                .leaseRenewed, "a worker is alive, with its progress", .leaseClaim, from: workers, on: .workerResult,
                shownTo: .internal, kept: .transient),
            Row(
                .leaseRefused, "the worker was too late: it must stop", .leaseClaim, from: [.workerHub],
                on: .nodeControl, shownTo: .internal),
            Row(
                .leaseCanceled, "nobody wants the work any more: the worker must stop", .leaseClaim,
                from: [.workerHub], on: .nodeControl, shownTo: .internal),
            Row(
                .nodeTelemetry, "a node says who it is, what it can do and how busy it is", .nodeTelemetry,
                from: workers, on: .workerResult, shownTo: .internal, kept: .transient),
            Row(
                .nodeDutyChanged, "what the hub wants of a node: to work, to rest or to leave", .nodeOrder,
                from: [.workerHub], on: .nodeControl, shownTo: .internal),
            Row(
                .nodeLost, "a node is gone; its leases are over", .nodeLost, from: [.workerHub], on: .workerResult,
                shownTo: .internal),
            Row(
                .workerReported, "the one result of an attempt", .workerResult, from: workers, on: .workerResult,
                shownTo: .internal),
        ])

    /// Whoever runs tickets.
    private static let workers: [Module] = Pool.allCases.map(\.module)
}

/// Rows with what most of them share said once.
private struct Section {
    let entries: [EventEntry]

    init(_ name: String, from module: Module, on topic: Topic, shownTo visibility: Visibility, _ rows: [Row]) {
        entries = rows.map { row in
            EventEntry(
                type: .ainer(row.event), section: name, meaning: row.meaning, producers: row.producers ?? [module],
                topic: row.topic ?? topic, visibility: row.visibility ?? visibility, persistence: row.persistence,
                schema: row.shape.map(PayloadSchema.typed) ?? .draft, isFailure: row.isFailure,
                lifecycle: row.replacement == nil ? .live : .announced,
                replacement: row.replacement.map(EventType.ainer))
        }
    }
}

private struct Row {
    let event: AinerEvent
    let meaning: String
    let shape: Shape?
    var producers: [Module]?
    var topic: Topic?
    var visibility: Visibility?
    var persistence = Persistence.stored
    var isFailure = false
    var replacement: AinerEvent?

    init(
        _ event: AinerEvent, _ meaning: String, _ shape: Shape? = nil, from producers: [Module]? = nil,
        on topic: Topic? = nil, shownTo visibility: Visibility? = nil, kept persistence: Persistence = .stored,
        isFailure: Bool = false, oldNameOf replacement: AinerEvent? = nil
    ) {
        self.event = event
        self.meaning = meaning
        self.shape = shape
        self.producers = producers
        self.topic = topic
        self.visibility = visibility
        self.persistence = persistence
        self.isFailure = isFailure
        self.replacement = replacement
    }
}
