// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
import Contracts
package import Ports

/// What the orchestrator stores: one row a run, one row a job.
package enum RunQueries {
    package static let migrations = [
        Migration(
            1, "create_runs",
            up: """
                CREATE TABLE runs (
                  id         TEXT PRIMARY KEY NOT NULL,
                  status     TEXT NOT NULL CHECK (status IN
                    ('queued', 'running', 'paused', 'degraded', 'succeeded', 'failed', 'canceled')),
                  stage      TEXT NOT NULL,
                  version    INTEGER NOT NULL CHECK (version >= 0),
                  snapshot   TEXT NOT NULL,
                  failure    TEXT,
                  created_at INTEGER NOT NULL,
                  updated_at INTEGER NOT NULL,
                  CHECK ((status = 'failed') = (failure IS NOT NULL))
                ) STRICT;
                CREATE TABLE jobs (
                  id         TEXT PRIMARY KEY NOT NULL,
                  run_id     TEXT NOT NULL REFERENCES runs (id),
                  status     TEXT NOT NULL CHECK (status IN
                    ('queued', 'enqueued', 'claimed', 'running', 'retrying', 'succeeded', 'failed', 'canceled')),
                  due_at     INTEGER,
                  body       TEXT NOT NULL,
                  updated_at INTEGER NOT NULL,
                  CHECK ((status = 'retrying') = (due_at IS NOT NULL))
                ) STRICT;
                CREATE INDEX jobs_run ON jobs (run_id, id);
                CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL;
                """,
            down: """
                DROP TABLE jobs;
                DROP TABLE runs;
                """)
    ]

    /// Every statement, for the test that holds each against both databases.
    package static let cards = [
        StatementCard(run), StatementCard(jobs), StatementCard(open), StatementCard(move), StatementCard(keepJob),
        StatementCard(ripe), StatementCard(nextDue),
    ]

    static let run = statement(
        "run.read", takes: RunID.self, gives: (RunStatus, Stage, Int, String, String?).self,
        """
        SELECT status, stage, version, snapshot, failure
        FROM orchestrator.runs
        WHERE id = $1
        -- what is decided on a run rests on it
        FOR UPDATE      -- only postgres
        """)

    static let jobs = statement(
        "run.jobs", takes: RunID.self, gives: (String).self,
        """
        SELECT body
        FROM orchestrator.jobs
        WHERE run_id = $1
        ORDER BY id
        """)

    static let open = statement(
        "run.open", takes: RunID.self, RunStatus.self, Stage.self, String.self, String?.self, Timestamp.self,
        gives: Void.self,
        """
        INSERT INTO orchestrator.runs (id, status, stage, version, snapshot, failure, created_at, updated_at)
        VALUES ($1, $2, $3, 1, $4, $5, $6, $6)
        ON CONFLICT (id) DO NOTHING
        """)

    static let move = statement(
        "run.move", takes: RunID.self, Int.self, RunStatus.self, Stage.self, String?.self, Timestamp.self,
        gives: Void.self,
        """
        UPDATE orchestrator.runs
        SET status = $3,
            stage = $4,
            failure = $5,
            version = version + 1,
            updated_at = $6
        WHERE id = $1
          AND version = $2
        """)

    static let keepJob = statement(
        "job.keep", takes: JobID.self, RunID.self, JobStatus.self, Timestamp?.self, String.self, Timestamp.self,
        gives: Void.self,
        """
        INSERT INTO orchestrator.jobs (id, run_id, status, due_at, body, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE
        SET status = excluded.status,
            due_at = excluded.due_at,
            body = excluded.body,
            updated_at = excluded.updated_at
        """)

    static let ripe = statement(
        "job.ripe", takes: Timestamp.self, gives: (RunID).self,
        """
        SELECT DISTINCT run_id
        FROM orchestrator.jobs
        WHERE due_at <= $1
        ORDER BY run_id
        LIMIT 100
        """)

    static let nextDue = statement(
        "job.next_due", gives: (Timestamp?).self,
        """
        SELECT min(due_at)
        FROM orchestrator.jobs
        WHERE due_at IS NOT NULL
        """)
}
