// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
package import Contracts
package import Delivery
package import Ports
package import Telemetry
import Wire
package import WorkerHubCore
package import WorkerHubShell

/// Leases in a database.
package struct SQLLeaseStore: LeaseStore {
    package static let consumer = "worker-hub"
    /// A pool that somebody waits for is looked at this often, though nothing happens: of two hubs that work at once
    /// each may have seen only its half.
    private static let lookEvery = Duration.seconds(5)
    /// What a tenant had of a pool counts for nothing after it wanted nothing for so long.
    private static let memory = Duration.seconds(86_400)

    let desk: Desk
    let mint: Mint
    let log: Log
    let caps: TenantCaps
    /// Nil where workers know the store themselves.
    let lender: TicketLender?

    package init(
        desk: Desk, mint: Mint, log: Log, caps: TenantCaps = TenantCaps(), lender: TicketLender? = nil
    ) {
        self.lender = lender
        self.desk = desk
        self.mint = mint
        self.log = log
        self.caps = caps
    }

    package func apply(_ news: [LeaseNews], at now: Timestamp, decide: @escaping Decision) async throws {
        try await desk.apply(consumer: Self.consumer, news: news, named: \.eventID, at: now) { tx, current in
            var batch = batch(in: tx, at: now, decide)
            var meant: Set<JobID> = []
            for item in current where item.fact != nil { meant.formUnion(try await jobs(of: item.subject, in: tx)) }
            try await batch.learn(meant)
            for item in current {
                if case .node(let node) = item.subject, let fact = item.nodeFact { batch.hear(fact, of: node) }
                guard let fact = item.fact else { continue }
                for job in try await jobs(of: item.subject, in: tx) { try await batch.take(fact, to: job) }
            }
            try await batch.close()
            return ((), batch.letters)
        }
    }

    package func look(at now: Timestamp, decide: @escaping Decision) async throws {
        try await desk.send(at: now) { tx in
            var batch = batch(in: tx, at: now, decide)
            for node in try await tx.rows(NodeQueries.due(now, now.ago(NodeRecord.memory))) {
                batch.hear(.looked, of: node)
            }
            batch.touched.formUnion(try await tx.rows(ShareQueries.hungry()))
            try await batch.close()
            try await tx.run(ShareQueries.forget(now.ago(Self.memory)))
            try await tx.run(NodeQueries.pruneMinutes(now.ago(NodeHealth.window).minute))
            return ((), batch.letters)
        }
    }

    package func lease(of job: JobID) async throws -> Lease? {
        try await desk.database.transaction { tx in try await LeaseRow.read(job, in: tx) }
    }

    package func silent(at now: Timestamp) async throws -> [JobID] {
        try await desk.database.transaction { tx in try await tx.rows(LeaseQueries.silent(now)) }
    }

    package func nextLook() async throws -> Timestamp? {
        try await desk.database.transaction { tx in
            let expiry = try await tx.row(LeaseQueries.nextExpiry()) ?? nil
            let look = try await tx.row(ShareQueries.lastLook()) ?? nil
            let release = try await tx.row(NodeQueries.nextEnd()) ?? nil
            let silence = try await tx.row(NodeQueries.longestSilent()) ?? nil
            // A moment more, so that what is looked at is over by then.
            let forgetting = silence.map { $0 + NodeRecord.memory + .seconds(1) }
            return [expiry, look.map { $0 + Self.lookEvery }, release, forgetting].compactMap { $0 }.min()
        }
    }

    package func holders() async throws -> [NodeID] {
        try await desk.database.transaction { tx in try await tx.rows(LeaseQueries.holders()) }
    }

    /// What an operator wants of a node; false when nobody knows the node.
    package func wish(_ fact: NodeFact, of node: NodeID, at now: Timestamp) async throws -> Bool {
        try await desk.send(at: now) { tx in
            guard try await NodeRow.read(node, in: tx) != nil else { return (false, []) }
            var batch = batch(in: tx, at: now) { lease, fact in LeaseMachine.decide(lease, fact, at: now) }
            batch.hear(fact, of: node)
            try await batch.close()
            return (true, batch.letters)
        }
    }

    private func batch(in tx: any Transaction, at now: Timestamp, _ decide: @escaping Decision) -> LeaseBatch {
        LeaseBatch(
            tx: tx, speaker: LeaseSpeaker(mint: mint, now: now, lender: lender), caps: caps, log: log, decide: decide)
    }

    private func jobs(of subject: LeaseNews.Subject, in tx: any Transaction) async throws -> [JobID] {
        switch subject {
        case .job(let job): [job]
        case .node(let node): try await tx.rows(LeaseQueries.heldBy(node))
        }
    }
}

extension Timestamp {
    func ago(_ span: Duration) -> Timestamp { Timestamp(microseconds: microseconds - span.microseconds) }
    /// Whole minutes since 1970.
    var minute: Int { Int(microseconds / 60_000_000) }
}
