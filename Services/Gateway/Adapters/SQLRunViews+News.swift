// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
import GatewayCore
import GatewayShell
import Ports
import Wire

extension SQLRunViews {
    /// Each event once, though it may come twice; what is said about a run nobody asked us for is somebody else's.
    package func hear(_ envelopes: [EventEnvelope], at now: Timestamp) async throws -> Set<RunID> {
        let news = try await desk.desk.apply(
            consumer: Self.consumer, news: envelopes, named: \.eventID, at: now
        ) { tx, fresh in
            var news: [RunID: [EventEnvelope]] = [:]
            for envelope in fresh {
                if let runID = envelope.runID { news[runID, default: []].append(envelope) }
            }
            var changed: Set<RunID> = []
            // In the order of their names: two batches can wait for each other, but never in a ring.
            for runID in news.keys.sorted() {
                if try await hear(news[runID] ?? [], about: runID, at: now, in: tx) { changed.insert(runID) }
            }
            let notices = try await notices(about: news, at: now, in: tx)
            if !notices.isEmpty { try await tx.send(notices) }
            return ((changed: changed, hasNotices: !notices.isEmpty), [])
        }
        if news.hasNotices { desk.notices.ring() }
        return news.changed
    }

    private func hear(
        _ envelopes: [EventEnvelope], about runID: RunID, at now: Timestamp, in tx: any Transaction
    ) async throws -> Bool {
        guard let (tenant, project, stored, last) = try await tx.row(NewsQueries.runForNews(runID)) else {
            return false
        }
        var view = try JSON.decode(RunView.self, from: stored)
        var jobs: [JobID: JobView] = [:]
        var orders: [Order] = []
        var number = last
        for envelope in envelopes {
            let news = try RunNews(envelope)
            if let tiding = news.run { view.hear(tiding, at: envelope.occurredAt) }
            if let (head, tiding) = news.job {
                var job: JobView
                if let heard = jobs[head.jobID] {
                    job = heard
                } else {
                    job = try await known(head, at: envelope.occurredAt, in: tx)
                }
                job.hear(tiding, of: head.attempt, at: envelope.occurredAt)
                jobs[head.jobID] = job
            }
            if let asked = news.asked {
                orders.append(try SQLGates.opening(asked, of: tenant, project, at: envelope.occurredAt))
            }
            for meta in news.artifacts {
                orders.append(
                    Order(NewsQueries.keepArtifact(meta.artifactID, tenant, project, runID, try JSON.text(meta))))
            }
            guard envelope.eventType != .ainer(.jobHeartbeat) else { continue }
            number += 1
            orders.append(try order(keeping: envelope, as: number, of: runID))
        }
        for (id, job) in jobs { orders.append(Order(NewsQueries.keepJob(runID, id, try JSON.text(job)))) }
        orders.append(Order(NewsQueries.keepRun(runID, view.status, try JSON.text(view), number, now)))
        try await tx.send(orders)
        return true
    }

    private func known(_ head: JobHead, at said: Timestamp, in tx: any Transaction) async throws -> JobView {
        guard let stored = try await tx.row(NewsQueries.job(head.runID, head.jobID)) else {
            return JobView(head, at: said)
        }
        return try JSON.decode(from: stored)
    }

    private func order(keeping envelope: EventEnvelope, as number: Int, of run: RunID) throws -> Order {
        let body = String(decoding: EnvelopeWriter.write(envelope), as: UTF8.self)
        return Order(
            NewsQueries.keepEvent(run, number, envelope.eventID, envelope.eventType.name, body))
    }
}
