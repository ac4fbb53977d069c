// Contracts · pure · sees nothing

/// The routing keys of the event exchange. A queue of a consumer group is `ainer.<topic>.<consumer>`.
package enum Topic: String, CaseIterable, Codable, Hashable, Sendable {
    case taskSubmitted = "task.submitted"
    case gatewayEvents = "gateway.events"
    case runStatus = "run.status"
    case jobDispatch = "job.dispatch"
    case jobStatus = "job.status"
    /// Tickets: not a topic of the exchange, each pool has a queue of its own.
    case jobExec = "job.exec"
    /// Orders to one node: each has a queue of its own.
    case nodeControl = "node.control"
    case workerResult = "worker.result"
    case workerDetail = "worker.detail"
    case composeStatus = "compose.status"
    case skillEvents = "skill.events"
    case observeEvents = "observe.events"
    case alertEvents = "alert.events"
    case genesisSessionEvents = "genesis.session.events"
    case agentEvents = "agent.events"
    case unitEvents = "unit.events"

    /// True when what is said here goes to one queue by name.
    package var isDirect: Bool { self == .jobExec || self == .nodeControl }
}
