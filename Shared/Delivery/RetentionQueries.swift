// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports

/// What is asked when old rows go: whole weeks where tables are cut into weeks, bites of the rest and of whole tables.
package enum RetentionQueries {
    /// Every statement, for the test that holds each against both databases.
    package static let cards = [
        StatementCard(slices), StatementCard(add), StatementCard(drop), StatementCard(forget), StatementCard(clear),
    ]

    /// The parts of both tables; a table that is whole has none.
    package static let slices = statement(
        "retention.slices", gives: (String).self,
        """
        SELECT 'none' WHERE 1 = 0                              -- only sqlite
        SELECT CAST(slice.relname AS TEXT)                     -- only postgres
        FROM pg_inherits AS link                               -- only postgres
        JOIN pg_class AS slice ON slice.oid = link.inhrelid    -- only postgres
        WHERE link.inhparent IN ('inbox'::regclass, 'events'::regclass) -- only postgres
        ORDER BY 1
        """)

    /// Table, slice, its first name and the first name after it.
    package static let add = statement(
        "retention.add", takes: String.self, String.self, String.self, String.self, gives: (Int).self,
        """
        SELECT 0 WHERE $1 || $2 || $3 || $4 = ''  -- only sqlite
        SELECT add_week($1, $2, $3, $4)           -- only postgres
        """)

    /// Table, slice, and since when a seen letter is still needed; answers 0 when the slice is needed too.
    package static let drop = statement(
        "retention.drop", takes: String.self, String.self, Timestamp.self, gives: (Int).self,
        """
        SELECT 0 WHERE $1 || $2 = '' AND $3 = 0  -- only sqlite
        SELECT drop_week($1, $2, $3)             -- only postgres
        """)

    /// On a whole table only the oldest rows are looked at: they are the ones seen first.
    package static let forget = statement(
        "inbox.forget", takes: Timestamp.self, Int.self, gives: Void.self,
        """
        DELETE FROM inbox                                                     -- only sqlite
        WHERE rowid IN (SELECT rowid FROM inbox ORDER BY rowid LIMIT $2)      -- only sqlite
        DELETE FROM inbox_rest                                                -- only postgres
        WHERE (consumer, event_id) IN (                                       -- only postgres
          SELECT consumer, event_id FROM inbox_rest WHERE seen_at < $1 LIMIT $2 -- only postgres
        )                                                                     -- only postgres
          AND seen_at < $1
        """)

    /// What was never published is never deleted, however old.
    package static let clear = statement(
        "events.clear", takes: Timestamp.self, Int.self, gives: Void.self,
        """
        DELETE FROM events       -- only sqlite
        DELETE FROM events_rest  -- only postgres
        WHERE seq IN (
          SELECT seq
          FROM events            -- only sqlite
          FROM events_rest       -- only postgres
          WHERE published_at IS NOT NULL
          ORDER BY seq
          LIMIT $2
        )
          AND said_at < $1
        """)
}
