// OrchestratorShell · shell · sees Contracts, Policies, Ports, Telemetry, OrchestratorCore
package import Contracts
package import OrchestratorCore
package import Policies

/// A fact about a run and the envelope that brought it; the clock's own facts come in no envelope.
package struct RunNews: Sendable {
    package let eventID: EventID?
    package let runID: RunID
    package let fact: RunFact

    package init(eventID: EventID?, runID: RunID, fact: RunFact) {
        self.eventID = eventID
        self.runID = runID
        self.fact = fact
    }
}

/// Where runs are kept. State, what it causes to be said and which envelopes were seen commit together.
package protocol RunStore: Sendable {
    typealias Decision = @Sendable (RunState?, RunFact) -> Step<RunState?, RunEffect>

    /// One transaction for all the news; what was seen before changes nothing.
    func apply(_ news: [RunNews], at now: Timestamp, decide: @escaping Decision) async throws
    /// Runs with a retry, a start, a deadline or a gate whose time has come.
    func ripe(at now: Timestamp) async throws -> [RunID]
    func nextDue() async throws -> Timestamp?
    func run(_ id: RunID) async throws -> RunState?
}
