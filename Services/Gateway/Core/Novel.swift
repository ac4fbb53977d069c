// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// A book of a project.
package struct Novel: Codable, Hashable, Sendable {
    package let novelID: NovelID
    package let projectID: ProjectID
    package var title: String
    package var summary: String?
    /// Of chapters that do not say their own.
    package var language: String
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case novelID = "novel_id"
        case projectID = "project_id"
        case title
        case summary
        case language = "default_language_code"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    package init(_ id: NovelID, in project: ProjectID, title: String, language: String, at now: Timestamp) {
        novelID = id
        projectID = project
        self.title = title
        self.language = language
        createdAt = now
        updatedAt = now
    }
}
