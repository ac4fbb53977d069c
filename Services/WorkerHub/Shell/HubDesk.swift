// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import Ports
package import Telemetry
import WorkerHubCore

/// Where operators ask how nodes and pools are and why a job waits, and say what they want of a node.
package struct HubDesk: FarmOperations {
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

    package func why(jobs: [JobID]) async throws -> [JobWhy] {
        let leases = try await book.leases(of: jobs)
        guard !leases.isEmpty else { return [] }
        let now = clock.now()
        let page = try await book.page(at: now)
        var answers: [JobWhy] = []
        for lease in leases {
            var why = JobWhy(lease.order, state: lease.hold.state, since: lease.since)
            if case .held(_, let node, _) = lease.hold { why.nodeID = node }
            let ahead = lease.hold == .waiting ? try await book.ahead(of: lease) : 0
            why.reason = WaitingRoom.reason(for: lease, in: scene(lease.order.pool, page), ahead: ahead, at: now)
            answers.append(why)
        }
        return answers
    }

    package func wish(_ wish: NodeWish, of node: NodeID) async throws -> Bool {
        let fact: NodeFact =
            switch wish.verb {
            case .cordon: .cordoned(reason: wish.reason)
            case .drain: .drained(reason: wish.reason)
            case .uncordon: .released
            }
        let isKnown = try await book.wish(fact, of: node, at: clock.now())
        log.notice(
            "an operator wants something of a node",
            [.nodeID: node, .status: wish.verb.rawValue, .cause: wish.reason])
        return isKnown
    }

    package func rebuild(_ wish: RebuildWish) async throws -> Rebuild {
        let made = try await book.rebuild(wish, at: clock.now())
        if !wish.isPlan { log.notice("what the broker lost is said again", [.count: made.letters + made.tickets]) }
        return made
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
