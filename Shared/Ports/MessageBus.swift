// Ports · doors · sees Contracts
package import Contracts

package struct BusFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case closed
        /// Nobody answers. What was being published may have arrived or not: publish it again under the same number.
        case unreachable
        /// The broker takes nothing at the moment: it is short of memory or disk.
        case blocked
        case full
        case refused
        case canceled
        /// Nobody has the queue that some of the letters are for; all others of the batch are safe.
        case unroutable
    }

    package let code: Code
    package let during: String
    package let cause: String
    /// Which letters it is about, when it is not about all.
    package let letters: [EventID]

    package init(_ code: Code, during: String, cause: String, letters: [EventID] = []) {
        self.code = code
        self.during = during
        self.cause = cause
        self.letters = letters
    }

    package var description: String { "bus \(code.rawValue) during \(during): \(cause)" }
}

/// Durable queues. What was published and confirmed is delivered at least once, however often anybody dies.
package protocol MessageBus: Sendable {
    /// Makes queues and bindings that are missing; safe to repeat.
    func declare(_ topology: Topology) async throws(BusFailure)

    /// Returns when every letter is safe in every queue it goes to.
    func publish(_ letters: [Letter]) async throws(BusFailure)

    /// What arrives in a queue from now on, oldest first, in batches of whatever is there. At most `prefetch` messages
    /// are out and not settled: that is the only back-pressure.
    ///
    /// After `end` what was given out can still be settled; what was not given out stays in the queue. What is never
    /// settled comes again when the bus is closed, and is counted.
    func subscribe(to queue: QueueName, prefetch: Int) async throws(BusFailure) -> Arrivals<Delivery>

    /// What it could not settle when it fails stays out: settle it again, it counts once.
    func settle(_ verdicts: [Verdict]) async throws(BusFailure)

    /// How many messages wait to be given out.
    func depth(of queue: QueueName) async throws(BusFailure) -> Int

    /// Removes a queue and what is in it: a node's own queue, when the node is gone.
    func drop(_ queue: QueueName) async throws(BusFailure)

    /// Everything said to a topic, in one line, for displays: kept for a while, and not for truth.
    func tail(from position: TailPosition) async throws(BusFailure) -> Arrivals<TailEntry>

    /// Ends all arrivals. Nothing that was published is lost.
    func close() async
}

extension MessageBus {
    /// Settles, however often that must be tried. Throws only `.canceled` and `.closed`.
    package func settle(
        _ verdicts: [Verdict], by clock: any WallClock, onFailure: (BusFailure) -> Void
    ) async throws(BusFailure) {
        while true {
            do {
                return try await settle(verdicts)
            } catch {
                if [.canceled, .closed].contains(error.code) { throw error }
                onFailure(error)
            }
            do { try await clock.sleep(until: clock.now() + .seconds(1)) } catch {
                throw BusFailure(.canceled, during: "settle", cause: "the settler was cancelled")
            }
        }
    }

    /// Waits until there is at least one message; gives at most `limit`, and wants no more until it is asked again.
    package func take(from queue: QueueName, upTo limit: Int) async throws(BusFailure) -> [Delivery] {
        let arrivals = try await subscribe(to: queue, prefetch: limit)
        do {
            let batch = try await arrivals.next()
            await arrivals.end()
            return batch ?? []
        } catch {
            await arrivals.end()
            throw error
        }
    }
}

/// Batches as they come. Throws `.canceled` when the waiting task is cancelled and `.closed` when the bus is closed.
package struct Arrivals<Item: Sendable>: AsyncSequence, AsyncIteratorProtocol, Sendable {
    private let take: @Sendable () async throws(BusFailure) -> [Item]?
    private let stop: @Sendable () async -> Void

    package init(
        next: @escaping @Sendable () async throws(BusFailure) -> [Item]?, end: @escaping @Sendable () async -> Void
    ) {
        take = next
        stop = end
    }

    package func next() async throws(BusFailure) -> [Item]? { try await take() }
    package func next(isolation: isolated (any Actor)?) async throws(BusFailure) -> [Item]? { try await take() }
    package func makeAsyncIterator() -> Self { self }

    /// Nothing is given out any more; `next` answers `nil`. Safe to repeat.
    package func end() async { await stop() }
}
