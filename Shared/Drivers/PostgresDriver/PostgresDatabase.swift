// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import Lanes
package import Ports
package import Telemetry

/// One owner's schema on a server, through a few connections that live on one lane.
///
/// A transaction's closure runs on the lane as well, so a statement costs its journey and no change of threads.
package actor PostgresDatabase: Database {
    package nonisolated let owner: String
    nonisolated let lane: Lane
    /// Where libpq blocks: looking up hosts, and asking a server to stop.
    nonisolated let aside: Lane
    nonisolated let address: PostgresAddress
    nonisolated let manners: PostgresManners
    nonisolated let log: Log
    nonisolated let bells = Bells()

    var pool: ConnectionPool
    var sheaf = PostgresSheaf()
    var connections: [Int: PostgresConnection] = [:]
    var lastConnection = 0
    /// The attempts under way.
    var diallings: [Int: PostgresDialling] = [:]
    var lastDialling = 0
    var waiters: [Int: Waiter] = [:]
    var lastAsker = 0
    var onQuiet: [CheckedContinuation<Void, Never>] = []
    var sittings: [Int: PostgresSitting] = [:]
    var lastTicket = 0
    var busyAt: Set<String> = []
    var herald: PostgresHerald?
    var isShut = false

    /// The databases that the current task already has a transaction of.
    @TaskLocal static var inside: Set<ObjectIdentifier> = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe lane.asUnownedSerialExecutor() }

    /// Connects once, so that a wrong address is told at once and not by the first transaction.
    package static func open(
        url: String, owner: String, manners: PostgresManners = PostgresManners(), log: Log = .silent
    ) async throws -> PostgresDatabase {
        guard isName(owner) else {
            throw DatabaseFailure(.misuse, during: "open", cause: "\"\(owner)\" cannot be the name of a schema")
        }
        let address = try PostgresAddress(url: url, owner: owner, manners: manners)
        let database = PostgresDatabase(owner: owner, address: address, manners: manners, log: log)
        do {
            try await database.connectOnce()
            return database
        } catch {
            await database.close()
            throw error
        }
    }

    private init(owner: String, address: PostgresAddress, manners: PostgresManners, log: Log) {
        self.owner = owner
        self.address = address
        self.manners = manners
        self.log = log
        lane = Lane("pg-\(owner)")
        aside = Lane("pg-aside")
        pool = ConnectionPool(limit: manners.connections, backoff: manners.backoff)
    }

    deinit {
        lane.close()
        aside.close()
    }

    /// Waits for the transactions that are open, turns away those that wait, and hangs up.
    package func close() async {
        isShut = true
        perform(pool.shut())
        for dialling in diallings.values { dialling.giveUp() }
        diallings = [:]
        if !isInside, !pool.isQuiet { await withCheckedContinuation { onQuiet.append($0) } }
        herald?.close()
        herald = nil
        bells.close()
        lane.close()
        aside.close()
    }

    /// It is put between quotes in a few places, so it must not hold one.
    private static func isName(_ owner: String) -> Bool {
        !owner.isEmpty && owner.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }

    var isInside: Bool { Self.inside.contains(ObjectIdentifier(self)) }

    var closed: DatabaseFailure {
        DatabaseFailure(.closed, during: "begin", cause: "the database of \(owner) is closed")
    }
}

// MARK: transactions

extension PostgresDatabase {
    package func transaction<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        guard !isInside else {
            throw DatabaseFailure(
                .misuse, during: "begin", cause: "this task already has a transaction of \(owner) open")
        }
        let number = try await lend()
        guard let connection = connections[number] else { throw closed }
        lastTicket += 1
        let ticket = lastTicket
        let sitting = PostgresSitting(ticket, on: connection)
        sittings[ticket] = sitting
        do {
            let value = try await Self.$inside.withValue(Self.inside.union([ObjectIdentifier(self)])) {
                try await work(PostgresTransaction(database: self, ticket: ticket))
            }
            try await commit(sitting)
            sittings[ticket] = nil
            giveBack(number)
            if sitting.isAnnounced { bells.ring() }
            return value
        } catch {
            sittings[ticket] = nil
            await rollback(connection)
            giveBack(number)
            // Nobody knows whether a lost commit happened, so whoever listens is better told.
            if sitting.isAnnounced, (error as? DatabaseFailure)?.code == .unreachable { bells.ring() }
            throw sitting.isCancelled ? CancellationError() : error
        }
    }

    /// Runs the work while this session holds the task's lock. A session that is lost loses the lock with it, and the
    /// work is not told: what must not happen twice is held by a row's version as well.
    package func alone<Value: Sendable>(
        at task: StaticString, _ work: @Sendable () async throws -> Value
    ) async throws -> Value? {
        let name = "ainer.\(owner).\(task)"
        // A session may take its own lock twice, and two tasks of ours may meet on one session.
        guard busyAt.insert(name).inserted else { return nil }
        defer { busyAt.remove(name) }
        let number = try await lend(forLong: true)
        defer { giveBack(number) }
        guard let connection = connections[number] else { throw closed }
        let isOurs = try await rows(TransactionQueries.takeLock(name), on: connection).first ?? false
        guard isOurs else { return nil }
        let result: Result<Value, any Error>
        do {
            result = .success(try await work())
        } catch {
            result = .failure(error)
        }
        // A lock that cannot be given back ends with its session.
        if await !release(name, on: connection) { connection.close() }
        return try result.get()
    }

    private func release(_ name: String, on connection: PostgresConnection) async -> Bool {
        do {
            return try await rows(TransactionQueries.releaseLock(name), on: connection).first ?? false
        } catch {
            return false
        }
    }

    private func rows<Row>(_ call: Call<Row>, on connection: PostgresConnection) async throws(DatabaseFailure) -> [Row]
    {
        let answers: [PostgresAnswer]
        do throws(PostgresFault) {
            answers = try await connection.exchange(.orders([Order(call)]), patience: manners.silence)
        } catch {
            throw error.failure
        }
        return try call.read(answers.last?.rows ?? [])
    }
}

// MARK: announcements

extension PostgresDatabase {
    /// Rings for commits of every process, and every few seconds in case one was missed.
    package nonisolated func announcements() -> AsyncStream<Void> {
        let rings = bells.listen()
        lane.perform { self.assumeIsolated { $0.beginListening() } }
        return rings
    }

    private func beginListening() {
        guard herald == nil, !isShut else { return }
        let herald = PostgresHerald(owner: owner, address: address, manners: manners, lane: lane, aside: aside)
        self.herald = herald
        herald.begin { [weak self, bells] sender in
            // Our own commits have rung already.
            let isOurs = self?.assumeIsolated { database in
                database.connections.values.contains { $0.process == sender }
            }
            if isOurs != true { bells.ring() }
        }
    }
}
