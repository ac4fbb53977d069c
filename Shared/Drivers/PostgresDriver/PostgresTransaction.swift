// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import Lanes
import Ports

/// One transaction on its connection. It belongs to the database's lane.
final class PostgresSitting {
    let ticket: Int
    let connection: PostgresConnection
    /// BEGIN rides with the first statement: a transaction that asks nothing costs nothing.
    var hasBegun = false
    /// What goes out with the next statement that somebody waits for.
    var pending: [Order] = []
    var pendingBytes = 0
    var brokenBy: DatabaseFailure?
    var isCancelled = false
    var isAnnounced = false
    /// Its closure has returned.
    var isOver = false

    init(_ ticket: Int, on connection: PostgresConnection) {
        self.ticket = ticket
        self.connection = connection
    }
}

/// The open transaction as its closure sees it; the ticket is only good while that transaction is open.
struct PostgresTransaction: Transaction {
    let database: PostgresDatabase
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

extension PostgresDatabase {
    /// More orders, or more bytes of them, are sent before the transaction's end.
    private static let mostPending = (orders: 1000, bytes: 4 << 20)

    func rows<Row>(_ call: Call<Row>, ticket: Int) async throws(DatabaseFailure) -> [Row] {
        let sitting = try sitting(for: ticket, call.name)
        let answer = try await ask(Order(call), sitting)
        do {
            return try call.read(answer.rows)
        } catch {
            sitting.brokenBy = sitting.brokenBy ?? error
            throw error
        }
    }

    func run(_ order: Order, ticket: Int) async throws(DatabaseFailure) -> Int {
        try await ask(order, sitting(for: ticket, order.name)).changes
    }

    func send(_ orders: [Order], ticket: Int) async throws(DatabaseFailure) {
        let sitting = try sitting(for: ticket, orders.first?.name ?? "send")
        if let brokenBy = sitting.brokenBy { throw brokenBy }
        sitting.pending += orders
        sitting.pendingBytes += orders.reduce(0) { $0 + $1.bytes }
        guard sitting.pending.count > Self.mostPending.orders || sitting.pendingBytes > Self.mostPending.bytes else {
            return
        }
        _ = try await flush([], sitting)
    }

    func announce(ticket: Int) async throws(DatabaseFailure) {
        let sitting = try sitting(for: ticket, "announce")
        sitting.isAnnounced = true
    }

    /// Stops what a cancelled task waits for.
    func abandon(_ ticket: Int) {
        guard let sitting = sittings[ticket] else { return }
        sitting.isCancelled = true
        sitting.connection.cancel()
    }

    private func sitting(for ticket: Int, _ name: StaticString) throws(DatabaseFailure) -> PostgresSitting {
        guard let sitting = sittings[ticket], !sitting.isOver else {
            throw DatabaseFailure(.misuse, during: "\(name)", cause: "its transaction is over")
        }
        return sitting
    }

    private func ask(_ order: Order, _ sitting: PostgresSitting) async throws(DatabaseFailure) -> PostgresAnswer {
        try await flush([order], sitting).last ?? PostgresAnswer()
    }

    /// Sends what is pending and what is new in one pipeline. Any failure breaks the transaction.
    private func flush(
        _ orders: [Order], _ sitting: PostgresSitting
    ) async throws(DatabaseFailure) -> [PostgresAnswer] {
        if let brokenBy = sitting.brokenBy { throw brokenBy }
        let isFirst = !sitting.hasBegun
        let pipeline = (isFirst ? [Order(TransactionQueries.begin())] : []) + sheaf.bind(sitting.pending) + orders
        sitting.pending = []
        sitting.pendingBytes = 0
        sitting.hasBegun = true
        var result = await exchange(pipeline, sitting, isFirst: isFirst)
        if isFirst, case .failure(let fault) = result, fault.isStalePlan {
            // Nothing was done yet, so all of it can be done again.
            let again = [Order(TransactionQueries.rollback())] + pipeline
            result = await exchange(again, sitting, isFirst: true)
        }
        switch result {
        case .success(let answers): return answers
        case .failure(let fault):
            let failure = fault.isStalePlan ? fault.asRetry : fault.failure
            sitting.brokenBy = sitting.brokenBy ?? failure
            throw failure
        }
    }

    private func exchange(
        _ orders: [Order], _ sitting: PostgresSitting, isFirst: Bool
    ) async -> Result<[PostgresAnswer], PostgresFault> {
        if Task.isCancelled { sitting.isCancelled = true }
        if sitting.isCancelled { return .failure(PostgresFault(.cancelled(during: orders.last))) }
        let request = isFirst ? PostgresExchange.Request.orders(orders) : .insideOrders(orders)
        let result: Result<[PostgresAnswer], PostgresFault> = await withTaskCancellationHandler {
            do throws(PostgresFault) {
                return .success(try await sitting.connection.exchange(request, patience: manners.silence))
            } catch {
                return .failure(error)
            }
        } onCancel: { [ticket = sitting.ticket] in
            lane.perform { self.assumeIsolated { $0.abandon(ticket) } }
        }
        if case .failure(let fault) = result, fault.isStalePlan { sitting.connection.forgetPlans() }
        return result
    }
}

// MARK: the end of a transaction

extension PostgresDatabase {
    /// What is pending and the COMMIT are one journey; the server skips the COMMIT when something before it fails.
    func commit(_ sitting: PostgresSitting) async throws(DatabaseFailure) {
        sitting.isOver = true
        if let brokenBy = sitting.brokenBy { throw brokenBy }
        if sitting.isAnnounced {
            sitting.pending.append(Order(TransactionQueries.announce(PostgresHerald.channel(of: owner))))
        }
        guard sitting.hasBegun || !sitting.pending.isEmpty else { return }
        _ = try await flush([Order(TransactionQueries.commit())], sitting)
        // A cancellation that came too late to stop it: it happened, and that is what the caller is told.
        sitting.isCancelled = false
    }

    /// Takes back what is open. A session that cannot do that is not used again.
    func rollback(_ connection: PostgresConnection) async {
        guard connection.lostBy == nil, connection.isInTransaction else { return }
        let patience = manners.silence
        let rollback = Order(TransactionQueries.rollback())
        _ = try? await connection.exchange(.orders([rollback]), patience: patience)  // it shows in the connection
    }
}

extension Order {
    /// How much its arguments weigh, roughly.
    fileprivate var bytes: Int {
        cells.reduce(0) { sum, cell in
            switch cell {
            case .text(let text): sum + text.utf8.count
            case .blob(let blob): sum + blob.count
            case .null, .integer, .real: sum + 8
            }
        }
    }
}

extension Call {
    func read(_ cells: [[SQLCell]]) throws(DatabaseFailure) -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(cells.count)
        for cells in cells {
            var reader = RowReader(name: name, cells: cells)
            rows.append(try row(&reader))
        }
        return rows
    }
}

extension DatabaseFailure {
    fileprivate static func cancelled(during order: Order?) -> Self {
        DatabaseFailure(.timeout, during: order.map { "\($0.name)" } ?? "exchange", cause: "the task was cancelled")
    }
}

extension PostgresFault {
    /// Later in a transaction only its caller can begin again.
    fileprivate var asRetry: DatabaseFailure {
        DatabaseFailure(.serialization, during: failure.during, cause: failure.cause)
    }
}
