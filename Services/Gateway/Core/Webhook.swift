// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// An address that wants to hear of events, without its secret.
package struct Webhook: Codable, Hashable, Sendable {
    package let webhookID: WebhookID
    package let tenantID: TenantID
    /// Nil: of every project of the tenant.
    package var projectID: ProjectID?
    /// Nil: of every run.
    package var runID: RunID?
    package var url: String
    package var filter: EventFilter
    package var isActive: Bool
    /// Why it is told nothing any more, when nobody asked for that.
    package var stoppedBecause: String?
    package let createdBy: String
    package let createdAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case webhookID = "webhook_id"
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case runID = "run_id"
        case url
        case filter = "events"
        case isActive = "active"
        case stoppedBecause = "stopped_because"
        case createdBy = "created_by"
        case createdAt = "created_at"
    }

    package init(
        _ id: WebhookID, _ wish: WebhookWish, of tenant: TenantID, by subject: String, at now: Timestamp
    ) {
        webhookID = id
        tenantID = tenant
        projectID = wish.projectID
        runID = wish.runID
        url = wish.url
        filter = wish.filter
        isActive = true
        createdBy = subject
        createdAt = now
    }
}

/// What a client wants to be told, and where.
package struct WebhookWish: Hashable, Sendable {
    package var url: String
    package var filter: EventFilter
    package var projectID: ProjectID?
    package var runID: RunID?

    package init(url: String, filter: EventFilter = .everything, projectID: ProjectID? = nil) {
        self.url = url
        self.filter = filter
        self.projectID = projectID
    }
}

/// What is to be changed of a webhook; nil stays as it is.
package struct WebhookChange: Hashable, Sendable {
    package var url: String?
    package var filter: EventFilter?
    package var isActive: Bool?

    package init(url: String? = nil, filter: EventFilter? = nil, isActive: Bool? = nil) {
        self.url = url
        self.filter = filter
        self.isActive = isActive
    }
}

extension Webhook {
    package mutating func take(_ change: WebhookChange) {
        url = change.url ?? url
        filter = change.filter ?? filter
        guard let wished = change.isActive else { return }
        isActive = wished
        stoppedBecause = nil
    }
}
