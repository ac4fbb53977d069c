// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
package import GatewayShell
package import Policies
import Ports
import Wire

extension SQLWebhooks: NoticeQueue {
    package func claim(_ limit: Int, at now: Timestamp, until end: Timestamp) async throws -> [Parcel] {
        try await desk.transaction { tx in
            let due = try await tx.rows(NoticeQueries.due(now, limit))
            var parcels: [Parcel] = []
            for (notice, hook, body, view) in due {
                guard let (secret, old, oldUntil) = try await tx.row(WebhookQueries.secrets(hook)) else { continue }
                let secrets = [secret] + [old].compactMap { oldUntil ?? now > now ? $0 : nil }
                parcels.append(
                    Parcel(
                        noticeID: notice, webhookID: hook, url: try JSON.decode(Webhook.self, from: view).url,
                        body: body, secrets: secrets.compactMap(HookSecret.init(text:))))
            }
            try await tx.send(parcels.map { Order(NoticeQueries.claim($0.noticeID, end)) })
            return parcels
        }
    }

    package func nextDue(at now: Timestamp) async throws -> Timestamp? {
        try await desk.transaction { tx in try await tx.row(NoticeQueries.nextDue(now)) } ?? nil
    }

    package func settle(
        _ parcel: Parcel, at now: Timestamp,
        by decide: @Sendable (NoticeCourse) -> Step<NoticeCourse, NoticeEffect>
    ) async throws {
        try await desk.transaction { tx in
            // Removed with its webhook meanwhile: then nobody wants to know.
            guard let (head, course) = try await tx.row(NoticeQueries.one(parcel.noticeID)) else { return }
            var notice = try Notice(head, course)
            let step = decide(notice.course)
            notice.course = step.state
            try await tx.send([try notice.keeping])
            for effect in step.effects { try await perform(effect, on: parcel.webhookID, at: now, in: tx) }
        }
    }

    private func perform(
        _ effect: NoticeEffect, on id: WebhookID, at now: Timestamp, in tx: any Transaction
    ) async throws {
        switch effect {
        case .stopWebhook(let reason):
            guard let view = try await tx.row(WebhookQueries.view(id)) else { return }
            var hook: Webhook = try JSON.decode(from: view)
            hook.isActive = false
            hook.stoppedBecause = reason
            var orders = [Order(WebhookQueries.keep(id, false, try JSON.text(hook)))]
            for (notice, stored) in try await tx.rows(NoticeQueries.pending(id)) {
                var course: NoticeCourse = try JSON.decode(from: stored)
                course.giveUp(because: reason)
                orders.append(Order(NoticeQueries.keep(notice, course.state, try JSON.text(course), nil)))
            }
            try await tx.send(orders)
        }
    }
}

extension SQLRunViews {
    /// What is to be written for those who want to hear of this news: one question for all of it.
    func notices(
        about news: [RunID: [EventEnvelope]], at now: Timestamp, in tx: any Transaction
    ) async throws -> [Order] {
        guard !news.isEmpty else { return [] }
        let listeners = try await tx.rows(WebhookQueries.listeners(try JSON.text(news.keys.sorted())))
        var orders: [Order] = []
        for (run, id, view) in listeners {
            let filter = try JSON.decode(Webhook.self, from: view).filter
            for envelope in news[run] ?? [] where filter.admits(envelope.eventType.name) {
                // A heartbeat is no news to anybody outside.
                guard envelope.eventType != .ainer(.jobHeartbeat) else { continue }
                // Those of one batch are due one after the other, in the order in which they came.
                let due = now + .microseconds(orders.count)
                let notice = Notice(
                    mint.name(), to: id, about: run, (envelope.eventID, envelope.eventType.name), at: due)
                orders.append(
                    try notice.writing(String(decoding: EnvelopeWriter.write(envelope), as: UTF8.self)))
            }
        }
        return orders
    }
}
