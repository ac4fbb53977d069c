// SharedTests · tests · sees Contracts, Ports, SQLiteDriver, Kit
import Contracts
import Kit
import Ports
import SQLiteDriver
import Testing

@Suite("A database")
struct DatabaseTests {
    @Test("keeps what was committed and nothing of what was not")
    func commitAndRollback() async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await Self.open(world)
        try await database.transaction { tx in _ = try await tx.run(Self.add("one")) }
        await #expect(throws: CancellationError.self) {
            try await database.transaction { tx in
                _ = try await tx.run(Self.add("two"))
                throw CancellationError()
            }
        }
        #expect(try await names(in: database) == ["one"])
        await database.close()
        let again = try await Self.open(world)
        #expect(try await names(in: again) == ["one"])
        await again.close()
    }

    @Test("says by type what it refuses, and commits no half of a change")
    func refusals() async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await Self.open(world)
        let failure = await #expect(throws: DatabaseFailure.self) {
            try await database.transaction { tx in
                _ = try await tx.run(Self.add("one"))
                // Even a caller who swallows the refusal cannot commit what came before it.
                _ = try? await tx.run(Self.add("one"))  // the refusal is the point
            }
        }
        #expect(failure?.code == .unique)
        #expect(try await names(in: database).isEmpty)
        await database.close()
        let closed = await #expect(throws: DatabaseFailure.self) { try await names(in: database) }
        #expect(closed?.code == .closed)
    }

    @Test("runs one transaction at a time, all of a hundred askers")
    func crowd() async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await Self.open(world)
        try await withThrowingTaskGroup { group in
            for number in 0..<100 {
                group.addTask {
                    try await database.transaction { tx in
                        let before = try await tx.rows(Self.names()).count
                        await Task.yield()
                        _ = try await tx.run(Self.add("\(number)"))
                        #expect(try await tx.rows(Self.names()).count == before + 1)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await names(in: database).count == 100)
        await database.close()
    }

    @Test("refuses a changed past")
    func changedPast() async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await Self.open(world)
        let other = Migration(
            1, "create_names", up: "CREATE TABLE names (name TEXT) STRICT;", down: "DROP TABLE names;")
        await #expect(throws: (any Error).self) { try await database.migrate([other]) }
        try await database.migrate([Self.migration])
        await database.close()
    }

    private func names(in database: SQLiteDatabase) async throws -> [String] {
        try await database.transaction { tx in try await tx.rows(Self.names()) }
    }

    private static func open(_ world: World) async throws -> SQLiteDatabase {
        let database = try await SQLiteDatabase.open(path: world.folder + "/test.sqlite", owner: "test")
        try await database.migrate([migration])
        return database
    }

    private static let migration = Migration(
        1, "create_names", up: "CREATE TABLE names (name TEXT PRIMARY KEY NOT NULL) STRICT;", down: "DROP TABLE names;")

    private static let add = statement(
        "test.add", takes: String.self, gives: (String).self,
        """
        INSERT INTO test.names (name)
        VALUES ($1)
        """)

    private static let names = statement(
        "test.names", gives: (String).self,
        """
        SELECT name
        FROM test.names
        ORDER BY name
        """)
}
