// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
import Ports

/// What the hub stores about turns: what each pool gave to whom.
enum ShareQueries {
    static let migration = Migration(
        3, "fair_dispatch",
        up: """
            ALTER TABLE leases ADD COLUMN tenant TEXT NOT NULL DEFAULT 'local';
            -- 9 less the priority, so that what goes first sorts first
            ALTER TABLE leases ADD COLUMN rank   INTEGER NOT NULL DEFAULT 9;
            ALTER TABLE leases ADD COLUMN since  INTEGER NOT NULL DEFAULT 0;
            UPDATE leases
            SET since = updated_at,
                tenant = COALESCE(json_extract(trail, '$.tenant_id'), 'local');           -- only sqlite
                tenant = COALESCE(CAST(trail AS json) ->> 'tenant_id', 'local');          -- only postgres
            DROP INDEX leases_waiting;
            DROP INDEX leases_out;
            CREATE INDEX leases_waiting ON leases (pool, tenant, rank, job_id)  WHERE state = 'waiting';
            CREATE INDEX leases_age     ON leases (pool, tenant, since, job_id) WHERE state = 'waiting';
            CREATE INDEX leases_out     ON leases (pool, tenant) WHERE state IN ('offered', 'held');
            CREATE TABLE pools (
              pool       TEXT PRIMARY KEY NOT NULL,
              reached    REAL NOT NULL,
              per_ticket REAL NOT NULL CHECK (per_ticket > 0),
              given      INTEGER NOT NULL CHECK (given >= 0),
              looked_at  INTEGER NOT NULL
            ) STRICT;
            INSERT INTO pools (pool, reached, per_ticket, given, looked_at)
            VALUES ('video', 0, 1, 0, 0), ('audio', 0, 1, 0, 0), ('llm', 0, 1, 0, 0), ('lipsync', 0, 1, 0, 0),
              ('compose', 0, 1, 0, 0);
            CREATE TABLE shares (
              pool       TEXT NOT NULL,
              tenant     TEXT NOT NULL,
              served     REAL NOT NULL,
              updated_at INTEGER NOT NULL,
              PRIMARY KEY (pool, tenant)
            ) STRICT;
            CREATE INDEX shares_old ON shares (updated_at);
            """,
        down: """
            DROP TABLE shares;
            DROP TABLE pools;
            DROP INDEX leases_age;
            DROP INDEX leases_waiting;
            DROP INDEX leases_out;
            ALTER TABLE leases DROP COLUMN since;
            ALTER TABLE leases DROP COLUMN rank;
            ALTER TABLE leases DROP COLUMN tenant;
            CREATE INDEX leases_waiting ON leases (pool, job_id) WHERE state = 'waiting';
            CREATE INDEX leases_out     ON leases (pool)         WHERE state IN ('offered', 'held');
            """)

    static let cards = [
        StatementCard(hungry), StatementCard(ledger), StatementCard(keepLedger), StatementCard(waiting),
        StatementCard(outstanding), StatementCard(shares), StatementCard(book), StatementCard(keepShare),
        StatementCard(forget), StatementCard(lastLook),
    ]

    /// The pools that somebody waits for.
    static let hungry = statement(
        "share.hungry", gives: (Pool).self,
        """
        SELECT p.pool
        FROM hub.pools AS p
        WHERE EXISTS (SELECT 1 FROM hub.leases AS l WHERE l.pool = p.pool AND l.state = 'waiting')
        ORDER BY p.pool
        """)

    /// Whoever gives tickets of a pool does so alone. It holds its own jobs already and waits for no more, so nobody
    /// waits in a ring.
    static let ledger = statement(
        "share.ledger", takes: Pool.self, gives: (Double, Double, Int).self,
        """
        SELECT reached, per_ticket, given
        FROM hub.pools
        WHERE pool = $1
        FOR UPDATE      -- only postgres
        """)

    static let keepLedger = statement(
        "share.keep_ledger", takes: Pool.self, Double.self, Double.self, Int.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO hub.pools (pool, reached, per_ticket, given, looked_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (pool) DO UPDATE
        SET reached = excluded.reached,
            per_ticket = excluded.per_ticket,
            given = excluded.given,
            looked_at = excluded.looked_at
        """)

    /// How many of each tenant are seen at once, and so how many tickets may be given before the next look.
    static let seen = 8

    /// The first `seen` of every tenant and the one that waits longest, however many wait behind them: it steps from tenant
    /// to tenant through the index. The number is spelt out, because PostgreSQL plans for a tenth of the table otherwise.
    static let waiting = statement(
        "share.waiting", takes: Pool.self, gives: (JobID, TenantID, Int, Timestamp).self,
        """
        WITH RECURSIVE owner (tenant) AS (
          SELECT min(f.tenant) FROM hub.leases AS f WHERE f.pool = $1 AND f.state = 'waiting'
          UNION ALL
          SELECT (
            SELECT min(n.tenant) FROM hub.leases AS n
            WHERE n.pool = $1 AND n.state = 'waiting' AND n.tenant > o.tenant
          )
          FROM owner AS o
          WHERE o.tenant IS NOT NULL
        )
        SELECT l.job_id, l.tenant, l.rank, l.since
        FROM owner AS o CROSS JOIN hub.leases AS l          -- only sqlite
        FROM hub.leases AS l                                -- only postgres
        WHERE l.job_id IN (
          SELECT c.job_id FROM owner AS o CROSS JOIN LATERAL (      -- only postgres
          SELECT a.job_id
          FROM (
            SELECT x.job_id FROM hub.leases AS x
            WHERE x.pool = $1 AND x.state = 'waiting' AND x.tenant = o.tenant
            ORDER BY x.rank, x.job_id
            LIMIT 8
          ) AS a
          UNION
          SELECT b.job_id
          FROM (
            SELECT y.job_id FROM hub.leases AS y
            WHERE y.pool = $1 AND y.state = 'waiting' AND y.tenant = o.tenant
            ORDER BY y.since, y.job_id
            LIMIT 1
          ) AS b
          ) AS c        -- only postgres
        )
        -- what another hub is at just now is left to it
        FOR UPDATE OF l SKIP LOCKED      -- only postgres
        """)

    static let outstanding = statement(
        "share.outstanding", takes: Pool.self, gives: (TenantID, Int).self,
        """
        SELECT tenant, count(*)
        FROM hub.leases
        WHERE pool = $1 AND state IN ('offered', 'held')
        GROUP BY tenant
        """)

    static let shares = statement(
        "share.read", takes: Pool.self, String.self, gives: (TenantID, Double).self,
        """
        SELECT tenant, served
        FROM hub.shares
        WHERE pool = $1 AND tenant IN (
          SELECT value FROM json_each($2)                                       -- only sqlite
          SELECT value FROM json_array_elements_text($2::json) AS e (value)     -- only postgres
        )
        """)

    static let book = statement(
        "share.book", takes: Pool.self, TenantID.self, Double.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO hub.shares (pool, tenant, served, updated_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (pool, tenant) DO UPDATE
        SET served = shares.served + excluded.served,
            updated_at = excluded.updated_at
        """)

    static let keepShare = statement(
        "share.keep", takes: Pool.self, TenantID.self, Double.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO hub.shares (pool, tenant, served, updated_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (pool, tenant) DO UPDATE
        SET served = excluded.served,
            updated_at = excluded.updated_at
        """)

    /// Who wanted nothing for long begins where the pool stands, with or without a row.
    static let forget = statement(
        "share.forget", takes: Timestamp.self, gives: Void.self,
        """
        DELETE FROM hub.shares
        WHERE updated_at < $1
        """)

    /// When a pool that somebody waits for was looked at, the longest ago.
    static let lastLook = statement(
        "share.last_look", gives: (Timestamp?).self,
        """
        SELECT min(p.looked_at)
        FROM hub.pools AS p
        WHERE EXISTS (SELECT 1 FROM hub.leases AS l WHERE l.pool = p.pool AND l.state = 'waiting')
        """)
}
