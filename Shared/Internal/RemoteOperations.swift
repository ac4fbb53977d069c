// Internal · doors · sees Contracts, HTTP, HTTPClientDriver, Ports, Telemetry, Web, Wire
package import Contracts
import Ports

/// The orchestrator, asked over its internal door.
package struct RemoteRuns: RunOperations {
    private let line: InternalLine

    package init(_ line: InternalLine) { self.line = line }

    package func graph(of run: RunID) async throws -> RunGraph? {
        try await known { try await line.get("/internal/runs/\(run)/graph") }
    }

    package func why(_ run: RunID) async throws -> Diagnosis? {
        try await known { try await line.get("/internal/runs/\(run)/why") }
    }

    package func deadLetters(_ filter: DeadFilter, limit: Int) async throws -> DeadPage {
        try await line.ask("/internal/dead-letters/search", DeadAsk(filter: filter, limit: limit))
    }

    package func deadLetters(of event: EventID) async throws -> [DeadLetter] {
        let list: InternalList<DeadLetter> = try await line.get("/internal/dead-letters/\(event)")
        return list.items
    }

    package func decide(_ wish: DeadWish) async throws -> DeadDecision {
        try await line.ask("/internal/dead-letters/decide", wish)
    }

    package func rebuild(_ wish: RebuildWish) async throws -> Rebuild {
        try await line.ask("/internal/rebuild", wish)
    }

    private func known<Value: Sendable>(_ ask: () async throws -> Value) async throws -> Value? {
        do { return try await ask() } catch let failure as FailureReport where failure.errorCode == .notFound {
            return nil
        }
    }
}

/// The hub, asked over its internal door.
package struct RemoteFarm: FarmOperations {
    private let line: InternalLine

    package init(_ line: InternalLine) { self.line = line }

    package func nodes() async throws -> [NodeView] {
        let list: InternalList<NodeView> = try await line.get("/internal/nodes")
        return list.items
    }

    package func pools() async throws -> [PoolView] {
        let list: InternalList<PoolView> = try await line.get("/internal/pools")
        return list.items
    }

    package func why(jobs: [JobID]) async throws -> [JobWhy] {
        let list: InternalList<JobWhy> = try await line.ask("/internal/jobs/why", JobsAsk(jobs: jobs))
        return list.items
    }

    package func wish(_ wish: NodeWish, of node: NodeID) async throws -> Bool {
        do {
            let _: NodeWish = try await line.ask("/internal/nodes/\(node)/wish", wish)
            return true
        } catch let failure as FailureReport where failure.errorCode == .notFound {
            return false
        }
    }

    package func rebuild(_ wish: RebuildWish) async throws -> Rebuild {
        try await line.ask("/internal/rebuild", wish)
    }
}

// MARK: what travels

struct InternalList<Item: Codable & Sendable>: Codable, Sendable { let items: [Item] }

struct DeadAsk: Codable, Sendable {
    let filter: DeadFilter
    let limit: Int
}

struct JobsAsk: Codable, Sendable { let jobs: [JobID] }
