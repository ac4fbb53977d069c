// OrchestratorShell · shell · sees Contracts, Policies, Ports, Telemetry, OrchestratorCore
package import Contracts
import OrchestratorCore
package import Ports
package import Telemetry

/// Brings facts to the run machine and its decisions to the store.
package struct RunSteward: Sendable {
    private let store: any RunStore
    private let clock: any WallClock
    private let entropy: any Entropy
    private let log: Log

    package init(store: any RunStore, clock: any WallClock, entropy: any Entropy, log: Log) {
        self.store = store
        self.clock = clock
        self.entropy = entropy
        self.log = log
    }

    package func receive(_ news: [RunNews]) async throws {
        let now = clock.now()
        let entropy = self.entropy
        try await store.apply(news, at: now) { state, fact in
            RunMachine.decide(state, fact, on: Occasion(at: now, chance: entropy.bits()))
        }
    }

    /// Tells every run whose time has come: for a retry, its start, its deadline or a gate.
    package func tick() async throws {
        let ripe = try await store.ripe(at: clock.now())
        guard !ripe.isEmpty else { return }
        log.notice("runs are due", [.count: ripe.count])
        try await receive(ripe.map { RunNews(eventID: nil, runID: $0, fact: .ticked) })
    }

    package func nextDue() async throws -> Timestamp? { try await store.nextDue() }
}
