// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore

/// Where the gateway keeps runs: what was asked for, and what has been heard since.
package protocol RunViews: Sendable {
    /// Request, deed, first view and `task.submitted` commit together.
    func submit(_ task: NewTask, as deed: Deed, at now: Timestamp) async throws -> Once<TaskReceipt>
    /// A command to a run: its event commits with the deed.
    func command(_ command: RunOrder, as deed: Deed, at now: Timestamp) async throws -> Once<RunView>
    func run(_ id: RunID, of tenant: TenantID) async throws -> RunView?
    func runs(_ ask: RunAsk, of tenant: TenantID) async throws -> [RunView]
    /// The run that was asked for under this key.
    func run(under key: IdempotencyKey, of tenant: TenantID) async throws -> RunID?
    func jobs(of run: RunID) async throws -> [JobView]
    func artifacts(of run: RunID) async throws -> [ArtifactMeta]
    /// What was said about the run behind the number, in the order of arrival.
    func events(of run: RunID, after number: Int, limit: Int) async throws -> [HeardEvent]
    /// The same, and whether the run was over then.
    func page(of run: RunID, after number: Int, limit: Int) async throws -> EventPage
    /// Runs whose view has changed since then.
    func changed(since moment: Timestamp) async throws -> [RunID]
    /// When the oldest run was asked for that is not over; nil when all are.
    func oldestUnfinished() async throws -> Timestamp?
    /// Takes what was said into the view; answers the runs that changed.
    func hear(_ envelopes: [EventEnvelope], at now: Timestamp) async throws -> Set<RunID>
}

/// A request that has been looked at and is to be stored.
package struct NewTask: Sendable {
    package let spec: TaskSpec
    package let trail: Trail
    /// Who is told of the run, from its first event on.
    package var hook: NewHook?

    package init(spec: TaskSpec, trail: Trail) {
        self.spec = spec
        self.trail = trail
    }
}

/// What a client is told who submitted.
package struct TaskReceipt: Codable, Hashable, Sendable {
    package let runID: RunID
    package let taskID: TaskID
    package var status: RunStatus
    package var hook: HookReceipt?

    package enum CodingKeys: String, CodingKey {
        case runID = "run_id"
        case taskID = "task_id"
        case status
        case hook
    }

    package init(runID: RunID, taskID: TaskID, status: RunStatus = .queued) {
        self.runID = runID
        self.taskID = taskID
        self.status = status
    }
}

/// Something a client wants of a run, as the event that says so.
package struct RunOrder: Sendable {
    package let runID: RunID
    package let type: AinerEvent
    package let payload: Payload
    package let trail: Trail

    package init(_ type: AinerEvent, to runID: RunID, _ payload: Payload, trail: Trail) {
        self.runID = runID
        self.type = type
        self.payload = payload
        self.trail = trail
    }
}

/// One event of a run under its number: the first that arrived is 1.
package struct HeardEvent: Hashable, Sendable {
    package let number: Int
    package let eventID: EventID
    package let type: String
    /// The whole envelope, as it came.
    package let body: String

    package init(number: Int, eventID: EventID, type: String, body: String) {
        self.number = number
        self.eventID = eventID
        self.type = type
        self.body = body
    }
}

/// Some of what was said about a run, and whether it was over by then.
package struct EventPage: Sendable {
    package let isOver: Bool
    package let events: [HeardEvent]

    package init(isOver: Bool, events: [HeardEvent]) {
        self.isOver = isOver
        self.events = events
    }
}

/// Which runs are wanted, newest first.
package struct RunAsk: Sendable {
    package var project: ProjectID?
    package var chapter: String?
    package var status: RunStatus?
    package var tag: String?
    package var createdAfter: Timestamp?
    package var createdBefore: Timestamp?
    /// Nil: of every project.
    package var projects: [ProjectID]?
    /// Only runs older than this one.
    package var after: RunID?
    package var limit: Int

    package init(limit: Int) { self.limit = limit }
}
