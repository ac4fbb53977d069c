// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
package import Ports

/// Rows that go into one table one behind the other travel as one statement: the server binds, begins and ends one
/// instead of many.
package struct PostgresSheaf {
    /// A power of two, as every sheaf is: each size is a plan of its own.
    private static let mostRows = 32

    /// Which statements may be bound, by the address of the literal.
    private var isBindable: [UInt: Bool] = [:]

    package init() {}

    /// The same writes in the same order, as few statements as may be.
    package mutating func bind(_ orders: [Order]) -> [Order] {
        guard orders.count > 1 else { return orders }
        var bound: [Order] = []
        var rest = orders[...]
        while let first = rest.first {
            let alike = rest.prefix { $0.isLike(first) }
            rest = rest.dropFirst(alike.count)
            if alike.count > 1, mayBind(first) { bound += Self.bind(alike: alike) } else { bound += alike }
        }
        return bound
    }

    private mutating func mayBind(_ order: Order) -> Bool {
        let address = UInt(bitPattern: unsafe order.text.utf8Start)
        if let known = isBindable[address] { return known }
        let answer = SheafForm(order) != nil
        isBindable[address] = answer
        return answer
    }

    private static func bind(alike orders: ArraySlice<Order>) -> [Order] {
        var bound: [Order] = []
        var rest = orders
        while !rest.isEmpty {
            var size = mostRows
            while size > rest.count { size /= 2 }
            bound.append(size == 1 ? rest[rest.startIndex] : Order(binding: rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return bound
    }

    /// The statement as the server gets it.
    package static func text(of order: Order) -> String {
        guard order.rows > 1, let form = SheafForm(order) else { return Dialect.postgres.spelling(order.text) }
        return form.text(rows: order.rows)
    }
}

/// An INSERT of one row that may as well be one of many: what comes before the row, the row, and what comes behind it.
private struct SheafForm {
    private let head: Substring
    private let row: Substring
    private let tail: Substring
    private let width: Int

    /// Nil for what must stay alone: rows that depend on one another's conflicts, or whose types show only alone.
    init?(_ order: Order) {
        // Looked at without a copy first: most statements are no INSERT.
        guard unsafe order.text.utf8Start.pointee == UInt8(ascii: "I") else { return nil }
        let text = Dialect.postgres.spelling(order.text)
        guard text.hasPrefix("INSERT INTO"), !text.contains("SELECT"),
            let values = text.firstRange(of: "VALUES ("),
            let end = text[values.upperBound...].firstIndex(of: ")")
        else { return nil }
        head = text[..<text.index(before: values.upperBound)]
        row = text[text.index(before: values.upperBound)...end]
        tail = text[text.index(after: end)...]
        width = order.takes.count / order.rows
        let words = tail.split(whereSeparator: \.isWhitespace)
        guard words.isEmpty || words.starts(with: ["ON", "CONFLICT"]) && words.suffix(2) == ["DO", "NOTHING"],
            !row.contains("NULL"), !row.dropFirst().contains("("), !row.contains("--"), !tail.contains("--")
        else { return nil }
    }

    func text(rows: Int) -> String {
        let pieces = row.split(separator: "$", omittingEmptySubsequences: false)
        let all = (0..<rows).map { place in
            pieces.dropFirst().reduce(into: String(pieces[0])) { text, piece in
                let digits = piece.prefix(while: \.isNumber)
                text += "$\((Int(digits) ?? 0) + place * width)\(piece.dropFirst(digits.count))"
            }
        }
        return head + all.joined(separator: ", ") + tail
    }
}

extension Order {
    fileprivate func isLike(_ other: Order) -> Bool {
        unsafe text.utf8Start == other.text.utf8Start && takes == other.takes && rows == 1 && other.rows == 1
    }
}
