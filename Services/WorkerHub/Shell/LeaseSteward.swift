// WorkerHubShell · shell · sees Contracts, Policies, Ports, Telemetry, WorkerHubCore
package import Contracts
package import Ports
package import Telemetry
import WorkerHubCore

/// Brings facts to the lease machine and its decisions to the store; promotes what a settled attempt made.
package struct LeaseSteward: Sendable {
    private let store: any LeaseStore
    private let objects: any ObjectStore
    private let clock: any WallClock
    private let log: Log

    package init(store: any LeaseStore, objects: any ObjectStore, clock: any WallClock, log: Log) {
        self.store = store
        self.objects = objects
        self.clock = clock
        self.log = log
    }

    /// Results are promoted by what the store says of their lease, so whatever came before them in the batch, their own
    /// start above all, is stored first.
    package func receive(_ news: [LeaseNews]) async throws {
        var rest = news[...]
        while let first = rest.first {
            let alike = rest.prefix { $0.isReport == first.isReport }
            try await handle(Array(alike))
            rest = rest.dropFirst(alike.count)
        }
    }

    private func handle(_ news: [LeaseNews]) async throws {
        for result in news.compactMap(\.result) { try await promote(result) }
        let now = clock.now()
        try await store.apply(news, at: now) { lease, fact in LeaseMachine.decide(lease, fact, at: now) }
        for result in news.compactMap(\.result) { try await objects.discard(prefix: result.claim.stagingPrefix) }
    }

    /// Ends the leases of workers that fell silent.
    package func sweep() async throws {
        let silent = try await store.silent(at: clock.now())
        guard !silent.isEmpty else { return }
        log.warning("leases ran out", [.count: silent.count])
        try await receive(silent.map { LeaseNews(eventID: nil, subject: .job($0), fact: .expired) })
    }

    package func nextExpiry() async throws -> Timestamp? { try await store.nextExpiry() }
    package func holders() async throws -> [NodeID] { try await store.holders() }

    /// Objects first, rows after: promoting twice is harmless, a row without its object is not.
    /// A result nobody waits for any more promotes nothing.
    private func promote(_ result: WorkerResult) async throws {
        guard result.status == .succeeded, let lease = try await store.lease(of: result.claim.jobID),
            LeaseMachine.speaks(result.claim, for: lease)
        else { return }
        for artifact in result.artifacts {
            guard let key = artifact.meta.key else {
                throw StoreFailure(.corrupt, during: "promote", cause: "\"\(artifact.meta.uri)\" names no object")
            }
            try await objects.promote(artifact.stagingName, as: key)
        }
    }
}

extension LeaseNews {
    fileprivate var result: WorkerResult? {
        guard case .reported(let result) = fact else { return nil }
        return result
    }

    fileprivate var isReport: Bool { result != nil }
}
