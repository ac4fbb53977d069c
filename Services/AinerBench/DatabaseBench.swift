// AinerBench · wiring · sees Contracts, Ports, Telemetry, Delivery, Embedded, FileDriver, SQLiteDriver, PostgresDriver
import Contracts
import Delivery
import Embedded
import FileDriver
import Foundation
import Ports
import PostgresDriver
import SQLiteDriver
import Telemetry

/// The delivery transaction: letters seen once, rows moved from version to version, two events of 1 KB said for each.
enum DatabaseBench {
    private static let batch = 32
    private static let rounds = 8

    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        let folder = NSTemporaryDirectory() + "ainer-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too
        let sqlite = try await SQLiteDatabase.open(path: folder + "/bench.sqlite", owner: "bench")
        let ofSQLite = try await figures("db.sqlite", of: sqlite, in: folder, seconds / 2)
        await sqlite.close()
        let server = try await BenchServer.start("postgres15")
        let postgres = try await PostgresDatabase.open(url: server.fact("url"), owner: "bench")
        let ofPostgres = try await figures("db.postgres", of: postgres, in: folder, seconds / 2)
        await postgres.close()
        try await server.stop()
        return ofSQLite + ofPostgres
    }

    /// Both wait for the disk at every commit.
    private static func figures(
        _ name: String, of database: any Database, in folder: String, _ seconds: Double
    ) async throws -> [Figure] {
        let clerk = try await Clerk(database: database, folder: folder)
        // By turns: whatever else the machine does meets both.
        var (single, batched) = (Stretch(), Stretch())
        for _ in 0..<rounds {
            let slice = seconds / 2 / Double(rounds)
            try await single.run(slice) { try await clerk.apply(1) }
            try await batched.run(slice) { try await clerk.apply(batch) }
        }
        return [
            Figure(name: name + ".single", value: single.perSecond, unit: "letters/s"),
            Figure(
                name: name + ".batch\(batch)", value: batched.perSecond, unit: "letters/s", versus: "one by one",
                ratio: batched.perSecond / single.perSecond),
        ]
    }
}

/// How often something was done over several stretches of time.
private struct Stretch {
    private var count = 0
    private var passed = 0.0

    var perSecond: Double { Double(count) / passed }

    mutating func run(_ seconds: Double, _ work: () async throws -> Int) async rethrows {
        let began = ContinuousClock.now
        repeat { count += try await work() } while ContinuousClock.now - began < .seconds(seconds)
        passed += (ContinuousClock.now - began) / .seconds(1)
    }
}

/// An owner with a table of jobs, and letters for it that nobody has seen.
private final class Clerk {
    private static let jobs = 4096

    private let desk: Desk
    private let clock = SystemClock()
    private let mint = Mint(clock: SystemClock(), entropy: SystemEntropy())
    private let envelope: EventEnvelope
    private var next = 0

    init(database: any Database, folder: String) async throws {
        let objects = try await FolderStore.open(folder: folder)
        let bus = try await EmbeddedBus.open(path: folder + "/broker.sqlite", clock: clock)
        let relay = Relay(database: database, bus: bus, clock: clock, log: .silent)
        desk = Desk(database: database, relay: relay, vault: PayloadVault(objects: objects, mint: mint))
        envelope = try EnvelopeBench.sample()
        try await database.migrate([DeliveryTables.migration(number: 0), BenchQueries.migration])
        _ = try await Retention(database: database, clock: clock, log: .silent).sweep()
        for first in stride(from: 0, to: Self.jobs, by: 64) {
            let names = (first..<first + 64).map(Self.name)
            try await database.transaction { tx in
                try await tx.send(names.map { Order(BenchQueries.open($0)) })
            }
        }
    }

    func apply(_ count: Int) async throws -> Int {
        let now = clock.now()
        let letters = (0..<count).map { _ in mint.name(EventID.self) }
        let names = (0..<count).map { Self.name((next + $0) % Self.jobs) }
        let said = try (0..<2 * count).map { _ in
            var envelope = envelope
            envelope.eventID = mint.name()
            return try OutgoingLetter(envelope)
        }
        next += count
        try await desk.apply(consumer: "bench", letters: letters, at: now) { tx, fresh in
            let rows = try await tx.rows(BenchQueries.lock(DeliveryQueries.list(names.map(EventID.init(trusted:)))))
            guard rows.count == fresh.count else { throw Mismatch() }
            try await tx.send(rows.map { Order(BenchQueries.move($0.0, $0.1, now)) })
            return ((), said)
        }
        return count
    }

    private static func name(_ number: Int) -> String { "job_\(number)" }

    private struct Mismatch: Error {}
}

private enum BenchQueries {
    static let migration = Migration(
        1, "create_jobs",
        up: """
            CREATE TABLE jobs (
              id         TEXT PRIMARY KEY NOT NULL,
              version    INTEGER NOT NULL,
              updated_at INTEGER NOT NULL
            ) STRICT;
            """,
        down: "DROP TABLE jobs;")

    static let open = statement(
        "bench.open", takes: String.self, gives: Void.self,
        """
        INSERT INTO bench.jobs (id, version, updated_at)
        VALUES ($1, 0, 0)
        """)

    static let lock = statement(
        "bench.lock", takes: String.self, gives: (String, Int).self,
        """
        SELECT id, version
        FROM bench.jobs
        WHERE id IN (
          SELECT value FROM json_each($1)                                       -- only sqlite
          SELECT value FROM json_array_elements_text($1::json) AS names (value) -- only postgres
        )
        ORDER BY id
        FOR UPDATE -- only postgres
        """)

    static let move = statement(
        "bench.move", takes: String.self, Int.self, Timestamp.self, gives: Void.self,
        """
        UPDATE bench.jobs
        SET version = version + 1,
            updated_at = $3
        WHERE id = $1
          AND version = $2
        """)
}
