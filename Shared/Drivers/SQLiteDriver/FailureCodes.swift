// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import CSQLite
import Ports

extension DatabaseFailure.Code {
    /// What an extended result code means to us.
    static func sqlite(_ status: Int32) -> Self {
        switch status {
        case ainer_sqlite_unique, ainer_sqlite_primary_key: .unique
        case ainer_sqlite_foreign_key: .foreignKey
        case ainer_sqlite_busy_snapshot: .serialization
        default: sqlite(primary: status & 0xff)
        }
    }

    private static func sqlite(primary status: Int32) -> Self {
        switch status {
        case SQLITE_CONSTRAINT: .constraint
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: .busy
        case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .unreachable
        case SQLITE_FULL, SQLITE_NOMEM: .full
        case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_READONLY: .corrupt
        default: .misuse
        }
    }
}
