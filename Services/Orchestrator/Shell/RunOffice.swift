// OrchestratorShell · shell · sees Contracts, Policies, Ports, Telemetry, OrchestratorCore
package import Contracts
import OrchestratorCore
package import Ports
package import Telemetry

/// Where the orchestrator is asked about runs, and told what operators want of dead letters and of its outbox.
package struct RunOffice: RunOperations {
    package typealias SayAgain = @Sendable (RebuildWish) async throws -> Int

    private let runs: any RunStore
    private let dead: DeadLetterDesk
    private let hub: any FarmOperations
    private let clock: any WallClock
    private let log: Log
    private let sayAgain: SayAgain

    package init(
        runs: any RunStore, dead: DeadLetterDesk, hub: any FarmOperations, clock: any WallClock, log: Log,
        sayAgain: @escaping SayAgain
    ) {
        self.runs = runs
        self.dead = dead
        self.hub = hub
        self.clock = clock
        self.log = log
        self.sayAgain = sayAgain
    }

    package func graph(of run: RunID) async throws -> RunGraph? {
        guard let state = try await runs.run(run) else { return nil }
        let nodes = state.jobs.map { job in
            var node = RunGraph.Node(
                JobHead(
                    jobID: job.jobID, runID: run, jobType: job.jobType, unit: job.unit, attempt: job.failures + 1),
                stage: job.stage, pool: job.pool, status: job.status, after: job.after)
            node.dueAt = job.dueAt
            return node
        }
        return RunGraph(runID: run, nodes: nodes, asOf: clock.now())
    }

    package func why(_ run: RunID) async throws -> Diagnosis? {
        guard let state = try await runs.run(run) else { return nil }
        var witness = RunWitness()
        if !state.status.isFinal {
            witness.dead = try await dead.waiting(about: run)
            witness.jobs = await whereabouts(of: RunDoctor.patients(state))
        }
        return RunDoctor.diagnose(state, witness, at: clock.now())
    }

    /// Nil when the hub does not answer, which is an answer too.
    private func whereabouts(of jobs: [JobID]) async -> [JobID: JobWhy]? {
        guard !jobs.isEmpty else { return [:] }
        do {
            let answers = try await hub.why(jobs: jobs)
            return Dictionary(answers.map { ($0.jobID, $0) }, uniquingKeysWith: { first, _ in first })
        } catch {
            log.warning("the hub does not say where jobs are", [.count: jobs.count, .cause: "\(error)"])
            return nil
        }
    }

    package func deadLetters(_ filter: DeadFilter, limit: Int) async throws -> DeadPage {
        try await dead.page(filter, limit: limit)
    }

    package func deadLetters(of event: EventID) async throws -> [DeadLetter] { try await dead.letters(of: event) }

    package func decide(_ wish: DeadWish) async throws -> DeadDecision { try await dead.decide(wish) }

    package func rebuild(_ wish: RebuildWish) async throws -> Rebuild {
        let letters = try await sayAgain(wish)
        if !wish.isPlan { log.notice("what the broker lost is said again", [.count: letters]) }
        return Rebuild(wish, letters: letters)
    }
}
