// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
package import Contracts
package import OrchestratorShell
package import Ports
import Wire

/// Dead letters in the orchestrator's database.
package struct SQLDeadBook: DeadBook {
    /// One decision is about so many at most.
    private static let most = 10_000
    private static let excerptBytes = 2000

    private let database: any Database

    package init(database: any Database) { self.database = database }

    package func record(_ corpses: [Corpse]) async throws {
        guard !corpses.isEmpty else { return }
        var orders: [Order] = []
        // In one order everywhere, so that two who record never wait in a ring.
        for corpse in corpses.sorted(by: { $0.letter.place < $1.letter.place }) {
            let letter = corpse.letter
            orders.append(
                Order(
                    DeadQueries.record(
                        letter.eventID, letter.queue, letter.eventType, letter.runID, try JSON.text(letter),
                        letter.errorCode, letter.firstFailedAt, letter.lastFailedAt, corpse.body)))
        }
        let all = orders
        try await database.transaction { tx in try await tx.send(all) }
    }

    package func find(_ filter: DeadFilter, limit: Int) async throws -> FoundDead {
        try await database.transaction { tx in try await find(filter, limit, in: tx) }
    }

    package func kinds() async throws -> [(eventType: String, count: Int, oldest: Timestamp)] {
        try await database.transaction { tx in
            try await tx.rows(DeadQueries.kinds()).map { (eventType: $0, count: $1, oldest: $2) }
        }
    }

    package func replay(_ filter: DeadFilter, by who: String, at now: Timestamp) async throws -> Int {
        try await decide(filter) { DeadQueries.replay($0.eventID, $0.queue, who, now) }
    }

    package func drop(_ filter: DeadFilter, because reason: String) async throws -> Int {
        try await decide(filter) { DeadQueries.drop($0.eventID, $0.queue, reason) }
    }

    package func leaving(limit: Int) async throws -> [Corpse] {
        try await database.transaction { tx in
            try await tx.rows(DeadQueries.leaving(limit)).map { text, body in
                Corpse(try JSON.decode(from: text), body: body)
            }
        }
    }

    package func left(_ letters: [DeadLetter]) async throws {
        guard !letters.isEmpty else { return }
        let orders = letters.map { Order(DeadQueries.left($0.eventID, $0.queue)) }
        try await database.transaction { tx in try await tx.send(orders) }
    }

    package func excerpt(of letter: DeadLetter) async throws -> String? {
        try await database.transaction { tx in
            try await tx.row(DeadQueries.excerpt(letter.eventID, letter.queue, Self.excerptBytes))
        }.map { String(decoding: $0, as: UTF8.self) }
    }

    package func alone(_ work: @Sendable () async throws -> Bool) async throws -> Bool? {
        try await database.alone(at: "dead letters", work)
    }

    private func decide(_ filter: DeadFilter, _ order: @Sendable (DeadLetter) -> Call<Void>) async throws -> Int {
        try await database.transaction { tx in
            var count = 0
            for letter in try await find(filter, Self.most, in: tx).letters { count += try await tx.run(order(letter)) }
            return count
        }
    }

    private func find(_ filter: DeadFilter, _ limit: Int, in tx: any Transaction) async throws -> FoundDead {
        let found = try await tx.rows(
            DeadQueries.letters(
                try filter.names, filter.queue, filter.eventType, filter.errorCode, filter.runID, filter.state, limit))
        let letters = try found.map { _, text, state, first, last, replays, by, at, dropped in
            var letter = try JSON.decode(DeadLetter.self, from: text)
            letter.state = state
            letter.firstFailedAt = first
            letter.lastFailedAt = last
            letter.replayCount = replays
            letter.replayedBy = by
            letter.replayedAt = at
            letter.droppedBecause = dropped
            return letter
        }
        return FoundDead(letters: letters, total: found.first?.0 ?? 0)
    }
}

extension DeadLetter {
    fileprivate var place: String { "\(eventID) \(queue)" }
}

extension DeadFilter {
    fileprivate var names: String? {
        get throws { try eventIDs.map { try JSON.text($0.map(\.rawValue)) } }
    }
}
