// SharedTests · tests · sees Contracts, Ports, Delivery, Embedded, Telemetry, Kit
import Contracts
import Delivery
import Embedded
import Kit
import Ports
import Synchronization
import Telemetry
import Testing

@Suite("Retention", .timeLimit(.minutes(5)))
struct DeliveryRetentionTests {
    @Test("knows the names of a week from those before and after it")
    func names() {
        for number: Int64 in [0, 1, 2969, 9999] {
            let week = Week(number: number)
            let end = week.next.start
            for moment in [week.start, week.start + .milliseconds(1), end + .milliseconds(-1)] {
                let name = Self.name(at: moment)
                #expect(Week(of: moment) == week)
                #expect(week.firstName <= name.rawValue && name.rawValue < week.next.firstName, "\(moment)")
            }
            #expect(Self.name(at: end).rawValue >= week.next.firstName)
            #expect(Week(slice: week.slice(of: "inbox"), of: "inbox") == week)
        }
        #expect(Week(slice: "inbox_rest", of: "inbox") == nil && Week(slice: "inbox_w1", of: "events") == nil)
    }

    @Test("plans the weeks to come, and drops one when its last moment is long enough ago")
    func plan() {
        let now = Week(number: 100).start + .seconds(86_400)
        let fortnight = Duration.seconds(14 * 86_400)
        let first = WeekPlan(existing: [], keeping: fortnight, at: now)
        #expect(first.add == [100, 101, 102].map(Week.init(number:)) && first.drop.isEmpty)
        let settled = WeekPlan(existing: Set((96...102).map(Week.init(number:))), keeping: fortnight, at: now)
        #expect(settled.add.isEmpty && settled.drop == [96, 97].map(Week.init(number:)))
        let early = WeekPlan(
            existing: [Week(number: 97)], keeping: fortnight, at: Week(number: 100).start + .milliseconds(-1))
        #expect(early.drop.isEmpty)
    }

    @Test("leaves the tables of a data folder what they were when it was made")
    func sameTables() {
        let migration = DeliveryTables.migration(number: 0)
        let text = "\(Dialect.sqlite.schema(migration.up))\n-- down\n\(Dialect.sqlite.schema(migration.down))"
        #expect(SHA256.hex(of: Array(text.utf8)) == "125099ff5d1d3bcf067beb52f478bfaa0808a41a7383e75f37ddb8a8c38f5c4c")
    }

    @Test("lets go of old letters in bites, and never of what was not published", arguments: Engine.allCases)
    func bites(engine: Engine) async throws {
        try await Self.with(engine) { owner, clock in
            let (now, old) = (clock.now(), clock.now() + .seconds(-31 * 86_400))
            try await owner.see(0..<2100, at: old, as: "evt_old")
            try await owner.see(0..<40, at: now + .seconds(-13 * 86_400), as: "evt_young")
            try await owner.say(0..<1200, at: old, as: "evt_old", published: true)
            try await owner.say(0..<40, at: old, as: "evt_stuck", published: false)
            try await owner.say(0..<40, at: now + .seconds(-29 * 86_400), as: "evt_young", published: true)
            let report = try await owner.retention(clock).sweep()
            #expect(report?.forgotten == 2100 && report?.cleared == 1200)
            let tables = try await owner.tables()
            #expect(tables.seen.count == 40 && tables.seen.allSatisfy { $0.contains("evt_young") })
            #expect(tables.said.count == 80 && !tables.said.contains { $0.contains("evt_old") })
            let again = try await owner.retention(clock).sweep()
            #expect(again?.isEmpty == true)
        }
    }

    @Test("drops whole weeks on a server, but none that somebody still needs", arguments: Engine.servers)
    func weeks(engine: Engine) async throws {
        try await Self.with(engine) { owner, clock in
            let start = Week(of: clock.now())
            #expect(try await owner.retention(clock).sweep()?.added.count == 6)
            for number in 0..<5 {
                let moment = Week(number: start.number + Int64(number)).start + .seconds(3600)
                clock.set(moment)
                _ = try await owner.retention(clock).sweep()
                let name = Self.name(at: moment).rawValue
                try await owner.see(0..<3, at: moment, as: name)
                try await owner.say(0..<3, at: moment, as: name, published: number != 1)
                // A letter of the second week comes again: its week stays as long as the letter may come once more.
                if number == 3 { try await owner.see(7..<8, at: moment, as: Self.name(at: start.next.start).rawValue) }
            }
            #expect(try await owner.parts(since: start) == ["inbox 1 2 3 4 5 6", "events 0 1 2 3 4 5 6"])
            clock.set(Week(number: start.number + 7).start)
            _ = try await owner.retention(clock).sweep()
            #expect(try await owner.parts(since: start) == ["inbox 5 6 7 8 9", "events 1 2 3 4 5 6 7 8 9"])
            await owner.relay.publishAll()
            clock.set(Week(number: start.number + 20).start)
            _ = try await owner.retention(clock).sweep()
            #expect(try await owner.parts(since: start) == ["inbox 20 21 22", "events 20 21 22"])
            let tables = try await owner.tables()
            #expect(tables.seen.isEmpty && tables.said.isEmpty)
        }
    }

    @Test("takes into a week what came before the week was made", arguments: Engine.servers)
    func lateWeek(engine: Engine) async throws {
        try await Self.with(engine) { owner, clock in
            let name = Self.name(at: clock.now()).rawValue
            try await owner.say(0..<5, at: clock.now(), as: name, published: false)
            try await owner.say(0..<2, at: clock.now(), as: "evt_stranger", published: false)
            try await owner.see(0..<5, at: clock.now(), as: name)
            let before = try await owner.tables()
            _ = try await owner.retention(clock).sweep()
            #expect(try await owner.tables() == before)
            #expect(try await owner.rest() == ["events 2", "inbox 0"])
            let known = try await owner.desk.apply(consumer: "test", letters: [EventID(trusted: name + "-0")], at: .one)
            {
                ($1.count, [])
            }
            #expect(known == 0, "what was seen is still known")
        }
    }

    @Test("can be taken back with its weeks, and made again", arguments: Engine.allCases)
    func backAndForth(engine: Engine) async throws {
        try await Self.with(engine) { owner, clock in
            let migrations = [DeliveryTables.migration(number: 0), Things.migration]
            for _ in 0..<2 {
                _ = try await owner.retention(clock).sweep()
                try await owner.say("evt_1")
                #expect(try await owner.unpublished() == 1)
                try await owner.database.revert(migrations, downTo: -1)
                try await owner.database.migrate(migrations)
                #expect(try await owner.tables() == OwnerTables())
            }
        }
    }

    @Test("is done by one at a time", arguments: Engine.allCases)
    func alone(engine: Engine) async throws {
        try await Self.with(engine) { owner, clock in
            let other = engine == .sqlite ? owner : try await owner.replica()
            let outer = try await owner.database.alone(at: "retention") {
                try await other.retention(clock).sweep() == nil
            }
            #expect(outer == true)
            #expect(try await other.retention(clock).sweep() != nil)
            if engine != .sqlite { await other.database.close() }
        }
    }

    @Test("turns the weeks while letters come and go, and none is lost or counted twice", arguments: Engine.servers)
    func underWay(engine: Engine) async throws {
        try await Self.with(engine) { owner, clock in
            let start = Week(of: clock.now())
            try await withThrowingTaskGroup(of: Int.self) { group in
                for hand in 0..<3 {
                    group.addTask {
                        var counted = 0
                        for number in 0..<120 {
                            let name = Self.name(at: clock.now()).rawValue
                            let letter = EventID(trusted: "\(name)-\(hand)-\(number)")
                            counted += try await owner.desk.apply(
                                consumer: "test", letters: [letter], at: clock.now()
                            ) { (($1.count), try $1.map { try DeliveryOwner.answer(to: $0) }) }
                            await owner.relay.publishAll()
                        }
                        return counted
                    }
                }
                for week in 0..<15 {
                    clock.set(Week(number: start.number + Int64(week)).start)
                    _ = try await owner.retention(clock).sweep()
                }
                #expect(try await group.reduce(0, +) == 360)
            }
            await owner.relay.publishAll()
            #expect(try await owner.rest() == ["events 0", "inbox 0"])
            #expect(try await owner.heard(atLeast: 360).count >= 360)
        }
    }
}

extension DeliveryRetentionTests {
    /// A clock that stands where it is put.
    final class HandClock: WallClock {
        private let moment = Mutex(SystemClock().now())

        func now() -> Timestamp { moment.withLock { $0 } }
        func set(_ moment: Timestamp) { self.moment.withLock { $0 = moment } }
        func sleep(until: Timestamp) async throws { await Task.yield() }
    }

    private static func with(
        _ engine: Engine, _ work: (_ owner: DeliveryOwner, _ clock: HandClock) async throws -> Void
    ) async throws {
        let world = try World()
        defer { world.clear() }
        let bus = try await world.openBus()
        let owner = try await DeliveryOwner.open(engine, at: engine.place(in: world), in: world, over: bus)
        do {
            try await work(owner, HandClock())
        } catch {
            await owner.close()
            throw error
        }
        await owner.close()
    }

    private static func name(at moment: Timestamp) -> EventID {
        EventID(trusted: "evt_" + ULID.text(milliseconds: UInt64(moment.microseconds / 1000), high: 7, low: 7))
    }
}

extension DeliveryOwner {
    fileprivate func retention(_ clock: any WallClock) -> Retention {
        Retention(database: database, clock: clock, log: .silent)
    }

    fileprivate func see(_ numbers: Range<Int>, at moment: Timestamp, as name: String) async throws {
        try await database.transaction { tx in
            try await tx.send(numbers.map { Order(Things.saw("\(name)-\($0)", moment)) })
        }
    }

    fileprivate func say(
        _ numbers: Range<Int>, at moment: Timestamp, as name: String, published: Bool
    ) async throws {
        try await database.transaction { tx in
            try await tx.send(
                numbers.map { Order(Things.told("\(name)-\($0)", moment, published ? moment : nil)) })
        }
    }

    /// Which weeks the tables have, counted from one of them.
    fileprivate func parts(since start: Week) async throws -> [String] {
        let slices = try await database.transaction { tx in try await tx.rows(RetentionQueries.slices()) }
        return ["inbox", "events"].map { table in
            let weeks = slices.compactMap { Week(slice: $0, of: table) }.sorted()
            return ([table] + weeks.map { "\($0.number - start.number)" }).joined(separator: " ")
        }
    }

    /// How many rows lie in no week.
    fileprivate func rest() async throws -> [String] {
        try await database.transaction { tx in try await tx.rows(Things.rest()).map { "\($0) \($1)" } }
    }
}
