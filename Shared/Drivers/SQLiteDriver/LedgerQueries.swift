// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import Ports

/// Unqualified, because the ledger is the same for every owner and an unqualified name is a name of main.
enum LedgerQueries {
    static let all = statement(
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
        VALUES ($1, $2, $3, CAST(strftime('%s', 'now') AS INTEGER) * 1000000)
        """)

    static let remove = statement(
        "migrations.remove", takes: Int.self, gives: Void.self,
        """
        DELETE FROM migrations
        WHERE number = $1
        """)

    static let orphans = statement(
        "migrations.orphans", gives: (String, String).self,
        """
        SELECT "table", parent
        FROM pragma_foreign_key_check
        LIMIT 1
        """)
}
