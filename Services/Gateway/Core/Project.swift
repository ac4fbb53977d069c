// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// What belongs together: novels, uploads and films, and who may see them.
package struct Project: Codable, Hashable, Sendable {
    package let projectID: ProjectID
    /// Its name in addresses; no two of a tenant have the same.
    package let slug: String
    package var name: String
    package var description: String?
    package let createdAt: Timestamp
    package var updatedAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case projectID = "project_id"
        case slug
        case name
        case description
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    package init(_ id: ProjectID, slug: String, name: String, description: String?, at now: Timestamp) {
        projectID = id
        self.slug = slug
        self.name = name
        self.description = description
        createdAt = now
        updatedAt = now
    }
}
