// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
package import GatewayShell
package import Ports
import Wire

/// Gates in a database.
package struct SQLGates: Gates {
    private let desk: GatewayDesk
    private let mint: Mint

    package init(desk: GatewayDesk, mint: Mint) {
        self.desk = desk
        self.mint = mint
    }

    package func gates(_ ask: GateAsk, of tenant: TenantID) async throws -> [PlacedGate] {
        let projects = try ask.projects.map { try JSON.text($0) }
        return try await desk.transaction { tx in
            try await tx.rows(
                GateQueries.list(tenant, ask.status, ask.project, projects, ask.after, ask.now, ask.limit))
        }.map { PlacedGate(try JSON.decode(from: $0.1), at: $0.0) }
    }

    package func gates(of run: RunID) async throws -> [GateView] {
        try await desk.transaction { tx in try await tx.rows(GateQueries.ofRun(run)) }
            .map { try JSON.decode(from: $0) }
    }

    package func decide(_ verdict: GateVerdict, as deed: Deed, at now: Timestamp) async throws -> Once<GateView> {
        let said = ReviewResolved(
            runID: verdict.runID, gate: verdict.gate, decision: verdict.decision, by: verdict.subject,
            comment: verdict.comment)
        let letter = try OutgoingLetter(
            EventEnvelope(
                eventID: mint.name(), type: .ainer(.reviewResolved), at: now, from: .gateway, trail: verdict.trail,
                payload: try JSON.payload(said), under: deed.key))
        return try await desk.once(deed, at: now) { tx in
            guard let stored = try await tx.row(GateQueries.one(verdict.runID, verdict.gate, deed.tenant)) else {
                throw FailureReport(
                    .notFound, "the run has not come to a gate \(verdict.gate)", owner: .gateway,
                    nextStep: "list them: GET /api/v1/runs/\(verdict.runID)/gates")
            }
            var gate: GateView = try JSON.decode(from: stored)
            guard try gate.take(verdict.decision, by: verdict.subject, verdict.comment, at: now) else {
                return (gate, [])
            }
            try await tx.send([
                Order(GateQueries.keep(verdict.runID, verdict.gate, gate.status, try JSON.text(gate)))
            ])
            return (gate, [letter])
        }
    }

    /// What a run that comes to a gate writes. Asked anew after it was decided, it waits anew.
    static func opening(
        _ asked: ReviewRequested, of tenant: TenantID, _ project: ProjectID, at said: Timestamp
    ) throws -> Order {
        let view = GateView(asked, of: project, at: said)
        let time = String(said.microseconds)
        let place = String(repeating: "0", count: max(0, 20 - time.count)) + time + "-\(asked.runID)-\(asked.gate)"
        return Order(
            GateQueries.open(asked.runID, asked.gate, tenant, project, place, view.defaultAt, try JSON.text(view)))
    }
}

extension GateView.Status: SQLValue {}

/// What is asked of the gates.
package enum GateQueries {
    package static let cards = [
        StatementCard(open), StatementCard(list), StatementCard(ofRun), StatementCard(one), StatementCard(keep),
    ]

    static let open = statement(
        "gate.open", takes: RunID.self, String.self, TenantID.self, ProjectID.self, String.self, Timestamp?.self,
        String.self, gives: Void.self,
        """
        INSERT INTO gateway.gates (run_id, gate, tenant_id, project_id, place, status, default_at, view)
        VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7)
        ON CONFLICT (run_id, gate) DO UPDATE
        SET place = excluded.place,
            status = excluded.status,
            default_at = excluded.default_at,
            view = excluded.view
        WHERE gates.place < excluded.place
        """)

    /// Whoever is over waits for nobody, and neither does a gate whose default has decided.
    static let list = statement(
        "gate.list", takes: TenantID.self, GateView.Status?.self, ProjectID?.self, String?.self, String?.self,
        Timestamp.self, Int.self, gives: (String, String).self,
        """
        SELECT gates.place, gates.view
        FROM gateway.gates AS gates
        JOIN gateway.runs AS runs ON runs.id = gates.run_id
        WHERE gates.tenant_id = $1
          AND ($2 IS NULL OR gates.status = $2)
          AND ($2 IS NULL OR $2 <> 'waiting'
            OR (runs.status NOT IN ('succeeded', 'failed', 'canceled')
              AND (gates.default_at IS NULL OR gates.default_at > $6)))
          AND ($3 IS NULL OR gates.project_id = $3)
          AND ($4 IS NULL OR gates.project_id IN (SELECT value FROM json_each($4)))                     -- only sqlite
          AND ($4 IS NULL OR gates.project_id IN (SELECT json_array_elements_text(CAST($4 AS json))))   -- only postgres
          AND ($5 IS NULL OR gates.place > $5)
        ORDER BY gates.place
        LIMIT $7
        """)

    static let ofRun = statement(
        "gate.of_run", takes: RunID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.gates
        WHERE run_id = $1
        ORDER BY place
        """)

    static let one = statement(
        "gate.one", takes: RunID.self, String.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.gates
        WHERE run_id = $1
          AND gate = $2
          AND tenant_id = $3
        FOR UPDATE      -- only postgres
        """)

    static let keep = statement(
        "gate.keep", takes: RunID.self, String.self, GateView.Status.self, String.self, gives: Void.self,
        """
        UPDATE gateway.gates
        SET status = $3,
            view = $4
        WHERE run_id = $1
          AND gate = $2
        """)
}
