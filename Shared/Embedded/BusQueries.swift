// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Contracts
package import Ports

/// The queues of a laptop: messages, the dead, and which topic flows where.
package enum BusQueries {
    package static let migrations = [
        Migration(
            1, "create_messages",
            up: """
                CREATE TABLE messages (
                  -- never used twice: a late settlement must not meet another message
                  seq        INTEGER PRIMARY KEY AUTOINCREMENT,
                  queue      TEXT NOT NULL,
                  letter_id  TEXT NOT NULL,
                  address    TEXT NOT NULL,
                  -- counted when taken, so a message that kills the process is counted too
                  deliveries INTEGER NOT NULL DEFAULT 0,
                  taken_at   INTEGER,
                  due_at     INTEGER,
                  headers    TEXT NOT NULL,
                  body       BLOB NOT NULL,
                  CHECK (taken_at IS NULL OR due_at IS NULL)
                ) STRICT;
                CREATE INDEX messages_ready ON messages (queue, seq) WHERE taken_at IS NULL;
                CREATE INDEX messages_taken ON messages (taken_at)   WHERE taken_at IS NOT NULL;
                CREATE TABLE dead (
                  seq        INTEGER PRIMARY KEY,
                  queue      TEXT NOT NULL,
                  letter_id  TEXT NOT NULL,
                  address    TEXT NOT NULL,
                  deliveries INTEGER NOT NULL,
                  reason     TEXT NOT NULL,
                  died_at    INTEGER NOT NULL,
                  headers    TEXT NOT NULL,
                  body       BLOB NOT NULL
                ) STRICT;
                CREATE TABLE bindings (
                  queue TEXT NOT NULL,
                  topic TEXT NOT NULL,
                  PRIMARY KEY (queue, topic)
                ) STRICT;
                """,
            down: """
                DROP TABLE bindings;
                DROP TABLE dead;
                DROP TABLE messages;
                """)
    ]

    /// Every statement, for the test that holds each against both databases.
    package static let cards = [
        StatementCard(bind), StatementCard(bound), StatementCard(unbind), StatementCard(publish),
        StatementCard(ready), StatementCard(take), StatementCard(done), StatementCard(later), StatementCard(bury),
        StatementCard(nextDue), StatementCard(recover), StatementCard(clear), StatementCard(depths),
        StatementCard(dead),
    ]

    static let bind = statement(
        "bus.bind", takes: String.self, Topic.self, gives: Void.self,
        """
        INSERT INTO broker.bindings (queue, topic)
        VALUES ($1, $2)
        ON CONFLICT DO NOTHING
        """)

    static let bound = statement(
        "bus.bound", takes: Topic.self, gives: (String).self,
        """
        SELECT queue
        FROM broker.bindings
        WHERE topic = $1
        ORDER BY queue
        """)

    static let unbind = statement(
        "bus.unbind", takes: String.self, gives: Void.self,
        """
        DELETE FROM broker.bindings
        WHERE queue = $1
        """)

    static let publish = statement(
        "bus.publish", takes: String.self, EventID.self, String.self, String.self, [UInt8].self, gives: Void.self,
        """
        INSERT INTO broker.messages (queue, letter_id, address, headers, body)
        VALUES ($1, $2, $3, $4, $5)
        """)

    static let ready = statement(
        "bus.ready", takes: String.self, Timestamp.self, Int.self,
        gives: (Int64, EventID, String, Int, String, [UInt8]).self,
        """
        SELECT seq, letter_id, address, deliveries, headers, body
        FROM broker.messages
        WHERE queue = $1 AND taken_at IS NULL AND (due_at IS NULL OR due_at <= $2)
        ORDER BY seq
        LIMIT $3
        """)

    static let take = statement(
        "bus.take", takes: Int64.self, Timestamp.self, gives: Void.self,
        """
        UPDATE broker.messages
        SET taken_at = $2,
            due_at = NULL,
            deliveries = deliveries + 1
        WHERE seq = $1
        """)

    static let done = statement(
        "bus.done", takes: Int64.self, gives: Void.self,
        """
        DELETE FROM broker.messages
        WHERE seq = $1
        """)

    static let later = statement(
        "bus.later", takes: Int64.self, Timestamp.self, gives: Void.self,
        """
        UPDATE broker.messages
        SET taken_at = NULL,
            due_at = $2
        WHERE seq = $1
        """)

    static let bury = statement(
        "bus.bury", takes: Int64.self, String.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO broker.dead (seq, queue, letter_id, address, deliveries, reason, died_at, headers, body)
        SELECT seq, queue, letter_id, address, deliveries, $2, $3, headers, body
        FROM broker.messages
        WHERE seq = $1
        """)

    static let nextDue = statement(
        "bus.next_due", takes: String.self, gives: (Timestamp?).self,
        """
        SELECT min(due_at)
        FROM broker.messages
        WHERE queue = $1 AND taken_at IS NULL AND due_at IS NOT NULL
        """)

    /// At the start: whatever was taken when the process died is ready again, its count kept.
    static let recover = statement(
        "bus.recover", gives: Void.self,
        """
        UPDATE broker.messages
        SET taken_at = NULL
        WHERE taken_at IS NOT NULL
        """)

    static let clear = statement(
        "bus.clear", takes: String.self, gives: Void.self,
        """
        DELETE FROM broker.messages
        WHERE queue = $1
        """)

    static let depths = statement(
        "bus.depths", gives: (String, Int).self,
        """
        SELECT queue, count(*)
        FROM broker.messages
        GROUP BY queue
        ORDER BY queue
        """)

    static let dead = statement(
        "bus.dead", gives: (String, String, EventID, Int).self,
        """
        SELECT queue, reason, letter_id, deliveries
        FROM broker.dead
        ORDER BY seq
        """)
}
