// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
package import Delivery
package import GatewayCore
package import Ports
import Wire

/// The gateway's desk: everything a client does is done once under its key.
package struct GatewayDesk: Sendable {
    /// A key is good for this long.
    package static let keeping = Duration.seconds(86_400)

    package let desk: Desk

    package init(_ desk: Desk) { self.desk = desk }

    /// What was done under the deed's key before, or `work` now; its changes, its letters and the deed commit together.
    /// `work` may be called again after what it did was taken back.
    package func once<Value: Codable & Sendable>(
        _ deed: Deed, at now: Timestamp,
        _ work: @Sendable (any Transaction) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Once<Value> {
        do {
            return try await tryOnce(deed, at: now, work)
        } catch let failure as DatabaseFailure {
            // Somebody was quicker with the same key, or with the same name of a thing: now it is there to be seen.
            guard failure.code == .unique else { throw failure }
            return try await tryOnce(deed, at: now, work)
        }
    }

    private func tryOnce<Value: Codable & Sendable>(
        _ deed: Deed, at now: Timestamp,
        _ work: @Sendable (any Transaction) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Once<Value> {
        try await desk.send(at: now) { tx in
            switch deed.judge(by: try await done(deed, in: tx)) {
            case .again(let outcome): return (Once(try JSON.decode(from: outcome), isAgain: true), [])
            case .refused(let failure): throw failure
            case .new:
                let (value, letters) = try await work(tx)
                try await tx.send([Order(DeedQueries.keep(deed, try JSON.text(value), now))])
                return (Once(value, isAgain: false), letters)
            }
        }
    }

    private func done(_ deed: Deed, in tx: any Transaction) async throws -> DoneDeed? {
        guard let (operation, digest, outcome, doneAt) = try await tx.row(DeedQueries.done(deed.tenant, deed.key))
        else { return nil }
        return DoneDeed(operation: operation, digest: digest, outcome: outcome, doneAt: doneAt)
    }
}

package enum DeedQueries {
    package static let cards = [StatementCard(doneCard), StatementCard(keepCard), StatementCard(forget)]

    static func done(_ tenant: TenantID, _ key: IdempotencyKey) -> Call<(String, String, String, Timestamp)> {
        doneCard(tenant, key)
    }

    /// Whoever is slower with the same key fails here, and then finds what the other has done.
    static func keep(_ deed: Deed, _ outcome: String, _ now: Timestamp) -> Call<Void> {
        keepCard(deed.tenant, deed.key, deed.operation, deed.digest, outcome, now)
    }

    private static let doneCard = statement(
        "deed.done", takes: TenantID.self, IdempotencyKey.self, gives: (String, String, String, Timestamp).self,
        """
        SELECT operation, digest, outcome, done_at
        FROM gateway.deeds
        WHERE tenant_id = $1
          AND key = $2
        """)

    private static let keepCard = statement(
        "deed.keep", takes: TenantID.self, IdempotencyKey.self, String.self, String.self, String.self, Timestamp.self,
        gives: Void.self,
        """
        INSERT INTO gateway.deeds (tenant_id, key, operation, digest, outcome, done_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """)

    static let forget = statement(
        "deed.forget", takes: Timestamp.self, gives: Void.self,
        """
        DELETE FROM gateway.deeds
        WHERE (tenant_id, key) IN (
          SELECT tenant_id, key
          FROM gateway.deeds
          WHERE done_at < $1
          ORDER BY done_at
          LIMIT 1000
        )
        """)
}
