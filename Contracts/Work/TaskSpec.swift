// Contracts · pure · sees nothing

package enum Quality: String, CaseIterable, Codable, Hashable, Sendable {
    case draft
    case standard
    case ultra
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
    /// The stored text.
    package var input: ArtifactMeta
    package var seed: UInt64
    package var schemaVersion = "1.0"

    package enum CodingKeys: String, CodingKey {
        case taskID = "task_id"
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case chapterID = "chapter_id"
        case requestedQuality = "requested_quality"
        case languageContext = "language_context"
        case input
        case seed
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
        self.input = input
        self.seed = seed
    }
}
