// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
import Wire

/// What is asked of the two tables on the way of a letter: in, out, and on to the broker.
package enum DeliveryQueries {
    /// Every statement, for the test that holds each against both databases.
    package static let cards = [
        StatementCard(see), StatementCard(say), StatementCard(unpublished), StatementCard(published),
        StatementCard(toSayAgain), StatementCard(sayAgain),
    ]

    /// Answers which letters of the list nobody has seen before; from then on they are seen. Who asks about one that an
    /// open transaction has just seen waits for the end of that one. In the order of their names, because two such
    /// lists must not wait for each other.
    package static let see = statement(
        "inbox.see", takes: String.self, String.self, Timestamp.self, gives: (EventID).self,
        """
        INSERT INTO inbox (consumer, event_id, seen_at)
        SELECT $1, value, $3
        FROM json_each($2)                                       -- only sqlite
        FROM json_array_elements_text($2::json) AS names (value) -- only postgres
        WHERE 1 = 1
        ORDER BY value
        ON CONFLICT (consumer, event_id) DO NOTHING
        RETURNING event_id
        """)

    package static let say = statement(
        "events.say", takes: EventID.self, String.self, String.self, Timestamp.self, [UInt8].self,
        gives: Void.self,
        """
        INSERT INTO events (id, type, address, said_at, body)
        VALUES ($1, $2, $3, $4, $5)
        """)

    /// The oldest, at most `$1` of them, and no more once they have `$2` bytes.
    package static let unpublished = statement(
        "events.unpublished", takes: Int.self, Int.self, gives: (EventID, String, String, [UInt8]).self,
        """
        SELECT id, type, address, body
        FROM (
          SELECT seq, id, type, address, body, sum(length(body)) OVER (ORDER BY seq) - length(body) AS before
          FROM (
            SELECT seq, id, type, address, body
            FROM events
            WHERE published_at IS NULL
            ORDER BY seq
            LIMIT $1
          ) AS oldest
        ) AS counted
        WHERE before < $2
        ORDER BY seq
        """)

    package static let published = statement(
        "events.published", takes: String.self, Timestamp.self, gives: Void.self,
        """
        UPDATE events
        SET published_at = $2
        WHERE id IN (
          SELECT value FROM json_each($1)                                       -- only sqlite
          SELECT value FROM json_array_elements_text($1::json) AS names (value) -- only postgres
        )
        """)

    /// What went to topics since then. What went to one queue was meant for that moment.
    package static let toSayAgain = statement(
        "events.to_say_again", takes: Timestamp.self, gives: (Int).self,
        """
        SELECT count(*)
        FROM events
        WHERE said_at >= $1
          AND published_at IS NOT NULL
          AND address NOT LIKE 'queue:%'
        """)

    package static let sayAgain = statement(
        "events.say_again", takes: Timestamp.self, gives: Void.self,
        """
        UPDATE events
        SET published_at = NULL
        WHERE said_at >= $1
          AND published_at IS NOT NULL
          AND address NOT LIKE 'queue:%'
        """)

    /// Names as one parameter.
    package static func list(_ names: some Sequence<EventID>) -> String {
        var writer = JSONWriter()
        writer.raw("[")
        for (index, name) in names.enumerated() {
            if index > 0 { writer.raw(",") }
            writer.string(name.rawValue)
        }
        writer.raw("]")
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
