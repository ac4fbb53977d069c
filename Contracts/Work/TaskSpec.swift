// Contracts · pure · sees nothing

package enum Quality: String, CaseIterable, Codable, Hashable, Sendable {
    case draft
    case standard
    case ultra
}

/// How much a film may cost, roughly.
package enum BudgetProfile: String, CaseIterable, Codable, Hashable, Sendable {
    case economy
    case balanced
    case premium
}

/// A place where a person decides before the run goes on.
package struct GateWish: Codable, Hashable, Sendable {
    package enum Decision: String, CaseIterable, Codable, Hashable, Sendable {
        case approve
        case reject
    }

    /// What it is called in answers and commands.
    package var gate: String
    /// The stage that must be done when the question is asked.
    package var after: Stage
    /// How long to wait for the person; nil: for ever.
    package var timeoutMS: Int?
    /// What happens when nobody decided in time.
    package var defaultDecision: Decision?

    package enum CodingKeys: String, CodingKey {
        case gate
        case after
        case timeoutMS = "timeout_ms"
        case defaultDecision = "default_decision"
    }

    package init(gate: String, after: Stage, timeoutMS: Int? = nil, defaultDecision: Decision? = nil) {
        self.gate = gate
        self.after = after
        self.timeoutMS = timeoutMS
        self.defaultDecision = defaultDecision
    }
}

/// What a film may cost at most.
package struct Budget: Codable, Hashable, Sendable {
    package var max: Double
    /// ISO 4217.
    package var currency: String

    package init(max: Double, currency: String) {
        self.max = max
        self.currency = currency
    }
}

/// One request for one film, as a client submits it.
package struct TaskSpec: Codable, Hashable, Sendable {
    package var taskID: TaskID
    package var tenantID: TenantID
    package var projectID: ProjectID
    /// What the client calls this text; outputs are named after it.
    package var chapterID: String
    package var requestedQuality: Quality
    package var languageContext: String
    /// Where the stored text is.
    package var inputURI: String
    /// The stored text.
    package var input: ArtifactMeta
    package var seed: UInt64
    package var budgetProfile: BudgetProfile?
    /// From the submission on.
    package var deadlineMS: Int?
    /// 0…9, higher runs first.
    package var priority: Int?
    package var userOverrides: [String: JSONValue]?
    /// Where the run stops until somebody has looked.
    package var gates: [GateWish]?
    package var budget: Budget?
    /// The client's own marks, to find the run again.
    package var tags: [String]?
    /// No job begins before.
    package var startAfter: Timestamp?
    /// Failures that were ordered, in a sandbox.
    package var mishaps: [Mishap]?
    package var schemaVersion = "1.0"

    package enum CodingKeys: String, CodingKey {
        case taskID = "task_id"
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case chapterID = "chapter_id"
        case requestedQuality = "requested_quality"
        case languageContext = "language_context"
        case inputURI = "input_uri"
        case input
        case seed
        case budgetProfile = "budget_profile"
        case deadlineMS = "deadline_ms"
        case priority
        case userOverrides = "user_overrides"
        case gates
        case budget
        case tags
        case startAfter = "start_after"
        case mishaps
        case schemaVersion = "schema_version"
    }

    package init(
        taskID: TaskID, tenantID: TenantID, projectID: ProjectID, chapterID: String, requestedQuality: Quality,
        languageContext: String, input: ArtifactMeta, seed: UInt64
    ) {
        self.taskID = taskID
        self.tenantID = tenantID
        self.projectID = projectID
        self.chapterID = chapterID
        self.requestedQuality = requestedQuality
        self.languageContext = languageContext
        self.inputURI = input.uri
        self.input = input
        self.seed = seed
    }
}
