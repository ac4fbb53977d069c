// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
import Contracts
package import Ports
package import Telemetry

/// Lets go of what nobody can ask for any more: letters seen longer ago than any can come again, and published events
/// older than the owner keeps them. Where the tables are cut into weeks it also makes the coming weeks.
package struct Retention: Sendable {
    /// A letter that is older is not sent again, not even by hand.
    package static let longestReplay = Duration.seconds(14 * 86_400)
    package static let usualKeeping = Duration.seconds(30 * 86_400)

    /// Between two bites everybody else has a turn.
    private static let bite = 1000
    private static let pause = Duration.seconds(3600)

    package struct Report: Hashable, Sendable {
        package var added: [String] = []
        package var dropped: [String] = []
        package var forgotten = 0
        package var cleared = 0
        package var isEmpty: Bool { self == Report() }
    }

    private let database: any Database
    private let clock: any WallClock
    private let log: Log
    private let keeping: Duration

    package init(
        database: any Database, clock: any WallClock, log: Log, keeping: Duration = Retention.usualKeeping
    ) {
        self.database = database
        self.clock = clock
        self.log = log
        self.keeping = keeping
    }

    /// Works until cancelled: at once, then every hour.
    package func run() async {
        while !Task.isCancelled {
            do {
                if let report = try await sweep(), !report.isEmpty {
                    log.notice(
                        "old letters were let go",
                        [.service: database.owner, .count: report.forgotten + report.cleared + report.dropped.count])
                }
            } catch {
                if Task.isCancelled { return }
                log.error("old letters stay where they are", [.service: database.owner, .cause: "\(error)"])
            }
            try? await clock.sleep(until: clock.now() + Self.pause)  // cancelled: the loop sees it
        }
    }

    /// One round; `nil` when another process is at it.
    package func sweep() async throws -> Report? {
        try await database.alone(at: "retention") { try await round(at: clock.now()) }
    }

    private func round(at now: Timestamp) async throws -> Report {
        let (replayed, kept) = (now.before(Self.longestReplay), now.before(keeping))
        var report = Report()
        try await turn("inbox", keeping: Self.longestReplay, at: now, &report)
        try await turn("events", keeping: keeping, at: now, &report)
        report.forgotten = try await bites(of: RetentionQueries.forget(replayed, Self.bite))
        report.cleared = try await bites(of: RetentionQueries.clear(kept, Self.bite))
        return report
    }

    /// Makes the weeks to come and drops those that are over. A week that is busy, or still needed, has its turn later.
    private func turn(_ table: String, keeping: Duration, at now: Timestamp, _ report: inout Report) async throws {
        let slices = try await database.transaction { tx in try await tx.rows(RetentionQueries.slices()) }
        // The rest is a slice too: where there is none, the table is whole.
        guard !slices.isEmpty else { return }
        let existing = Set(slices.compactMap { Week(slice: $0, of: table) })
        let plan = WeekPlan(existing: existing, keeping: keeping, at: now)
        for week in plan.add {
            let call = RetentionQueries.add(table, week.slice(of: table), week.firstName, week.next.firstName)
            if try await isDone(call) { report.added.append(week.slice(of: table)) }
        }
        for week in plan.drop {
            let call = RetentionQueries.drop(table, week.slice(of: table), now.before(Self.longestReplay))
            if try await isDone(call) { report.dropped.append(week.slice(of: table)) }
        }
    }

    private func isDone(_ call: Call<Int>) async throws -> Bool {
        do {
            return try await database.transaction { tx in try await tx.row(call) } == 1
        } catch let failure as DatabaseFailure where [.busy, .serialization, .timeout].contains(failure.code) {
            log.warning("a week of old letters is busy", [.service: database.owner, .cause: failure.cause])
            return false
        }
    }

    private func bites(of bite: Call<Void>) async throws -> Int {
        var gone = 0
        while !Task.isCancelled {
            let bitten = try await database.transaction { tx in try await tx.run(bite) }
            gone += bitten
            if bitten < Self.bite { break }
        }
        return gone
    }
}

extension Timestamp {
    fileprivate func before(_ span: Duration) -> Timestamp { self + (.zero - span) }
}
