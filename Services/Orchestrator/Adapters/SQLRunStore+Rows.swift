// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
import Contracts
import OrchestratorCore
import Ports
import Wire

extension SQLRunStore {
    /// A run as it is stored, and the number of its last change.
    typealias Found = (state: RunState, version: Int)

    func read(_ id: RunID, in tx: any Transaction) async throws -> Found? {
        guard
            let (status, stage, version, snapshot, failure, isHeld, deadlineAt) = try await tx.row(RunQueries.run(id))
        else { return nil }
        let jobs = try await tx.rows(RunQueries.jobs(id)).map { try JSON.decode(Job.self, from: $0) }
        var state = RunState(frozen: try JSON.decode(from: snapshot), status: status, stage: stage, jobs: jobs)
        // Who wished for no gate was asked nothing: most runs save the question.
        state.gates = state.spec.gates == nil ? [] : try await gates(of: id, in: tx)
        state.isHeld = isHeld
        state.deadlineAt = deadlineAt
        state.failure = try failure.map { try JSON.decode(from: $0) }
        return (state, version)
    }

    private func gates(of run: RunID, in tx: any Transaction) async throws -> [Gate] {
        try await tx.rows(RunQueries.gates(run)).map { row in
            let (name, stage, status, askedAt, deadlineAt, byDefault, decidedBy, decidedAt, comment) = row
            var gate = Gate(
                gate: name, stage: stage, status: status, askedAt: askedAt, deadlineAt: deadlineAt,
                defaultDecision: byDefault.flatMap(GateWish.Decision.init(rawValue:)))
            gate.decidedBy = decidedBy
            gate.decidedAt = decidedAt
            gate.comment = comment
            return gate
        }
    }

    func write(_ state: RunState, over found: Found?, at now: Timestamp, in tx: any Transaction) async throws {
        let failure = try state.failure.map { try JSON.text($0) }
        if let found {
            let moved = try await tx.run(
                RunQueries.move(
                    state.runID, found.version, state.status, state.stage, failure, state.isHeld, state.deadlineAt,
                    state.nextLook, now))
            try expect(moved, "run.move", state.runID)
        } else {
            let opened = try await tx.run(
                RunQueries.open(
                    state.runID, state.status, state.stage, try JSON.text(state.snapshot), failure, state.isHeld,
                    state.deadlineAt, state.nextLook, now))
            try expect(opened, "run.open", state.runID)
        }
        let all = (found?.state.jobs ?? []) + (found?.state.retired ?? [])
        let before = Dictionary(uniqueKeysWithValues: all.map { ($0.jobID, $0) })
        // The run's row is ours: nobody else writes these, and nobody waits for what becomes of each.
        var orders: [Order] = []
        for job in state.jobs + state.retired where before[job.jobID] != job {
            orders.append(
                Order(RunQueries.keepJob(job.jobID, state.runID, job.status, job.dueAt, try JSON.text(job), now)))
        }
        for gate in state.gates where found?.state.gates.contains(gate) != true {
            orders.append(
                Order(
                    RunQueries.keepGate(
                        state.runID, gate.gate, gate.askedAt, gate.stage, gate.status, gate.deadlineAt,
                        gate.defaultDecision?.rawValue, gate.decidedBy, gate.decidedAt, gate.comment)))
        }
        try await tx.send(orders)
    }

    /// Every wish for work anew: what was changed, and what was done about the old.
    func record(
        _ effects: [RunEffect], of run: RunID, version: Int, at now: Timestamp, in tx: any Transaction
    ) async throws {
        var place = 0
        for case .amended(let amendment) in effects {
            let jobs = try JSON.text(amendment.jobs)
            try await tx.run(
                RunQueries.patch(
                    run, version, place, amendment.kind.rawValue, amendment.stage, jobs, amendment.asker.reason,
                    amendment.asker.name, now))
            for made in amendment.compensations {
                try await tx.run(
                    RunQueries.compensate(run, version, place, made.stage, made.action, made.detail, now))
            }
            place += 1
        }
    }

    /// Where somebody else was quicker, all of it is decided again on what he wrote.
    private func expect(_ changes: Int, _ during: String, _ run: RunID) throws(DatabaseFailure) {
        guard changes != 1 else { return }
        throw DatabaseFailure(.serialization, during: during, cause: "\(run) moved meanwhile")
    }
}
