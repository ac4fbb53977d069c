// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
import Policies
import Ports
import Telemetry
import Wire
import WorkerHubCore

extension LeaseBatch {
    mutating func hear(_ fact: NodeFact, of node: NodeID) { nodeFacts[node, default: []].append(fact) }

    /// Counts how the nodes' work ended, judges those that failed, and brings their records up to date.
    mutating func settleNodes() async throws {
        for node in Set(nodeFacts.keys).union(outcomes.keys).sorted() {
            for pool in Pool.allCases {
                guard let tally = outcomes[node]?[pool] else { continue }
                try await tx.run(NodeQueries.count(now.minute, pool, node, tally.results, tally.failures))
            }
            if let reason = try await fault(of: node) { hear(.stoodOut(reason: reason), of: node) }
            if let facts = nodeFacts[node] { try await take(facts, of: node) }
        }
    }

    private func fault(of node: NodeID) async throws -> String? {
        let failed = (outcomes[node] ?? [:]).filter { $0.value.failures > 0 }
        guard !failed.isEmpty else { return nil }
        let rows = try await tx.rows(NodeQueries.tallies(now.ago(NodeHealth.window).minute))
        for pool in Pool.allCases where failed[pool] != nil {
            let ofPool = rows.filter { $0.0 == pool }
            let tallies = Dictionary(
                ofPool.map { ($0.1, Tally(results: $0.2, failures: $0.3)) }, uniquingKeysWith: { $0 + $1 })
            if let reason = NodeHealth.fault(of: node, among: tallies, in: pool) { return reason }
        }
        return nil
    }

    private mutating func take(_ facts: [NodeFact], of node: NodeID) async throws {
        let found = try await NodeRow.read(node, in: tx)
        var record = found
        var effects: [NodeEffect] = []
        for fact in facts {
            let step = NodeMachine.decide(record, fact, at: now)
            record = step.state
            effects += step.effects
        }
        if let record {
            if record != found { try await NodeRow.write(record, in: tx) }
            let hasOtherSlots = record.slots != (found?.slots ?? [:])
            if hasOtherSlots { try await NodeRow.writeSlots(record, in: tx) }
            if hasOtherSlots || record.standing != found?.standing { touched.formUnion(record.slots.keys) }
        } else if found != nil {
            try await tx.run(NodeQueries.drop(node))
        }
        for case .quarantined(let order, _) in effects {
            log.warning("a node gets no work for a while", [.nodeID: node, .cause: order.reason ?? ""])
            try await tx.run(NodeQueries.dropMinutes(node))
        }
        // Who is gone reads no letters, and has no queue to read them from.
        if record != nil { letters += try effects.flatMap(speaker.letters) }
    }
}

/// A node as a row, both ways.
enum NodeRow {
    static func read(_ node: NodeID, in tx: any Transaction) async throws -> NodeRecord? {
        guard let row = try await tx.row(NodeQueries.node(node)) else { return nil }
        return try record(row)
    }

    static func record(_ row: (String, String?, Timestamp, Timestamp?, Timestamp, String)) throws -> NodeRecord {
        let (word, reason, since, until, seenAt, telemetry) = row
        guard let standing = Standing(rawValue: word) else {
            throw DatabaseFailure(.decoding, during: "node.read", cause: "no node stands as \"\(word)\"")
        }
        return NodeRecord(
            try JSON.decode(from: telemetry), standing: standing, reason: reason, since: since, until: until,
            seenAt: seenAt)
    }

    static func write(_ record: NodeRecord, in tx: any Transaction) async throws {
        try await tx.run(
            NodeQueries.keep(
                record.telemetry.nodeID, record.standing.rawValue, record.reason, record.since, record.until,
                record.seenAt, try JSON.text(record.telemetry)))
    }

    static func writeSlots(_ record: NodeRecord, in tx: any Transaction) async throws {
        try await tx.run(NodeQueries.dropPools(record.telemetry.nodeID))
        for (pool, slots) in record.slots.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try await tx.run(NodeQueries.keepPool(record.telemetry.nodeID, pool, slots))
        }
    }
}

extension NodeRecord {
    fileprivate var slots: [Pool: Int] {
        Dictionary(telemetry.pools.map { ($0.pool, $0.slots) }, uniquingKeysWith: +)
    }
}
