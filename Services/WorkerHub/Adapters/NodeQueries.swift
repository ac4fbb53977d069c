// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
import Ports

/// What the hub stores of nodes: who they are, what they can do, and how their work went.
enum NodeQueries {
    static let migration = Migration(
        4, "nodes",
        up: """
            CREATE TABLE nodes (
              node_id   TEXT PRIMARY KEY NOT NULL,
              standing  TEXT NOT NULL CHECK (standing IN ('working', 'cordoned', 'draining', 'quarantined')),
              reason    TEXT,
              since     INTEGER NOT NULL,
              until     INTEGER,
              seen_at   INTEGER NOT NULL,
              telemetry TEXT NOT NULL,
              CHECK ((standing = 'quarantined') = (until IS NOT NULL))
            ) STRICT;
            CREATE TABLE node_pools (
              node_id TEXT NOT NULL REFERENCES nodes (node_id) ON DELETE CASCADE,
              pool    TEXT NOT NULL,
              slots   INTEGER NOT NULL CHECK (slots >= 0),
              PRIMARY KEY (node_id, pool)
            ) STRICT;
            CREATE INDEX node_pools_pool ON node_pools (pool);
            -- a row a minute, however many results it saw
            CREATE TABLE node_minutes (
              minute   INTEGER NOT NULL,
              pool     TEXT NOT NULL,
              node_id  TEXT NOT NULL,
              results  INTEGER NOT NULL CHECK (results >= failures),
              failures INTEGER NOT NULL CHECK (failures >= 0),
              PRIMARY KEY (minute, pool, node_id)
            ) STRICT;
            CREATE INDEX node_minutes_node ON node_minutes (node_id);
            CREATE INDEX leases_node ON leases (node) WHERE state = 'held';
            """,
        down: """
            DROP INDEX leases_node;
            DROP TABLE node_minutes;
            DROP TABLE node_pools;
            DROP TABLE nodes;
            """)

    static let cards = [
        StatementCard(node), StatementCard(keep), StatementCard(drop), StatementCard(keepPool),
        StatementCard(dropPools), StatementCard(barred), StatementCard(slots), StatementCard(count),
        StatementCard(tallies), StatementCard(dropMinutes), StatementCard(pruneMinutes), StatementCard(due),
        StatementCard(nextEnd), StatementCard(longestSilent), StatementCard(all),
    ]

    static let node = statement(
        "node.read", takes: NodeID.self,
        gives: (String, String?, Timestamp, Timestamp?, Timestamp, String).self,
        """
        SELECT standing, reason, since, until, seen_at, telemetry
        FROM hub.nodes
        WHERE node_id = $1
        -- what is decided on a node rests on it
        FOR UPDATE      -- only postgres
        """)

    static let all = statement(
        "node.all", gives: (String, String?, Timestamp, Timestamp?, Timestamp, String).self,
        """
        SELECT standing, reason, since, until, seen_at, telemetry
        FROM hub.nodes
        ORDER BY node_id
        """)

    static let keep = statement(
        "node.keep", takes: NodeID.self, String.self, String?.self, Timestamp.self, Timestamp?.self, Timestamp.self,
        String.self, gives: Void.self,
        """
        INSERT INTO hub.nodes (node_id, standing, reason, since, until, seen_at, telemetry)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (node_id) DO UPDATE
        SET standing = excluded.standing,
            reason = excluded.reason,
            since = excluded.since,
            until = excluded.until,
            seen_at = excluded.seen_at,
            telemetry = excluded.telemetry
        """)

    static let drop = statement(
        "node.drop", takes: NodeID.self, gives: Void.self,
        """
        DELETE FROM hub.nodes
        WHERE node_id = $1
        """)

    static let keepPool = statement(
        "node.keep_pool", takes: NodeID.self, Pool.self, Int.self, gives: Void.self,
        """
        INSERT INTO hub.node_pools (node_id, pool, slots)
        VALUES ($1, $2, $3)
        """)

    static let dropPools = statement(
        "node.drop_pools", takes: NodeID.self, gives: Void.self,
        """
        DELETE FROM hub.node_pools
        WHERE node_id = $1
        """)

    /// Nodes that are to begin nothing new.
    static let barred = statement(
        "node.barred", gives: (NodeID).self,
        """
        SELECT node_id
        FROM hub.nodes
        WHERE standing <> 'working'
        """)

    /// Slots of a pool on nodes that get work and were heard of.
    static let slots = statement(
        "node.slots", takes: Pool.self, Timestamp.self, gives: (Int).self,
        """
        SELECT CAST(COALESCE(sum(p.slots), 0) AS BIGINT)
        FROM hub.node_pools AS p JOIN hub.nodes AS n ON n.node_id = p.node_id
        WHERE p.pool = $1 AND n.standing = 'working' AND n.seen_at >= $2
        """)

    static let count = statement(
        "node.count", takes: Int.self, Pool.self, NodeID.self, Int.self, Int.self, gives: Void.self,
        """
        INSERT INTO hub.node_minutes (minute, pool, node_id, results, failures)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (minute, pool, node_id) DO UPDATE
        SET results = node_minutes.results + excluded.results,
            failures = node_minutes.failures + excluded.failures
        """)

    static let tallies = statement(
        "node.tallies", takes: Int.self, gives: (Pool, NodeID, Int, Int).self,
        """
        SELECT pool, node_id, CAST(sum(results) AS BIGINT), CAST(sum(failures) AS BIGINT)
        FROM hub.node_minutes
        WHERE minute >= $1
        GROUP BY pool, node_id
        """)

    /// After a quarantine a node is judged by what it does from then on.
    static let dropMinutes = statement(
        "node.drop_minutes", takes: NodeID.self, gives: Void.self,
        """
        DELETE FROM hub.node_minutes
        WHERE node_id = $1
        """)

    static let pruneMinutes = statement(
        "node.prune_minutes", takes: Int.self, gives: Void.self,
        """
        DELETE FROM hub.node_minutes
        WHERE minute < $1
        """)

    /// Nodes whose quarantine is over, or who were silent for too long to be remembered.
    static let due = statement(
        "node.due", takes: Timestamp.self, Timestamp.self, gives: (NodeID).self,
        """
        SELECT node_id
        FROM hub.nodes
        WHERE until <= $1 OR seen_at < $2
        ORDER BY node_id
        """)

    static let nextEnd = statement(
        "node.next_end", gives: (Timestamp?).self,
        """
        SELECT min(until)
        FROM hub.nodes
        WHERE until IS NOT NULL
        """)

    static let longestSilent = statement(
        "node.longest_silent", gives: (Timestamp?).self,
        """
        SELECT min(seen_at)
        FROM hub.nodes
        """)
}
