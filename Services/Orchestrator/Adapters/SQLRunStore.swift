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
        try await desk.apply(consumer: Self.consumer, news: news, named: \.eventID, at: now) { tx, current in
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
        let facts = found == nil ? try Self.beginning(facts, runID) : facts
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
        try await record(effects, of: runID, version: (found?.version ?? 0) + 1, at: now, in: tx)
        return try effects.compactMap { try letter(for: $0, of: state, at: now) }
    }

    /// What is wished of a run that is not there yet comes again later, when it may be; unheard it would be lost.
    private static func beginning(_ facts: [RunFact], _ run: RunID) throws -> [RunFact] {
        let (first, rest) = (facts.filter(\.isSubmission), facts.filter { !$0.isSubmission })
        if first.isEmpty, rest.contains(where: \.isWish) { throw EarlyWish(run: run) }
        return first + rest
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

/// Somebody wants something of a run that nobody has handed in yet.
package struct EarlyWish: Error, CustomStringConvertible {
    let run: RunID

    package var description: String { "run \(run) is not known yet" }
}

extension RunFact {
    fileprivate var isSubmission: Bool { if case .submitted = self { true } else { false } }

    fileprivate var isWish: Bool {
        switch self {
        case .asked, .reviewed: true
        case .submitted, .claimed, .succeeded, .failed, .ticked: false
        }
    }
}
