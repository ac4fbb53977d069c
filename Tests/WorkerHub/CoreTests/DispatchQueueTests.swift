// WorkerHubTests · tests · sees Contracts, Policies, WorkerHubCore
import Contracts
import Policies
import Testing
import WorkerHubCore

@Suite("The dispatch queue")
struct DispatchQueueTests {
    private static let start = Timestamp(microseconds: 0)

    private func waiting(_ name: String, _ tenant: String = "a", priority: Int = 0, since: Int = 0) -> Waiting {
        Waiting(
            job: JobID(trusted: "job_\(name)"), tenant: TenantID(trusted: tenant), priority: priority,
            since: Self.start + .seconds(since))
    }

    private func names(_ waiting: [Waiting], _ ledger: PoolLedger, caps: TenantCaps = TenantCaps()) -> [String] {
        DispatchQueue.admit(waiting, by: ledger, caps: caps).jobs.map { String($0.rawValue.dropFirst(4)) }
    }

    @Test("lets the oldest in first, and no more than there is room for")
    func oldestFirst() {
        let jobs = [waiting("3"), waiting("1"), waiting("2")]
        let a = TenantID(trusted: "a")
        #expect(names(jobs, PoolLedger(room: 6, shares: [a: Share(out: 4)])) == ["1", "2"])
        #expect(names(jobs, PoolLedger(room: 6, shares: [a: Share(out: 9)])).isEmpty)
    }

    @Test("lets a higher priority in first, then whoever had least, then the oldest")
    func order() {
        let jobs = [
            waiting("1", "a"), waiting("2", "a", priority: 5), waiting("3", "b"), waiting("4", "c", priority: 5),
        ]
        let shares = [
            TenantID(trusted: "a"): Share(served: 50), TenantID(trusted: "b"): Share(served: 90),
            TenantID(trusted: "c"): Share(served: 20),
        ]
        #expect(names(jobs, PoolLedger(room: 3, perTicket: 10, shares: shares)) == ["4", "2", "1"])
    }

    @Test("gives every fourth ticket by turn, whatever the priorities are, to the job that waits longest")
    func turns() {
        let jobs =
            (1...8).map { waiting("a\($0)", "a", priority: 9) }
            + [waiting("b1", "b", priority: 3, since: 9), waiting("b2", "b", since: 5)]
        #expect(names(jobs, PoolLedger(room: 8)) == ["a1", "a2", "a3", "b2", "a4", "a5", "a6", "b1"])
    }

    @Test("gives nobody more tickets at once than its cap")
    func caps() {
        let jobs = (1...4).flatMap { [waiting("a\($0)", "a"), waiting("b\($0)", "b")] }
        let caps = TenantCaps(standard: 3, own: [TenantID(trusted: "b"): 1])
        let out = [TenantID(trusted: "a"): Share(out: 1)]
        #expect(names(jobs, PoolLedger(room: 9, shares: out), caps: caps).sorted() == ["a1", "a2", "b1"])
    }

    @Test("exceeds neither room nor cap, and gives no ticket twice, whatever waits")
    func bounds() {
        for seed in 0..<500 as Range<UInt64> {
            var dice = Dice(seed, "bounds")
            let tenants = ["a", "b", "c"]
            let jobs = (0..<dice.between(0, 30)).map {
                waiting("\($0)", dice.pick(tenants), priority: dice.between(0, 9), since: dice.between(0, 9))
            }
            var ledger = PoolLedger(
                room: dice.between(0, 12), reached: dice.between(0.0, 50.0), perTicket: dice.between(0.1, 9.0))
            for tenant in tenants where dice.next() < 0.7 {
                ledger.shares[TenantID(trusted: tenant)] = Share(
                    served: dice.between(0.0, 90.0), out: dice.between(0, 4))
            }
            let before = ledger.shares.values.map(\.out).reduce(0, +)
            let cap = dice.between(1, 5)
            let (given, after) = DispatchQueue.admit(jobs, by: ledger, caps: TenantCaps(standard: cap))
            #expect(before + given.count <= max(before, ledger.room))
            #expect(Set(given).count == given.count && Set(given).isSubset(of: jobs.map(\.job)))
            #expect(after.reached >= ledger.reached && after.given == ledger.given + given.count)
            for (tenant, share) in after.shares {
                #expect(share.out <= max(cap, ledger.shares[tenant]?.out ?? 0))
            }
            let isFull = after.shares.values.map(\.out).reduce(0, +) >= ledger.room
            let rest = jobs.filter { !given.contains($0.job) }
            let areCapped = rest.allSatisfy { (after.shares[$0.tenant]?.out ?? 0) >= cap }
            #expect(isFull || areCapped, "a slot stays free while somebody could have it")
        }
    }

    @Test("gives tenants that always want something the same time, however long their jobs are")
    func converges() {
        var mill = Mill(slots: 4)
        mill.run(for: 3000, ["a": 1, "b": 10, "c": 3])
        let total = mill.seconds.values.reduce(0, +)
        #expect(total > 11_000)
        for (tenant, seconds) in mill.seconds { #expect(abs(seconds / total - 1.0 / 3) < 0.02, "\(tenant)") }
    }

    @Test("lets nobody make up for time in which it wanted nothing")
    func newcomer() {
        var mill = Mill(slots: 4)
        mill.run(for: 2000, ["a": 2])
        mill.seconds = [:]
        mill.run(for: 400, ["a": 2, "b": 2])
        let total = mill.seconds.values.reduce(0, +)
        #expect(abs((mill.seconds["b"] ?? 0) / total - 0.5) < 0.03)
    }

    @Test("starves nobody, however many of another's jobs go first")
    func starvation() {
        var mill = Mill(slots: 2)
        mill.priorities = ["a": 9, "b": 0]
        mill.run(for: 1000, ["a": 1, "b": 1])
        let total = mill.seconds.values.reduce(0, +)
        #expect((mill.seconds["b"] ?? 0) / total > 0.2)
        #expect((mill.seconds["a"] ?? 0) / total > 0.7)
    }

    @Test("keeps every slot of a big pool busy, and a small one's queue as short as ever")
    func room() {
        #expect(DispatchQueue.room(slots: 0) == 6)
        #expect(DispatchQueue.room(slots: 4) == 6)
        #expect(DispatchQueue.room(slots: 100) == 150)
    }
}

/// A pool whose tenants always have a job waiting, and what it gave to each.
private struct Mill {
    private struct Work {
        let tenant: String
        let length: Double
        let end: Double
    }

    var priorities: [String: Int] = [:]
    var seconds: [String: Double] = [:]
    private var ledger: PoolLedger
    private var working: [Work] = []
    private var now = 0.0
    private var last = 0

    init(slots: Int) { ledger = PoolLedger(room: slots) }

    /// `lengths` says how long each tenant's jobs take.
    mutating func run(for span: Double, _ lengths: [String: Double]) {
        let end = now + span
        while now < end {
            begin(lengths)
            working.sort { ($0.end, $0.tenant) < ($1.end, $1.tenant) }
            let done = working.removeFirst()
            now = done.end
            seconds[done.tenant, default: 0] += done.length
            let tenant = TenantID(trusted: done.tenant)
            ledger.shares[tenant]?.out -= 1
            ledger.book(done.length, to: tenant)
        }
    }

    private mutating func begin(_ lengths: [String: Double]) {
        var owners: [JobID: String] = [:]
        var waiting: [Waiting] = []
        for tenant in lengths.keys.sorted() {
            for _ in 0..<ledger.room {
                last += 1
                let job = JobID(trusted: "job_\(1_000_000 + last)")
                owners[job] = tenant
                waiting.append(
                    Waiting(
                        job: job, tenant: TenantID(trusted: tenant), priority: priorities[tenant] ?? 0,
                        since: Timestamp(microseconds: Int64(last))))
            }
        }
        let (jobs, after) = DispatchQueue.admit(waiting, by: ledger)
        ledger = after
        for tenant in jobs.compactMap({ owners[$0] }) {
            let length = lengths[tenant] ?? 1
            working.append(Work(tenant: tenant, length: length, end: now + length))
        }
    }
}
