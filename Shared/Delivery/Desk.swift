// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
import Wire

/// Where an owner's letters arrive and leave: what came in, what it changed and what is said about it commit together.
package struct Desk: Sendable {
    /// Of two changes that get into each other's way the database turns one away; it comes through at the next try.
    private static let mostTries = 6

    package let database: any Database
    private let relay: Relay
    package let vault: PayloadVault

    package init(database: any Database, relay: Relay, vault: PayloadVault) {
        self.database = database
        self.relay = relay
        self.vault = vault
    }

    /// One transaction for a batch. `work` changes the owner's tables for the letters nobody has seen before, and
    /// answers what is to be said; a letter that comes again finds its number in the inbox and changes nothing.
    ///
    /// It may be called again, after everything it did was taken back, so it does nothing but read and write.
    package func apply<Value: Sendable>(
        consumer: String, letters: [EventID], at now: Timestamp,
        _ work: @Sendable (_ tx: any Transaction, _ fresh: [EventID]) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Value {
        try await send(at: now) { tx in
            // Before anything else: whoever is at the same letters waits here, holding nothing that others wait for.
            try await work(tx, try await unseen(letters, by: consumer, at: now, in: tx))
        }
    }

    /// The same for what the letters brought: `work` gets each thing once. What no letter brought is always new.
    package func apply<News: Sendable, Value: Sendable>(
        consumer: String, news: [News], named letter: @Sendable (News) -> EventID?, at now: Timestamp,
        _ work: @Sendable (_ tx: any Transaction, _ fresh: [News]) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Value {
        try await apply(consumer: consumer, letters: news.compactMap(letter), at: now) { tx, fresh in
            var fresh = Set(fresh)
            return try await work(tx, news.filter { news in letter(news).map { fresh.remove($0) != nil } ?? true })
        }
    }

    /// A change that no letter caused. `work` may be called again here too.
    package func send<Value: Sendable>(
        at now: Timestamp, _ work: @Sendable (_ tx: any Transaction) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Value {
        let (value, hasSaid) = try await untilItFits { tx in
            let (value, outgoing) = try await work(tx)
            try await say(outgoing, at: now, in: tx)
            return (value, !outgoing.isEmpty)
        }
        if hasSaid { relay.ring() }
        return value
    }

    /// Says everything again that went to topics since then, under the numbers it had: for a broker that lost it. Answers
    /// how much that is, or would be.
    package func sayAgain(_ wish: RebuildWish) async throws -> Int {
        guard !wish.isPlan else {
            return try await database.transaction { tx in
                try await tx.row(DeliveryQueries.toSayAgain(wish.since)) ?? 0
            }
        }
        let count = try await database.transaction { tx in
            let count = try await tx.run(DeliveryQueries.sayAgain(wish.since))
            try await tx.announce()
            return count
        }
        relay.ring()
        return count
    }

    /// Each letter once, though it may lie twice in the batch.
    private func unseen(
        _ letters: [EventID], by consumer: String, at now: Timestamp, in tx: any Transaction
    ) async throws -> [EventID] {
        guard !letters.isEmpty else { return [] }
        var fresh = Set(try await tx.rows(DeliveryQueries.see(consumer, DeliveryQueries.list(letters), now)))
        return letters.filter { fresh.remove($0) != nil }
    }

    private func say(_ letters: [OutgoingLetter], at now: Timestamp, in tx: any Transaction) async throws {
        guard !letters.isEmpty else { return }
        var orders: [Order] = []
        for letter in letters.flatMap({ [$0] + $0.copies }) {
            let envelope = try await vault.fold(letter.envelope, to: letter.address)
            orders.append(
                Order(
                    DeliveryQueries.say(
                        envelope.eventID, envelope.eventType.name, letter.address.word, now,
                        EnvelopeWriter.write(envelope))))
        }
        try await tx.send(orders)
        try await tx.announce()
    }

    private func untilItFits<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        var tries = 1
        while true {
            do {
                return try await database.transaction(work)
            } catch let failure as DatabaseFailure where failure.code == .serialization && tries < Self.mostTries {
                // The microsecond of the failure is chance enough to part two that met.
                let now = relay.clock.now()
                let pause = Duration.microseconds((1 + now.microseconds % 1000) << tries)
                tries += 1
                try await relay.clock.sleep(until: now + pause)
            }
        }
    }
}
