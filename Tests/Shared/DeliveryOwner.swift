// SharedTests · tests · sees Contracts, Ports, Wire, Delivery, Embedded, SQLiteDriver, PostgresDriver, Telemetry, Kit
import Contracts
import Delivery
import Embedded
import Kit
import Ports
import PostgresDriver
import SQLiteDriver
import Telemetry
import Wire

/// The databases that owe an owner the same.
enum Engine: String, CaseIterable, Codable, Sendable {
    case sqlite
    case postgres15
    case postgres16

    static let servers: [Engine] = [.postgres15, .postgres16]

    /// Where an empty database of this kind is: a file in the world's folder, or a URL.
    func place(in world: World) async throws -> String {
        switch self {
        case .sqlite: world.folder + "/owner.sqlite"
        case .postgres15: try await Servers.postgres(.v15).database()
        case .postgres16: try await Servers.postgres(.v16).database()
        }
    }

    func open(_ place: String) async throws -> any Database {
        switch self {
        case .sqlite: try await SQLiteDatabase.open(path: place, owner: "owner")
        case .postgres15, .postgres16: try await PostgresDatabase.open(url: place, owner: "owner")
        }
    }
}

/// An owner as one process has it: its database, a bus, and the desk and the relay between them.
struct DeliveryOwner: Sendable {
    static let out = QueueName("ainer.job.exec.audio")

    let database: any Database
    let bus: any MessageBus
    let relay: Relay
    let desk: Desk
    private let home: Home

    /// Where it lives: every owner opened at one place is another process over the same tables.
    private struct Home {
        let engine: Engine
        let place: String
        let world: World
    }

    static func open(
        _ engine: Engine, at place: String, in world: World, over bus: any MessageBus, log: Log = .silent
    ) async throws -> DeliveryOwner {
        try await open(Home(engine: engine, place: place, world: world), over: bus, log: log)
    }

    /// The same owner in another process.
    func replica(over bus: (any MessageBus)? = nil) async throws -> DeliveryOwner {
        try await Self.open(home, over: bus ?? self.bus, log: .silent)
    }

    private static func open(_ home: Home, over bus: any MessageBus, log: Log) async throws -> DeliveryOwner {
        let database = try await home.engine.open(home.place)
        try await database.migrate([DeliveryTables.migration(number: 0), Things.migration])
        try await bus.declare(Topology([out: []]))
        let relay = Relay(database: database, bus: bus, clock: home.world.clock, log: log)
        let desk = Desk(database: database, relay: relay, vault: try await home.world.openVault())
        return DeliveryOwner(database: database, bus: bus, relay: relay, desk: desk, home: home)
    }

    func close() async {
        await database.close()
        await bus.close()
    }

    /// Everything in the owner's tables, in order.
    func tables() async throws -> OwnerTables {
        try await database.transaction { tx in
            OwnerTables(
                seen: try await tx.rows(Things.seen()).map { "\($0) \($1) \($2.microseconds)" },
                things: try await tx.rows(Things.all()).map { "\($0) \($1) \($2)" },
                said: try await tx.rows(Things.said()).map {
                    "\($0) \($1) \($2) \($3.microseconds) \(String(decoding: $4, as: UTF8.self))"
                })
        }
    }

    func unpublished() async throws -> Int {
        try await database.transaction { tx in try await tx.row(Things.unpublished()) ?? 0 }
    }

    /// How many sessions of its database wait for another one.
    func waiting() async throws -> Int {
        try await database.transaction { tx in try await tx.row(Things.waiting()) ?? 0 }
    }

    /// Says one thing that no letter caused.
    func say(_ id: String) async throws {
        try await desk.send(at: .one) { _ in ((), [try Self.word(EventID(trusted: id))]) }
    }

    /// Everything that lies in the queue, settled.
    func heard(atLeast count: Int) async throws -> [EventID] {
        var heard: [EventID] = []
        while heard.count < count {
            let taken = try await bus.take(from: Self.out, upTo: 256)
            heard += taken.map(\.letter.id)
            try await bus.settle(taken.map { Verdict($0, .done) })
        }
        return heard
    }

    /// What is said about a letter; the number tells several apart.
    @Sendable static func answer(to letter: EventID, _ number: Int = 0) throws -> OutgoingLetter {
        try word(EventID(trusted: "\(letter)-answer\(number)"))
    }

    static func word(
        _ id: EventID, note: String = "", to queue: QueueName = DeliveryOwner.out
    ) throws -> OutgoingLetter {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: nil, traceID: TraceID(trusted: "t"),
            correlationID: CorrelationID(trusted: id.rawValue), idempotencyKey: IdempotencyKey(trusted: "k"))
        let envelope = EventEnvelope(
            eventID: id, type: .ainer(.nodeLost), at: Timestamp(microseconds: 1), from: .workerHub, trail: trail,
            payload: JSON.payload(.object(["node_id": .string("node_1"), "note": .string(note)])))
        return try OutgoingLetter(envelope, to: .queue(queue))
    }
}

extension Timestamp {
    static let one = Timestamp(microseconds: 1)
}

struct OwnerTables: Hashable, Sendable {
    var seen: [String] = []
    var things: [String] = []
    var said: [String] = []
}

/// The owner's own table: things that letters are about, moved from version to version.
enum Things {
    static let migration = Migration(
        1, "create_things",
        up: """
            CREATE TABLE things (
              id      TEXT PRIMARY KEY NOT NULL,
              version INTEGER NOT NULL,
              total   INTEGER NOT NULL
            ) STRICT;
            """,
        down: "DROP TABLE things;")

    static let read = statement(
        "things.read", takes: String.self, gives: (Int).self,
        """
        SELECT version
        FROM owner.things
        WHERE id = $1
        FOR UPDATE -- only postgres
        """)

    static let open = statement(
        "things.open", takes: String.self, Int.self, gives: Void.self,
        """
        INSERT INTO owner.things (id, version, total)
        VALUES ($1, 1, $2)
        """)

    static let openOnce = statement(
        "things.open_once", takes: String.self, Int.self, gives: Void.self,
        """
        INSERT INTO owner.things (id, version, total)
        VALUES ($1, 1, $2)
        ON CONFLICT (id) DO NOTHING
        """)

    static let move = statement(
        "things.move", takes: String.self, Int.self, Int.self, gives: Void.self,
        """
        UPDATE owner.things
        SET version = version + 1,
            total = total + $3
        WHERE id = $1
          AND version = $2
        """)

    static let all = statement(
        "things.all", gives: (String, Int, Int).self,
        """
        SELECT id, version, total
        FROM owner.things
        ORDER BY id
        """)

    static let seen = statement(
        "test.seen", gives: (String, EventID, Timestamp).self,
        """
        SELECT consumer, event_id, seen_at
        FROM inbox
        ORDER BY consumer, event_id
        """)

    static let said = statement(
        "test.said", gives: (EventID, String, String, Timestamp, [UInt8]).self,
        """
        SELECT id, type, address, said_at, body
        FROM events
        ORDER BY seq
        """)

    static let waiting = statement(
        "test.waiting", gives: (Int).self,
        """
        SELECT count(*)
        FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
        """)

    static let saw = statement(
        "test.saw", takes: String.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO inbox (consumer, event_id, seen_at)
        VALUES ('test', $1, $2)
        """)

    static let told = statement(
        "test.told", takes: String.self, Timestamp.self, Timestamp?.self, gives: Void.self,
        """
        INSERT INTO events (id, type, address, said_at, body, published_at)
        VALUES ($1, 'node.lost', 'queue:ainer.job.exec.audio', $2, CAST('{}' AS BLOB), $3)                -- only sqlite
        VALUES ($1, 'node.lost', 'queue:ainer.job.exec.audio', $2, convert_to('{}', 'UTF8'), $3)          -- only postgres
        """)

    static let rest = statement(
        "test.rest", gives: (String, Int).self,
        """
        SELECT 'events', count(*) FROM events_rest
        UNION ALL
        SELECT 'inbox', count(*) FROM inbox_rest
        ORDER BY 1
        """)

    /// Ends the sessions that are alone at something, as the death of their processes would.
    static let hangUp = statement(
        "test.hang_up", gives: (Bool).self,
        """
        SELECT pg_terminate_backend(pid)
        FROM pg_locks
        WHERE locktype = 'advisory' AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """)

    static let unpublished = statement(
        "test.unpublished", gives: (Int).self,
        """
        SELECT count(*)
        FROM events
        WHERE published_at IS NULL
        """)
}
