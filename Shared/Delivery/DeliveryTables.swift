// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
import Contracts
package import Ports

/// The two tables every owner has beside its own: what it has seen, and what it has said.
///
/// The names are unqualified: on SQLite they resolve to the connection's one file, on PostgreSQL to the owner's
/// search path. One text serves every owner.
package enum DeliveryTables {
    package static func migration(number: Int) -> Migration {
        Migration(
            number, "create_inbox_and_events",
            up: """
                CREATE TABLE inbox (
                  consumer TEXT NOT NULL,
                  event_id TEXT NOT NULL,
                  seen_at  INTEGER NOT NULL,
                  PRIMARY KEY (consumer, event_id)
                ) STRICT;
                -- the outbox is the event log: published_at is null until the broker has confirmed
                CREATE TABLE events (
                  seq          INTEGER PRIMARY KEY AUTOINCREMENT,
                  id           TEXT NOT NULL UNIQUE,
                  type         TEXT NOT NULL,
                  address      TEXT NOT NULL,
                  said_at      INTEGER NOT NULL,
                  body         BLOB NOT NULL,
                  published_at INTEGER
                ) STRICT;
                CREATE INDEX events_unpublished ON events (seq) WHERE published_at IS NULL;
                """,
            down: """
                DROP TABLE events;
                DROP TABLE inbox;
                """)
    }

    static let known = statement(
        "inbox.known", takes: String.self, EventID.self, gives: (EventID).self,
        """
        SELECT event_id
        FROM inbox
        WHERE consumer = $1 AND event_id = $2
        """)

    static let seen = statement(
        "inbox.seen", takes: String.self, EventID.self, Timestamp.self, gives: (EventID).self,
        """
        INSERT INTO inbox (consumer, event_id, seen_at)
        VALUES ($1, $2, $3)
        """)

    static let say = statement(
        "events.say", takes: EventID.self, String.self, String.self, Timestamp.self, [UInt8].self,
        gives: (EventID).self,
        """
        INSERT INTO events (id, type, address, said_at, body)
        VALUES ($1, $2, $3, $4, $5)
        """)

    static let unpublished = statement(
        "events.unpublished", takes: Int.self, gives: (Int, EventID, String, String, [UInt8]).self,
        """
        SELECT seq, id, type, address, body
        FROM events
        WHERE published_at IS NULL
        ORDER BY seq
        LIMIT $1
        """)

    static let published = statement(
        "events.published", takes: Int.self, Timestamp.self, gives: (EventID).self,
        """
        UPDATE events
        SET published_at = $2
        WHERE seq = $1
        """)
}
