// WorkerHubCore · pure · sees Contracts, Policies
package import Contracts

/// A job that waits for a ticket, as far as its turn depends on it.
package struct Waiting: Equatable, Sendable {
    package var job: JobID
    package var tenant: TenantID
    /// 0…9, higher first.
    package var priority: Int
    package var since: Timestamp

    package init(job: JobID, tenant: TenantID, priority: Int, since: Timestamp) {
        self.job = job
        self.tenant = tenant
        self.priority = priority
        self.since = since
    }
}

/// How many tickets a tenant may have out in one pool at once; without a cap, as many as there is room for.
package struct TenantCaps: Equatable, Sendable {
    package var standard: Int?
    package var own: [TenantID: Int]

    package init(standard: Int? = nil, own: [TenantID: Int] = [:]) {
        self.standard = standard
        self.own = own
    }

    package func cap(of tenant: TenantID) -> Int? { own[tenant] ?? standard }
}

/// What a tenant had of a pool.
package struct Share: Equatable, Sendable {
    /// Seconds of work, counted from where the pool stood when the tenant began to want something.
    package var served: Double
    /// Tickets that lie in the queue or are in the hands of workers.
    package var out: Int

    package init(served: Double = 0, out: Int = 0) {
        self.served = served
        self.out = out
    }
}

/// What one pool gave to whom, and how much more it may give now.
package struct PoolLedger: Equatable, Sendable {
    /// Tickets it may have out at once.
    package var room: Int
    /// How far that tenant had been served who was chosen last. Who comes new begins here: nobody saves up turns by
    /// wanting nothing.
    package var reached: Double
    /// What a ticket is expected to cost, in seconds, until its result says what it did cost.
    package var perTicket: Double
    /// Tickets it ever gave.
    package var given: Int
    package var shares: [TenantID: Share]

    package init(
        room: Int, reached: Double = 0, perTicket: Double = 1, given: Int = 0, shares: [TenantID: Share] = [:]
    ) {
        self.room = room
        self.reached = reached
        self.perTicket = perTicket
        self.given = given
        self.shares = shares
    }

    /// Books what an attempt took. What tickets are expected to cost follows slowly.
    package mutating func book(_ seconds: Double, to tenant: TenantID) {
        shares[tenant, default: Share()].served += seconds
        perTicket = max(0.001, 0.9 * perTicket + 0.1 * seconds)
    }

    /// Tickets that may go out now.
    package var free: Int { room - shares.values.reduce(0) { $0 + $1.out } }

    /// How far the tenant was served. Who has no ticket out may have wanted nothing for long, and gets no credit for it.
    func level(of tenant: TenantID) -> Double {
        let share = shares[tenant] ?? Share()
        return share.out > 0 ? share.served : max(reached, share.served)
    }

    /// Where its next ticket begins on the pool's own clock, after those that are out (start-time fair queueing).
    func start(of tenant: TenantID) -> Double {
        level(of: tenant) + Double(shares[tenant]?.out ?? 0) * perTicket
    }
}

/// Keeps the ticket queues short, so that order is decided here and not by what was queued an hour ago.
package enum DispatchQueue {
    /// Tickets a small pool may have out at once, waiting in its queue or in the hands of workers.
    package static let outstanding = 6
    /// Every so many tickets one goes by turn alone, whatever anybody's priority is: nobody waits for ever.
    package static let turnEvery = 4

    /// Every slot has work, and every second one finds its next ticket ready.
    package static func room(slots: Int) -> Int { max(outstanding, slots + (slots + 1) / 2) }

    /// Which waiting jobs get a ticket now: the highest priority first, then the tenant that had least, then the oldest;
    /// as many as there is room for, and no more than its cap for anybody. Of each tenant `waiting` need hold only the
    /// first `limit`, and the one that waits longest.
    package static func admit(
        _ waiting: [Waiting], by ledger: PoolLedger, caps: TenantCaps = TenantCaps(), atMost limit: Int = .max
    ) -> (jobs: [JobID], ledger: PoolLedger) {
        var ledger = ledger
        var rest = waiting
        var jobs: [JobID] = []
        while ledger.free > 0 && jobs.count < limit {
            rest.removeAll { isCapped($0.tenant, in: ledger, caps) }
            let starts = Dictionary(
                rest.map { ($0.tenant, ledger.start(of: $0.tenant)) }, uniquingKeysWith: { first, _ in first })
            let isTurn = ledger.given % turnEvery == turnEvery - 1
            let best = rest.indices.min { isTurn ? turn(rest[$0], rest[$1], starts) : rank(rest[$0], rest[$1], starts) }
            guard let best else { break }
            let next = rest.remove(at: best)
            let level = ledger.level(of: next.tenant)
            ledger.reached = max(ledger.reached, level)
            ledger.shares[next.tenant] = Share(served: level, out: (ledger.shares[next.tenant]?.out ?? 0) + 1)
            ledger.given += 1
            jobs.append(next.job)
        }
        return (jobs, ledger)
    }

    private static func isCapped(_ tenant: TenantID, in ledger: PoolLedger, _ caps: TenantCaps) -> Bool {
        guard let cap = caps.cap(of: tenant) else { return false }
        return (ledger.shares[tenant]?.out ?? 0) >= cap
    }

    private static func rank(_ one: Waiting, _ other: Waiting, _ starts: [TenantID: Double]) -> Bool {
        if one.priority != other.priority { return one.priority > other.priority }
        let (mine, theirs) = (starts[one.tenant] ?? 0, starts[other.tenant] ?? 0)
        return mine != theirs ? mine < theirs : one.job < other.job
    }

    private static func turn(_ one: Waiting, _ other: Waiting, _ starts: [TenantID: Double]) -> Bool {
        let (mine, theirs) = (starts[one.tenant] ?? 0, starts[other.tenant] ?? 0)
        if mine != theirs { return mine < theirs }
        return one.since != other.since ? one.since < other.since : one.job < other.job
    }
}
