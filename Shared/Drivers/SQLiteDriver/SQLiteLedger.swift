// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import Ports

/// Does to an owner's schema what the ledger decides, in one transaction.
enum SQLiteLedger {
    private static let ledger = Ledger(.sqlite)

    /// Applies what is missing, all of it or nothing.
    static func apply(_ migrations: [Migration], on connection: SQLiteConnection) throws(DatabaseFailure) {
        try change(on: connection) { (past) throws(DatabaseFailure) in
            try ledger.missing(of: migrations, after: past)
        }
    }

    /// Takes back everything above `number`, the newest first.
    static func revert(
        _ migrations: [Migration], downTo number: Int, on connection: SQLiteConnection
    ) throws(DatabaseFailure) {
        try change(on: connection) { (past) throws(DatabaseFailure) in
            try ledger.surplus(of: migrations, above: number, after: past)
        }
    }

    private static func change(
        on connection: SQLiteConnection, _ steps: (Ledger.Past) throws(DatabaseFailure) -> [MigrationStep]
    ) throws(DatabaseFailure) {
        try withoutForeignKeys(on: connection) { () throws(DatabaseFailure) in
            try connection.script(ledger.table, during: "migrations")
            for step in try steps(try connection.rows(LedgerQueries.all())) {
                try connection.script(step.script, during: step.during)
                try connection.run(step.record)
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
                guard let orphan = try connection.rows(orphans()).first else { return }
                throw DatabaseFailure(
                    .foreignKey, during: "migrations", cause: "\(orphan.0) would point at missing rows of \(orphan.1)")
            }
        } catch {
            try connection.script("PRAGMA foreign_keys = ON", during: "migrations")
            throw error
        }
        try connection.script("PRAGMA foreign_keys = ON", during: "migrations")
    }

    private static let orphans = statement(
        "migrations.orphans", gives: (String, String).self,
        """
        SELECT "table", parent
        FROM pragma_foreign_key_check
        LIMIT 1
        """)
}
