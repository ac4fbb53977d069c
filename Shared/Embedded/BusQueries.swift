// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Contracts
package import Ports

/// What the bus of a laptop asks its file.
package enum BusQueries {
    /// Every statement, for the test that holds each against both databases.
    package static let cards = [
        StatementCard(declare), StatementCard(declared), StatementCard(forget), StatementCard(bind),
        StatementCard(bound), StatementCard(unbind), StatementCard(publish), StatementCard(ready),
        StatementCard(take), StatementCard(done), StatementCard(later), StatementCard(nextDue),
        StatementCard(recover), StatementCard(clear), StatementCard(depths), StatementCard(depth),
        StatementCard(tell), StatementCard(told), StatementCard(lastTold), StatementCard(forgetTold),
    ]

    static let declare = statement(
        "bus.declare", takes: String.self, gives: Void.self,
        """
        INSERT INTO broker.queues (name)
        VALUES ($1)
        ON CONFLICT DO NOTHING
        """)

    static let declared = statement(
        "bus.declared", takes: String.self, gives: (String).self,
        """
        SELECT name
        FROM broker.queues
        WHERE name = $1
        """)

    static let forget = statement(
        "bus.forget", takes: String.self, gives: Void.self,
        """
        DELETE FROM broker.queues
        WHERE name = $1
        """)

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

    static let depth = statement(
        "bus.depth", takes: String.self, Timestamp.self, gives: (Int).self,
        """
        SELECT count(*)
        FROM broker.messages
        WHERE queue = $1 AND taken_at IS NULL AND (due_at IS NULL OR due_at <= $2)
        """)

    static let tell = statement(
        "bus.tell", takes: EventID.self, Topic.self, String.self, [UInt8].self, gives: (Int64).self,
        """
        INSERT INTO broker.tail (letter_id, topic, headers, body)
        VALUES ($1, $2, $3, $4)
        RETURNING position
        """)

    static let told = statement(
        "bus.told", takes: Int64.self, Int.self, gives: (Int64, EventID, Topic, String, [UInt8]).self,
        """
        SELECT position, letter_id, topic, headers, body
        FROM broker.tail
        WHERE position > $1
        ORDER BY position
        LIMIT $2
        """)

    static let lastTold = statement(
        "bus.last_told", gives: (Int64?).self,
        """
        SELECT max(position)
        FROM broker.tail
        """)

    static let forgetTold = statement(
        "bus.forget_told", takes: Int64.self, gives: Void.self,
        """
        DELETE FROM broker.tail
        WHERE position <= $1
        """)
}
