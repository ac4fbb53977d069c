// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
import Contracts
package import Ports
package import Telemetry

/// Brings what an owner committed to the broker, in the order it was said. Woken by each commit.
///
/// Killed between publishing and marking it publishes again, under the same number: consumers notice.
package final class Relay: Sendable {
    private static let batch = 128

    private let database: any Database
    private let bus: any MessageBus
    private let clock: any WallClock
    private let log: Log
    private let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    package init(database: any Database, bus: any MessageBus, clock: any WallClock, log: Log) {
        self.database = database
        self.bus = bus
        self.clock = clock
        self.log = log
        // Rings add nothing to one another: the relay reads everything there is each time.
        (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Something was committed.
    package func ring() { bell.yield() }

    /// Works until cancelled, beginning with what a crash left behind.
    package func run() async throws {
        ring()
        for await _ in rings { try await publishAll() }
    }

    /// Returns when nothing is left unpublished, or when the task is cancelled.
    package func publishAll() async throws {
        var failures = 0
        while !Task.isCancelled {
            do {
                guard try await publishSome() else { return }
                failures = 0
            } catch {
                if Task.isCancelled { return }
                failures += 1
                log.error("letters wait in the outbox", [.service: database.owner, .cause: "\(error)"])
                let pause = Duration.milliseconds(100) * min(50, failures * failures)
                try? await clock.sleep(until: clock.now() + pause)  // cancelled: the loop sees it
            }
        }
    }

    /// Answers whether there may be more.
    private func publishSome() async throws -> Bool {
        let rows = try await database.transaction { tx in try await tx.rows(DeliveryTables.unpublished(Self.batch)) }
        guard !rows.isEmpty else { return false }
        let letters = try rows.map { _, id, type, address, body in
            Letter(
                id: id, to: try Letter.Address(stored: address), headers: ["event_type": type], body: body)
        }
        try await bus.publish(letters)
        let now = clock.now()
        try await database.transaction { tx in
            for row in rows { try await tx.run(DeliveryTables.published(row.0, now)) }
        }
        return rows.count == Self.batch
    }
}
