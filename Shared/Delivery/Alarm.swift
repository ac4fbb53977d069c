// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
package import Telemetry

/// Acts when something stored falls due: asks when, sleeps until then, rings.
package struct Alarm: Sendable {
    /// Nothing stored is noticed later than this, though nobody says it was stored.
    private static let longestNap = Duration.seconds(1)

    private let clock: any WallClock
    private let log: Log

    package init(clock: any WallClock, log: Log) {
        self.clock = clock
        self.log = log
    }

    /// Works until cancelled.
    package func run(
        next: @escaping @Sendable () async throws -> Timestamp?, ring: @escaping @Sendable () async throws -> Void
    ) async {
        while !Task.isCancelled {
            do {
                let nap = clock.now() + Self.longestNap
                let due = try await next()
                if let due, due <= clock.now() { try await ring() }
                try await clock.sleep(until: min(due.map { max($0, clock.now() + .milliseconds(50)) } ?? nap, nap))
            } catch {
                if Task.isCancelled { return }
                log.error("what is due cannot be read", [.cause: "\(error)"])
                try? await clock.sleep(until: clock.now() + Self.longestNap)  // cancelled: the loop sees it
            }
        }
    }
}
