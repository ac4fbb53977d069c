// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
package import Policies

/// Who holds which connection, who waits, and when to try again. It decides only: no socket, no clock.
package struct ConnectionPool: Sendable {
    package enum Refusal: Hashable, Sendable {
        case closed
        case noneFree
        /// The last attempt to connect failed, with these words.
        case noneMade(String)
    }

    package enum Effect: Hashable, Sendable {
        /// Make one more connection; it ends in `dialled` or `dialFailed`.
        case dial
        case lend(connection: Int, to: Int)
        case refuse(asker: Int, Refusal)
        /// Call `rested` after this.
        case rest(Duration)
        case hangUp(connection: Int)
    }

    private struct Asker {
        let number: Int
        let isForLong: Bool
    }

    private let limit: Int
    private let backoff: Backoff
    /// The one used last is lent first: the others may grow old and go.
    private var idle: [Int] = []
    private var lent: Set<Int> = []
    /// Those lent to somebody who is alone at something. They do not count against the limit.
    private var lentForLong: Set<Int> = []
    /// Once somebody was alone at something, a connection beside the limit stays open for whoever is next: most are so
    /// for milliseconds, and dialling costs more.
    private var keepsSpare = false
    private var waiting: [Asker] = []
    private var dialling = 0
    private var failures = 0
    private var lastFailure: String?
    private var isResting = false
    private var isShut = false

    package init(limit: Int, backoff: Backoff) {
        self.limit = limit
        self.backoff = backoff
    }

    /// True when nobody holds a connection any more.
    package var isQuiet: Bool { lent.isEmpty && lentForLong.isEmpty }

    // MARK: those who ask

    package mutating func ask(_ number: Int, forLong: Bool = false) -> [Effect] {
        guard !isShut else { return [.refuse(asker: number, .closed)] }
        waiting.append(Asker(number: number, isForLong: forLong))
        if forLong { keepsSpare = true }
        return serve()
    }

    /// The asker goes without one.
    package mutating func withdraw(_ number: Int) { waiting.removeAll { $0.number == number } }

    /// The asker has waited long enough.
    package mutating func timeUp(for number: Int) -> [Effect] {
        guard waiting.contains(where: { $0.number == number }) else { return [] }
        withdraw(number)
        return [.refuse(asker: number, lastFailure.map { .noneMade($0) } ?? .noneFree)]
    }

    package mutating func giveBack(_ connection: Int, isSound: Bool) -> [Effect] {
        lent.remove(connection)
        lentForLong.remove(connection)
        guard isSound, !isShut, all < room else {
            return [.hangUp(connection: connection)] + serve()
        }
        idle.append(connection)
        return serve()
    }

    // MARK: what becomes of connections

    /// One that was made without being asked for.
    package mutating func adopted(_ connection: Int) -> [Effect] {
        dialling += 1
        return dialled(connection)
    }

    package mutating func dialled(_ connection: Int) -> [Effect] {
        dialling -= 1
        failures = 0
        lastFailure = nil
        // Whoever it was made for may have gone without it.
        guard !isShut, all < room else { return [.hangUp(connection: connection)] + serve() }
        idle.append(connection)
        return serve()
    }

    /// One after the other from now on, with growing pauses.
    package mutating func dialFailed(_ cause: String) -> [Effect] {
        dialling -= 1
        failures += 1
        lastFailure = cause
        guard !isResting, !isShut else { return [] }
        isResting = true
        return [.rest(backoff.delay(after: failures))]
    }

    package mutating func rested() -> [Effect] {
        isResting = false
        return serve()
    }

    /// True when it was idle and is forgotten now. One that is lent is told about when it is given back.
    package mutating func lost(_ connection: Int) -> Bool {
        defer { idle.removeAll { $0 == connection } }
        return idle.contains(connection)
    }

    /// Nobody gets one any more.
    package mutating func shut() -> [Effect] {
        isShut = true
        defer {
            waiting = []
            idle = []
        }
        return waiting.map { .refuse(asker: $0.number, .closed) } + idle.map { .hangUp(connection: $0) }
    }

    // MARK: the decision

    private var all: Int { idle.count + lent.count + lentForLong.count + dialling }
    private var room: Int {
        limit + max(lentForLong.count + waiting.count(where: \.isForLong), keepsSpare ? 1 : 0)
    }

    /// The first who waits; when the limit is reached, the first of those who do not count against it.
    private var nextToServe: Int? {
        lent.count < limit ? waiting.indices.first : waiting.firstIndex(where: \.isForLong)
    }

    private mutating func serve() -> [Effect] {
        guard !isShut else { return [] }
        var effects: [Effect] = []
        while !idle.isEmpty, let next = nextToServe, let connection = idle.popLast() {
            let asker = waiting.remove(at: next)
            if asker.isForLong { lentForLong.insert(connection) } else { lent.insert(connection) }
            effects.append(.lend(connection: connection, to: asker.number))
        }
        let atOnce = failures == 0 ? Int.max : 1
        while !isResting, dialling < min(waiting.count, atOnce), all < room {
            dialling += 1
            effects.append(.dial)
        }
        return effects
    }
}
