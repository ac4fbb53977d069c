// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
package import Contracts
import Delivery
import Ports
package import WorkerHubCore
package import WorkerHubShell

extension SQLLeaseStore: HubBook {
    package func page(at now: Timestamp) async throws -> HubPage {
        try await desk.database.transaction { tx in
            var page = HubPage()
            page.caps = caps
            page.nodes = try await tx.rows(NodeQueries.all()).map(NodeRow.record)
            for (node, job) in try await tx.rows(DeskQueries.holds()) { page.holds[node, default: []].append(job) }
            for (pool, waiting, oldest) in try await tx.rows(DeskQueries.waiting()) {
                page.counts[pool, default: PoolCount()].waiting = waiting
                page.counts[pool, default: PoolCount()].oldest = oldest
                page.oldest[pool] = try await tx.row(DeskQueries.oldest(pool))
            }
            try await readOut(into: &page, in: tx)
            for (_, node, results, failures) in try await tx.rows(
                NodeQueries.tallies(now.ago(NodeHealth.window).minute))
            {
                let tally = Tally(results: results, failures: failures)
                page.tallies[node] = (page.tallies[node] ?? Tally()) + tally
            }
            for (pool, results) in try await tx.rows(DeskQueries.results(now.minute - page.minutes, now.minute)) {
                page.results[pool] = results
            }
            return page
        }
    }

    package func leases(of jobs: [JobID]) async throws -> [Lease] {
        try await desk.database.transaction { tx in try await LeaseRow.look(at: jobs, in: tx) }
    }

    package func rebuild(_ wish: RebuildWish, at now: Timestamp) async throws -> Rebuild {
        let letters = try await desk.sayAgain(wish)
        let tickets = wish.isPlan ? try await offered().count : try await withdrawAll(at: now)
        return Rebuild(wish, letters: letters, tickets: tickets)
    }

    private func offered() async throws -> [JobID] {
        try await desk.database.transaction { tx in try await tx.rows(DeskQueries.offered()) }
    }

    /// Some at a time, so that nobody else waits for all of them.
    private func withdrawAll(at now: Timestamp) async throws -> Int {
        let jobs = try await offered()
        for start in stride(from: 0, to: jobs.count, by: 50) {
            let some = Array(jobs[start..<min(start + 50, jobs.count)])
            let news = some.map { LeaseNews(eventID: nil, subject: .job($0), fact: .ticketLost) }
            try await apply(news, at: now) { LeaseMachine.decide($0, $1, at: now) }
        }
        return jobs.count
    }

    package func ahead(of lease: Lease) async throws -> Int {
        try await desk.database.transaction { tx in
            let order = lease.order
            return try await tx.row(
                DeskQueries.ahead(order.pool, lease.trail.tenantID, lease.rank, order.jobID)) ?? 0
        }
    }

    private func readOut(into page: inout HubPage, in tx: any Transaction) async throws {
        for (pool, tenant, out, held, lastStart) in try await tx.rows(DeskQueries.out()) {
            page.out[pool, default: [:]][tenant] = out
            var count = page.counts[pool] ?? PoolCount()
            count.offered += out - held
            count.held += held
            count.lastStart = [count.lastStart, lastStart].compactMap { $0 }.max()
            page.counts[pool] = count
        }
    }
}
