// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
package import Telemetry
import Wire

/// Takes a queue's messages in batches to a handler whose effect is one transaction, and settles what is committed.
package struct Inbox: Sendable {
    package typealias Handler = @Sendable ([EventEnvelope]) async throws -> Void

    /// One message on its way through: what was read of it.
    private typealias Readable = (delivery: Delivery, envelope: EventEnvelope)

    private let bus: any MessageBus
    private let queue: QueueName
    private let vault: PayloadVault
    private let clock: any WallClock
    private let log: Log
    private let ladder: Ladder

    package init(
        bus: any MessageBus, queue: QueueName, vault: PayloadVault, clock: any WallClock, log: Log,
        ladder: Ladder = .standard
    ) {
        self.bus = bus
        self.queue = queue
        self.vault = vault
        self.clock = clock
        self.log = log
        self.ladder = ladder
    }

    /// While one batch is handled, the next is on its way.
    private static let prefetch = 128

    /// Works until cancelled or the bus is closed.
    package func run(_ handle: @escaping Handler) async {
        while !Task.isCancelled {
            do {
                let arrivals = try await bus.subscribe(to: queue, prefetch: Self.prefetch)
                try await serve(arrivals, handle)
                return
            } catch {
                if Task.isCancelled || (error as? BusFailure)?.code == .closed { return }
                log.error("a queue cannot be read", [.queue: queue, .cause: "\(error)"])
                try? await clock.sleep(until: clock.now() + .seconds(1))  // cancelled: the loop sees it
            }
        }
    }

    private func serve(_ arrivals: Arrivals<Delivery>, _ handle: Handler) async throws {
        do {
            while let batch = try await arrivals.next() { try await turn(batch, handle) }
        } catch {
            await arrivals.end()
            throw error
        }
    }

    private func turn(_ deliveries: [Delivery], _ handle: Handler) async throws {
        var readable: [Readable] = []
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
        verdicts += try await judge(readable, handle)
        // To begin anew instead would give back all that waits here, and count it as tried.
        try await bus.settle(verdicts, by: clock) { failure in
            log.error("messages cannot be settled", [.queue: queue, .cause: failure.description])
        }
    }

    /// All of them at once; when that fails one by one, so that nobody waits for somebody else's fault.
    private func judge(_ readable: [Readable], _ handle: Handler) async throws -> [Verdict] {
        guard !readable.isEmpty else { return [] }
        do {
            try await handle(readable.map(\.envelope))
            return readable.map { Verdict($0.delivery, .done) }
        } catch let early as NotYet {
            log.notice("messages came before their cause", [.queue: queue, .count: early.letters.count, .cause: early])
            return readable.map {
                early.letters.contains($0.envelope.eventID)
                    ? again($0.delivery, because: early) : Verdict($0.delivery, .done)
            }
        } catch {
            if Task.isCancelled { throw error }
            log.error("messages could not be handled", [.queue: queue, .count: readable.count, .cause: "\(error)"])
            guard readable.count > 1, (error as? DatabaseFailure)?.isForAll != true else {
                return readable.map { again($0.delivery, because: error) }
            }
            var verdicts: [Verdict] = []
            for one in readable { verdicts += try await judge([one], handle) }
            return verdicts
        }
    }

    private func again(_ delivery: Delivery, because error: any Error) -> Verdict {
        guard let wait = ladder.wait(after: delivery.count) else {
            return Verdict(delivery, .bury(reason: "failed \(delivery.count) times, last: \(error)"))
        }
        return Verdict(delivery, .later(wait))
    }
}
