// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports

/// What a client hands in, looked at already.
package struct Submission: Sendable {
    package var project: ProjectID
    /// What the client calls the text.
    package var chapter: String
    package var source: Source
    package var quality = Quality.standard
    package var language = "und"
    package var seed: UInt64 = 1
    package var budgetProfile: BudgetProfile?
    package var deadlineMS: Int?
    package var priority: Int?
    package var overrides: [String: JSONValue]?
    package var gates: [GateWish]?
    package var budget: Budget?
    package var tags: [String]?
    package var startAfter: Timestamp?
    package var mishaps: [Mishap]?
    package var hook: NewHook?

    package enum Source: Sendable {
        case text([UInt8])
        /// A text that is stored already.
        case stored(ArtifactMeta)
    }

    package init(project: ProjectID, chapter: String, source: Source) {
        self.project = project
        self.chapter = chapter
        self.source = source
    }
}

/// Where a request comes from: what every event that follows from it carries.
package struct Origin: Sendable {
    package var trace: TraceID
    package var correlation: CorrelationID?

    package init(trace: TraceID, correlation: CorrelationID? = nil) {
        self.trace = trace
        self.correlation = correlation
    }
}

/// Takes requests in: the text into the store, the request and `task.submitted` into the database.
package struct TaskDesk: Sendable {
    private let runs: any RunViews
    private let objects: any ObjectStore
    private let clock: any WallClock
    private let mint: Mint

    package init(runs: any RunViews, objects: any ObjectStore, clock: any WallClock, mint: Mint) {
        self.runs = runs
        self.objects = objects
        self.clock = clock
        self.mint = mint
    }

    /// Answers the run of this request: a new one, or the one it already had.
    package func submit(_ wish: Submission, as deed: Deed, from origin: Origin) async throws -> Once<TaskReceipt> {
        let now = clock.now()
        let spec = try await spec(of: wish, for: deed.tenant, at: now)
        let runID: RunID = mint.name()
        let trail = Trail(
            tenantID: deed.tenant, projectID: wish.project, runID: runID, traceID: origin.trace,
            correlationID: origin.correlation ?? CorrelationID(trusted: spec.taskID.rawValue),
            idempotencyKey: deed.key)
        var task = NewTask(spec: spec, trail: trail)
        task.hook = wish.hook
        task.hook?.hook.runID = runID
        return try await runs.submit(task, as: deed, at: now)
    }

    private func spec(of wish: Submission, for tenant: TenantID, at now: Timestamp) async throws -> TaskSpec {
        var spec = TaskSpec(
            taskID: mint.name(), tenantID: tenant, projectID: wish.project, chapterID: wish.chapter,
            requestedQuality: wish.quality, languageContext: wish.language, input: try await stored(wish.source, now),
            seed: wish.seed)
        spec.budgetProfile = wish.budgetProfile
        spec.deadlineMS = wish.deadlineMS
        spec.priority = wish.priority
        spec.userOverrides = wish.overrides
        spec.gates = wish.gates
        spec.budget = wish.budget
        spec.tags = wish.tags
        spec.startAfter = wish.startAfter
        spec.mishaps = wish.mishaps
        return spec
    }

    private func stored(_ source: Submission.Source, _ now: Timestamp) async throws -> ArtifactMeta {
        switch source {
        case .stored(let meta): return meta
        case .text(let text):
            let stored = try await objects.put(text)
            return ArtifactMeta(
                artifactID: mint.name(), type: .sourceText, key: stored.key, sizeBytes: stored.sizeBytes,
                createdAt: now, mimeType: "text/markdown")
        }
    }
}
