// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
import Wire

/// Where an owner's letters arrive and leave: what came in, what it changed and what is said about it commit together.
package struct Desk: Sendable {
    package let database: any Database
    private let relay: Relay
    private let vault: PayloadVault

    package init(database: any Database, relay: Relay, vault: PayloadVault) {
        self.database = database
        self.relay = relay
        self.vault = vault
    }

    /// One transaction for a batch. `work` changes the owner's tables for the letters nobody has seen before, and
    /// answers what is to be said; a letter that comes again finds its number in the inbox and changes nothing.
    package func apply<Value: Sendable>(
        consumer: String, letters: [EventID], at now: Timestamp,
        _ work: @Sendable (_ tx: any Transaction, _ fresh: [EventID]) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Value {
        let value = try await database.transaction { tx in
            let fresh = try await unseen(letters, by: consumer, in: tx)
            let (value, outgoing) = try await work(tx, fresh)
            for letter in fresh { try await tx.run(DeliveryTables.seen(consumer, letter, now)) }
            try await say(outgoing, at: now, in: tx)
            return value
        }
        relay.ring()
        return value
    }

    /// A change that no letter caused.
    package func send<Value: Sendable>(
        at now: Timestamp, _ work: @Sendable (_ tx: any Transaction) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Value {
        let value = try await database.transaction { tx in
            let (value, outgoing) = try await work(tx)
            try await say(outgoing, at: now, in: tx)
            return value
        }
        relay.ring()
        return value
    }

    /// Each letter once, though it may lie twice in the batch.
    private func unseen(_ letters: [EventID], by consumer: String, in tx: any Transaction) async throws -> [EventID] {
        var fresh: [EventID] = []
        for letter in letters where !fresh.contains(letter) {
            if try await tx.row(DeliveryTables.known(consumer, letter)) == nil { fresh.append(letter) }
        }
        return fresh
    }

    private func say(_ letters: [OutgoingLetter], at now: Timestamp, in tx: any Transaction) async throws {
        for letter in letters.flatMap({ [$0] + $0.copies }) {
            let envelope = try await vault.fold(letter.envelope)
            try await tx.run(
                DeliveryTables.say(
                    envelope.eventID, envelope.eventType.name, letter.address.stored, now,
                    EnvelopeWriter.write(envelope)))
        }
    }
}
