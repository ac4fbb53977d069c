// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
import Contracts
package import Ports
package import Telemetry
import Wire

/// Brings what an owner committed to the broker, in the order it was said. Woken by each commit, here or in another
/// process; of several at one owner one publishes at a time.
///
/// Killed between publishing and marking it publishes again, under the same number: consumers notice.
package final class Relay: Sendable {
    private static let batch = 128
    private static let batchBytes = 4 << 20

    let clock: any WallClock
    private let database: any Database
    private let bus: any MessageBus
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
        let announcements = database.announcements()
        ring()
        await withTaskGroup { group in
            group.addTask { for await _ in announcements { self.ring() } }
            for await _ in rings { await publishAll() }
            group.cancelAll()
        }
    }

    /// Returns when nothing is left unpublished, when another relay is at it, or when the task is cancelled.
    package func publishAll() async {
        var failures = 0
        while !Task.isCancelled {
            do {
                // Whoever is turned away here has been rung after the commit, and so has the one inside: nothing waits.
                let mayBeMore = try await database.alone(at: "relay") { try await publishSome() }
                guard mayBeMore == true else { return }
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
        let rows = try await database.transaction { tx in
            try await tx.rows(DeliveryQueries.unpublished(Self.batch, Self.batchBytes))
        }
        guard !rows.isEmpty else { return false }
        let letters = try rows.map { id, type, word, body in
            guard let address = Letter.Address(word: word) else {
                throw DatabaseFailure(.decoding, during: "events.unpublished", cause: "\"\(word)\" is no address")
            }
            return Letter(id: id, to: address, headers: ["event_type": type], body: body)
        }
        try await publish(letters)
        let (list, now) = (DeliveryQueries.list(letters.map(\.id)), clock.now())
        try await database.transaction { tx in try await tx.send([Order(DeliveryQueries.published(list, now))]) }
        return rows.count == Self.batch || letters.reduce(0) { $0 + $1.body.count } >= Self.batchBytes
    }

    /// A letter that nobody can receive is somebody's mistake, but never a reason for all others to wait.
    private func publish(_ letters: [Letter]) async throws(BusFailure) {
        do {
            try await bus.publish(letters)
        } catch {
            guard error.code == .unroutable else { throw error }
            for letter in error.letters {
                log.error(
                    "nobody can receive a letter",
                    [.service: database.owner, .eventID: letter, .cause: error.cause])
            }
        }
    }
}
