// SharedTests · tests · sees Conformance, Kit, Ports, PostgresDriver
import Conformance
import Kit
import Ports
import PostgresDriver
import Testing

/// Servers die, and networks lie.
@Suite("A PostgreSQL database that is lost")
struct PostgresFaultTests {
    @Test(
        "in the middle of a transaction leaves nothing of it, and the next one works",
        arguments: Servers.Postgres.allCases)
    func restart(_ version: Servers.Postgres) async throws {
        let server = try await Servers.ownPostgres(version)
        let url = try await server.database()
        let database = try await PostgresDatabase.open(
            url: url, owner: "test", manners: PostgresManners(patience: .seconds(120)))
        try await database.migrate([People.migration])
        try await database.carryOut(People.add("before"))
        let failure = await database.failure { tx in
            try await tx.run(People.add("half"))
            try await server.kill()
            try await tx.run(People.add("other half"))
        }
        #expect(failure?.code == .unreachable)
        async let waiting = database.names()
        try await server.restart()
        #expect(try await waiting == ["before"])
        try await database.carryOut(People.add("after"))
        #expect(try await database.names() == ["after", "before"])
        await database.close()
        try await server.end()
    }

    @Test("while it commits tells that nobody knows")
    func commit() async throws {
        try await Line.use { (database, proxy, _) async throws in
            let failure = await database.failure { tx in
                try await tx.run(People.add("one"))
                try await tx.send([Order(People.add("two"))])
                await proxy.drop()
            }
            #expect(failure?.code == .unreachable)
            #expect(failure?.during == "commit")
            await proxy.heal()
            #expect(try await database.names() == [])
        }
    }

    @Test("is noticed when it says nothing for too long, and found again when it answers")
    func halfOpen() async throws {
        try await Line.use { (database, proxy, _) async throws in
            let failure = await database.failure { tx in
                try await tx.run(People.add("one"))
                await proxy.halfOpen()
                try await tx.run(People.add("two"))
            }
            #expect(failure?.code == .unreachable)
            #expect(failure?.during == "people.add")
            await proxy.heal()
            #expect(try await database.names() == [])
        }
    }

    @Test("keeps nobody waiting beyond his patience, and says why")
    func refused() async throws {
        try await Line.use(patience: .milliseconds(400)) { (database, proxy, _) async throws in
            await proxy.refuse()
            let failure = await database.failure(of: People.names())
            #expect(failure?.code == .unreachable)
            let again = await database.failure(of: People.names())
            #expect(again?.code == .unreachable)
            #expect(again?.during == "begin")
            #expect(again?.cause.contains("127.0.0.1:\(proxy.port)") == true)
            await proxy.heal()
            #expect(try await eventually { await database.failure(of: People.names()) == nil })
        }
    }

    @Test("turns the reset of an idle connection into a new one, and nobody sees it")
    func idle() async throws {
        try await Corner().use { (database, corner) async throws in
            for round in 0..<10 {
                let before = try await corner.sessions()
                try await corner.ask(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(corner.name)' AND application_name = 'ainer-test'"
                )
                #expect(try await eventually { try await corner.sessions() == 0 }, "round \(round) of \(before)")
                // The end has been read by whoever asks the lane for anything after it.
                #expect(try await eventually { await database.failure(of: People.names()) == nil })
                #expect(try await database.names() == [])
            }
        }
    }

    @Test("under somebody else's hand fails that transaction only")
    func terminated() async throws {
        try await Corner().use { (database, corner) async throws in
            let failure = await database.failure { tx in
                let process = try #require(try await tx.row(Sessions.own()))
                try await tx.run(People.add("half"))
                try await corner.ask("SELECT pg_terminate_backend(\(process))")
                try await tx.run(People.add("other half"))
            }
            #expect(failure?.code == .unreachable)
            #expect(try await database.names() == [])
        }
    }

    @Test("for being idle too long inside a transaction fails it and nothing else")
    func idleness() async throws {
        try await Corner(manners: PostgresManners(idleness: .seconds(1))).use {
            (database, corner) async throws in
            let failure = await database.failure { tx in
                try await tx.run(People.add("half"))
                #expect(try await eventually { try await corner.transactions() == 0 })
                try await tx.run(People.add("other half"))
            }
            #expect(failure?.code == .unreachable)
            #expect(try await database.names() == [])
        }
    }

    @Test("under a crowd whose tasks are cancelled and whose connections are reset leaves the sums right")
    func chaos() async throws {
        try await Line.use { database, proxy, direct in
            try await database.carryOut(People.add("sum"))
            let spoiler = Task {
                while true {
                    let seen = await proxy.bytesUp
                    if try await eventually({ await proxy.bytesUp > seen + 4000 }) { await proxy.reset() }
                }
            }
            let done = await withTaskGroup { group in
                for worker in 0..<8 {
                    group.addTask { await Self.toil(database, worker) }
                }
                return await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
            }
            spoiler.cancel()
            _ = await spoiler.result
            let names = try await direct.names().count - 1
            let sum = try await direct.transaction { tx in try await tx.row(Rows.locked("sum")) }
            // Each writes a name and adds one, or neither; what nobody knows of may be either.
            #expect(sum == names)
            #expect(done.0 <= names && names <= done.0 + done.1)
            #expect(done.0 > 100)
        }
    }

    /// Answers how many were committed, and of how many nobody knows.
    private static func toil(_ database: PostgresDatabase, _ worker: Int) async -> (Int, Int) {
        var (done, unknown) = (0, 0)
        for number in 0..<60 {
            let task = Task {
                try await database.transaction { tx in
                    try await tx.run(People.rise("sum"))
                    try await tx.send([Order(People.add("\(worker)-\(number)"))])
                }
            }
            if number % 5 == worker % 5 {
                await Task.yield()
                task.cancel()
            }
            switch await task.result {
            case .success: done += 1
            case .failure(let error as DatabaseFailure) where error.during == "commit": unknown += 1
            case .failure(let error):
                #expect(error is CancellationError || (error as? DatabaseFailure)?.code == .unreachable)
            }
        }
        return (done, unknown)
    }
}

/// A database behind a network that may be spoiled, and a straight way to it.
private enum Line {
    static func use(
        patience: Duration = .seconds(120), _ work: (PostgresDatabase, Proxy, PostgresDatabase) async throws -> Void
    ) async throws {
        let server = try await Servers.postgres(.v15)
        let proxy = try await Proxy.open(to: try server.port)
        let url = try server.url(of: try await server.freshDatabase())
        // Without TLS, so that the proxy's counting is of our bytes.
        let manners = PostgresManners(patience: patience, silence: .milliseconds(1500))
        let direct = try await PostgresDatabase.open(url: url, owner: "test")
        let database = try await PostgresDatabase.open(
            url: proxy.through(url) + "?sslmode=disable", owner: "test", manners: manners)
        try await database.migrate([People.migration])
        try await work(database, proxy, direct)
        await proxy.heal()
        await database.close()
        await direct.close()
        await proxy.close()
    }
}

extension Corner {
    /// How many sessions of ours the server has.
    fileprivate func sessions() async throws -> Int {
        let count =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ainer-test' AND datname = '\(name)'"
        return Int(try await ask(count).filter(\.isNumber)) ?? -1
    }

    fileprivate func transactions() async throws -> Int {
        let count = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND datname = '\(name)'"
        return Int(try await ask(count).filter(\.isNumber)) ?? -1
    }
}

private enum Sessions {
    static let own = statement("sessions.own", gives: (Int).self, "SELECT pg_backend_pid()")
}
