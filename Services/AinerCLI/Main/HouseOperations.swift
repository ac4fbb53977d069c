// AinerCLI · wiring · sees everything a laptop needs
import Contracts
import GatewayCore
import GatewayShell
import OrchestratorAdapters
import OrchestratorCore
import Ports

/// Asks the services of this process.
struct HouseOperations: Operations {
    let runs: SQLRunStore
    let clock: any WallClock

    func graph(of run: RunID) async throws -> RunGraph? {
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
}
