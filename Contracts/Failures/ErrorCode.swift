// Contracts · pure · sees nothing

/// The failures a user can meet: `DOMAIN-CATEGORY-NNN`, with who owns them and whether trying again may help.
package enum ErrorCode: String, CaseIterable, Codable, Hashable, Sendable {
    case requestValidation = "REQ-VALIDATION-001"
    case illegalTransition = "ORCH-STATE-001"
    case planGeneration = "PLAN-GENERATE-001"
    case planValidation = "PLAN-VALIDATION-002"
    case claimFailed = "WORKER-CLAIM-001"
    case executionFailed = "WORKER-EXEC-002"
    case workTimedOut = "WORKER-TIMEOUT-003"
    case leaseLost = "WORKER-LEASE-004"
    case composeFailed = "COMPOSE-FFMPEG-001"
    case artifactMissing = "ASSET-MISSING-002"
    case artifactUpload = "ASSET-UPLOAD-001"
    case dependencyDown = "SYS-DEPENDENCY-001"
    case diskFull = "SYS-RESOURCE-002"

    /// Decided once, here: may the same attempt succeed later?
    package var isRetryable: Bool {
        switch self {
        case .requestValidation, .illegalTransition, .planValidation, .artifactMissing: false
        case .planGeneration, .claimFailed, .executionFailed, .workTimedOut, .leaseLost, .composeFailed,
            .artifactUpload,
            .dependencyDown, .diskFull:
            true
        }
    }
}
