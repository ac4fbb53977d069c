// GatewayCore · pure · sees Contracts, Policies
/// A thing one may be let do.
package enum Scope: String, Codable, CaseIterable, Sendable, Comparable {
    case readProjects = "projects:read"
    /// Novels, chapters, uploads.
    case editProjects = "projects:edit"
    /// Projects themselves.
    case writeProjects = "projects:write"
    case readRuns = "runs:read"
    case writeRuns = "runs:write"
    case readArtifacts = "artifacts:read"
    case writeReviews = "reviews:write"
    case readWebhooks = "webhooks:read"
    case writeWebhooks = "webhooks:write"
    case readPeople = "people:read"
    case writePeople = "people:write"
    case readAudit = "audit:read"
    case readOps = "ops:read"
    case writeOps = "ops:write"
    /// To delete projects and to make owners.
    case ownTenant = "tenant:own"

    package static func < (left: Scope, right: Scope) -> Bool { left.rawValue < right.rawValue }
}

/// What somebody is in his tenant, or in one of its projects.
package enum Role: String, Codable, CaseIterable, Sendable {
    case viewer
    case editor
    case admin
    case owner
    /// A program: it may do what it was told one by one, and stands above nobody.
    case service

    private static let oldNames: [String: Role] = [
        "tenant_owner": .owner, "tenant_admin": .admin, "project_editor": .editor, "project_viewer": .viewer,
        "service_account": .service,
    ]

    /// By its name, or by the name it had once.
    package init?(word: String) {
        guard let role = Role(rawValue: word) ?? Self.oldNames[word] else { return nil }
        self = role
    }

    /// Every word that is taken for a role of a person.
    package static let words =
        ["viewer", "editor", "admin", "owner"] + oldNames.keys.filter { $0 != "service_account" }.sorted()
    /// Every word that is taken for a role in a project.
    package static let projectWords = ["viewer", "editor", "project_viewer", "project_editor"]

    package var rank: Int? {
        switch self {
        case .viewer: 10
        case .editor: 20
        case .admin: 30
        case .owner: 40
        case .service: nil
        }
    }

    package var scopes: Set<Scope> {
        switch self {
        case .viewer: [.readProjects, .readRuns, .readArtifacts, .readWebhooks]
        case .editor: Role.viewer.scopes.union([.editProjects, .writeRuns, .writeReviews, .writeWebhooks])
        case .admin:
            Role.editor.scopes.union([.writeProjects, .readPeople, .writePeople, .readAudit, .readOps, .writeOps])
        case .owner: Role.admin.scopes.union([.ownTenant])
        case .service: []
        }
    }

    /// Whether he works in all projects of his tenant without being named there.
    package var isEverywhere: Bool { self == .admin || self == .owner || self == .service }

    /// The lowest role that may do this.
    package static func needed(for scope: String) -> Role? {
        [Role.viewer, .editor, .admin, .owner].first { role in role.scopes.contains { $0.rawValue == scope } }
    }
}

extension Set<Scope> {
    package var words: Set<String> { Set<String>(map(\.rawValue)) }
}
