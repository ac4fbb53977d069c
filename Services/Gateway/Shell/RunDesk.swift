// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

/// Shows runs, follows them and passes on what clients want of them.
package struct RunDesk: Sendable {
    private let runs: any RunViews
    private let bells: RunBells
    private let clock: any WallClock
    package let operations: Operations

    package init(runs: any RunViews, bells: RunBells, operations: Operations, clock: any WallClock) {
        self.runs = runs
        self.bells = bells
        self.operations = operations
        self.clock = clock
    }

    /// A run of somebody else's is not there; one of a project that the caller may not see is refused.
    package func run(_ id: RunID, for caller: Caller, to scope: String = "runs:read") async throws -> RunView {
        guard let run = try await runs.run(id, of: caller.tenant) else {
            throw FailureReport(
                .notFound, "there is no run \(id)", owner: .gateway, nextStep: "list them: GET /api/v1/runs")
        }
        try caller.must(scope, in: run.projectID)
        return run
    }

    package func runs(_ ask: RunAsk, for caller: Caller) async throws -> [RunView] {
        var ask = ask
        if let project = ask.project { try caller.must("runs:read", in: project) }
        if let projects = caller.projects {
            ask.projects = projects.filter { $0.value.contains("runs:read") }.keys.sorted { $0.rawValue < $1.rawValue }
        }
        return try await runs.runs(ask, of: caller.tenant)
    }

    package func jobs(of run: RunID) async throws -> [JobView] { try await runs.jobs(of: run) }

    /// Why it is where it is. One that the orchestrator has not heard of waits for that.
    package func why(_ run: RunView) async throws -> Diagnosis {
        if let diagnosis = try await operations.runs.why(run.runID) { return diagnosis }
        let finding = RunFinding(
            .notHeard, "it was accepted, and the orchestrator has not heard of it", since: run.createdAt,
            remedy: "ainer status")
        return Diagnosis(
            runID: run.runID, status: run.status, stage: run.stage, findings: [finding], asOf: clock.now())
    }

    package func artifacts(of run: RunID) async throws -> [ArtifactMeta] { try await runs.artifacts(of: run) }

    package func events(of run: RunID, after number: Int, limit: Int) async throws -> [HeardEvent] {
        try await runs.events(of: run, after: number, limit: limit)
    }

    package func command(_ order: RunOrder, as deed: Deed) async throws -> Once<RunView> {
        try await runs.command(order, as: deed, at: clock.now())
    }

    /// Tells everything that was and will be said about the run behind the number, and returns when the run is over and
    /// all of it is told.
    package func follow(
        _ run: RunID, after number: Int, tell: ([HeardEvent]) async throws -> Void
    ) async throws {
        var last = number
        try await listening(to: run) { feed, rings in
            var rings = rings.makeAsyncIterator()
            while true {
                let page = try await feed.news(after: last)
                if let newest = page.events.last {
                    try await tell(page.events)
                    last = newest.number
                    continue
                }
                guard !page.isOver else { return }
                await rings.next()
                try Task.checkCancellation()
            }
        }
    }

    /// The run when it is over, or as it is when the time is.
    package func wait(for run: RunID, of tenant: TenantID, until end: Timestamp) async throws -> RunView? {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await untilOver(run, of: tenant) }
            group.addTask {
                try await clock.sleep(until: end)
                return false
            }
            defer { group.cancelAll() }
            _ = try await group.next()
            return try await runs.run(run, of: tenant)
        }
    }

    private func untilOver(_ run: RunID, of tenant: TenantID) async throws -> Bool {
        try await listening(to: run) { _, rings in
            var rings = rings.makeAsyncIterator()
            while try await runs.run(run, of: tenant)?.status.isFinal == false {
                await rings.next()
                try Task.checkCancellation()
            }
            return true
        }
    }

    private func listening<Value: Sendable>(
        to run: RunID, _ work: (RunFeed, AsyncStream<Void>) async throws -> Value
    ) async throws -> Value {
        let runs = runs
        return try await bells.listening(
            to: run, reading: { try await runs.page(of: run, after: $0, limit: $1) }, work)
    }
}
