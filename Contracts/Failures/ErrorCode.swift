// Contracts · pure · sees nothing

/// Every failure a user can meet: `DOMAIN-CATEGORY-NNN`. What a code means, whose it is and what helps stands in its one
/// row of `ErrorCode.table`.
package enum ErrorCode: String, CaseIterable, Hashable, Sendable {
    case signInRefused = "AUTH-VALIDATION-001"
    case forbidden = "AUTH-FORBIDDEN-002"
    case tokenRefused = "AUTH-TOKEN-003"

    case requestValidation = "REQ-VALIDATION-001"
    case personaHandler = "REQ-VALIDATION-002"
    case personaBaseRole = "REQ-VALIDATION-003"
    case personaStyleAxis = "REQ-VALIDATION-004"
    case personaShading = "REQ-VALIDATION-005"
    case personaVersion = "REQ-VALIDATION-006"
    case entitiesEmpty = "REQ-VALIDATION-021"
    case personasEmpty = "REQ-VALIDATION-022"
    case idempotencyConflict = "REQ-IDEMPOTENCY-001"
    case notFound = "REQ-NOT_FOUND-002"
    case commandLine = "REQ-USAGE-001"
    case inputUnreadable = "REQ-INPUT-001"

    case illegalTransition = "ORCH-STATE-001"
    case orchestrationTimeout = "ORCH-TIMEOUT-002"
    case dependencyMissing = "ORCH-DEPENDENCY-003"
    case runOver = "ORCH-CANCELED-004"
    case reviewRejected = "ORCH-REVIEW-005"

    case planGeneration = "PLAN-GENERATE-001"
    case personaTooDeep = "PLAN-GENERATE-002"
    case personaUnknown = "PLAN-GENERATE-003"
    case planValidation = "PLAN-VALIDATION-001"
    case canonMissing = "PLAN-VALIDATION-002"
    case matchesMissing = "PLAN-VALIDATION-003"
    case promptShotsMissing = "PLAN-VALIDATION-004"
    case renderPlansMissing = "PLAN-VALIDATION-005"
    case parentShotMissing = "PLAN-VALIDATION-006"
    case personaRefUnknown = "PLAN-VALIDATION-007"
    case renderShotsMissing = "PLAN-VALIDATION-008"
    case timelineProvisional = "PLAN-VALIDATION-009"
    case shotUnnamed = "PLAN-VALIDATION-010"
    case shotTwice = "PLAN-VALIDATION-011"
    case manifestsMissing = "PLAN-VALIDATION-012"
    case experimentInvalid = "PLAN-VALIDATION-013"
    case renderPlanMissing = "PLAN-VALIDATION-014"
    case backendUnknown = "PLAN-VALIDATION-020"
    case entityRefInvalid = "PLAN-VALIDATION-030"
    case assetRefInvalid = "PLAN-VALIDATION-031"
    case shotEmpty = "PLAN-VALIDATION-040"
    case parseNoShots = "PLAN-PARSE-001"
    case parseFailed = "PLAN-PARSE-002"
    case parseNoValidShots = "PLAN-PARSE-003"
    case loraMissing = "PLAN-REFERENCE-010"
    case embeddingMissing = "PLAN-REFERENCE-011"
    case anchorMissing = "PLAN-TIMING-010"
    case anchorMismatch = "PLAN-TIMING-020"
    case timingOverlap = "PLAN-TIMING-030"
    case upstreamFailed = "PLAN-STATE-001"
    case continuityDoubtful = "PLAN-CONSISTENCY-001"
    case manyMicroshots = "PLAN-WARN-001"
    case stillFallback = "PLAN-WARN-002"
    case promptTrimmed = "PLAN-WARN-003"
    case budgetNoShots = "PLAN-BUDGET-001"
    case budgetExceeded = "PLAN-BUDGET-002"
    case budgetNoBackend = "PLAN-BUDGET-003"
    case budgetUnknown = "PLAN-BUDGET-004"

    case noTarget = "ROUTE-NO_TARGET-001"
    case policyRefused = "ROUTE-POLICY-002"

    case claimFailed = "WORKER-CLAIM-001"
    case executionFailed = "WORKER-EXEC-002"
    case workTimedOut = "WORKER-TIMEOUT-003"
    case leaseLost = "WORKER-HEARTBEAT-004"
    case answerMalformed = "WORKER-MALFORMED-005"
    case deviceExhausted = "WORKER-GPU-006"

    case composeFailed = "COMPOSE-FFMPEG-001"
    case timelineInvalid = "COMPOSE-TIMELINE-002"
    case composeInputMissing = "COMPOSE-INPUT-003"
    case composeSkillFailed = "COMPOSE-SKILL-001"

    case artifactUpload = "ASSET-UPLOAD-001"
    case artifactMissing = "ASSET-MISSING-002"
    case artifactMeta = "ASSET-META-001"

    case embeddingFailed = "RAG-EMBEDDING-001"
    case knowledgeAction = "RAG-VALIDATION-001"
    case knowledgeVersion = "RAG-VALIDATION-002"
    case knowledgeQuery = "RAG-VALIDATION-003"
    case knowledgeUnnamed = "RAG-VALIDATION-004"
    case knowledgeEmpty = "RAG-VALIDATION-005"
    case knowledgeInactive = "RAG-VALIDATION-006"
    case knowledgeSkipped = "RAG-WARN-001"
    case knowledgeRegressed = "RAG-WARN-002"
    case knowledgeDeduplicated = "RAG-INFO-001"

    case traceLost = "OBS-TRACE-001"

    case dependencyDown = "SYS-DEPENDENCY-001"
    case resourceExhausted = "SYS-RESOURCE-002"
    case settingsWrong = "SYS-SETTINGS-001"
    case outputUnwritable = "SYS-OUTPUT-001"
    case folderInUse = "SYS-BUSY-001"
    case programFault = "SYS-INTERNAL-001"
}

extension ErrorCode: Codable {
    /// Reads generously: a code of an older version, or somebody else's word for a failure, becomes the nearest of ours.
    package init(from decoder: any Decoder) throws {
        self = ErrorCode.of(legacy: try decoder.singleValueContainer().decode(String.self))
    }
}
