// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import Lanes
package import Ports

/// One owner's database file on a lane of its own. Transactions run one at a time, in the order they were asked for.
///
/// A transaction's closure runs on the lane as well, so its statements cost no change of threads. What it did is seen by
/// the next at once; it returns when it is durable, and shares the wait for the disk with all who committed meanwhile.
package actor SQLiteDatabase: Database {
    package nonisolated let owner: String
    private let lane: Lane
    private var connection: SQLiteConnection?
    private let turnstile: Turnstile
    private var lastTicket = 0
    private var openTicket: Int?
    private var isAnnounced = false
    private var clerk: DiskClerk?
    private var busyAt: Set<String> = []
    private nonisolated let bells = Bells()

    /// The databases that the current task already has a transaction of.
    @TaskLocal private static var inside: Set<ObjectIdentifier> = []

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe lane.asUnownedSerialExecutor() }

    /// Opens or creates the file and names its `main` after the owner.
    /// `sync` makes its log durable; it is only spelled by tests.
    package static func open(
        path: String, owner: String, sync: (@Sendable () throws(DatabaseFailure) -> Void)? = nil
    ) async throws(DatabaseFailure) -> SQLiteDatabase {
        let database = SQLiteDatabase(owner: owner)
        do {
            try await database.connect(path, sync)
            return database
        } catch {
            await database.close()
            throw error
        }
    }

    private init(owner: String) {
        self.owner = owner
        lane = Lane("db-\(owner)")
        turnstile = Turnstile(owner: owner)
    }

    deinit { lane.close() }

    private func connect(
        _ path: String, _ sync: (@Sendable () throws(DatabaseFailure) -> Void)?
    ) throws(DatabaseFailure) {
        let opened = try SQLiteConnection(path: path, owner: owner)
        connection = opened
        // In memory there is nothing that could be durable.
        guard let path = opened.logPath else { return }
        guard let sync else {
            let log = LogFile(path: path)
            return clerk = DiskClerk(owner: owner) { () throws(DatabaseFailure) in try log.sync() }
        }
        clerk = DiskClerk(owner: owner, sync: sync)
    }

    /// Waits for the transaction that is open, turns away those that wait, and leaves one file without a log.
    package func close() async {
        if !isInside { await turnstile.shut() }
        // Those who wait for the disk have their answer before; this one's own is of no use to anybody.
        try? await clerk?.settle()  // see the line above
        clerk = nil
        // A log that stays is read at the next start: nothing is lost by a checkpoint that fails.
        try? connection?.truncateLog()  // see the line above
        connection = nil
        bells.close()
        lane.close()
    }
}

// MARK: transactions

extension SQLiteDatabase {
    package nonisolated func transaction<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        let (value, clerk, isAnnounced) = try await enact(work)
        try await clerk?.settle()
        if isAnnounced { bells.ring() }
        return value
    }

    /// A transaction that may be lost with the power: for what is done again then. It survives the process.
    package nonisolated func lightly<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        let (value, _, isAnnounced) = try await enact(work)
        if isAnnounced { bells.ring() }
        return value
    }

    /// Returns when everything is durable that was committed before.
    package func settle() async throws { try await clerk?.settle() }

    private func enact<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> (Value, DiskClerk?, isAnnounced: Bool) {
        guard !isInside else {
            throw DatabaseFailure(
                .misuse, during: "begin", cause: "this task already has a transaction of \(owner) open")
        }
        try await turnstile.enter()
        defer { turnstile.leave() }
        let ticket = try begin()
        defer { openTicket = nil }
        do {
            let value = try await Self.$inside.withValue(Self.inside.union([ObjectIdentifier(self)])) {
                try await work(SQLiteTransaction(database: self, ticket: ticket))
            }
            if try opened().commit() { clerk?.note() }
            return (value, clerk, isAnnounced)
        } catch {
            connection?.rollback()
            throw error
        }
    }

    /// Brings the schema up to date, in one transaction.
    package func migrate(_ migrations: [Migration]) async throws {
        try await changeSchema { try SQLiteLedger.apply(migrations, on: $0) }
    }

    /// Takes back every migration above `number`, in one transaction.
    package func revert(_ migrations: [Migration], downTo number: Int) async throws {
        try await changeSchema { try SQLiteLedger.revert(migrations, downTo: number, on: $0) }
    }

    private func changeSchema(_ change: (SQLiteConnection) throws -> Void) async throws {
        try await turnstile.enter()
        do {
            defer { turnstile.leave() }
            try change(opened())
            clerk?.note()
        }
        try await clerk?.settle()
    }

    /// What the statements of one transaction go through; the ticket is only good while that transaction is open.
    func connection(for ticket: Int, _ name: StaticString) throws(DatabaseFailure) -> SQLiteConnection {
        guard ticket == openTicket else {
            throw DatabaseFailure(.misuse, during: "\(name)", cause: "its transaction is over")
        }
        return try opened()
    }

    func rows<Row>(_ call: Call<Row>, ticket: Int) throws(DatabaseFailure) -> [Row] {
        try connection(for: ticket, call.name).rows(call)
    }

    @discardableResult
    func run(_ order: Order, ticket: Int) throws(DatabaseFailure) -> Int {
        try connection(for: ticket, order.name).run(order)
    }

    func send(_ orders: [Order], ticket: Int) throws(DatabaseFailure) {
        for order in orders { try run(order, ticket: ticket) }
    }

    func announce(ticket: Int) throws(DatabaseFailure) {
        _ = try connection(for: ticket, "announce")
        isAnnounced = true
    }

    /// One process owns the file, so nobody else can commit.
    package nonisolated func announcements() -> AsyncStream<Void> { bells.listen() }

    /// One process owns the file, so only tasks of this one can be at something.
    package func alone<Value: Sendable>(
        at task: StaticString, _ work: @Sendable () async throws -> Value
    ) async throws -> Value? {
        let name = "\(task)"
        guard busyAt.insert(name).inserted else { return nil }
        defer { busyAt.remove(name) }
        return try await work()
    }

    /// The connection for tests of statements; it stays on the lane.
    func opened() throws(DatabaseFailure) -> SQLiteConnection {
        guard let connection else {
            throw DatabaseFailure(.closed, during: "begin", cause: "the database of \(owner) is closed")
        }
        if let failure = clerk?.failure { throw failure }
        return connection
    }

    private func begin() throws(DatabaseFailure) -> Int {
        try opened().begin()
        isAnnounced = false
        lastTicket += 1
        openTicket = lastTicket
        return lastTicket
    }

    private var isInside: Bool { Self.inside.contains(ObjectIdentifier(self)) }
}

/// The open transaction as its closure sees it.
private struct SQLiteTransaction: Transaction {
    let database: SQLiteDatabase
    let ticket: Int

    func rows<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> [Row] {
        try await database.rows(call, ticket: ticket)
    }

    func run<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> Int {
        try await database.run(Order(call), ticket: ticket)
    }

    func send(_ orders: [Order]) async throws(DatabaseFailure) {
        try await database.send(orders, ticket: ticket)
    }

    func announce() async throws(DatabaseFailure) { try await database.announce(ticket: ticket) }
}
