// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import Ports

/// What the driver itself says to the server.
enum TransactionQueries {
    static let begin = statement("begin", gives: Void.self, "BEGIN")
    static let commit = statement("commit", gives: Void.self, "COMMIT")
    static let rollback = statement("rollback", gives: Void.self, "ROLLBACK")

    /// Heard by everybody who listens once the transaction is committed.
    static let announce = statement(
        "announce", takes: String.self, gives: Void.self,
        """
        SELECT pg_notify($1, '')
        """)

    /// Belongs to the session until it gives it back or ends.
    static let takeLock = statement(
        "alone.take", takes: String.self, gives: (Bool).self,
        """
        SELECT pg_try_advisory_lock(hashtextextended($1, 0))
        """)

    static let releaseLock = statement(
        "alone.release", takes: String.self, gives: (Bool).self,
        """
        SELECT pg_advisory_unlock(hashtextextended($1, 0))
        """)
}
