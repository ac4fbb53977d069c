// Ports · doors · sees Contracts

package struct DatabaseFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case unique
        case foreignKey
        case constraint
        case busy
        case serialization
        /// The connection is lost or cannot be made. During a commit: nobody knows whether it happened.
        case unreachable
        /// The database gave up on the statement, or nobody had a connection in time.
        case timeout
        case full
        case corrupt
        case decoding
        case closed
        /// A caller asked for what cannot be: a bug of ours.
        case misuse
    }

    package let code: Code
    package let during: String
    package let cause: String

    package init(_ code: Code, during: String, cause: String) {
        self.code = code
        self.during = during
        self.cause = cause
    }

    /// What was asked beside this would have failed the same way: there is no use in trying it one by one.
    package var isForAll: Bool { [.unreachable, .timeout, .full, .closed, .busy].contains(code) }

    package var description: String { "database \(code.rawValue) during \(during): \(cause)" }
}

/// The open transaction of one owner. It is only good inside the closure it was given to.
package protocol Transaction: Sendable {
    func rows<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> [Row]
    /// Runs a write and answers how many rows it changed.
    @discardableResult func run<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> Int
    /// Writes whose outcome nobody needs before the commit: on a server they share one journey with it. Their failure
    /// comes with the next answer or with the commit, and nothing of the transaction remains.
    func send(_ orders: [Order]) async throws(DatabaseFailure)
    /// Rings `announcements` of everybody who works on this owner, in this process and in others, once it is committed.
    func announce() async throws(DatabaseFailure)
}

extension Transaction {
    package func row<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> Row? { try await rows(call).first }
}

/// One owner's database: its tables are spelled `<owner>.<table>`.
package protocol Database: Sendable {
    var owner: String { get }
    /// Commits when the closure returns, rolls back when it throws. Never await anything foreign inside.
    /// Several may run at once: lock the rows a decision rests on, in the order of their names.
    func transaction<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value
    /// Brings the schema up to date, all of it or nothing; a changed past is refused. Of many starters one does it.
    func migrate(_ migrations: [Migration]) async throws
    /// Takes back every migration above `number`, the newest first, all of it or nothing.
    func revert(_ migrations: [Migration], downTo number: Int) async throws
    /// Rings after a commit that was announced, and whenever one may have been missed. Rings add nothing to one another.
    func announcements() -> AsyncStream<Void>
    /// Runs the work unless somebody is at the same, here or in another process: then `nil`, at once. Whoever dies at it
    /// is at it no more.
    func alone<Value: Sendable>(
        at task: StaticString, _ work: @Sendable () async throws -> Value
    ) async throws -> Value?
    func close() async
}
