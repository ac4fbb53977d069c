// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
import Delivery
import Policies
import Ports
import Telemetry
import Wire
import WorkerHubCore
import WorkerHubShell

/// One transaction of the hub: what is decided in it, what changed in the pools, and what is to be said about it.
struct LeaseBatch {
    let tx: any Transaction
    let speaker: LeaseSpeaker
    let caps: TenantCaps
    let log: Log
    let decide: LeaseStore.Decision
    var letters: [OutgoingLetter] = []
    /// Pools in which a job began to wait or made room.
    var touched: Set<Pool> = []
    /// What attempts took that are over now.
    private var spent: [Pool: [(tenant: TenantID, seconds: Double)]] = [:]
    /// What was heard of nodes, and how their work ended.
    var nodeFacts: [NodeID: [NodeFact]] = [:]
    var outcomes: [NodeID: [Pool: Tally]] = [:]
    /// Nodes that are to begin nothing new; read when the first begins something.
    private var barred: Set<NodeID>?
    /// Leases that are locked, as they are by now.
    private var known: [JobID: Lease] = [:]

    init(
        tx: any Transaction, speaker: LeaseSpeaker, caps: TenantCaps, log: Log, decide: @escaping LeaseStore.Decision
    ) {
        self.tx = tx
        self.speaker = speaker
        self.caps = caps
        self.log = log
        self.decide = decide
    }

    var now: Timestamp { speaker.now }

    /// Writes what was only noted. Jobs come first, then nodes, then pools, each in one order everywhere, so that nobody
    /// waits in a ring.
    mutating func close() async throws {
        try await settleNodes()
        try await dispatch()
    }

    /// Reads and locks what the batch is about at once.
    mutating func learn(_ jobs: Set<JobID>) async throws {
        let new = jobs.subtracting(known.keys)
        // Alone it is locked where it is read.
        guard new.count > 1 else { return }
        for lease in try await LeaseRow.lock(new, in: tx) { known[lease.order.jobID] = lease }
    }

    mutating func take(_ fact: LeaseFact, to job: JobID) async throws {
        let fact = try await screened(fact)
        let found = if let known = known[job] { known } else { try await LeaseRow.read(job, in: tx) }
        let step = decide(found, fact)
        for case .discardedLate(let claim) in step.effects {
            log.warning("late result, discarded", [.jobID: job, .nodeID: claim.nodeID, .attempt: claim.attempt])
        }
        guard let lease = step.state else { return }
        if lease != found { try await LeaseRow.write(lease, over: found, at: now, in: tx) }
        known[job] = lease
        note(found, lease, fact)
        for effect in step.effects { try await record(effect.kept, of: lease) }
        for effect in step.effects { letters += try await speaker.letters(for: effect, of: lease) }
    }

    /// A node that should begin nothing new is turned away, and told once more what is wanted of it.
    private mutating func screened(_ fact: LeaseFact) async throws -> LeaseFact {
        guard case .started(let claim) = fact else { return fact }
        let barred = if let barred { barred } else { Set(try await tx.rows(NodeQueries.barred())) }
        self.barred = barred
        guard barred.contains(claim.nodeID) else { return fact }
        hear(.turnedAway, of: claim.nodeID)
        return .turnedAway(claim)
    }

    private mutating func note(_ before: Lease?, _ after: Lease, _ fact: LeaseFact) {
        let pool = after.order.pool
        if let before, case .held(_, let node, _) = before.hold, after.hold.state != .held {
            // A failure that was ordered says nothing about the node.
            if after.order.mishap == nil, let tally = fact.tally {
                outcomes[node, default: [:]][pool] = (outcomes[node]?[pool] ?? Tally()) + tally
            }
            spent[pool, default: []].append((before.trail.tenantID, max(0, (now - before.since).inSeconds)))
        }
        let makesRoom = before?.hold.isOutstanding == true && !after.hold.isOutstanding
        if makesRoom || (after.hold == .waiting && before?.hold != .waiting) { touched.insert(pool) }
    }

    private func record(_ artifacts: [StagedArtifact], of lease: Lease) async throws {
        for artifact in artifacts {
            let meta = artifact.meta
            try await tx.run(
                LeaseQueries.promoted(
                    meta.artifactID, lease.order.jobID, lease.order.runID, meta.artifactType.rawValue, meta.unit ?? "",
                    meta.checksum, now))
        }
    }

    /// Books what was spent, and gives tickets to waiting jobs while their pools have room.
    private mutating func dispatch() async throws {
        for pool in Pool.allCases where touched.contains(pool) || spent[pool] != nil { try await dispatch(pool) }
    }

    private mutating func dispatch(_ pool: Pool) async throws {
        var ledger = try await readLedger(of: pool)
        var known = Set(ledger.shares.keys)
        while ledger.free > 0 {
            let waiting = try await tx.rows(ShareQueries.waiting(pool)).map { job, tenant, rank, since in
                Waiting(job: job, tenant: tenant, priority: 9 - rank, since: since)
            }
            let tenants = Set(waiting.map(\.tenant)).subtracting(known)
            if !tenants.isEmpty { try await readShares(of: tenants, in: pool, into: &ledger) }
            known.formUnion(tenants)
            let (jobs, after) = DispatchQueue.admit(waiting, by: ledger, caps: caps, atMost: ShareQueries.seen)
            try await keepShares(from: ledger, to: after, in: pool)
            ledger = after
            try await learn(Set(jobs))
            for job in jobs { try await take(.admitted, to: job) }
            if jobs.count < ShareQueries.seen { break }
        }
        try await tx.run(ShareQueries.keepLedger(pool, ledger.reached, ledger.perTicket, ledger.given, now))
    }

    private func readLedger(of pool: Pool) async throws -> PoolLedger {
        let (reached, perTicket, given) = try await tx.row(ShareQueries.ledger(pool)) ?? (0, 1, 0)
        let slots = try await tx.row(NodeQueries.slots(pool, now.ago(NodeRecord.patience))) ?? 0
        var ledger = PoolLedger(
            room: DispatchQueue.room(slots: slots), reached: reached, perTicket: perTicket, given: given)
        for (tenant, seconds) in spent[pool] ?? [] {
            try await tx.run(ShareQueries.book(pool, tenant, seconds, now))
            ledger.book(seconds, to: tenant)
        }
        ledger.shares = [:]
        for (tenant, out) in try await tx.rows(ShareQueries.outstanding(pool)) {
            ledger.shares[tenant] = Share(out: out)
        }
        if ledger.free > 0 { try await readShares(of: Set(ledger.shares.keys), in: pool, into: &ledger) }
        return ledger
    }

    private func keepShares(from before: PoolLedger, to after: PoolLedger, in pool: Pool) async throws {
        for (tenant, share) in after.shares.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where share != before.shares[tenant] {
            try await tx.run(ShareQueries.keepShare(pool, tenant, share.served, now))
        }
    }

    private func readShares(of tenants: Set<TenantID>, in pool: Pool, into ledger: inout PoolLedger) async throws {
        let names = try JSON.text(tenants.map(\.rawValue).sorted())
        for (tenant, served) in try await tx.rows(ShareQueries.shares(pool, names)) {
            ledger.shares[tenant, default: Share()].served = served
        }
    }
}

extension LeaseEffect {
    /// What becomes an artifact by it.
    fileprivate var kept: [StagedArtifact] {
        switch self {
        case .succeeded(let result): result.artifacts
        case .failed(_, let kept): kept
        case .offer, .claimed, .beat, .refuse, .stop, .discardedLate: []
        }
    }
}

extension LeaseFact {
    /// What it says about the node whose lease it ended.
    fileprivate var tally: Tally? {
        switch self {
        case .reported(let result):
            Tally(results: 1, failures: result.failure.map(NodeHealth.counts) == true ? 1 : 0)
        case .expired: Tally(results: 1, failures: 1)
        case .ordered, .canceled, .admitted, .started, .turnedAway, .ticketLost, .renewed, .nodeLost: nil
        }
    }
}
