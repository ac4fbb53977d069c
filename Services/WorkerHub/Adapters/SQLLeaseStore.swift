// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
package import Contracts
package import Delivery
import Policies
package import Ports
package import Telemetry
import Wire
package import WorkerHubCore
package import WorkerHubShell

/// Leases in a database.
package struct SQLLeaseStore: LeaseStore {
    package static let consumer = "worker-hub"

    private let desk: Desk
    private let mint: Mint
    private let log: Log

    package init(desk: Desk, mint: Mint, log: Log) {
        self.desk = desk
        self.mint = mint
        self.log = log
    }

    package func apply(_ news: [LeaseNews], at now: Timestamp, decide: @escaping Decision) async throws {
        try await desk.apply(consumer: Self.consumer, letters: news.compactMap(\.eventID), at: now) { tx, fresh in
            let fresh = Set(fresh)
            let speaker = LeaseSpeaker(mint: mint, now: now)
            var letters: [OutgoingLetter] = []
            let current = news.filter { $0.eventID.map(fresh.contains) ?? true }
            try await lock(current.map(\.subject), in: tx)
            for item in current {
                for job in try await jobs(of: item.subject, in: tx) {
                    letters += try await apply(item.fact, to: job, in: tx, speaker, decide)
                }
            }
            for pool in Pool.allCases { letters += try await dispatch(pool, in: tx, speaker, decide) }
            return ((), letters)
        }
    }

    package func lease(of job: JobID) async throws -> Lease? {
        try await desk.database.transaction { tx in try await read(job, in: tx) }
    }

    package func silent(at now: Timestamp) async throws -> [JobID] {
        try await desk.database.transaction { tx in try await tx.rows(LeaseQueries.silent(now)) }
    }

    package func nextExpiry() async throws -> Timestamp? {
        try await desk.database.transaction { tx in try await tx.row(LeaseQueries.nextExpiry()) ?? nil }
    }

    package func holders() async throws -> [NodeID] {
        try await desk.database.transaction { tx in try await tx.rows(LeaseQueries.holders()) }
    }

    private func lock(_ subjects: [LeaseNews.Subject], in tx: any Transaction) async throws {
        var jobs: Set<JobID> = []
        for subject in subjects { jobs.formUnion(try await self.jobs(of: subject, in: tx)) }
        // Alone it is locked where it is read.
        guard jobs.count > 1 else { return }
        _ = try await tx.rows(LeaseQueries.lock(try JSON.text(jobs.map(\.rawValue))))
    }

    private func jobs(of subject: LeaseNews.Subject, in tx: any Transaction) async throws -> [JobID] {
        switch subject {
        case .job(let job): [job]
        case .node(let node): try await tx.rows(LeaseQueries.heldBy(node))
        }
    }

    private func apply(
        _ fact: LeaseFact, to job: JobID, in tx: any Transaction, _ speaker: LeaseSpeaker, _ decide: Decision
    ) async throws -> [OutgoingLetter] {
        let found = try await read(job, in: tx)
        let step = decide(found, fact)
        for case .discardedLate(let claim) in step.effects {
            log.warning("late result, discarded", [.jobID: job, .nodeID: claim.nodeID, .attempt: claim.attempt])
        }
        guard let lease = step.state else { return [] }
        if lease != found { try await write(lease, at: speaker.now, in: tx) }
        for case .succeeded(let result) in step.effects { try await record(result, of: lease, speaker.now, in: tx) }
        return try step.effects.flatMap { try speaker.letters(for: $0, of: lease) }
    }

    /// Gives tickets to waiting jobs while the pool has room.
    private func dispatch(
        _ pool: Pool, in tx: any Transaction, _ speaker: LeaseSpeaker, _ decide: Decision
    ) async throws -> [OutgoingLetter] {
        let waiting = try await tx.rows(LeaseQueries.waiting(pool, DispatchQueue.outstanding))
        guard !waiting.isEmpty else { return [] }
        let outstanding = try await tx.row(LeaseQueries.outstanding(pool)) ?? 0
        var letters: [OutgoingLetter] = []
        for job in DispatchQueue.admit(waiting: waiting, outstanding: outstanding) {
            letters += try await apply(.admitted, to: job, in: tx, speaker, decide)
        }
        return letters
    }

    private func record(
        _ result: WorkerResult, of lease: Lease, _ now: Timestamp, in tx: any Transaction
    ) async throws {
        for artifact in result.artifacts {
            let meta = artifact.meta
            try await tx.run(
                LeaseQueries.promoted(
                    meta.artifactID, lease.order.jobID, lease.order.runID, meta.artifactType.rawValue, meta.unit ?? "",
                    meta.checksum, now))
        }
    }
}
