// Ports · doors · sees Contracts
import Contracts

/// One numbered change of an owner's schema, both ways, in SQLite STRICT words with unqualified names.
package struct Migration: Sendable {
    package let number: Int
    package let name: String
    package let up: StaticString
    package let down: StaticString

    package init(_ number: Int, _ name: String, up: StaticString, down: StaticString) {
        self.number = number
        self.name = name
        self.up = up
        self.down = down
    }

    fileprivate var label: String { "\(number) \(name)" }
}

/// One thing to do to a schema, and the line that remembers it.
package struct MigrationStep: Sendable {
    /// What is being done, for whoever reads that it failed.
    package let during: String
    package let script: String
    package let record: Order
}

/// What was done to an owner's schema, in order. The past is only ever added to.
///
/// It decides and a driver does: the table, its rows as they are, then the steps in one transaction.
package struct Ledger: Sendable {
    /// Number, name and checksum of what was applied.
    package typealias Past = [(Int, String, String)]

    private let dialect: Dialect

    package init(_ dialect: Dialect) { self.dialect = dialect }

    package var table: String {
        dialect.schema(
            """
            CREATE TABLE IF NOT EXISTS migrations (
              number     INTEGER PRIMARY KEY NOT NULL,
              name       TEXT NOT NULL,
              checksum   TEXT NOT NULL,
              applied_at INTEGER NOT NULL
            ) STRICT
            """)
    }

    /// What is still to be applied, the oldest first.
    package func missing(of migrations: [Migration], after past: Past) throws(DatabaseFailure) -> [MigrationStep] {
        try agreed(migrations, with: past).filter { migration in !past.contains { $0.0 == migration.number } }
            .map { migration in
                MigrationStep(
                    during: "migration \(migration.label)", script: dialect.schema(migration.up),
                    record: Order(LedgerQueries.add(migration.number, migration.name, checksum(of: migration))))
            }
    }

    /// What is to be taken back, the newest first.
    package func surplus(
        of migrations: [Migration], above number: Int, after past: Past
    ) throws(DatabaseFailure) -> [MigrationStep] {
        try agreed(migrations, with: past).reversed().filter { migration in
            migration.number > number && past.contains { $0.0 == migration.number }
        }.map { migration in
            MigrationStep(
                during: "undoing \(migration.label)", script: dialect.schema(migration.down),
                record: Order(LedgerQueries.remove(migration.number)))
        }
    }

    /// Over both directions as this database reads them, so that a line for the other one changes nothing here.
    private func checksum(of migration: Migration) -> String {
        SHA256.hex(of: Array("\(dialect.spelling(migration.up))\n-- down\n\(dialect.spelling(migration.down))".utf8))
    }

    /// The migrations in order, once nothing in the past speaks against them.
    private func agreed(_ migrations: [Migration], with past: Past) throws(DatabaseFailure) -> [Migration] {
        let sorted = migrations.sorted { $0.number < $1.number }
        for (earlier, later) in zip(sorted, sorted.dropFirst()) where earlier.number == later.number {
            throw refusal("\(earlier.label) and \(later.label) have one number")
        }
        for (number, name, checksum) in past {
            guard let migration = sorted.first(where: { $0.number == number }) else {
                throw refusal(
                    "\(number) \(name) was applied by a newer program; start that one, or restore older data")
            }
            guard self.checksum(of: migration) == checksum else {
                throw refusal("\(migration.label) was changed after it was applied; add a new migration instead")
            }
        }
        return sorted
    }

    private func refusal(_ cause: String) -> DatabaseFailure {
        DatabaseFailure(.misuse, during: "migrations", cause: cause)
    }
}

/// Unqualified, because the ledger is the same for every owner and an unqualified name is a name of the owner.
package enum LedgerQueries {
    package static let all = statement(
        "migrations.all", gives: (Int, String, String).self,
        """
        SELECT number, name, checksum
        FROM migrations
        ORDER BY number
        """)

    // The one clock in our SQL: a driver has no other, and nobody decides anything by it.
    static let add = statement(
        "migrations.add", takes: Int.self, String.self, String.self, gives: Void.self,
        """
        INSERT INTO migrations (number, name, checksum, applied_at)
        VALUES ($1, $2, $3,
          CAST(strftime('%s', 'now') AS INTEGER) * 1000000)       -- only sqlite
          CAST(extract(epoch FROM now()) * 1000000 AS BIGINT))    -- only postgres
        """)

    static let remove = statement(
        "migrations.remove", takes: Int.self, gives: Void.self,
        """
        DELETE FROM migrations
        WHERE number = $1
        """)
}
