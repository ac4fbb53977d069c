// Ports · doors · sees Contracts

package struct DatabaseFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case unique
        case foreignKey
        case constraint
        case busy
        case serialization
        case unreachable
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

    package var description: String { "database \(code.rawValue) during \(during): \(cause)" }
}

/// The open transaction of one owner. It is only good inside the closure it was given to.
package protocol Transaction: Sendable {
    func rows<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> [Row]
    /// Runs a write and answers how many rows it changed.
    @discardableResult func run<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> Int
}

extension Transaction {
    package func row<Row>(_ call: Call<Row>) async throws(DatabaseFailure) -> Row? { try await rows(call).first }
}

/// One owner's database: its tables are spelled `<owner>.<table>`.
package protocol Database: Sendable {
    var owner: String { get }
    /// Commits when the closure returns, rolls back when it throws. Never await anything foreign inside.
    func transaction<Value: Sendable>(
        _ work: @Sendable (any Transaction) async throws -> Value
    ) async throws -> Value
    /// Brings the schema up to date; a changed past is refused.
    func migrate(_ migrations: [Migration]) async throws
    func close() async
}

/// One numbered change of an owner's schema, both ways, in SQLite STRICT words with unqualified names.
package struct Migration: Sendable {
    package let number: Int
    package let name: String
    package let up: StaticString
    package let down: StaticString

    package init(_ number: Int, _ name: String, up: StaticString, down: StaticString) {
        self.number = number
        self.name = name
        self.up = up
        self.down = down
    }
}
