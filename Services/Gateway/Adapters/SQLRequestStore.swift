// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
package import Delivery
package import GatewayCore
import GatewayShell
package import Ports
import Wire

package struct SQLRequestStore: RequestStore {
    private let desk: Desk
    private let mint: Mint

    package init(desk: Desk, mint: Mint) {
        self.desk = desk
        self.mint = mint
    }

    package func submit(
        _ spec: TaskSpec, trail: Trail, at now: Timestamp, judge: @escaping @Sendable (StoredRequest?) -> Admission
    ) async throws -> Admission {
        try await desk.send(at: now) { tx in
            let admission = judge(try await read(trail.idempotencyKey, in: tx))
            guard admission == .accept, let runID = trail.runID else { return (admission, []) }
            let kept = try await tx.run(
                RequestQueries.keep(trail.idempotencyKey, spec.taskID, runID, try JSON.text(spec), now))
            guard kept == 1 else {
                // Somebody was quicker with the same key: this request is judged again, on what he left.
                throw DatabaseFailure(.serialization, during: "request.keep", cause: "\(trail.idempotencyKey) is taken")
            }
            // The client's own key: everything else follows from it.
            let envelope = EventEnvelope(
                eventID: mint.name(), type: .ainer(.taskSubmitted), at: now, from: .gateway, trail: trail,
                payload: try JSON.payload(spec), under: trail.idempotencyKey)
            return (admission, [try OutgoingLetter(envelope)])
        }
    }

    package func request(under key: IdempotencyKey) async throws -> StoredRequest? {
        try await desk.database.transaction { tx in try await read(key, in: tx) }
    }

    private func read(_ key: IdempotencyKey, in tx: any Transaction) async throws -> StoredRequest? {
        guard let (runID, spec) = try await tx.row(RequestQueries.request(key)) else { return nil }
        return StoredRequest(spec: try JSON.decode(from: spec), runID: runID)
    }
}

/// What the gateway stores: one row a request.
package enum RequestQueries {
    package static let migrations = [
        Migration(
            1, "create_requests",
            up: """
                CREATE TABLE requests (
                  idempotency_key TEXT PRIMARY KEY NOT NULL,
                  task_id         TEXT NOT NULL UNIQUE,
                  run_id          TEXT NOT NULL UNIQUE,
                  spec            TEXT NOT NULL,
                  created_at      INTEGER NOT NULL
                ) STRICT;
                """,
            down: """
                DROP TABLE requests;
                """)
    ]

    /// Every statement, for the test that holds each against both databases.
    package static let cards = [
        StatementCard(keep), StatementCard(request),
    ]

    static let keep = statement(
        "request.keep", takes: IdempotencyKey.self, TaskID.self, RunID.self, String.self, Timestamp.self,
        gives: Void.self,
        """
        INSERT INTO gateway.requests (idempotency_key, task_id, run_id, spec, created_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (idempotency_key) DO NOTHING
        """)

    static let request = statement(
        "request.read", takes: IdempotencyKey.self, gives: (RunID, String).self,
        """
        SELECT run_id, spec
        FROM gateway.requests
        WHERE idempotency_key = $1
        """)
}
