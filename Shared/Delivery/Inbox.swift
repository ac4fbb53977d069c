// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
package import Telemetry
import Wire

/// Takes a queue's messages in batches to a handler whose effect is one transaction, and settles what is committed.
package struct Inbox: Sendable {
    /// Waits before a message is tried again, then it is buried.
    private static let ladder: [Duration] = [.seconds(1), .seconds(5), .seconds(30), .seconds(120)]

    private let bus: any MessageBus
    private let queue: QueueName
    private let vault: PayloadVault
    private let clock: any WallClock
    private let log: Log
    private let batch: Int

    package init(
        bus: any MessageBus, queue: QueueName, vault: PayloadVault, clock: any WallClock, log: Log, batch: Int = 64
    ) {
        self.bus = bus
        self.queue = queue
        self.vault = vault
        self.clock = clock
        self.log = log
        self.batch = batch
    }

    /// Works until cancelled or the bus is closed.
    package func run(_ handle: @escaping @Sendable ([EventEnvelope]) async throws -> Void) async {
        while !Task.isCancelled {
            do {
                try await turn(handle)
            } catch {
                if Task.isCancelled || (error as? BusFailure)?.code == .closed { return }
                log.error("a queue cannot be read", [.queue: queue, .cause: "\(error)"])
                try? await clock.sleep(until: clock.now() + .seconds(1))  // cancelled: the loop sees it
            }
        }
    }

    private func turn(_ handle: @Sendable ([EventEnvelope]) async throws -> Void) async throws {
        let deliveries = try await bus.take(from: queue, upTo: batch)
        var readable: [(delivery: Delivery, envelope: EventEnvelope)] = []
        var verdicts: [Verdict] = []
        for delivery in deliveries {
            do {
                if let envelope = try EnvelopeReader.read(delivery.letter.body) {
                    readable.append((delivery, try await vault.unfold(envelope)))
                } else {
                    verdicts.append(Verdict(delivery, .done))
                }
            } catch let refusal as EnvelopeRefusal {
                log.error(
                    "a message is refused and buried",
                    [.queue: queue, .eventID: delivery.letter.id, .cause: refusal.description])
                verdicts.append(Verdict(delivery, .bury(reason: refusal.description)))
            } catch {
                if Task.isCancelled { throw error }
                log.error(
                    "a payload cannot be fetched",
                    [.queue: queue, .eventID: delivery.letter.id, .cause: "\(error)"])
                verdicts.append(again(delivery, because: error))
            }
        }
        do {
            if !readable.isEmpty { try await handle(readable.map(\.envelope)) }
            verdicts += readable.map { Verdict($0.delivery, .done) }
        } catch {
            if Task.isCancelled { throw error }
            log.error("messages could not be handled", [.queue: queue, .count: readable.count, .cause: "\(error)"])
            verdicts += readable.map { again($0.delivery, because: error) }
        }
        try await bus.settle(verdicts)
    }

    private func again(_ delivery: Delivery, because error: any Error) -> Verdict {
        guard delivery.count <= Self.ladder.count else {
            return Verdict(delivery, .bury(reason: "failed \(delivery.count) times, last: \(error)"))
        }
        return Verdict(delivery, .later(Self.ladder[max(0, delivery.count - 1)]))
    }
}
