// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit

/// What was published on one channel and is not confirmed yet. The broker numbers from 1 and confirms in any order,
/// often many at once.
package struct Confirms<Ticket> {
    private var tickets: [Ticket?] = []
    /// Everything in front of it is done with; it is cut off now and then, not every time.
    private var head = 0
    /// The number of `tickets[head]`.
    private var lowest: UInt64 = 1

    package init() {}

    package private(set) var count = 0

    /// The next message on the channel was this one.
    package mutating func sent(_ ticket: Ticket) {
        tickets.append(ticket)
        count += 1
    }

    /// Hands out what the broker answered for. A number it never got or answered before is nobody's.
    package mutating func settle(_ number: UInt64, isMultiple: Bool) -> [Ticket] {
        guard number >= lowest, number - lowest < UInt64(tickets.count - head) else { return [] }
        let index = head + Int(number - lowest)
        let settled = (isMultiple ? head : index)...index
        defer { advance() }
        return settled.compactMap { take(at: $0) }
    }

    /// Hands out all that is unknown, in the order it was sent, and begins at 1 again.
    package mutating func abandon() -> [Ticket] {
        defer { self = Confirms() }
        return tickets[head...].compactMap { $0 }
    }

    package func first(where isMeant: (Ticket) -> Bool) -> Ticket? {
        for case let ticket? in tickets[head...] where isMeant(ticket) { return ticket }
        return nil
    }

    package func forEach(_ body: (Ticket) -> Void) {
        for case let ticket? in tickets[head...] { body(ticket) }
    }

    private mutating func take(at index: Int) -> Ticket? {
        guard let ticket = tickets[index] else { return nil }
        tickets[index] = nil
        count -= 1
        return ticket
    }

    private mutating func advance() {
        while head < tickets.count, tickets[head] == nil {
            head += 1
            lowest += 1
        }
        guard head > 1024, head * 2 > tickets.count else { return }
        tickets.removeFirst(head)
        head = 0
    }
}
