// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import Contracts
import Ports

/// What was done to an owner's schema, in order. The past is only ever added to.
enum Ledger {
    /// Applies what is missing, all of it or nothing.
    static func apply(_ migrations: [Migration], on connection: SQLiteConnection) throws(DatabaseFailure) {
        let wanted = try inOrder(migrations)
        try withoutForeignKeys(on: connection) { () throws(DatabaseFailure) in
            try connection.script(table, during: "migrations")
            let past = try connection.rows(LedgerQueries.all())
            try compare(past, with: wanted)
            for migration in wanted where !past.contains(where: { $0.0 == migration.number }) {
                try connection.script(Dialect.sqlite.spelling(migration.up), during: "migration \(migration.label)")
                try connection.run(
                    LedgerQueries.add(migration.number, migration.name, migration.checksum))
            }
        }
    }

    /// Takes back everything above `number`, the newest first.
    static func revert(
        _ migrations: [Migration], downTo number: Int, on connection: SQLiteConnection
    ) throws(DatabaseFailure) {
        let wanted = try inOrder(migrations)
        try withoutForeignKeys(on: connection) { () throws(DatabaseFailure) in
            let past = try connection.rows(LedgerQueries.all())
            try compare(past, with: wanted)
            for migration in wanted.reversed() where migration.number > number {
                guard past.contains(where: { $0.0 == migration.number }) else { continue }
                try connection.script(Dialect.sqlite.spelling(migration.down), during: "undoing \(migration.label)")
                try connection.run(LedgerQueries.remove(migration.number))
            }
        }
    }

    private static let table = """
        CREATE TABLE IF NOT EXISTS migrations (
          number     INTEGER PRIMARY KEY NOT NULL,
          name       TEXT NOT NULL,
          checksum   TEXT NOT NULL,
          applied_at INTEGER NOT NULL
        ) STRICT
        """

    private static func inOrder(_ migrations: [Migration]) throws(DatabaseFailure) -> [Migration] {
        let sorted = migrations.sorted { $0.number < $1.number }
        for (earlier, later) in zip(sorted, sorted.dropFirst()) where earlier.number == later.number {
            throw DatabaseFailure(
                .misuse, during: "migrations", cause: "\(earlier.label) and \(later.label) have one number")
        }
        return sorted
    }

    private static func compare(
        _ past: [(Int, String, String)], with wanted: [Migration]
    ) throws(DatabaseFailure) {
        for (number, name, checksum) in past {
            guard let migration = wanted.first(where: { $0.number == number }) else {
                throw DatabaseFailure(
                    .misuse, during: "migrations",
                    cause: "\(number) \(name) was applied by a newer program; start that one, or restore older data")
            }
            guard migration.checksum == checksum else {
                throw DatabaseFailure(
                    .misuse, during: "migrations",
                    cause: "\(migration.label) was changed after it was applied; add a new migration instead")
            }
        }
    }

    /// A table cannot be rebuilt while its foreign keys are watched, and the watch cannot be changed inside a
    /// transaction: so it is off during, and everything is checked once before the commit.
    private static func withoutForeignKeys(
        on connection: SQLiteConnection, _ work: () throws(DatabaseFailure) -> Void
    ) throws(DatabaseFailure) {
        try connection.script("PRAGMA foreign_keys = OFF", during: "migrations")
        do {
            try connection.transaction { () throws(DatabaseFailure) in
                try work()
                guard let orphan = try connection.rows(LedgerQueries.orphans()).first else { return }
                throw DatabaseFailure(
                    .foreignKey, during: "migrations", cause: "\(orphan.0) would point at missing rows of \(orphan.1)")
            }
        } catch {
            try connection.script("PRAGMA foreign_keys = ON", during: "migrations")
            throw error
        }
        try connection.script("PRAGMA foreign_keys = ON", during: "migrations")
    }
}

extension Migration {
    fileprivate var label: String { "\(number) \(name)" }
    /// Over both directions and the raw text, so the same past has the same sum on every database.
    fileprivate var checksum: String { SHA256.hex(of: Array("\(up)\n-- down\n\(down)".utf8)) }
}
