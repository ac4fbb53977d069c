// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
package import Ports

/// What the hub stores: one row a job, one row a promoted artifact.
package enum LeaseQueries {
    package static let migrations = [create, cancel, ShareQueries.migration, NodeQueries.migration]

    private static let create = Migration(
        1, "create_leases",
        up: """
            CREATE TABLE leases (
              job_id     TEXT PRIMARY KEY NOT NULL,
              run_id     TEXT NOT NULL,
              pool       TEXT NOT NULL,
              state      TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'held', 'succeeded', 'failed')),
              token      INTEGER NOT NULL CHECK (token >= 0),
              node       TEXT,
              held_until INTEGER,
              losses     INTEGER NOT NULL CHECK (losses >= 0),
              job_order  TEXT NOT NULL,
              trail      TEXT NOT NULL,
              updated_at INTEGER NOT NULL,
              CHECK ((state = 'held') = (node IS NOT NULL)),
              CHECK ((state = 'held') = (held_until IS NOT NULL))
            ) STRICT;
            -- only rows somebody still waits for are in the hot indexes
            CREATE INDEX leases_waiting ON leases (pool, job_id) WHERE state = 'waiting';
            CREATE INDEX leases_out     ON leases (pool)         WHERE state IN ('offered', 'held');
            CREATE INDEX leases_held    ON leases (held_until)   WHERE held_until IS NOT NULL;
            CREATE TABLE artifacts (
              id          TEXT PRIMARY KEY NOT NULL,
              job_id      TEXT NOT NULL,
              run_id      TEXT NOT NULL,
              kind        TEXT NOT NULL,
              unit        TEXT NOT NULL,
              checksum    TEXT NOT NULL,
              promoted_at INTEGER NOT NULL,
              -- an output is promoted once, whoever made it and however often it was tried
              UNIQUE (job_id, kind, unit)
            ) STRICT;
            CREATE INDEX artifacts_run ON artifacts (run_id, id);
            """,
        down: """
            DROP TABLE artifacts;
            DROP TABLE leases;
            """)

    /// SQLite cannot change what a column may hold, so the table is made anew.
    private static let cancel = Migration(
        2, "cancel_leases",
        up: """
            CREATE TABLE leases_next (
              job_id     TEXT PRIMARY KEY NOT NULL,
              run_id     TEXT NOT NULL,
              pool       TEXT NOT NULL,
              state      TEXT NOT NULL CHECK (state IN
                ('waiting', 'offered', 'held', 'succeeded', 'failed', 'canceled')),
              token      INTEGER NOT NULL CHECK (token >= 0),
              node       TEXT,
              held_until INTEGER,
              losses     INTEGER NOT NULL CHECK (losses >= 0),
              job_order  TEXT NOT NULL,
              trail      TEXT NOT NULL,
              updated_at INTEGER NOT NULL,
              CHECK ((state = 'held') = (node IS NOT NULL)),
              CHECK ((state = 'held') = (held_until IS NOT NULL))
            ) STRICT;
            INSERT INTO leases_next
              (job_id, run_id, pool, state, token, node, held_until, losses, job_order, trail, updated_at)
            SELECT job_id, run_id, pool, state, token, node, held_until, losses, job_order, trail, updated_at
            FROM leases;
            DROP TABLE leases;
            ALTER TABLE leases_next RENAME TO leases;
            CREATE INDEX leases_waiting ON leases (pool, job_id) WHERE state = 'waiting';
            CREATE INDEX leases_out     ON leases (pool)         WHERE state IN ('offered', 'held');
            CREATE INDEX leases_held    ON leases (held_until)   WHERE held_until IS NOT NULL;
            """,
        down: """
            CREATE TABLE leases_next (
              job_id     TEXT PRIMARY KEY NOT NULL,
              run_id     TEXT NOT NULL,
              pool       TEXT NOT NULL,
              state      TEXT NOT NULL CHECK (state IN ('waiting', 'offered', 'held', 'succeeded', 'failed')),
              token      INTEGER NOT NULL CHECK (token >= 0),
              node       TEXT,
              held_until INTEGER,
              losses     INTEGER NOT NULL CHECK (losses >= 0),
              job_order  TEXT NOT NULL,
              trail      TEXT NOT NULL,
              updated_at INTEGER NOT NULL,
              CHECK ((state = 'held') = (node IS NOT NULL)),
              CHECK ((state = 'held') = (held_until IS NOT NULL))
            ) STRICT;
            INSERT INTO leases_next
              (job_id, run_id, pool, state, token, node, held_until, losses, job_order, trail, updated_at)
            SELECT job_id, run_id, pool, CASE state WHEN 'canceled' THEN 'failed' ELSE state END, token, node,
              held_until, losses, job_order, trail, updated_at
            FROM leases;
            DROP TABLE leases;
            ALTER TABLE leases_next RENAME TO leases;
            CREATE INDEX leases_waiting ON leases (pool, job_id) WHERE state = 'waiting';
            CREATE INDEX leases_out     ON leases (pool)         WHERE state IN ('offered', 'held');
            CREATE INDEX leases_held    ON leases (held_until)   WHERE held_until IS NOT NULL;
            """)

    /// Every statement, for the test that holds each against both databases.
    package static let cards =
        [
            StatementCard(lease), StatementCard(lock), StatementCard(some), StatementCard(keep),
            StatementCard(promoted),
            StatementCard(heldBy), StatementCard(silent), StatementCard(nextExpiry), StatementCard(holders),
        ] + ShareQueries.cards + NodeQueries.cards + DeskQueries.cards

    static let lease = statement(
        "lease.read", takes: JobID.self,
        gives: (String, Int, NodeID?, Timestamp?, Int, Timestamp, String, String).self,
        """
        SELECT state, token, node, held_until, losses, since, job_order, trail
        FROM hub.leases
        WHERE job_id = $1
        -- what is decided on a lease rests on it
        FOR UPDATE      -- only postgres
        """)

    /// The leases a batch is about, taken in the order of their names: two batches can wait for each other, but never in
    /// a ring.
    static let lock = statement(
        "lease.lock", takes: String.self,
        gives: (JobID, String, Int, NodeID?, Timestamp?, Int, Timestamp, String, String).self,
        """
        SELECT job_id, state, token, node, held_until, losses, since, job_order, trail
        FROM hub.leases
        WHERE job_id IN (
          SELECT value FROM json_each($1)                                       -- only sqlite
          SELECT value FROM json_array_elements_text($1::json) AS e (value)     -- only postgres
        )
        ORDER BY job_id
        FOR UPDATE      -- only postgres
        """)

    /// The same to look at.
    static let some = statement(
        "lease.some", takes: String.self,
        gives: (JobID, String, Int, NodeID?, Timestamp?, Int, Timestamp, String, String).self,
        """
        SELECT job_id, state, token, node, held_until, losses, since, job_order, trail
        FROM hub.leases
        WHERE job_id IN (
          SELECT value FROM json_each($1)                                       -- only sqlite
          SELECT value FROM json_array_elements_text($1::json) AS e (value)     -- only postgres
        )
        ORDER BY job_id
        """)

    static let keep = statement(
        "lease.keep", takes: JobID.self, RunID.self, Pool.self, TenantID.self, Int.self, String.self, Int.self,
        NodeID?.self, Timestamp?.self, Int.self, Timestamp.self, String.self, String.self, Timestamp.self,
        gives: Void.self,
        """
        INSERT INTO hub.leases
          (job_id, run_id, pool, tenant, rank, state, token, node, held_until, losses, since, job_order, trail,
           updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (job_id) DO UPDATE
        SET tenant = excluded.tenant,
            rank = excluded.rank,
            state = excluded.state,
            token = excluded.token,
            node = excluded.node,
            held_until = excluded.held_until,
            losses = excluded.losses,
            since = excluded.since,
            job_order = excluded.job_order,
            trail = excluded.trail,
            updated_at = excluded.updated_at
        -- a token never becomes smaller, whoever writes
        WHERE leases.token <= excluded.token
        """)

    static let promoted = statement(
        "artifact.promoted", takes: ArtifactID.self, JobID.self, RunID.self, String.self, String.self, String.self,
        Timestamp.self, gives: Void.self,
        """
        INSERT INTO hub.artifacts (id, job_id, run_id, kind, unit, checksum, promoted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """)

    static let heldBy = statement(
        "lease.held_by", takes: NodeID.self, gives: (JobID).self,
        """
        SELECT job_id
        FROM hub.leases
        WHERE state = 'held' AND node = $1
        ORDER BY job_id
        """)

    static let silent = statement(
        "lease.silent", takes: Timestamp.self, gives: (JobID).self,
        """
        SELECT job_id
        FROM hub.leases
        WHERE held_until <= $1
        ORDER BY held_until, job_id
        LIMIT 100
        """)

    static let nextExpiry = statement(
        "lease.next_expiry", gives: (Timestamp?).self,
        """
        SELECT min(held_until)
        FROM hub.leases
        WHERE held_until IS NOT NULL
        """)

    static let holders = statement(
        "lease.holders", gives: (NodeID).self,
        """
        SELECT node
        FROM hub.leases
        WHERE state = 'held'
        UNION
        SELECT node_id
        FROM hub.nodes
        ORDER BY 1
        """)
}
