// Ports · doors · sees Contracts

/// What a statement declares, whatever the Swift types of its rows and arguments: every `…Queries` type lists the cards
/// of its statements, and a test holds each against both databases.
package struct StatementCard: Sendable {
    package let name: StaticString
    package let text: StaticString
    package let takes: [SQLType]
    package let gives: [SQLType]

    package init<Row, each Parameter>(_ statement: Statement<Row, repeat each Parameter>) {
        name = statement.name
        text = statement.text
        takes = statement.takes
        gives = statement.gives
    }

    /// What is wrong with the declaration, measured against what a database made of the text; empty when all is well.
    package func faults(numbers: Set<Int>, columns: Int) -> [String] {
        var faults: [String] = []
        let declared = Set(takes.isEmpty ? [] : Array(1...takes.count))
        for number in declared.subtracting(numbers).sorted() { faults.append("$\(number) is taken and never used") }
        for number in numbers.subtracting(declared).sorted() { faults.append("$\(number) is used and never taken") }
        if columns != gives.count { faults.append("gives \(columns) columns, declares \(gives.count)") }
        return (faults + habits).map { "\(name): \($0)" }
    }

    /// What no statement of ours does: it would differ between databases, or grow slow with the table.
    private var habits: [String] {
        let text = "\(text)"
        return [("*", "names no columns"), ("OFFSET", "counts rows it does not give"), ("now()", "reads a clock")]
            .filter { text.contains($0.0 == "*" ? "SELECT *" : $0.0) }
            .map(\.1)
    }
}

extension Order {
    /// The statement without arguments, for whoever only wants it prepared.
    package init(preparing card: StatementCard) {
        name = card.name
        text = card.text
        takes = card.takes
        cells = []
        rows = 1
    }
}
