// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
package import Ports

/// The queues of a laptop in one file: messages, which topic flows where, and what was said lately.
package enum BusTables {
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
                """),
        Migration(
            2, "create_queues_and_tail",
            up: """
                CREATE TABLE queues (
                  name TEXT PRIMARY KEY NOT NULL
                ) STRICT;
                INSERT INTO queues (name) SELECT queue FROM bindings UNION SELECT queue FROM messages
                UNION SELECT 'ainer.dead';
                -- everything said to a topic, for displays
                CREATE TABLE tail (
                  position  INTEGER PRIMARY KEY AUTOINCREMENT,
                  letter_id TEXT NOT NULL,
                  topic     TEXT NOT NULL,
                  headers   TEXT NOT NULL,
                  body      BLOB NOT NULL
                ) STRICT;
                -- the dead are a queue like any other, so that whoever records them takes them like anything else
                INSERT INTO messages (queue, letter_id, address, headers, body)
                SELECT 'ainer.dead', letter_id, address,
                  json_set(headers, '$."ainer-reason"', reason, '$."ainer-queue"', queue,
                    '$."ainer-deliveries"', CAST(deliveries AS TEXT)),
                  body
                FROM dead ORDER BY seq;
                DROP TABLE dead;
                """,
            down: """
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
                INSERT INTO dead (seq, queue, letter_id, address, deliveries, reason, died_at, headers, body)
                SELECT seq, headers ->> '$."ainer-queue"', letter_id, address,
                  CAST(headers ->> '$."ainer-deliveries"' AS INTEGER), headers ->> '$."ainer-reason"', 0, headers, body
                FROM messages WHERE queue = 'ainer.dead';
                DELETE FROM messages WHERE queue = 'ainer.dead';
                DROP TABLE tail;
                DROP TABLE queues;
                """),
    ]
}
