// SimulationTests · tests · sees Contracts, Ports, SQLiteDriver
import Contracts
import Ports
import SQLiteDriver

/// A real database whose connection breaks before a transaction, in the middle of one, and after its commit: then nobody
/// knows whether it happened.
struct SimDatabase: Database {
    let inner: SQLiteDatabase
    let fate: SimFate
    /// False: everything that comes again counts as new. For proving that the inbox is needed.
    let hasInbox: Bool

    var owner: String { inner.owner }

    func transaction<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value {
        if fate.strikes(0.015) { throw Self.broken("begin") }
        let value = try await inner.transaction { tx in
            let value = try await work(hasInbox ? tx : ForgetfulTransaction(inner: tx))
            if fate.strikes(0.015) { throw Self.broken("commit, which did not happen") }
            return value
        }
        if fate.strikes(0.015) { throw Self.broken("commit, which did happen") }
        return value
    }

    private static func broken(_ during: String) -> DatabaseFailure {
        DatabaseFailure(.unreachable, during: during, cause: "it is simulated")
    }

    func migrate(_ migrations: [Migration]) async throws { try await inner.migrate(migrations) }

    func revert(_ migrations: [Migration], downTo number: Int) async throws {
        try await inner.revert(migrations, downTo: number)
    }

    func announcements() -> AsyncStream<Void> { inner.announcements() }

    func alone<Value: Sendable>(
        at task: StaticString, _ work: @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await inner.alone(at: task, work)
    }

    func close() async { await inner.close() }
}

/// Remembers no letter.
private struct ForgetfulTransaction: Transaction {
    let inner: any Transaction

    private static let forget = statement("sim.forget", gives: Void.self, "DELETE FROM inbox")

    func rows<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> [Row] {
        if "\(call.name)" == "inbox.see" { try await inner.run(Self.forget()) }
        return try await inner.rows(call)
    }

    func run<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> Int { try await inner.run(call) }
    func send(_ orders: [Order]) async throws(DatabaseFailure) { try await inner.send(orders) }
    func announce() async throws(DatabaseFailure) { try await inner.announce() }
}
