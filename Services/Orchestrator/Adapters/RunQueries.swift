// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
import Contracts
package import OrchestratorCore
package import Ports

/// What the orchestrator stores: one row a run, a job, a question to a person, and what went on record.
package enum RunQueries {
    package static let migrations = [create, obey, DeadQueries.migration]

    private static let create =
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

    /// What commands, clocks and persons need. Runs of before have none of it, and need none.
    private static let obey = Migration(
        2, "obey_commands",
        up: """
            ALTER TABLE runs ADD COLUMN is_held INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1));
            ALTER TABLE runs ADD COLUMN deadline_at INTEGER;
            -- when the run itself wants to look at the clock
            ALTER TABLE runs ADD COLUMN due_at INTEGER;
            CREATE INDEX runs_due ON runs (due_at) WHERE due_at IS NOT NULL;
            CREATE TABLE gates (
              run_id           TEXT NOT NULL REFERENCES runs (id),
              gate             TEXT NOT NULL,
              asked_at         INTEGER NOT NULL,
              stage            TEXT NOT NULL,
              status           TEXT NOT NULL CHECK (status IN
                ('waiting', 'approved', 'rejected', 'expired', 'withdrawn')),
              deadline_at      INTEGER,
              default_decision TEXT CHECK (default_decision IN ('approve', 'reject')),
              decided_by       TEXT,
              decided_at       INTEGER,
              comment          TEXT,
              PRIMARY KEY (run_id, gate, asked_at),
              CHECK (status IN ('waiting', 'withdrawn') OR decided_at IS NOT NULL)
            ) STRICT;
            CREATE INDEX gates_waiting ON gates (asked_at, run_id, gate) WHERE status = 'waiting';
            CREATE TABLE patches (
              run_id     TEXT NOT NULL REFERENCES runs (id),
              version    INTEGER NOT NULL,
              place      INTEGER NOT NULL,
              kind       TEXT NOT NULL CHECK (kind IN ('retry', 'rerun', 'regenerate')),
              stage      TEXT NOT NULL,
              jobs       TEXT NOT NULL,
              reason     TEXT,
              applied_by TEXT,
              applied_at INTEGER NOT NULL,
              PRIMARY KEY (run_id, version, place)
            ) STRICT;
            CREATE TABLE compensations (
              run_id  TEXT NOT NULL,
              version INTEGER NOT NULL,
              place   INTEGER NOT NULL,
              stage   TEXT NOT NULL,
              action  TEXT NOT NULL,
              status  TEXT NOT NULL CHECK (status IN ('pending', 'done')),
              detail  TEXT NOT NULL,
              made_at INTEGER NOT NULL,
              PRIMARY KEY (run_id, version, place, stage),
              FOREIGN KEY (run_id, version, place) REFERENCES patches (run_id, version, place)
            ) STRICT;
            """,
        down: """
            DROP TABLE compensations;
            DROP TABLE patches;
            DROP TABLE gates;
            DROP INDEX runs_due;
            ALTER TABLE runs DROP COLUMN due_at;
            ALTER TABLE runs DROP COLUMN deadline_at;
            ALTER TABLE runs DROP COLUMN is_held;
            """)

    /// Every statement, for the test that holds each against both databases.
    package static let cards =
        [
            StatementCard(run), StatementCard(jobs), StatementCard(open), StatementCard(move), StatementCard(keepJob),
            StatementCard(ripe), StatementCard(nextDue), StatementCard(gates), StatementCard(keepGate),
            StatementCard(patch), StatementCard(compensate),
        ] + DeadQueries.cards

    static let run = statement(
        "run.read", takes: RunID.self,
        gives: (RunStatus, Stage, Int, String, String?, Bool, Timestamp?).self,
        """
        SELECT status, stage, version, snapshot, failure, is_held, deadline_at
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
        "run.open", takes: RunID.self, RunStatus.self, Stage.self, String.self, String?.self, Bool.self,
        Timestamp?.self, Timestamp?.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO orchestrator.runs
          (id, status, stage, version, snapshot, failure, is_held, deadline_at, due_at, created_at, updated_at)
        VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $9)
        ON CONFLICT (id) DO NOTHING
        """)

    static let move = statement(
        "run.move", takes: RunID.self, Int.self, RunStatus.self, Stage.self, String?.self, Bool.self, Timestamp?.self,
        Timestamp?.self, Timestamp.self, gives: Void.self,
        """
        UPDATE orchestrator.runs
        SET status = $3,
            stage = $4,
            failure = $5,
            is_held = $6,
            deadline_at = $7,
            due_at = $8,
            version = version + 1,
            updated_at = $9
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

    /// A retry of a run that is paused waits with it.
    static let ripe = statement(
        "run.ripe", takes: Timestamp.self, gives: (RunID).self,
        """
        SELECT run_id
        FROM orchestrator.jobs
        WHERE due_at <= $1
          AND EXISTS (SELECT 1 FROM orchestrator.runs WHERE id = run_id AND status IN ('running', 'degraded'))
        UNION
        SELECT id
        FROM orchestrator.runs
        WHERE due_at <= $1
        ORDER BY run_id
        LIMIT 100
        """)

    static let nextDue = statement(
        "run.next_due", gives: (Timestamp?).self,
        """
        SELECT min(due)
        FROM (
          SELECT min(due_at) AS due
          FROM orchestrator.jobs
          WHERE due_at IS NOT NULL
            AND EXISTS (SELECT 1 FROM orchestrator.runs WHERE id = run_id AND status IN ('running', 'degraded'))
          UNION ALL
          SELECT min(due_at) AS due
          FROM orchestrator.runs
          WHERE due_at IS NOT NULL
        ) AS dues
        """)

    static let gates = statement(
        "gate.read", takes: RunID.self,
        gives: (
            String, Stage, GateStatus, Timestamp, Timestamp?, String?, String?, Timestamp?, String?
        ).self,
        """
        SELECT gate, stage, status, asked_at, deadline_at, default_decision, decided_by, decided_at, comment
        FROM orchestrator.gates
        WHERE run_id = $1
        ORDER BY asked_at, gate
        """)

    static let keepGate = statement(
        "gate.keep", takes: RunID.self, String.self, Timestamp.self, Stage.self, GateStatus.self, Timestamp?.self,
        String?.self, String?.self, Timestamp?.self, String?.self, gives: Void.self,
        """
        INSERT INTO orchestrator.gates
          (run_id, gate, asked_at, stage, status, deadline_at, default_decision, decided_by, decided_at, comment)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (run_id, gate, asked_at) DO UPDATE
        SET status = excluded.status,
            decided_by = excluded.decided_by,
            decided_at = excluded.decided_at,
            comment = excluded.comment
        """)

    static let patch = statement(
        "patch.keep", takes: RunID.self, Int.self, Int.self, String.self, Stage.self, String.self, String?.self,
        String?.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO orchestrator.patches
          (run_id, version, place, kind, stage, jobs, reason, applied_by, applied_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)

    /// Old work is out of use once its jobs are retired, which this transaction does: nothing is left pending.
    static let compensate = statement(
        "compensation.keep", takes: RunID.self, Int.self, Int.self, Stage.self, String.self, String.self,
        Timestamp.self, gives: Void.self,
        """
        INSERT INTO orchestrator.compensations
          (run_id, version, place, stage, action, status, detail, made_at)
        VALUES ($1, $2, $3, $4, $5, 'done', $6, $7)
        """)
}

extension GateStatus: SQLValue {}
