// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Policies

/// Where webhooks and their notices are kept, for the people whose they are.
package protocol Webhooks: Sendable {
    func open(_ hook: Webhook, _ secret: HookSecret, as deed: Deed, at now: Timestamp) async throws -> Once<HookReceipt>
    func hook(_ id: WebhookID, of tenant: TenantID) async throws -> Webhook?
    /// Newest first, at most so many, older than `after`; nil projects: those of the whole tenant too.
    func hooks(of tenant: TenantID, in projects: [ProjectID]?, after: WebhookID?, limit: Int) async throws -> [Webhook]
    func change(
        _ hook: WebhookID, _ change: WebhookChange, as deed: Deed, at now: Timestamp
    ) async throws -> Once<Webhook>
    /// With everything that was to be told.
    func remove(_ hook: WebhookID, as deed: Deed, at now: Timestamp) async throws -> Once<Webhook>
    /// The old secret is good until then.
    func rotate(
        _ hook: WebhookID, to secret: HookSecret, keepingOldUntil end: Timestamp, as deed: Deed, at now: Timestamp
    ) async throws -> Once<HookReceipt>
    func notices(_ ask: NoticeAsk) async throws -> [Notice]
    /// Sends it once more; nil when the webhook has no such notice.
    func redeliver(
        _ notice: NoticeID, of hook: WebhookID, as deed: Deed, at now: Timestamp
    ) async throws -> Once<Notice>
    /// Tells the webhook something that did not happen.
    func test(_ hook: Webhook, as deed: Deed, at now: Timestamp) async throws -> Once<Notice>
}

/// The notices that are due, for whoever carries them.
package protocol NoticeQueue: Sendable {
    /// At most so many that are due; nobody else gets them until then.
    func claim(_ limit: Int, at now: Timestamp, until end: Timestamp) async throws -> [Parcel]
    /// When the next falls due.
    func nextDue(at now: Timestamp) async throws -> Timestamp?
    /// Notes what came of a try. `decide` may be called again.
    func settle(
        _ parcel: Parcel, at now: Timestamp,
        by decide: @Sendable (NoticeCourse) -> Step<NoticeCourse, NoticeEffect>
    ) async throws
}

/// A webhook and, once, its secret.
package struct HookReceipt: Codable, Hashable, Sendable {
    package let hook: Webhook
    package let secret: String
    /// Until when the secret before it is good too.
    package var oldUntil: Timestamp?

    package enum CodingKeys: String, CodingKey {
        case hook = "webhook"
        case secret
        case oldUntil = "previous_secret_until"
    }

    package init(_ hook: Webhook, _ secret: HookSecret, oldUntil: Timestamp? = nil) {
        self.hook = hook
        self.secret = secret.text
        self.oldUntil = oldUntil
    }
}

/// Which notices are wanted, newest first.
package struct NoticeAsk: Sendable {
    package let hook: WebhookID
    package var state: Notice.State?
    /// Only older ones than this.
    package var after: NoticeID?
    package var limit: Int

    package init(of hook: WebhookID, limit: Int) {
        self.hook = hook
        self.limit = limit
    }
}

/// A notice in the hands of a courier.
package struct Parcel: Sendable {
    package let noticeID: NoticeID
    package let webhookID: WebhookID
    package let url: String
    package let body: String
    /// The newest first: all of them sign.
    package let secrets: [HookSecret]

    package init(noticeID: NoticeID, webhookID: WebhookID, url: String, body: String, secrets: [HookSecret]) {
        self.noticeID = noticeID
        self.webhookID = webhookID
        self.url = url
        self.body = body
        self.secrets = secrets
    }
}

/// Carries a letter to an address outside.
package protocol HookPost: Sendable {
    /// What was answered, or why nothing was. Redirections are answers.
    func send(_ body: String, to url: String, _ fields: [(String, String)]) async -> NoticeEvent
}
