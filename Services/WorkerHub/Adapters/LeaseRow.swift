// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
import Ports
import Wire
import WorkerHubCore

/// A lease as a row, both ways.
enum LeaseRow {
    /// As it stands in a table.
    typealias Row = (JobID, String, Int, NodeID?, Timestamp?, Int, Timestamp, String, String)

    static func read(_ job: JobID, in tx: any Transaction) async throws -> Lease? {
        guard let row = try await tx.row(LeaseQueries.lease(job)) else { return nil }
        let (state, token, node, until, losses, since, order, trail) = row
        return try lease((job, state, token, node, until, losses, since, order, trail))
    }

    /// Theirs alone until the end of the transaction; one that is not there is not among them.
    static func lock(_ jobs: Set<JobID>, in tx: any Transaction) async throws -> [Lease] {
        try await tx.rows(LeaseQueries.lock(try JSON.text(jobs.map(\.rawValue)))).map(lease)
    }

    static func look(at jobs: [JobID], in tx: any Transaction) async throws -> [Lease] {
        try await tx.rows(LeaseQueries.some(try JSON.text(jobs.map(\.rawValue)))).map(lease)
    }

    private static func lease(_ row: Row) throws -> Lease {
        let (job, state, token, node, until, losses, since, order, trail) = row
        return Lease(
            order: try JSON.decode(from: order), trail: try JSON.decode(from: trail),
            hold: try hold(state, token: Int64(token), node: node, until: until, of: job), lastToken: Int64(token),
            losses: losses, since: since)
    }

    /// A row that was read in this transaction is ours, so nobody waits for what becomes of it.
    static func write(_ lease: Lease, over found: Lease?, at now: Timestamp, in tx: any Transaction) async throws {
        var node: NodeID?
        var until: Timestamp?
        if case .held(_, let holder, let end) = lease.hold {
            node = holder
            until = end
        }
        let order = try JSON.text(lease.order)
        let trail = try JSON.text(lease.trail)
        let keep = LeaseQueries.keep(
            lease.order.jobID, lease.order.runID, lease.order.pool, lease.trail.tenantID, lease.rank,
            word(for: lease.hold), Int(lease.lastToken), node, until, lease.losses, lease.since, order, trail, now)
        guard found == nil else { return try await tx.send([Order(keep)]) }
        guard try await tx.run(keep) == 1 else {
            // Another hub wrote a lease that this one saw no row of.
            throw DatabaseFailure(.serialization, during: "lease.keep", cause: "\(lease.order.jobID) moved meanwhile")
        }
    }

    private static func word(for hold: Hold) -> String {
        switch hold {
        case .waiting: "waiting"
        case .offered: "offered"
        case .held: "held"
        case .settled(let outcome): outcome.rawValue
        case .canceled: "canceled"
        }
    }

    private static func hold(
        _ word: String, token: Int64, node: NodeID?, until: Timestamp?, of job: JobID
    ) throws(DatabaseFailure) -> Hold {
        switch (word, node, until) {
        case ("waiting", _, _): return .waiting
        case ("offered", _, _): return .offered(token: token)
        case ("held", let node?, let until?): return .held(token: token, node: node, until: until)
        case ("succeeded", _, _): return .settled(.succeeded)
        case ("failed", _, _): return .settled(.failed)
        case ("canceled", _, _): return .canceled
        default:
            throw DatabaseFailure(.decoding, during: "lease.read", cause: "\(job) has no lease state \"\(word)\"")
        }
    }
}

extension Lease {
    /// What goes first is lowest.
    var rank: Int { 9 - min(9, max(0, order.priority ?? 0)) }
}
