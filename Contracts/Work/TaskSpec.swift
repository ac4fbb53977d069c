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
