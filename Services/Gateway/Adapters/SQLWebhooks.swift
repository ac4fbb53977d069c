// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
package import GatewayShell
import Policies
package import Ports
import Wire

/// Webhooks and what they are told, in a database.
package struct SQLWebhooks: Webhooks {
    let desk: GatewayDesk
    private let mint: Mint

    package init(desk: GatewayDesk, mint: Mint) {
        self.desk = desk
        self.mint = mint
    }

    package func open(
        _ hook: Webhook, _ secret: HookSecret, as deed: Deed, at now: Timestamp
    ) async throws -> Once<HookReceipt> {
        let order = try Self.opening(hook, secret)
        return try await desk.once(deed, at: now) { tx in
            try await tx.send([order])
            return (HookReceipt(hook, secret), [])
        }
    }

    static func opening(_ hook: Webhook, _ secret: HookSecret) throws -> Order {
        Order(
            WebhookQueries.open(
                hook.webhookID, hook.tenantID, hook.projectID, hook.runID?.rawValue ?? "", try JSON.text(hook),
                secret.text))
    }

    package func hook(_ id: WebhookID, of tenant: TenantID) async throws -> Webhook? {
        try await desk.transaction { tx in try await tx.row(WebhookQueries.one(id, tenant)) }.map {
            try JSON.decode(from: $0)
        }
    }

    package func hooks(
        of tenant: TenantID, in projects: [ProjectID]?, after: WebhookID?, limit: Int
    ) async throws -> [Webhook] {
        let list = try projects.map { try JSON.text($0) }
        return try await desk.transaction { tx in try await tx.rows(WebhookQueries.list(tenant, after, list, limit)) }
            .map { try JSON.decode(from: $0) }
    }

    package func change(
        _ id: WebhookID, _ change: WebhookChange, as deed: Deed, at now: Timestamp
    ) async throws -> Once<Webhook> {
        // What waited while nobody was to be told is carried now.
        defer { desk.notices.ring() }
        return try await desk.once(deed, at: now) { tx in
            var hook = try await Self.known(id, of: deed.tenant, in: tx)
            hook.take(change)
            try await tx.send([Order(WebhookQueries.keep(id, hook.isActive, try JSON.text(hook)))])
            return (hook, [])
        }
    }

    package func remove(_ id: WebhookID, as deed: Deed, at now: Timestamp) async throws -> Once<Webhook> {
        try await desk.once(deed, at: now) { tx in
            let hook = try await Self.known(id, of: deed.tenant, in: tx)
            try await tx.send([Order(NoticeQueries.removeAll(id)), Order(WebhookQueries.remove(id))])
            return (hook, [])
        }
    }

    package func rotate(
        _ id: WebhookID, to secret: HookSecret, keepingOldUntil end: Timestamp, as deed: Deed, at now: Timestamp
    ) async throws -> Once<HookReceipt> {
        try await desk.once(deed, at: now) { tx in
            let hook = try await Self.known(id, of: deed.tenant, in: tx)
            try await tx.send([Order(WebhookQueries.rotate(id, secret.text, end))])
            return (HookReceipt(hook, secret, oldUntil: end), [])
        }
    }

    // MARK: what is told

    package func notices(_ ask: NoticeAsk) async throws -> [Notice] {
        try await desk.transaction { tx in
            try await tx.rows(NoticeQueries.list(ask.hook, ask.state?.rawValue, ask.after, ask.limit))
        }.map { try Notice($0.0, $0.1) }
    }

    package func redeliver(
        _ id: NoticeID, of hook: WebhookID, as deed: Deed, at now: Timestamp
    ) async throws -> Once<Notice> {
        defer { desk.notices.ring() }
        return try await desk.once(deed, at: now) { tx in
            guard let (head, course) = try await tx.row(NoticeQueries.one(id)),
                case var notice = try Notice(head, course), notice.webhookID == hook
            else { throw FailureReport(.notFound, "the webhook has no delivery \(id)", owner: .gateway) }
            notice.course = NoticeMachine.decide(notice.course, .wanted, at: now, roll: 0).state
            try await tx.send([try notice.keeping])
            return (notice, [])
        }
    }

    package func test(_ hook: Webhook, as deed: Deed, at now: Timestamp) async throws -> Once<Notice> {
        let event = EventID(trusted: mint.name(EventID.self).rawValue)
        let notice = Notice(mint.name(), to: hook.webhookID, about: hook.runID, (event, "webhook.test"), at: now)
        let body = JSONValue.object([
            "event_id": .string(event.rawValue), "event_type": .string("webhook.test"),
            "occurred_at": .string(now.text), "tenant_id": .string(hook.tenantID.rawValue),
            "payload": .object(["webhook_id": .string(hook.webhookID.rawValue)]),
        ])
        let order = try notice.writing(String(decoding: JSON.text(of: body), as: UTF8.self))
        defer { desk.notices.ring() }
        return try await desk.once(deed, at: now) { tx in
            try await tx.send([order])
            return (notice, [])
        }
    }

    // MARK: within a transaction

    static func known(_ id: WebhookID, of tenant: TenantID, in tx: any Transaction) async throws -> Webhook {
        guard let view = try await tx.row(WebhookQueries.one(id, tenant)) else {
            throw FailureReport(.notFound, "there is no webhook \(id)", owner: .gateway)
        }
        return try JSON.decode(from: view)
    }
}

/// What of a notice never changes.
private struct NoticeHead: Codable {
    let noticeID: NoticeID
    let webhookID: WebhookID
    let runID: RunID?
    let eventID: EventID
    let type: String
    let createdAt: Timestamp
}

extension Notice {
    init(_ head: String, _ course: String) throws {
        let head: NoticeHead = try JSON.decode(from: head)
        self.init(
            head.noticeID, to: head.webhookID, about: head.runID, (head.eventID, head.type), at: head.createdAt)
        self.course = try JSON.decode(from: course)
    }

    func writing(_ body: String) throws -> Order {
        let head = NoticeHead(
            noticeID: noticeID, webhookID: webhookID, runID: runID, eventID: eventID, type: type, createdAt: createdAt)
        return Order(
            NoticeQueries.write(
                noticeID, webhookID, eventID, try JSON.text(head), body, try JSON.text(course), course.dueAt))
    }

    var keeping: Order {
        get throws { Order(NoticeQueries.keep(noticeID, course.state, try JSON.text(course), course.dueAt)) }
    }
}

extension Notice.State: SQLValue {}
