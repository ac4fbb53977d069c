// SharedTests · tests · sees Conformance, Kit, Ports, PostgresDriver
import Conformance
import Kit
import Ports
import PostgresDriver
import Testing

/// What only a server with many writers can show.
@Suite("A PostgreSQL database")
struct PostgresTests {
    @Test("runs several transactions at once", arguments: Servers.Postgres.allCases)
    func atOnce(_ version: Servers.Postgres) async throws {
        try await Corner(version).use { database, _ in
            let (one, two) = (Gate(), Gate())
            // Each waits inside for the other to be inside.
            async let first: Void = database.transaction { tx in
                try await tx.run(People.add("one"))
                await one.open()
                await two.wait()
            }
            async let second: Void = database.transaction { tx in
                try await tx.run(People.add("two"))
                await two.open()
                await one.wait()
            }
            _ = try await (first, second)
            #expect(try await database.names() == ["one", "two"])
        }
    }

    @Test("lets those who lock a row before they decide on it decide one after the other")
    func locked() async throws {
        try await Corner().use { database, _ in
            try await database.carryOut(People.add("one"))
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<20 {
                            try await database.transaction { tx in
                                let rank = try #require(try await tx.row(Rows.locked("one")))
                                try await tx.send([Order(Rows.rank("one", rank + 1))])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.transaction { tx in try await tx.row(Rows.locked("one")) } == 160)
        }
    }

    @Test("gives up on a row that somebody else keeps, and on a statement without an end")
    func timeouts() async throws {
        let manners = PostgresManners(statement: .seconds(4), lock: .milliseconds(500))
        try await Corner(manners: manners).use { database, _ in
            try await database.carryOut(People.add("one"))
            let (held, done) = (Gate(), Gate())
            let holder = Task {
                try await database.transaction { tx in
                    _ = try await tx.row(Rows.locked("one"))
                    await held.open()
                    await done.wait()
                }
            }
            await held.wait()
            #expect(await database.failure(of: Rows.locked("one"))?.code == .busy)
            await done.open()
            try await holder.value
            #expect(await database.failure(of: Rows.sleep(20))?.code == .timeout)
            #expect(try await database.names() == ["one"])
        }
    }

    @Test("breaks a ring of two who wait for each other: one begins again, one commits")
    func deadlock() async throws {
        try await Corner().use { database, _ in
            for name in ["one", "two"] { try await database.carryOut(People.add(name)) }
            let (first, second) = (Gate(), Gate())
            async let left = database.failure { tx in
                _ = try await tx.row(Rows.locked("one"))
                await first.open()
                await second.wait()
                try await tx.run(Rows.rank("two", 1))
            }
            async let right = database.failure { tx in
                _ = try await tx.row(Rows.locked("two"))
                await second.open()
                await first.wait()
                try await tx.run(Rows.rank("one", 2))
            }
            let failures = await [left, right].compactMap(\.self)
            #expect(failures.map(\.code) == [.serialization])
        }
    }

    @Test("stops the statement of a task that is cancelled, and what it held is free")
    func cancellation() async throws {
        try await Corner().use { database, _ in
            try await database.carryOut(People.add("one"))
            for _ in 0..<5 {
                let held = Gate()
                let task = Task {
                    try await database.transaction { tx in
                        try await tx.run(Rows.rank("one", 7))
                        await held.open()
                        _ = try? await tx.rows(Rows.sleep(20))  // even who swallows it is not committed
                    }
                }
                await held.wait()
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                #expect(try await database.transaction { tx in try await tx.row(Rows.locked("one")) } == 0)
            }
        }
    }

    @Test("plans again when the schema has changed under a plan")
    func stalePlans() async throws {
        let manners = PostgresManners(connections: 1)
        try await Corner(manners: manners).use { database, corner in
            #expect(try await database.names().isEmpty)
            try await corner.ask("ALTER TABLE test.people ALTER name TYPE varchar(40) COLLATE \"C\"")
            // The first of a transaction is asked again at once; later only the caller can begin again.
            #expect(try await database.names().isEmpty)
            try await corner.ask("ALTER TABLE test.people ALTER name TYPE text COLLATE \"C\"")
            let failure = await database.failure { tx in
                try await tx.run(Rows.rank("nobody", 1))
                _ = try await tx.rows(People.names())
            }
            #expect(failure?.code == .serialization)
            #expect(try await database.names().isEmpty)
            // A server that has lost its plans, COMMIT and all.
            #expect(await database.failure(of: Rows.forget())?.code == .serialization)
            #expect(try await database.names().isEmpty)
        }
    }

    @Test("says nothing of the server's notices, and reads text of every length")
    func notices() async throws {
        try await Corner().use { database, _ in
            try await database.transaction { (tx) async throws in
                #expect(try await tx.row(Rows.long(5_000_000))?.utf8.count == 5_000_000)
            }
            // A notice for each: the name is cut at 63 bytes.
            let name = String(repeating: "x", count: 70)
            #expect(await database.failure(of: Rows.badCast(name))?.code == .constraint)
        }
    }

    @Test("tells what has no cell, instead of guessing")
    func unreadable() async throws {
        try await Corner().use { database, _ in
            let failure = await database.failure(of: Rows.numeric())
            #expect(failure?.code == .decoding)
            #expect(failure?.cause.contains("CAST") == true)
        }
    }
}

// MARK: what the tests stand on

/// An empty database of one server, and its owner's handle on it.
struct Corner {
    let server: Servers.Postgres
    let manners: PostgresManners
    var name = ""

    init(_ server: Servers.Postgres = .v15, manners: PostgresManners = PostgresManners(patience: .seconds(120))) {
        self.server = server
        self.manners = manners
    }

    func use(_ work: (PostgresDatabase, Corner) async throws -> Void) async throws {
        let running = try await Servers.postgres(server)
        var corner = self
        corner.name = try await running.freshDatabase()
        let database = try await corner.open()
        do {
            try await database.migrate([People.migration])
            try await work(database, corner)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    /// Another handle of the same database, as another process has it.
    func open() async throws -> PostgresDatabase {
        let url = try await Servers.postgres(server).url(of: name)
        return try await PostgresDatabase.open(url: url, owner: "test", manners: manners)
    }

    /// Past our driver.
    @discardableResult
    func ask(_ sql: String) async throws -> String { try await Servers.postgres(server).ask(sql, of: name) }
}

extension PostgresDatabase {
    func names() async throws -> [String] { try await transaction { tx in try await tx.rows(People.names()) } }

    func carryOut<Row>(_ call: Call<Row>) async throws {
        try await transaction { tx in _ = try await tx.run(call) }
    }

    func failure<Row>(of call: Call<Row>) async -> DatabaseFailure? {
        await failure { tx in _ = try await tx.rows(call) }
    }

    func failure(_ work: @Sendable (any Transaction) async throws -> Void) async -> DatabaseFailure? {
        do {
            try await transaction(work)
            return nil
        } catch {
            return error as? DatabaseFailure ?? DatabaseFailure(.misuse, during: "?", cause: "\(error)")
        }
    }
}

enum Rows {
    static let locked = statement(
        "rows.locked", takes: String.self, gives: (Int).self,
        """
        SELECT rank
        FROM test.people
        WHERE name = $1
        FOR UPDATE
        """)

    static let rank = statement(
        "rows.rank", takes: String.self, Int.self, gives: Void.self,
        """
        UPDATE test.people
        SET rank = $2
        WHERE name = $1
        """)

    static let sleep = statement(
        "rows.sleep", takes: Double.self, gives: (Int).self, "SELECT 1 FROM (SELECT pg_sleep($1)) AS nap")

    static let forget = statement("rows.forget", gives: Void.self, "DEALLOCATE ALL")

    static let long = statement(
        "rows.long", takes: Int.self, gives: (String).self, "SELECT repeat('x', CAST($1 AS INTEGER))")

    static let badCast = statement(
        "rows.bad_cast", takes: String.self, gives: (Int).self, "SELECT CAST(CAST($1 AS name) AS INTEGER)")

    static let numeric = statement("rows.numeric", gives: (Int).self, "SELECT 1.5")
}
