// Ports · doors · sees Contracts

/// One SQL statement that cannot be built at run time. A line ending in `-- only postgres` or `-- only sqlite`
/// is left out on the other.
package struct Statement<Row: Sendable, each Parameter: SQLValue>: Sendable {
    package let name: StaticString
    package let text: StaticString
    package let takes: [SQLType]
    package let gives: [SQLType]
    fileprivate let row: @Sendable (inout RowReader) throws(DatabaseFailure) -> Row

    /// The statement with its arguments, ready to run.
    package func callAsFunction(_ parameters: repeat each Parameter) -> Call<Row> {
        var cells: [SQLCell] = []
        repeat cells.append((each parameters).cell)
        return Call(name: name, text: text, takes: takes, cells: cells, row: row)
    }
}

/// Declares a statement: what it takes, what a row of it is, and its text.
package func statement<each Column: SQLValue, each Parameter: SQLValue>(
    _ name: StaticString, takes: repeat (each Parameter).Type, gives: (repeat each Column).Type, _ text: StaticString
) -> Statement<(repeat each Column), repeat each Parameter> {
    var types: [SQLType] = []
    var columns: [SQLType] = []
    repeat types.append((each Parameter).sqlType)
    repeat columns.append((each Column).sqlType)
    return Statement(name: name, text: text, takes: types, gives: columns) {
        (reader: inout RowReader) throws(DatabaseFailure) in
        (repeat try reader.next((each Column).self))
    }
}

package struct Call<Row: Sendable>: Sendable {
    package let name: StaticString
    package let text: StaticString
    package let takes: [SQLType]
    package let cells: [SQLCell]
    package let row: @Sendable (inout RowReader) throws(DatabaseFailure) -> Row
}

/// A write without its rows: what several different statements have in common.
package struct Order: Sendable {
    package let name: StaticString
    package let text: StaticString
    package let takes: [SQLType]
    package let cells: [SQLCell]
    /// How many times the statement is meant, with arguments of its own each time.
    package let rows: Int

    package init<Row>(_ call: Call<Row>) {
        name = call.name
        text = call.text
        takes = call.takes
        cells = call.cells
        rows = 1
    }

    /// Several of one statement. An adapter that makes such a thing knows what to do with it.
    package init(binding orders: ArraySlice<Order>) {
        name = orders[orders.startIndex].name
        text = orders[orders.startIndex].text
        takes = orders.flatMap(\.takes)
        cells = orders.flatMap(\.cells)
        rows = orders.count
    }

    /// Text with U+0000 in it: PostgreSQL cannot store it, and SQLite's own functions end at it.
    package func checkText(_ text: String) throws(DatabaseFailure) {
        var text = text
        guard text.withUTF8({ $0.contains(0) }) else { return }
        throw DatabaseFailure(.constraint, during: "\(name)", cause: "a text with U+0000 in it cannot be stored")
    }
}

/// Hands the cells of one row out in order; a cell of the wrong kind names statement and column.
package struct RowReader {
    private let name: StaticString
    private let cells: [SQLCell]
    private var position = 0

    package init(name: StaticString, cells: [SQLCell]) {
        self.name = name
        self.cells = cells
    }

    package mutating func next<Value: SQLValue>(_: Value.Type) throws(DatabaseFailure) -> Value {
        defer { position += 1 }
        guard position < cells.count, let value = Value(cell: cells[position]) else {
            throw DatabaseFailure(.decoding, during: "\(name)", cause: "column \(position + 1) is not a \(Value.self)")
        }
        return value
    }
}
