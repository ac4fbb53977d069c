// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit

/// What one channel has delivered and is not settled. Acknowledging many at once is one frame, but it is only right when
/// nothing below is still open.
package struct Unsettled {
    package struct Ack: Equatable {
        package let number: UInt64
        package let isMultiple: Bool

        package init(number: UInt64, isMultiple: Bool) {
            self.number = number
            self.isMultiple = isMultiple
        }
    }

    /// True for what is settled but not below everything open.
    private var isSettled: [Bool] = []
    /// The number of `isSettled[0]`.
    private var lowest: UInt64 = 1
    package private(set) var open = 0

    package init() {}

    /// The broker numbers deliveries one after the other.
    package mutating func delivered(_ number: UInt64) {
        if isSettled.isEmpty { lowest = number }
        isSettled.append(false)
        open += 1
    }

    package func isOpen(_ number: UInt64) -> Bool {
        guard number >= lowest, number - lowest < UInt64(isSettled.count) else { return false }
        return !isSettled[Int(number - lowest)]
    }

    /// Everything that is open.
    package var all: [UInt64] { isSettled.indices.filter { !isSettled[$0] }.map { lowest + UInt64($0) } }

    /// Settles these and answers how to tell the broker. What was settled before, or never delivered, is left out.
    package mutating func settle(_ numbers: [UInt64]) -> [Ack] {
        var mine = numbers.filter { settle($0) }
        guard !mine.isEmpty else { return [] }
        let edge = advance()
        // Everything up to the highest of ours below the edge is settled, by us or before.
        var acks: [Ack] = []
        let below = mine.filter { $0 < edge }
        if let highest = below.max() {
            acks.append(Ack(number: highest, isMultiple: below.count > 1))
            mine.removeAll { $0 < edge }
        }
        return acks + mine.map { Ack(number: $0, isMultiple: false) }
    }

    private mutating func settle(_ number: UInt64) -> Bool {
        guard isOpen(number) else { return false }
        isSettled[Int(number - lowest)] = true
        open -= 1
        return true
    }

    /// Forgets what is settled from below and answers the lowest number that is open or yet to come.
    private mutating func advance() -> UInt64 {
        let settled = isSettled.firstIndex(of: false) ?? isSettled.count
        isSettled.removeFirst(settled)
        lowest += UInt64(settled)
        return lowest
    }
}
