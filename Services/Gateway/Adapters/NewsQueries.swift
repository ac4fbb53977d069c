// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import Ports

/// What taking in the news asks and writes.
enum NewsQueries {
    static let cards = [
        StatementCard(runForNews), StatementCard(keepRun), StatementCard(job), StatementCard(keepJob),
        StatementCard(keepArtifact), StatementCard(keepEvent),
    ]

    static let runForNews = statement(
        "run.for_news", takes: RunID.self, gives: (TenantID, ProjectID, String, Int).self,
        """
        SELECT tenant_id, project_id, view, last_event
        FROM gateway.runs
        WHERE id = $1
        -- numbers are given out one after the other
        FOR UPDATE      -- only postgres
        """)

    static let keepRun = statement(
        "run.keep_view", takes: RunID.self, RunStatus.self, String.self, Int.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.runs
        SET status = $2,
            view = $3,
            last_event = $4,
            changed_at = $5
        WHERE id = $1
        """)

    static let job = statement(
        "run.job", takes: RunID.self, JobID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.run_jobs
        WHERE run_id = $1
          AND id = $2
        """)

    static let keepJob = statement(
        "run.keep_job", takes: RunID.self, JobID.self, String.self, gives: Void.self,
        """
        INSERT INTO gateway.run_jobs (run_id, id, view)
        VALUES ($1, $2, $3)
        ON CONFLICT (run_id, id) DO UPDATE SET view = excluded.view
        """)

    static let keepArtifact = statement(
        "run.keep_artifact", takes: ArtifactID.self, TenantID.self, ProjectID.self, RunID.self, String.self,
        gives: Void.self,
        """
        INSERT INTO gateway.artifacts (id, tenant_id, project_id, run_id, meta)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO NOTHING
        """)

    static let keepEvent = statement(
        "run.keep_event", takes: RunID.self, Int.self, EventID.self, String.self, String.self, gives: Void.self,
        """
        INSERT INTO gateway.run_events (run_id, number, event_id, type, body)
        VALUES ($1, $2, $3, $4, $5)
        """)
}
