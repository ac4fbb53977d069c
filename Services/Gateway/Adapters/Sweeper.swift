// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import GatewayCore
package import Ports
package import Telemetry

/// Forgets what is of no use to anybody any more: once an hour, a little at a time, so that nobody waits for it.
package struct Sweeper: Sendable {
    private static let pause = Duration.seconds(3600)
    /// How long somebody may still ask what became of a notice, or when a session ended.
    private static let memory = Duration.seconds(30 * 86_400)

    private let desk: GatewayDesk
    private let clock: any WallClock
    private let log: Log

    package init(_ desk: GatewayDesk, clock: any WallClock, log: Log) {
        self.desk = desk
        self.clock = clock
        self.log = log
    }

    /// Works until cancelled.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await sweep()
            } catch {
                if Task.isCancelled { return }
                log.warning("what is old cannot be forgotten", [.cause: "\(error)"])
            }
            try? await clock.sleep(until: clock.now() + Self.pause)  // cancelled: the loop sees it
        }
    }

    package func sweep() async throws {
        let now = clock.now()
        let old = now + (.zero - Self.memory)
        for call in [
            DeedQueries.forget(now + (.zero - GatewayDesk.keeping)), SweepQueries.entries(now),
            SweepQueries.refreshTokens(old), SweepQueries.sessions(old), SweepQueries.notices(Self.firstName(at: old)),
        ] {
            while try await desk.transaction({ tx in try await tx.run(call) }) > 0 { try Task.checkCancellation() }
        }
    }

    /// Names grow with time: every notice of before has a smaller one.
    private static func firstName(at moment: Timestamp) -> String {
        let milliseconds = UInt64(max(0, moment.microseconds) / 1000)
        return NoticeID.prefix + ULID.text(milliseconds: milliseconds, high: 0, low: 0).prefix(10)
    }
}

enum SweepQueries {
    static let cards = [
        StatementCard(entries), StatementCard(refreshTokens), StatementCard(sessions), StatementCard(notices),
    ]

    static let entries = statement(
        "entry.forget", takes: Timestamp.self, gives: Void.self,
        """
        DELETE FROM gateway.entries
        WHERE hash IN (
          SELECT hash
          FROM gateway.entries
          WHERE ends_at < $1
          LIMIT 1000
        )
        """)

    static let refreshTokens = statement(
        "refresh.forget", takes: Timestamp.self, gives: Void.self,
        """
        DELETE FROM gateway.refresh_tokens
        WHERE hash IN (
          SELECT refresh.hash
          FROM gateway.sessions AS sessions
          JOIN gateway.refresh_tokens AS refresh ON refresh.session_id = sessions.id
          WHERE sessions.ends_at < $1
          LIMIT 1000
        )
        """)

    /// Behind their tokens.
    static let sessions = statement(
        "session.forget", takes: Timestamp.self, gives: Void.self,
        """
        DELETE FROM gateway.sessions
        WHERE id IN (
          SELECT id
          FROM gateway.sessions AS old
          WHERE ends_at < $1
            AND NOT EXISTS (SELECT 1 FROM gateway.refresh_tokens AS refresh WHERE refresh.session_id = old.id)
          LIMIT 1000
        )
        """)

    /// One that still waits to be carried stays, however old.
    static let notices = statement(
        "notice.forget", takes: String.self, gives: Void.self,
        """
        DELETE FROM gateway.notices
        WHERE id IN (
          SELECT id
          FROM gateway.notices
          WHERE id < $1
            AND state <> 'pending'
          ORDER BY id
          LIMIT 1000
        )
        """)
}
