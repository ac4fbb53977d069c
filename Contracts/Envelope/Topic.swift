// Contracts · pure · sees nothing

/// The routing keys of the event exchange. A queue of a consumer group is `ainer.<topic>.<consumer>`.
package enum Topic: String, CaseIterable, Codable, Hashable, Sendable {
    case taskSubmitted = "task.submitted"
    case runStatus = "run.status"
    case jobDispatch = "job.dispatch"
    case jobStatus = "job.status"
    case workerResult = "worker.result"
    case workerDetail = "worker.detail"
    case composeStatus = "compose.status"
    case skillEvents = "skill.events"
}

extension EventType {
    /// Where an event of this type is published; `nil` for what goes to one queue by name.
    package var topic: Topic? {
        switch self {
        case .taskSubmitted: .taskSubmitted
        case .runCreated, .runStageChanged, .runProgressUpdated, .runSucceeded, .runFailed: .runStatus
        case .jobCreated, .jobEnqueued: .jobDispatch
        case .jobRetryScheduled: .runStatus
        case .jobClaimed, .jobHeartbeat, .jobSucceeded, .jobFailed: .jobStatus
        case .leaseStarted, .leaseRenewed, .nodeLost, .workerReported: .workerResult
        case .leaseRefused: nil
        case .workerVideoCompleted, .workerAudioCompleted, .workerLLMCompleted, .workerLipsyncCompleted: .workerDetail
        case .entityExtractionCompleted, .entityContinuityLocked, .planShotGenerated, .timelineProvisionalGenerated,
            .shotDSLCompiled:
            .skillEvents
        case .composeStarted, .composeCompleted, .artifactPublished: .composeStatus
        }
    }
}
