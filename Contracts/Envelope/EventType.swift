// Contracts · pure · sees nothing

/// Every event this house can say, by its exact name. Nothing else in the code spells an event name.
package enum EventType: String, CaseIterable, Codable, Hashable, Sendable {
    case taskSubmitted = "task.submitted"

    case runCreated = "run.created"
    case runStageChanged = "run.stage.changed"
    case runProgressUpdated = "run.progress.updated"
    case runSucceeded = "run.succeeded"
    case runFailed = "run.failed"

    case jobCreated = "job.created"
    case jobEnqueued = "job.enqueued"
    case jobRetryScheduled = "job.retry.scheduled"
    case jobClaimed = "job.claimed"
    case jobHeartbeat = "job.heartbeat"
    case jobSucceeded = "job.succeeded"
    case jobFailed = "job.failed"

    case leaseStarted = "lease.started"
    case leaseRefused = "lease.refused"
    case leaseRenewed = "lease.renewed"
    case nodeLost = "node.lost"
    case workerReported = "worker.result"

    case workerVideoCompleted = "worker.video.completed"
    case workerAudioCompleted = "worker.audio.completed"
    case workerLLMCompleted = "worker.llm.completed"
    case workerLipsyncCompleted = "worker.lipsync.completed"

    case entityExtractionCompleted = "entity.extraction.completed"
    case entityContinuityLocked = "entity.continuity.locked"
    case planShotGenerated = "plan.shot.generated"
    case timelineProvisionalGenerated = "timeline.provisional.generated"
    case shotDSLCompiled = "shot.dsl.compiled"

    case composeStarted = "compose.started"
    case composeCompleted = "compose.completed"
    case artifactPublished = "artifact.published"
}
