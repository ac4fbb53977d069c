// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import Ports

/// A failure with what the server called it.
struct PostgresFault: Error {
    /// The five letters of the SQL standard; `nil` when it is not the server who speaks.
    let state: String?
    let failure: DatabaseFailure

    init(_ failure: DatabaseFailure, state: String? = nil) {
        self.failure = failure
        self.state = state
    }

    /// The server's complaint about one statement.
    init(state: String?, during: String, complaint: String) {
        let code = state.map(DatabaseFailure.Code.postgres) ?? .unreachable
        self.init(
            DatabaseFailure(code, during: during, cause: state.map { "\(complaint) (\($0))" } ?? complaint),
            state: state)
    }

    /// The connection's plans are older than the schema: the same again with fresh ones may well succeed.
    var isStalePlan: Bool {
        // "cached plan must not change result type"; and a plan that is not there any more
        state == "26000" || (state == "0A000" && failure.cause.contains("cached plan"))
    }
}

extension DatabaseFailure.Code {
    /// What an SQLSTATE means to us.
    static func postgres(_ state: String) -> Self {
        switch state {
        case "23505": .unique
        case "23503": .foreignKey
        case "40001", "40P01": .serialization
        case "55P03": .busy
        case "57014": .timeout
        case "53100", "53200": .full
        case "25006": .corrupt
        // an idle transaction, or an idle session, that the server ended; a disk it could not read
        case "25P03", "57P01", "57P02", "57P03", "57P05", "58030", "3D000": .unreachable
        default: postgres(family: state.prefix(2))
        }
    }

    private static func postgres(family: Substring) -> Self {
        switch family {
        case "22", "23": .constraint
        case "40": .serialization
        case "08", "28", "53", "57": .unreachable
        case "XX": .corrupt
        default: .misuse
        }
    }
}
