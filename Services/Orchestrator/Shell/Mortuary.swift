// OrchestratorShell · shell · sees Contracts, Policies, Ports, Telemetry, OrchestratorCore
package import Contracts
package import Ports
package import Telemetry

/// Takes dead letters out of the broker onto record, and brings back those that somebody sent back.
package struct Mortuary: Sendable {
    package typealias Reading = @Sendable (Delivery, Timestamp) -> Corpse

    private static let prefetch = 64

    private let book: any DeadBook
    private let bus: any MessageBus
    private let clock: any WallClock
    private let log: Log
    private let read: Reading

    package init(book: any DeadBook, bus: any MessageBus, clock: any WallClock, log: Log, read: @escaping Reading) {
        self.book = book
        self.bus = bus
        self.clock = clock
        self.log = log
        self.read = read
    }

    /// Works until cancelled or the bus is closed. What is not on record stays in the queue.
    package func receive() async {
        while !Task.isCancelled {
            do {
                let arrivals = try await bus.subscribe(to: .dead, prefetch: Self.prefetch)
                do {
                    while let batch = try await arrivals.next() { try await record(batch) }
                    return
                } catch {
                    await arrivals.end()
                    throw error
                }
            } catch {
                if Task.isCancelled || (error as? BusFailure)?.code == .closed { return }
                log.error("dead letters cannot be recorded", [.queue: QueueName.dead, .cause: "\(error)"])
                try? await clock.sleep(until: clock.now() + .seconds(1))  // cancelled: the loop sees it
            }
        }
    }

    private func record(_ batch: [Delivery]) async throws {
        let now = clock.now()
        let corpses = batch.map { read($0, now) }
        try await book.record(corpses)
        for corpse in corpses {
            log.error(
                "a letter is dead",
                [
                    .queue: corpse.letter.queue, .eventID: corpse.letter.eventID, .count: corpse.letter.deliveries,
                    .cause: corpse.letter.reason,
                ])
        }
        try await bus.settle(batch.map { Verdict($0, .done) }, by: clock) { failure in
            log.error("dead letters cannot be settled", [.queue: QueueName.dead, .cause: failure.description])
        }
    }

    /// Brings back everything that was sent back. A letter that is brought back twice is seen once by its reader.
    package func bringBack() async throws {
        while try await book.alone({ try await bringSomeBack() }) == true {}
    }

    /// Answers whether there may be more.
    private func bringSomeBack() async throws -> Bool {
        let leaving = try await book.leaving(limit: Self.prefetch)
        guard !leaving.isEmpty else { return false }
        let letters = leaving.map { corpse in
            Letter(
                id: corpse.letter.eventID, to: .queue(QueueName(corpse.letter.queue)),
                headers: ["event_type": corpse.letter.eventType], body: corpse.body)
        }
        var lost: Set<EventID> = []
        do {
            try await bus.publish(letters)
        } catch {
            guard error.code == .unroutable else { throw error }
            lost = Set(error.letters)
        }
        let now = clock.now()
        try await book.left(leaving.map(\.letter).filter { !lost.contains($0.eventID) })
        try await book.record(
            leaving.filter { lost.contains($0.letter.eventID) }.map { corpse in
                var letter = corpse.letter
                letter.reason = "sent back, and nobody has the queue \(letter.queue)"
                letter.lastFailedAt = now
                return Corpse(letter, body: corpse.body)
            })
        return leaving.count == Self.prefetch
    }

    /// When there is something to bring back: now, or nil.
    package func nextLeaving() async throws -> Timestamp? {
        try await book.leaving(limit: 1).isEmpty ? nil : clock.now()
    }
}
