// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts

/// A week, counted from the first one of 1970. Names grow with time, so those minted in it lie between two texts.
package struct Week: Hashable, Comparable, Sendable {
    private static let length = Duration.seconds(7 * 86_400)

    package let number: Int64

    package init(number: Int64) { self.number = number }

    package init(of moment: Timestamp) { number = max(0, moment.microseconds) / Self.length.microseconds }

    /// From what a slice of a table is called: `inbox_w2962`.
    package init?(slice: String, of table: String) {
        guard slice.hasPrefix(table + "_w"), let number = Int64(slice.dropFirst(table.count + 2)) else { return nil }
        self.number = number
    }

    package func slice(of table: String) -> String { "\(table)_w\(number)" }

    package var next: Week { Week(number: number + 1) }
    package var start: Timestamp { Timestamp(microseconds: number * Self.length.microseconds) }

    /// No name minted before the week is as great, and none minted later is smaller.
    package var firstName: String {
        EventID.prefix
            + ULID.text(milliseconds: UInt64(start.microseconds / 1000), high: 0, low: 0).prefix(10)
    }

    package static func < (left: Week, right: Week) -> Bool { left.number < right.number }
}

/// What is due at the weeks of one table.
package struct WeekPlan: Hashable, Sendable {
    /// A retention that does not come round for so long finds the weeks it needs all the same.
    private static let ahead: Int64 = 2

    package let add: [Week]
    package let drop: [Week]

    /// A week is kept until its last moment is `keeping` ago.
    package init(existing: Set<Week>, keeping: Duration, at now: Timestamp) {
        let current = Week(of: now).number
        add = (current...current + Self.ahead).map(Week.init(number:)).filter { !existing.contains($0) }
        drop = existing.filter { $0.next.start + keeping <= now }.sorted()
    }
}
