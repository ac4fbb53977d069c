// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

/// Reads what workers have written, and writes what they read.
package protocol Papers: Sendable {
    func shotPlan(_ bytes: [UInt8]) throws -> ShotPlan
    func timeline(_ bytes: [UInt8]) throws -> Timeline
    func bytes(of timeline: Timeline) throws -> [UInt8]
}

/// Shows the shots of runs, and what making some of them anew would mean.
package struct ShotDesk: Sendable {
    private let runs: RunDesk
    private let objects: any ObjectStore
    private let papers: any Papers

    package init(runs: RunDesk, objects: any ObjectStore, papers: any Papers) {
        self.runs = runs
        self.objects = objects
        self.papers = papers
    }

    /// A run that has no plan yet has no shots.
    package func shots(of run: RunID) async throws -> [ShotView] {
        let artifacts = try await runs.artifacts(of: run)
        guard let plan = try await plan(among: artifacts) else { return [] }
        return ShotView.all(of: plan, try await runs.jobs(of: run), artifacts)
    }

    /// What would be made anew with these shots; nil: with all of them.
    package func redoing(_ shots: [ShotID]?, of run: RunID) async throws -> Redoing {
        guard let graph = try await runs.operations.runs.graph(of: run) else {
            throw FailureReport(.dependencyMissing, "the orchestrator does not know the run yet", owner: .gateway)
        }
        let all = graph.nodes.filter { $0.jobType == .renderVideo }.compactMap(\.unit)
        let wanted = shots ?? all.compactMap(ShotID.init(rawValue:))
        guard !wanted.isEmpty else {
            throw FailureReport(.notFound, "the run has no shots yet", owner: .gateway)
        }
        return try graph.redoing(wanted)
    }

    /// The newest: a plan is bound to the entities of its run after it was made.
    private func plan(among artifacts: [ArtifactMeta]) async throws -> ShotPlan? {
        let plans = artifacts.filter { $0.artifactType == .shotPlan }
        guard let key = plans.max(by: { $0.createdAt < $1.createdAt })?.key else { return nil }
        return try papers.shotPlan(try await objects.read(key))
    }
}
