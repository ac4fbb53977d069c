// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import Ports
package import Telemetry
import WorkerHubCore

/// Where operators ask how nodes and pools are and why a job waits, and say what they want of a node.
package struct HubDesk: Sendable {
    private let book: any HubBook
    private let clock: any WallClock
    private let log: Log

    package init(book: any HubBook, clock: any WallClock, log: Log) {
        self.book = book
        self.clock = clock
        self.log = log
    }

    package func nodes() async throws -> [NodeView] {
        let now = clock.now()
        let page = try await book.page(at: now)
        return page.nodes.map { view(of: $0, page, at: now) }
    }

    package func node(_ node: NodeID) async throws -> NodeView? { try await nodes().first { $0.nodeID == node } }

    package func pools() async throws -> [PoolView] {
        let now = clock.now()
        let page = try await book.page(at: now)
        var views: [PoolView] = []
        for pool in Pool.allCases {
            var view = view(of: pool, page, at: now)
            if let job = page.oldest[pool], let lease = try await book.lease(of: job) {
                let ahead = try await book.ahead(of: lease)
                view.waitingReason = WaitingRoom.reason(for: lease, in: scene(pool, page), ahead: ahead, at: now)
            }
            views.append(view)
        }
        return views
    }

    /// Nil when the hub never heard of the job: it was not ordered yet.
    package func why(job: JobID) async throws -> JobWhy? {
        guard let lease = try await book.lease(of: job) else { return nil }
        let now = clock.now()
        let page = try await book.page(at: now)
        var why = JobWhy(lease.order, state: lease.hold.state, since: lease.since)
        if case .held(_, let node, _) = lease.hold { why.nodeID = node }
        let ahead = lease.hold == .waiting ? try await book.ahead(of: lease) : 0
        why.reason = WaitingRoom.reason(for: lease, in: scene(lease.order.pool, page), ahead: ahead, at: now)
        return why
    }

    /// It gets no new work; what it is at goes on. False when nobody knows the node.
    package func cordon(_ node: NodeID, because reason: String) async throws -> Bool {
        try await wish(.cordoned(reason: reason), of: node)
    }

    /// It gets no new work, finishes what it is at, and goes.
    package func drain(_ node: NodeID, because reason: String) async throws -> Bool {
        try await wish(.drained(reason: reason), of: node)
    }

    /// It gets work again, whatever kept it from it.
    package func uncordon(_ node: NodeID) async throws -> Bool { try await wish(.released, of: node) }

    /// The same, by the name it has for a quarantine.
    package func release(_ node: NodeID) async throws -> Bool { try await wish(.released, of: node) }

    private func wish(_ fact: NodeFact, of node: NodeID) async throws -> Bool {
        let isKnown = try await book.wish(fact, of: node, at: clock.now())
        log.notice("an operator wants something of a node", [.nodeID: node, .cause: "\(fact)"])
        return isKnown
    }

    private func scene(_ pool: Pool, _ page: HubPage) -> PoolScene {
        let count = page.counts[pool] ?? PoolCount()
        return PoolScene(
            pool: pool, nodes: page.nodes, out: page.out[pool] ?? [:], caps: page.caps, held: count.held,
            lastStart: count.lastStart)
    }

    private func view(of record: NodeRecord, _ page: HubPage, at now: Timestamp) -> NodeView {
        let isSilent = record.isSilent(at: now)
        var view = NodeView(
            record.telemetry, status: record.status(at: now), since: isSilent ? record.seenAt : record.since,
            lastSeen: record.seenAt)
        view.reason = isSilent ? "nothing was heard of it since \(record.seenAt.text)" : record.reason
        view.until = record.until
        view.holds = page.holds[record.telemetry.nodeID] ?? []
        let tally = page.tallies[record.telemetry.nodeID] ?? Tally()
        view.results = tally.results
        view.failures = tally.failures
        return view
    }

    private func view(of pool: Pool, _ page: HubPage, at now: Timestamp) -> PoolView {
        let scene = scene(pool, page)
        let count = page.counts[pool] ?? PoolCount()
        let ready = scene.ready(at: now)
        var view = PoolView(pool: pool)
        view.readyNodes = ready.count
        view.nodes = scene.own.count
        view.slots = scene.slots(at: now)
        view.busy = ready.flatMap(\.telemetry.pools).filter { $0.pool == pool }.map(\.busy).reduce(0, +)
        view.offered = count.offered
        view.held = count.held
        view.waiting = count.waiting
        view.oldestWaitingSince = count.oldest
        view.ratePerMinute = Double(page.results[pool] ?? 0) / Double(max(1, page.minutes))
        return view
    }
}
