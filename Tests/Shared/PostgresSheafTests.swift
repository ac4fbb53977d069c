// SharedTests · tests · sees Conformance, Kit, Ports, PostgresDriver
import Conformance
import Kit
import Ports
import PostgresDriver
import Testing

@Suite("SheafRows that are written one behind the other")
struct PostgresSheafTests {
    @Test("travel in statements of a power of two rows, in their order")
    func sizes() {
        var sheaf = PostgresSheaf()
        for count in 0...70 {
            let bound = sheaf.bind((0..<count).map { Order(SheafRows.plain("\($0)", $0)) })
            #expect(bound.flatMap(\.cells) == (0..<count).flatMap { SheafRows.plain("\($0)", $0).cells })
            #expect(bound.allSatisfy { $0.rows.nonzeroBitCount == 1 && $0.rows <= 32 })
            #expect(bound.count <= count / 32 + 5)
        }
    }

    @Test("keep what stands around the row, and number its arguments on")
    func text() {
        var sheaf = PostgresSheaf()
        let bound = sheaf.bind([Order(SheafRows.careful("a", 1)), Order(SheafRows.careful("b", 2))])
        #expect(bound.count == 1)
        #expect(
            PostgresSheaf.text(of: bound[0]) == """
                INSERT INTO rows (name, word, rank, twice)
                VALUES ($1, 'it''s', $2, $2), ($3, 'it''s', $4, $4)
                ON CONFLICT (name) DO NOTHING
                """)
    }

    @Test("stay alone when they might change one another, or are no plain rows")
    func alone() {
        var sheaf = PostgresSheaf()
        for order in [
            Order(SheafRows.overwriting("a", 1)), Order(SheafRows.counted("a", 1)), Order(SheafRows.nothing("a")),
            Order(SheafRows.remove("a")), Order(SheafRows.selected("a")),
        ] {
            #expect(sheaf.bind([order, order]).map(\.rows) == [1, 1], "\(order.name)")
        }
        let mixed = [Order(SheafRows.plain("a", 1)), Order(SheafRows.remove("a")), Order(SheafRows.plain("a", 2))]
        #expect(sheaf.bind(mixed).map { "\($0.name)" } == mixed.map { "\($0.name)" })
    }

    @Test("are all there, between what was written before and after them", arguments: Servers.Postgres.allCases)
    func written(_ version: Servers.Postgres) async throws {
        let database = try await PostgresDatabase.open(
            url: try await Servers.postgres(version).database(), owner: "sheaf")
        try await database.migrate([SheafRows.migration])
        for count in [1, 2, 3, 31, 32, 33, 100] {
            try await database.transaction { tx in
                try await tx.send([Order(SheafRows.empty())])
                try await tx.send((0..<count).map { Order(SheafRows.plain("\($0)", $0)) })
                try await tx.send([Order(SheafRows.remove("0"))])
                try await tx.send((0..<3).map { _ in Order(SheafRows.careful("0", 7)) })
            }
            let found = try await database.transaction { tx in try await tx.rows(SheafRows.all()) }
            let wanted = (0..<count).map { ("\($0)", $0 == 0 ? 7 : $0) }.sorted { $0.0 < $1.0 }
            #expect(found.map(\.0) == wanted.map(\.0))
            #expect(found.map(\.1) == wanted.map(\.1))
        }
        await database.close()
    }

    @Test("fail together when one of them may not be there, and name the statement")
    func refused() async throws {
        let database = try await PostgresDatabase.open(
            url: try await Servers.postgres(.v15).database(), owner: "sheaf")
        try await database.migrate([SheafRows.migration])
        do {
            try await database.transaction { tx in
                try await tx.send((0..<5).map { Order(SheafRows.plain("\($0 % 4)", $0)) })
            }
            Issue.record("a name was stored twice")
        } catch let failure as DatabaseFailure {
            #expect(failure.code == .unique)
            #expect(failure.during == "rows.plain")
        }
        #expect(try await database.transaction { tx in try await tx.rows(SheafRows.all()) }.isEmpty)
        await database.close()
    }
}

private enum SheafRows {
    static let migration = Migration(
        1, "create_rows",
        up: """
            CREATE TABLE rows (
              name  TEXT PRIMARY KEY NOT NULL,
              word  TEXT NOT NULL,
              rank  INTEGER NOT NULL,
              twice INTEGER NOT NULL
            ) STRICT;
            """,
        down: """
            DROP TABLE rows;
            """)

    static let plain = statement(
        "rows.plain", takes: String.self, Int.self, gives: Void.self,
        """
        INSERT INTO rows (name, word, rank, twice)
        VALUES ($1, 'word', $2, $2)
        """)

    static let careful = statement(
        "rows.careful", takes: String.self, Int.self, gives: Void.self,
        """
        INSERT INTO rows (name, word, rank, twice)
        VALUES ($1, 'it''s', $2, $2)
        ON CONFLICT (name) DO NOTHING
        """)

    static let overwriting = statement(
        "rows.overwriting", takes: String.self, Int.self, gives: Void.self,
        """
        INSERT INTO rows (name, word, rank, twice)
        VALUES ($1, 'word', $2, $2)
        ON CONFLICT (name) DO UPDATE SET rank = excluded.rank
        """)

    static let counted = statement(
        "rows.counted", takes: String.self, Int.self, gives: (Int).self,
        """
        INSERT INTO rows (name, word, rank, twice)
        VALUES ($1, 'word', $2, $2)
        RETURNING rank
        """)

    static let nothing = statement(
        "rows.nothing", takes: String.self, gives: Void.self,
        """
        INSERT INTO rows (name, word, rank, twice)
        VALUES ($1, 'word', NULL, 1)
        """)

    static let selected = statement(
        "rows.selected", takes: String.self, gives: Void.self,
        """
        INSERT INTO rows (name, word, rank, twice)
        SELECT $1, 'VALUES (', 1, 1
        """)

    static let remove = statement(
        "rows.remove", takes: String.self, gives: Void.self,
        """
        DELETE FROM rows
        WHERE name = $1
        """)

    static let empty = statement("rows.empty", gives: Void.self, "DELETE FROM rows")

    static let all = statement(
        "rows.all", gives: (String, Int).self,
        """
        SELECT name, rank
        FROM rows
        ORDER BY name
        """)
}
