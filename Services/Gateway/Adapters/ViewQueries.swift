// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import GatewayShell
package import Ports

/// What is asked of the runs.
package enum ViewQueries {
    package static let cards = [
        StatementCard(open), StatementCard(tag), StatementCard(run), StatementCard(list), StatementCard(underKey),
        StatementCard(changed), StatementCard(oldestUnfinished), StatementCard(jobs), StatementCard(artifacts),
        StatementCard(events),
        StatementCard(page),
    ]

    /// Its view is the task's own as long as nobody has said anything about it.
    static let open = statement(
        "run.open", takes: RunID.self, TenantID.self, ProjectID.self, String.self, IdempotencyKey.self, String.self,
        String.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO gateway.runs (id, tenant_id, project_id, chapter_id, status, idempotency_key, spec, view,
          last_event, created_at, changed_at)
        VALUES ($1, $2, $3, $4, 'queued', $5, $6, $7, 0, $8, $8)
        """)

    static let tag = statement(
        "run.tag", takes: TenantID.self, String.self, RunID.self, gives: Void.self,
        """
        INSERT INTO gateway.run_tags (tenant_id, tag, run_id)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING
        """)

    static let run = statement(
        "run.view", takes: RunID.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.runs
        WHERE id = $1
          AND tenant_id = $2
        """)

    /// `$4` is a list of projects as JSON, or nothing for all of them.
    static let list = statement(
        "run.list", takes: TenantID.self, RunID?.self, ProjectID?.self, String?.self, String?.self, RunStatus?.self,
        String?.self, Timestamp?.self, Timestamp?.self, Int.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.runs AS runs
        WHERE tenant_id = $1
          AND ($2 IS NULL OR id < $2)
          AND ($3 IS NULL OR project_id = $3)
          AND ($4 IS NULL OR project_id IN (SELECT value FROM json_each($4)))                        -- only sqlite
          AND ($4 IS NULL OR project_id IN (SELECT json_array_elements_text(CAST($4 AS json))))      -- only postgres
          AND ($5 IS NULL OR chapter_id = $5)
          AND ($6 IS NULL OR status = $6)
          AND ($7 IS NULL OR EXISTS (
            SELECT 1 FROM gateway.run_tags AS tags
            WHERE tags.tenant_id = $1 AND tags.tag = $7 AND tags.run_id = runs.id))
          AND ($8 IS NULL OR created_at > $8)
          AND ($9 IS NULL OR created_at < $9)
        ORDER BY id DESC
        LIMIT $10
        """)

    static let underKey = statement(
        "run.under_key", takes: TenantID.self, IdempotencyKey.self, gives: (RunID).self,
        """
        SELECT id
        FROM gateway.runs
        WHERE tenant_id = $1
          AND idempotency_key = $2
        ORDER BY id DESC
        LIMIT 1
        """)

    static let changed = statement(
        "run.changed", takes: Timestamp.self, gives: (RunID).self,
        """
        SELECT id
        FROM gateway.runs
        WHERE changed_at >= $1
        """)

    static let oldestUnfinished = statement(
        "run.oldest_unfinished", gives: (Timestamp?).self,
        """
        SELECT min(created_at)
        FROM gateway.runs
        WHERE status NOT IN ('succeeded', 'failed', 'canceled')
        """)

    static let jobs = statement(
        "run.jobs", takes: RunID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.run_jobs
        WHERE run_id = $1
        ORDER BY id
        """)

    static let artifacts = statement(
        "run.artifacts", takes: RunID.self, gives: (String).self,
        """
        SELECT meta
        FROM gateway.artifacts
        WHERE run_id = $1
        ORDER BY id
        """)

    static let events = statement(
        "run.events", takes: RunID.self, Int.self, Int.self, gives: (Int, EventID, String, String).self,
        """
        SELECT number, event_id, type, body
        FROM gateway.run_events
        WHERE run_id = $1
          AND number > $2
        ORDER BY number
        LIMIT $3
        """)

    /// One row without an event when there is none.
    static let page = statement(
        "run.page", takes: RunID.self, Int.self, Int.self,
        gives: (RunStatus, Int?, EventID?, String?, String?).self,
        """
        SELECT runs.status, events.number, events.event_id, events.type, events.body
        FROM gateway.runs AS runs
        LEFT JOIN gateway.run_events AS events ON events.run_id = runs.id AND events.number > $2
        WHERE runs.id = $1
        ORDER BY events.number
        LIMIT $3
        """)
}
