// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
import Ports

/// What operators ask of the hub's tables. They read what waits or is out, never what is over.
enum DeskQueries {
    static let cards = [
        StatementCard(holds), StatementCard(waiting), StatementCard(out), StatementCard(oldest), StatementCard(ahead),
        StatementCard(results), StatementCard(offered),
    ]

    static let holds = statement(
        "desk.holds", gives: (NodeID, JobID).self,
        """
        SELECT node, job_id
        FROM hub.leases
        WHERE state = 'held'
        ORDER BY node, job_id
        """)

    static let waiting = statement(
        "desk.waiting", gives: (Pool, Int, Timestamp).self,
        """
        SELECT pool, count(*), min(since)
        FROM hub.leases
        WHERE state = 'waiting'
        GROUP BY pool
        """)

    static let out = statement(
        "desk.out", gives: (Pool, TenantID, Int, Int, Timestamp?).self,
        """
        SELECT pool, tenant, count(*), count(*) FILTER (WHERE state = 'held'), max(since) FILTER (WHERE state = 'held')
        FROM hub.leases
        WHERE state IN ('offered', 'held')
        GROUP BY pool, tenant
        """)

    static let oldest = statement(
        "desk.oldest", takes: Pool.self, gives: (JobID).self,
        """
        SELECT job_id
        FROM hub.leases
        WHERE pool = $1 AND state = 'waiting'
        ORDER BY since, job_id
        LIMIT 1
        """)

    static let ahead = statement(
        "desk.ahead", takes: Pool.self, TenantID.self, Int.self, JobID.self, gives: (Int).self,
        """
        SELECT count(*)
        FROM hub.leases
        WHERE pool = $1 AND state = 'waiting'
          AND (rank < $3 OR (rank = $3 AND tenant = $2 AND job_id < $4))
        """)

    static let results = statement(
        "desk.results", takes: Int.self, Int.self, gives: (Pool, Int).self,
        """
        SELECT pool, CAST(sum(results) AS BIGINT)
        FROM hub.node_minutes
        WHERE minute >= $1 AND minute < $2
        GROUP BY pool
        """)

    static let offered = statement(
        "desk.offered", gives: (JobID).self,
        """
        SELECT job_id
        FROM hub.leases
        WHERE state = 'offered'
        ORDER BY job_id
        """)
}
