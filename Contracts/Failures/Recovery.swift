// Contracts · pure · sees nothing

/// What kind of trouble a code is, for whoever decides how to recover.
package struct Trouble: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case timeout
        case modelError = "model_error"
        case dependencyFailure = "dependency_failure"
        case resourceExhaustion = "resource_exhaustion"
        case validationError = "validation_error"
        case rateLimit = "rate_limit"
        case unknown
    }

    package enum Severity: String, CaseIterable, Codable, Hashable, Sendable {
        case low
        case medium
        case high
        case critical
    }

    package let kind: Kind
    package let severity: Severity
    /// May recovery try the same again? Transport may, with back-off, even where this says no: what comes here again and
    /// again blocks.
    package let mayRepeat: Bool

    /// The first row whose prefix fits counts.
    package static let table: [(prefix: String, trouble: Trouble)] = [
        ("ORCH-TIMEOUT", Trouble(.timeout, .medium)),
        ("WORKER-EXEC", Trouble(.modelError, .high)),
        ("WORKER-CLAIM", Trouble(.dependencyFailure, .medium)),
        ("WORKER-GPU", Trouble(.resourceExhaustion, .high)),
        ("SYS-DEPENDENCY", Trouble(.dependencyFailure, .critical, mayRepeat: false)),
        ("SYS-RESOURCE", Trouble(.resourceExhaustion, .critical, mayRepeat: false)),
        ("REQ-VALIDATION", Trouble(.validationError, .low, mayRepeat: false)),
        ("PLAN-GENERATE", Trouble(.modelError, .high)),
        ("ROUTE-NO_TARGET", Trouble(.dependencyFailure, .high)),
        ("COMPOSE-FFMPEG", Trouble(.modelError, .medium)),
        ("ASSET-UPLOAD", Trouble(.dependencyFailure, .medium)),
        ("RAG-EMBEDDING", Trouble(.modelError, .medium)),
        ("RATE-LIMIT", Trouble(.rateLimit, .low)),
    ]

    /// The trouble that a code, or a word that begins like one, stands for.
    package static func of(_ word: String) -> Trouble {
        table.first { word.hasPrefix($0.prefix) }?.trouble ?? Trouble(.unknown, .medium)
    }

    private init(_ kind: Kind, _ severity: Severity, mayRepeat: Bool = true) {
        self.kind = kind
        self.severity = severity
        self.mayRepeat = mayRepeat
    }
}
