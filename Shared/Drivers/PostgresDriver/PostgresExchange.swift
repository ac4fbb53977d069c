// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import CPostgres
import Ports

/// What one statement brought back.
struct PostgresAnswer: Sendable {
    var rows: [[SQLCell]] = []
    var changes = 0
    /// Of a description: what the statement takes and gives, by PostgreSQL's numbers.
    var parameterTypes: [UInt32] = []
    var columnTypes: [UInt32] = []
}

/// Something asked of the server, and how far its answer has come. It belongs to its connection's lane.
final class PostgresExchange {
    enum Request {
        /// One pipeline.
        case orders([Order])
        /// One pipeline that must not go out when the transaction it belongs to is over.
        case insideOrders([Order])
        /// Text of several statements that gives no rows, and what it is for.
        case script(String, during: String)
        case description(Order)
    }

    enum Step {
        case prepared(PostgresPlan.Key, StaticString)
        case ran(StaticString)
        case described(StaticString)
    }

    let request: Request
    let patience: Duration
    let reply: PostgresConnection.Reply
    /// What was sent, in order.
    var steps: [Step] = []
    private var position = 0
    private var isPlanRefused = false
    private var answers: [PostgresAnswer] = []
    private var fault: PostgresFault?

    init(_ request: Request, patience: Duration, reply: @escaping PostgresConnection.Reply) {
        self.request = request
        self.patience = patience
        self.reply = reply
    }

    var outcome: Result<[PostgresAnswer], PostgresFault> { fault.map { .failure($0) } ?? .success(answers) }

    /// Every step has had its answer.
    var isComplete: Bool { position >= steps.count }

    /// The name of what is being waited for.
    var during: String {
        if case .script(_, let during) = request { return during }
        guard position < steps.count else { return "\(name(of: steps.last))" }
        return "\(name(of: steps[position]))"
    }

    /// Keeps what one result says. After the first failure the server skips the rest of the pipeline.
    func take(_ result: borrowing PostgresResult) {
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            keep(result)
        case PGRES_PIPELINE_ABORTED:
            isPlanRefused = true
        default:
            isPlanRefused = true
            guard fault == nil else { return }
            fault = PostgresFault(state: result.sqlState, during: during, complaint: result.complaint)
        }
    }

    /// One step's results are complete. Answers the key of a plan that did not come into being.
    func endStep() -> PostgresPlan.Key? {
        defer {
            position += 1
            isPlanRefused = false
        }
        guard position < steps.count, case .prepared(let key, _) = steps[position], isPlanRefused else { return nil }
        return key
    }

    /// When the connection is lost before the answer is whole: a failure of a statement that was heard stands, and a
    /// commit that was sent may have happened.
    func fault(whenLostBy failure: DatabaseFailure) -> PostgresFault {
        if let fault, fault.failure.code != .unreachable { return fault }
        let isCommitting = steps.contains { "\(name(of: $0))" == "\(TransactionQueries.commit.name)" }
        let cause = fault?.failure.cause ?? failure.cause
        return PostgresFault(
            DatabaseFailure(failure.code, during: isCommitting ? "commit" : during, cause: cause), state: fault?.state)
    }

    private func keep(_ result: borrowing PostgresResult) {
        guard position < steps.count, fault == nil else { return }
        switch steps[position] {
        case .prepared: break
        case .described:
            answers.append(
                PostgresAnswer(parameterTypes: result.parameterTypes, columnTypes: result.columnTypes))
        case .ran(let name):
            do {
                answers.append(PostgresAnswer(rows: try result.rows(), changes: result.changes))
            } catch {
                fault = PostgresFault(DatabaseFailure(error.code, during: "\(name)", cause: error.cause))
            }
        }
    }

    private func name(of step: Step?) -> StaticString {
        switch step {
        case .prepared(_, let name), .ran(let name), .described(let name): name
        case nil: "exchange"
        }
    }
}
