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
    /// Rings when a notice has been written: the courier of another process sees it when it falls due.
    package let notices = Bells()
    private let convoy: Convoy

    package init(_ desk: Desk) {
        self.desk = desk
        convoy = Convoy(desk)
    }

    /// What was done under the deed's key before, or `work` now; its changes, its letters and the deed commit together,
    /// and with those of others that came at the same time.
    ///
    /// `work` may be called again after what it did was taken back. It refuses before it writes, or the others wait.
    package func once<Value: Codable & Sendable>(
        _ deed: Deed, at now: Timestamp,
        _ work: @escaping @Sendable (any Transaction) async throws -> (Value, [OutgoingLetter])
    ) async throws -> Once<Value> {
        let outcome = try await convoy.travel(deed, at: now) { tx in
            let (value, letters) = try await work(tx)
            return (value, try JSON.text(value), letters)
        }
        switch outcome {
        case .again(let kept): return Once(try JSON.decode(from: kept), isAgain: true)
        case .done(let value):
            guard let value = value as? Value else {
                throw FailureReport(.programFault, "a deed came back as somebody else's", owner: .gateway)
            }
            return Once(value, isAgain: false)
        }
    }

    /// What no client has to repeat: questions, and what happens by itself.
    package func transaction<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        try await desk.database.transaction(work)
    }

    /// What was done under the deed's key before, for whoever refuses by what may have changed since.
    package func before<Value: Codable & Sendable>(_ deed: Deed) async throws -> Once<Value>? {
        let call = try DeedQueries.done([deed.name])
        let found = try await transaction { tx in try await tx.row(call) }
        let known = found.map { DoneDeed(operation: $0.2, digest: $0.3, outcome: $0.4, doneAt: $0.5) }
        switch deed.judge(by: known) {
        case .new: return nil
        case .again(let outcome): return Once(try JSON.decode(from: outcome), isAgain: true)
        case .refused(let failure): throw failure
        }
    }
}

package enum DeedQueries {
    package static let cards = [StatementCard(doneCard), StatementCard(keepCard), StatementCard(forget)]

    /// What was done under these names, of those there are.
    static func done(
        _ names: [Deed.Name]
    ) throws -> Call<(TenantID, IdempotencyKey, String, String, String, Timestamp)> {
        doneCard(try JSON.text(names.map { [$0.tenant.rawValue, $0.key.rawValue] }))
    }

    /// Whoever is slower with the same key fails here, and then finds what the other has done.
    static func keep(_ deed: Deed, _ outcome: String, _ now: Timestamp) -> Call<Void> {
        keepCard(deed.tenant, deed.key, deed.operation, deed.digest, outcome, now)
    }

    /// A list of pairs as JSON; a pair is tenant and key.
    private static let doneCard = statement(
        "deed.done", takes: String.self,
        gives: (TenantID, IdempotencyKey, String, String, String, Timestamp).self,
        """
        SELECT deeds.tenant_id, deeds.key, deeds.operation, deeds.digest, deeds.outcome, deeds.done_at
        FROM json_each($1) AS asked                                                                  -- only sqlite
        CROSS JOIN gateway.deeds AS deeds                                                            -- only sqlite
        WHERE deeds.tenant_id = json_extract(asked.value, '$[0]')                                    -- only sqlite
          AND deeds.key = json_extract(asked.value, '$[1]')                                          -- only sqlite
        FROM json_array_elements(CAST($1 AS json)) AS asked                                          -- only postgres
        -- one look into the index for each: joined, the whole table would be read                   -- only postgres
        CROSS JOIN LATERAL (                                                                         -- only postgres
          SELECT tenant_id, key, operation, digest, outcome, done_at                                 -- only postgres
          FROM gateway.deeds AS found                                                                -- only postgres
          WHERE found.tenant_id = asked ->> 0 AND found.key = asked ->> 1                            -- only postgres
          LIMIT 1) AS deeds                                                                          -- only postgres
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
