// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
package import Ports

/// Does to an owner's schema what the ledger decides, in one transaction; of many starters one does it.
extension PostgresDatabase {
    private static let ledger = Ledger(.postgres)
    /// A schema of many rows takes its time, and so does waiting for whoever came first.
    private static let patience: Duration = .seconds(900)

    package func migrate(_ migrations: [Migration]) async throws {
        try await change { (past) throws(DatabaseFailure) in
            try Self.ledger.missing(of: migrations, after: past)
        }
    }

    package func revert(_ migrations: [Migration], downTo number: Int) async throws {
        try await change { (past) throws(DatabaseFailure) in
            try Self.ledger.surplus(of: migrations, above: number, after: past)
        }
    }

    private func change(
        _ steps: @Sendable (Ledger.Past) throws(DatabaseFailure) -> [MigrationStep]
    ) async throws {
        guard !isInside else {
            throw DatabaseFailure(.misuse, during: "migrations", cause: "this task has a transaction of \(owner) open")
        }
        let number = try await lend()
        defer { giveBack(number) }
        guard let connection = connections[number] else { throw closed }
        do throws(PostgresFault) {
            try await begin(on: connection)
            let answers = try await connection.exchange(.orders([Order(LedgerQueries.all())]), patience: Self.patience)
            let steps = try plan(steps, after: answers.last?.rows ?? [])
            for step in steps {
                try await script(step.script, during: step.during, on: connection)
                _ = try await connection.exchange(.orders([step.record]), patience: Self.patience)
            }
            _ = try await connection.exchange(.orders([Order(TransactionQueries.commit())]), patience: Self.patience)
        } catch {
            await rollback(connection)
            throw error.failure
        }
    }

    /// The lock comes first: two that create one schema at once would trip over each other.
    private func begin(on connection: PostgresConnection) async throws(PostgresFault) {
        let script = """
            BEGIN;
            SET LOCAL statement_timeout = 0;
            SET LOCAL lock_timeout = 0;
            SET LOCAL idle_in_transaction_session_timeout = 0;
            SELECT pg_advisory_xact_lock(hashtextextended('ainer.migrate.\(owner)', 0));
            CREATE SCHEMA IF NOT EXISTS "\(owner)";
            SET LOCAL search_path = "\(owner)";
            \(Self.ledger.table)
            """
        try await self.script(script, during: "migrations", on: connection)
    }

    private func script(
        _ text: String, during: String, on connection: PostgresConnection
    ) async throws(PostgresFault) {
        _ = try await connection.exchange(.script(text, during: during), patience: Self.patience)
    }

    private func plan(
        _ steps: (Ledger.Past) throws(DatabaseFailure) -> [MigrationStep], after rows: [[SQLCell]]
    ) throws(PostgresFault) -> [MigrationStep] {
        do throws(DatabaseFailure) {
            return try steps(try LedgerQueries.all().read(rows))
        } catch {
            throw PostgresFault(error)
        }
    }
}
