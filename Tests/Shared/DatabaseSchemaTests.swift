// SharedTests · tests · sees Embedded, GatewayAdapters, Kit, OrchestratorAdapters, Ports, PostgresDriver, SQLiteDriver, WorkerHubAdapters
import Embedded
import GatewayAdapters
import Kit
import OrchestratorAdapters
import Ports
import PostgresDriver
import SQLiteDriver
import Testing
import WorkerHubAdapters

/// One text of a schema, for two databases.
@Suite("A schema")
struct DatabaseSchemaTests {
    @Test(
        "is spelled for PostgreSQL word by word, outside of quotes and comments",
        arguments: [
            ("a TEXT NOT NULL", "a TEXT COLLATE \"C\" NOT NULL"),
            ("n INTEGER, r REAL, b BLOB", "n BIGINT, r DOUBLE PRECISION, b BYTEA"),
            (") STRICT;", ") ;"),
            ("seq INTEGER PRIMARY KEY AUTOINCREMENT,", "seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"),
            (
                "seq  INTEGER\n  PRIMARY  KEY AUTOINCREMENT",
                "seq  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
            ),
            ("seq INTEGER PRIMARY KEY,", "seq BIGINT PRIMARY KEY,"),
            ("seq INTEGER PRIMARY KEY NOT NULL", "seq BIGINT PRIMARY KEY NOT NULL"),
            ("-- TEXT, STRICT\na TEXT", "-- TEXT, STRICT\na TEXT COLLATE \"C\""),
            ("a TEXT DEFAULT 'TEXT'", "a TEXT COLLATE \"C\" DEFAULT 'TEXT'"),
            ("a TEXT DEFAULT 'it''s a BLOB' -- REAL", "a TEXT COLLATE \"C\" DEFAULT 'it''s a BLOB' -- REAL"),
            ("\"TEXT\" BLOB", "\"TEXT\" BYTEA"),
            ("CHECK (CAST(a AS TEXT) = b)", "CHECK (CAST(a AS TEXT) = b)"),
            ("CONTEXT TEXTILE text REALLY", "CONTEXT TEXTILE text REALLY"),
            ("a TEXT, -- only sqlite\nb REAL, -- only postgres", "b DOUBLE PRECISION, -- only postgres"),
            ("'never closed TEXT", "'never closed TEXT"),
            ("", ""),
        ])
    func spelling(_ text: String, _ wanted: String) {
        #expect(Dialect.postgres.schema(text) == wanted)
    }

    @Test("is left as it is for SQLite, but for the lines of the other")
    func sqlite() {
        let text = "a TEXT,\nb BYTEA, -- only postgres\nc REAL -- only sqlite\n) STRICT;"
        #expect(Dialect.sqlite.schema(text) == "a TEXT,\nc REAL -- only sqlite\n) STRICT;")
    }

    @Test("keeps its sum when a line for the other database changes, and no sum of old has changed")
    func checksums() throws {
        let plain = Migration(1, "a", up: "CREATE TABLE a (b TEXT) STRICT;", down: "DROP TABLE a;")
        let marked = Migration(
            1, "a", up: "CREATE TABLE a (b TEXT) STRICT;\nCREATE INDEX c ON a (b); -- only postgres",
            down: "DROP TABLE a;")
        let past: Ledger.Past = [(1, "a", "69397c701c5b93d0a3de60fcfa17ac60e39e3b850d426f49083b900f73066863")]
        #expect(try Ledger(.sqlite).missing(of: [plain], after: past).isEmpty)
        #expect(try Ledger(.sqlite).missing(of: [marked], after: past).isEmpty)
        #expect(throws: DatabaseFailure.self) { try Ledger(.postgres).missing(of: [marked], after: past) }
    }

    @Test(
        "has the sum that stands in data folders since the first version",
        arguments: [
            (GatewayTables.migrations[0], "0fe5056e830b93645bfa03212bf6b18fc1d5ae3684dd33bcf6db4d7e6e48023c"),
            (RunQueries.migrations[0], "03aa3a6ffc4a580b94eb7d0f0076c5f332a848f7e4dbe8511b24199a11de74d9"),
            (LeaseQueries.migrations[0], "6a6f7c443da72cc1637d2cf41859fc516dc8eee464896ea5a33f3af6327830ac"),
            (BusTables.migrations[0], "8e8d84581336058a69ce2223e11a08dfc8248de0d5193c48a12368179cccff4c"),
            (StatementOwner.delivery, "125099ff5d1d3bcf067beb52f478bfaa0808a41a7383e75f37ddb8a8c38f5c4c"),
        ])
    func oldSums(_ migration: Migration, _ sum: String) {
        #expect(Self.sum(of: migration, in: .sqlite) == sum)
    }

    @Test("says what is missing in order, and what is too much in reverse")
    func order() throws {
        let steps = [3, 1, 2].map { Migration($0, "m\($0)", up: "SELECT 1;", down: "SELECT 2;") }
        let past: Ledger.Past = [(2, "m2", Self.sum(of: steps[2], in: .postgres))]
        let ledger = Ledger(.postgres)
        #expect(try ledger.missing(of: steps, after: past).map(\.during) == ["migration 1 m1", "migration 3 m3"])
        let all = steps.map { ($0.number, $0.name, Self.sum(of: $0, in: .postgres)) }
        #expect(try ledger.surplus(of: steps, above: 1, after: all).map(\.during) == ["undoing 3 m3", "undoing 2 m2"])
        #expect(try ledger.surplus(of: steps, above: 0, after: past).map(\.during) == ["undoing 2 m2"])
    }

    @Test(
        "is the same on every database, up, down and up again", arguments: StatementOwner.onServers,
        Servers.Postgres.allCases
    )
    func catalogues(_ owner: StatementOwner, _ version: Servers.Postgres) async throws {
        let world = try World()
        defer { world.clear() }
        let url = try await Servers.postgres(version).database()
        let databases: [any Database] = [
            try await SQLiteDatabase.open(path: world.folder + "/test.sqlite", owner: owner.name),
            try await PostgresDatabase.open(url: url, owner: owner.name),
        ]
        var seen: [[String]] = []
        for (database, catalogue) in zip(databases, [Catalogue.sqlite, Catalogue.postgres]) {
            try await database.migrate(owner.migrations)
            let full = try await catalogue(database)
            try await database.revert(owner.migrations, downTo: -1)
            #expect(try await catalogue(database).allSatisfy { $0.hasPrefix("migrations") })
            try await database.migrate(owner.migrations)
            #expect(try await catalogue(database) == full)
            seen.append(full)
            await database.close()
        }
        #expect(seen[0] == seen[1])
        #expect(seen[0].count >= 15)
    }

    private static func sum(of migration: Migration, in dialect: Dialect) -> String {
        let step = try? Ledger(dialect).missing(of: [migration], after: []).first  // none is not equal to any
        guard case .text(let sum)? = step?.record.cells.last else { return "" }
        return sum
    }
}

/// What a database says of its tables: a line a column, a line an index.
private enum Catalogue {
    static func sqlite(_ database: any Database) async throws -> [String] {
        try await database.transaction { tx in
            let columns = try await tx.rows(sqliteColumns()).map { table, name, type, isNeeded in
                "\(table).\(name) \(words[type] ?? type)\(isNeeded ? " needed" : "")"
            }
            return (columns + (try await tx.rows(sqliteIndexes())).map { "\($0).\($1) on \($2)\($3 ? " unique" : "")" })
                .sorted()
        }
    }

    static func postgres(_ database: any Database) async throws -> [String] {
        try await database.transaction { tx in
            let columns = try await tx.rows(postgresColumns()).map { table, name, type, isNeeded in
                "\(table).\(name) \(type)\(isNeeded ? " needed" : "")"
            }
            return
                (columns + (try await tx.rows(postgresIndexes())).map { "\($0).\($1) on \($2)\($3 ? " unique" : "")" })
                .sorted()
        }
    }

    private static let words = ["INTEGER": "bigint", "TEXT": "text", "REAL": "double precision", "BLOB": "bytea"]

    private static let sqliteColumns = statement(
        "catalogue.sqlite_columns", gives: (String, String, String, Bool).self,
        """
        SELECT t.name, c.name, c.type, c."notnull" = 1 OR c.pk > 0
        FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c
        WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
        """)

    /// The indexes somebody named, with their columns in order.
    private static let sqliteIndexes = statement(
        "catalogue.sqlite_indexes", gives: (String, String, String, Bool).self,
        """
        SELECT i.tbl_name, i.name,
          (SELECT group_concat(name) FROM (SELECT c.name FROM pragma_index_info(i.name) AS c ORDER BY c.seqno)),
          i.sql LIKE 'CREATE UNIQUE%'
        FROM sqlite_schema AS i
        WHERE i.type = 'index' AND i.sql IS NOT NULL
        """)

    private static let postgresColumns = statement(
        "catalogue.postgres_columns", gives: (String, String, String, Bool).self,
        """
        SELECT CAST(c.relname AS text), CAST(a.attname AS text), format_type(a.atttypid, a.atttypmod), a.attnotnull
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
          AND c.relnamespace = CAST(current_schema AS regnamespace) AND NOT c.relispartition
        """)

    private static let postgresIndexes = statement(
        "catalogue.postgres_indexes", gives: (String, String, String, Bool).self,
        """
        SELECT CAST(t.relname AS text), CAST(i.relname AS text),
          (SELECT string_agg(a.attname, ',' ORDER BY k.place)
           FROM unnest(x.indkey) WITH ORDINALITY AS k (number, place)
           JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number),
          x.indisunique
        FROM pg_index AS x JOIN pg_class AS t ON t.oid = x.indrelid JOIN pg_class AS i ON i.oid = x.indexrelid
        WHERE t.relnamespace = CAST(current_schema AS regnamespace) AND NOT t.relispartition
          AND NOT EXISTS (SELECT 1 FROM pg_constraint AS c WHERE c.conindid = x.indexrelid)
        """)
}
