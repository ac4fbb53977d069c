// Conformance · tests · sees Contracts, Ports
import Ports
import Testing

extension DatabaseConformance {
    static let migrations = [
        DatabasePromise("a schema goes up, down and up again") { (world) async throws in
            let database = try await world.open()
            let both = [People.migration, Steps.second]
            try await database.migrate(both)
            try await database.carryOut(Steps.put("one"))
            try await database.migrate(both)
            try await database.revert(both, downTo: 1)
            #expect(await database.refusal(of: Steps.put("two")) == .misuse)
            try await database.carryOut(People.add("one"))
            try await database.revert(both, downTo: 0)
            #expect(await database.refusal(of: People.names()) == .misuse)
            try await database.migrate(both)
            #expect(try await database.names().isEmpty)
            await database.close()
        },
        DatabasePromise(about: "a changed past is refused, and so is a past of later programs") {
            (database, _) async throws in
            let changed = Migration(1, "create_people", up: "CREATE TABLE a (b TEXT) STRICT;", down: "DROP TABLE a;")
            #expect(await database.migrationRefusal([changed])?.contains("changed after it was applied") == true)
            try await database.migrate([People.migration, Steps.second])
            #expect(await database.migrationRefusal([People.migration])?.contains("a newer program") == true)
            let twice = [People.migration, Steps.second, Steps.namesake]
            #expect(await database.migrationRefusal(twice)?.contains("have one number") == true)
            try await database.migrate([People.migration, Steps.second])
        },
        DatabasePromise(about: "a migration that fails leaves nothing") { (database, _) async throws in
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.migrate([People.migration, Steps.second, Steps.broken])
            }
            #expect(failure?.during == "migration 3 break")
            #expect(await database.refusal(of: Steps.put("one")) == .misuse)
            try await database.migrate([People.migration, Steps.second])
            try await database.carryOut(Steps.put("one"))
        },
        DatabasePromise("of six starters one does it") { (world) async throws in
            let databases = try await openSix(world)
            try await withThrowingTaskGroup { group in
                for database in databases {
                    group.addTask { try await database.migrate([People.migration, Steps.second]) }
                }
                try await group.waitForAll()
            }
            for database in databases {
                #expect(try await database.names().isEmpty)
                await database.close()
            }
        },
    ]

    private static func openSix(_ world: DatabaseWorld) async throws -> [any Database] {
        try await withThrowingTaskGroup { group in
            for _ in 0..<6 { group.addTask { try await world.open() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}

extension Database {
    fileprivate func migrationRefusal(_ migrations: [Migration]) async -> String? {
        do {
            try await migrate(migrations)
            return nil
        } catch {
            return "\(error)"
        }
    }
}

private enum Steps {
    static let second = Migration(
        2, "create_things",
        up: """
            CREATE TABLE things (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              -- TEXT and STRICT stand here as words, and 'REAL' as a text
              label  TEXT NOT NULL DEFAULT 'REAL',
              kind   TEXT NOT NULL DEFAULT 'it''s a BLOB',
              owner  TEXT REFERENCES people (name)
            ) STRICT;
            CREATE INDEX things_owner ON things (owner) WHERE owner IS NOT NULL;
            """,
        down: "DROP TABLE things;")

    static let namesake = Migration(
        2, "create_others", up: "CREATE TABLE others (a TEXT) STRICT;", down: "DROP TABLE others;")

    static let broken = Migration(
        3, "break", up: "CREATE TABLE half (a TEXT) STRICT; SELECT nonsense;", down: "DROP TABLE half;")

    static let put = statement(
        "steps.put", takes: String.self, gives: (Int).self,
        """
        INSERT INTO test.things (label)
        VALUES ($1)
        RETURNING number
        """)
}
