// Conformance · tests · sees Contracts, Ports
import Contracts
import Ports
import Testing

extension DatabaseConformance {
    static let values = [
        DatabasePromise(about: "every value comes back as it went") { (database, _) async throws in
            let long = String(repeating: "fog over the harbour, ", count: 50_000)
            let texts: [String?] = [nil, "", "a", "é", "中文", "😀👩‍👩‍👧", "line\nbreak\t\"'\\$1", long]
            let counts: [Int64?] = [nil, 0, 1, -1, .max, .min, 3_000_000_000, -2_147_483_649]
            let ratios: [Double?] = [
                nil, 0, -0.5, 0.1234567890123, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .infinity, -1e-300,
            ]
            let bytes: [[UInt8]?] = [
                nil, [], [0], Array(0...255), (0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 31) },
            ]
            for index in 0..<8 {
                let row = (texts[index], counts[index], ratios[index], bytes[index % bytes.count])
                try await database.carryOut(Cells.keep(Int64(index), row.0, row.1, row.2, row.3))
                let found = try #require(
                    try await database.transaction { tx in try await tx.row(Cells.read(Int64(index))) })
                #expect(found.0 == row.0 && found.1 == row.1 && found.2 == row.2 && found.3 == row.3)
            }
        },
        DatabasePromise(about: "times, flags and names are values too") { (database, _) async throws in
            let (run, now) = (RunID(trusted: "run_1"), Timestamp(microseconds: 1_700_000_000_123_456))
            try await database.transaction { (tx) async throws in
                let found = try await tx.row(Cells.echo(run, now, .running, true))
                #expect(found.map { $0 == (run, now, .running, true) } == true)
                #expect(try await tx.row(Cells.isKnown("nobody")) == false)
            }
        },
        DatabasePromise(about: "a text with U+0000 in it is refused") { (database, _) async throws in
            #expect(await database.refusal(of: People.add("a\0b")) == .constraint)
            #expect(try await database.names().isEmpty)
        },
        DatabasePromise(about: "text is ordered and compared by its bytes") { (database, _) async throws in
            let names = ["a", "B", "Z", "é", "e", "中", "😀", "A", "_", "~", "z"]
            try await database.transaction { tx in
                for name in names { try await tx.run(People.add(name)) }
            }
            let found = try await database.names()
            #expect(found == names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) })
            try await database.transaction { (tx) async throws in
                #expect(try await tx.rows(Cells.like("a%")) == ["a"])
                #expect(try await tx.rows(Cells.like("\\_%")) == ["_"])
            }
        },
        DatabasePromise(about: "a list travels as one JSON parameter") { (database, _) async throws in
            try await database.transaction { tx in
                for name in ["one", "two", "three"] { try await tx.run(People.add(name)) }
                #expect(try await tx.rows(Cells.among("[\"three\", \"one\", \"four\"]")) == ["one", "three"])
            }
        },
    ]
}

private enum Cells {
    static let keep = statement(
        "cells.keep", takes: Int64.self, String?.self, Int64?.self, Double?.self, [UInt8]?.self, gives: Void.self,
        """
        INSERT INTO test.cells (id, text, count, ratio, bytes)
        VALUES ($1, $2, $3, $4, $5)
        """)

    static let read = statement(
        "cells.read", takes: Int64.self, gives: (String?, Int64?, Double?, [UInt8]?).self,
        """
        SELECT text, count, ratio, bytes
        FROM test.cells
        WHERE id = $1
        """)

    static let echo = statement(
        "cells.echo", takes: RunID.self, Timestamp.self, RunStatus.self, Bool.self,
        gives: (RunID, Timestamp, RunStatus, Bool).self,
        """
        SELECT $1, $2, $3, $4
        """)

    static let isKnown = statement(
        "cells.is_known", takes: String.self, gives: (Bool).self,
        """
        SELECT EXISTS (SELECT 1 FROM test.people WHERE name = $1)
        """)

    static let like = statement(
        "cells.like", takes: String.self, gives: (String).self,
        """
        SELECT name
        FROM test.people
        WHERE name LIKE $1 ESCAPE '\\'
        ORDER BY name
        """)

    static let among = statement(
        "cells.among", takes: String.self, gives: (String).self,
        """
        SELECT name
        FROM test.people
        WHERE name IN (
          SELECT value FROM json_each($1)                                       -- only sqlite
          SELECT value FROM json_array_elements_text($1::json) AS e (value)     -- only postgres
        )
        ORDER BY name
        """)
}
