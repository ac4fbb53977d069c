// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
package import Contracts
package import Delivery
package import OrchestratorCore
package import OrchestratorShell
import Policies
package import Ports
package import Telemetry
import Wire

/// Runs in a database: row and jobs read, decided on, written back, and what follows put into the outbox, at once.
package struct SQLRunStore: RunStore {
    package static let consumer = "orchestrator"

    private let desk: Desk
    private let mint: Mint
    private let log: Log

    package init(desk: Desk, mint: Mint, log: Log) {
        self.desk = desk
        self.mint = mint
        self.log = log
    }

    package func apply(_ news: [RunNews], at now: Timestamp, decide: @escaping Decision) async throws {
        try await desk.apply(consumer: Self.consumer, letters: news.compactMap(\.eventID), at: now) { tx, fresh in
            let fresh = Set(fresh)
            let current = news.filter { $0.eventID.map(fresh.contains) ?? true }
            var letters: [OutgoingLetter] = []
            // In the order of their names: two batches can wait for each other, but never in a ring.
            for runID in Set(current.map(\.runID)).sorted() {
                let facts = current.filter { $0.runID == runID }.map(\.fact)
                letters += try await apply(facts, to: runID, at: now, in: tx, decide: decide)
            }
            return ((), letters)
        }
    }

    package func run(_ id: RunID) async throws -> RunState? {
        try await desk.database.transaction { tx in try await read(id, in: tx)?.state }
    }

    package func ripe(at now: Timestamp) async throws -> [RunID] {
        try await desk.database.transaction { tx in try await tx.rows(RunQueries.ripe(now)) }
    }

    package func nextDue() async throws -> Timestamp? {
        try await desk.database.transaction { tx in try await tx.row(RunQueries.nextDue()) ?? nil }
    }

    /// Folds all facts about one run into one change of it.
    private func apply(
        _ facts: [RunFact], to runID: RunID, at now: Timestamp, in tx: any Transaction, decide: Decision
    ) async throws -> [OutgoingLetter] {
        let found = try await read(runID, in: tx)
        var state = found?.state
        var effects: [RunEffect] = []
        for fact in facts {
            let step = decide(state, fact)
            state = step.state
            effects += step.effects
        }
        for case .refused(let failure) in effects {
            log.warning(
                "a fact was refused", [.runID: runID, .code: failure.errorCode.rawValue, .cause: failure.message])
        }
        guard let state, state != found?.state else { return [] }
        try await write(state, over: found, at: now, in: tx)
        return try effects.compactMap { try letter(for: $0, of: state, at: now) }
    }

    private func read(_ id: RunID, in tx: any Transaction) async throws -> (state: RunState, version: Int)? {
        guard let (status, stage, version, snapshot, failure) = try await tx.row(RunQueries.run(id)) else { return nil }
        let jobs = try await tx.rows(RunQueries.jobs(id)).map { try JSON.decode(Job.self, from: $0) }
        let state = RunState(
            frozen: try JSON.decode(from: snapshot), status: status, stage: stage, jobs: jobs,
            failure: try failure.map { try JSON.decode(from: $0) })
        return (state, version)
    }

    private func write(
        _ state: RunState, over found: (state: RunState, version: Int)?, at now: Timestamp, in tx: any Transaction
    ) async throws {
        let failure = try state.failure.map { try JSON.text($0) }
        if let found {
            let moved = try await tx.run(
                RunQueries.move(state.runID, found.version, state.status, state.stage, failure, now))
            try expect(moved, "run.move", state.runID)
        } else {
            let snapshot = try JSON.text(state.snapshot)
            let opened = try await tx.run(
                RunQueries.open(state.runID, state.status, state.stage, snapshot, failure, now))
            try expect(opened, "run.open", state.runID)
        }
        let before = Dictionary(uniqueKeysWithValues: (found?.state.jobs ?? []).map { ($0.jobID, $0) })
        for job in state.jobs where before[job.jobID] != job {
            try await tx.run(
                RunQueries.keepJob(job.jobID, state.runID, job.status, job.dueAt, try JSON.text(job), now))
        }
    }

    /// Where somebody else was quicker, all of it is decided again on what he wrote.
    private func expect(_ changes: Int, _ during: String, _ run: RunID) throws(DatabaseFailure) {
        guard changes != 1 else { return }
        throw DatabaseFailure(.serialization, during: during, cause: "\(run) moved meanwhile")
    }

    private func letter(for effect: RunEffect, of state: RunState, at now: Timestamp) throws -> OutgoingLetter? {
        guard let word = try effect.word() else { return nil }
        var envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(word.type), at: now, from: .orchestrator, trail: state.trail,
            jobID: word.jobID, payload: word.payload)
        envelope.failure = word.failure.map(FailureMark.init)
        return try OutgoingLetter(envelope)
    }
}
