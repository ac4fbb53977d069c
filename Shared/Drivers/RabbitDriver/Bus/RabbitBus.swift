// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
package import Contracts
import Lanes
package import Ports
package import Telemetry

/// The broker of a farm. Everything happens on one lane; whoever calls waits without holding a thread.
package final class RabbitBus: MessageBus {
    package struct Options: Sendable {
        /// What the broker's operators see: the service.
        package var name: String
        package var ladder: Ladder
        /// How long a caller waits for a broker that is away, or takes nothing.
        package var patience: Duration
        package var entropy: any Entropy
        package var log: Log
        /// How many letters may be under way and not confirmed.
        package var window = 512

        package init(
            name: String, entropy: any Entropy, log: Log, ladder: Ladder = .standard, patience: Duration = .seconds(30)
        ) {
            self.name = name
            self.entropy = entropy
            self.log = log
            self.ladder = ladder
            self.patience = patience
        }
    }

    private let lane: Lane
    private let core: OnLane<BusCore>

    private init(_ options: Options, to address: BrokerAddress) {
        lane = Lane("amqp")
        core = OnLane(BusCore(options, to: address, on: lane))
    }

    /// Connects, or says why not: at once when the broker refuses, after the patience when nobody answers. From then on
    /// a lost connection is made again for ever.
    package static func open(_ url: String, _ options: Options) async throws(BusFailure) -> RabbitBus {
        let bus = RabbitBus(options, to: try BrokerAddress(url))
        do {
            try await bus.ask { core, answer in core.open { answer(Self.outcome($0)) } }
            return bus
        } catch {
            await bus.close()
            throw error
        }
    }

    package func declare(_ topology: Topology) async throws(BusFailure) {
        try await ask { core, answer in core.declare(topology) { answer(Self.outcome($0)) } }
    }

    package func publish(_ letters: [Letter]) async throws(BusFailure) {
        try await ask { core, answer in core.publish(letters) { answer(Self.outcome($0)) } }
    }

    package func settle(_ verdicts: [Verdict]) async throws(BusFailure) {
        try await ask { core, answer in core.settle(verdicts) { answer(Self.outcome($0)) } }
    }

    package func depth(of queue: QueueName) async throws(BusFailure) -> Int {
        try await ask { core, answer in core.depth(of: queue, answer) }
    }

    package func drop(_ queue: QueueName) async throws(BusFailure) {
        try await ask { core, answer in core.drop(queue) { answer(Self.outcome($0)) } }
    }

    package func subscribe(to queue: QueueName, prefetch: Int) async throws(BusFailure) -> Arrivals<Delivery> {
        let slot = Slot<Delivery>()
        let number: Int = try await ask { core, answer in
            core.subscribe(to: queue, prefetch: prefetch, into: slot, answer)
        }
        return Arrivals(next: { () async throws(BusFailure) in try await slot.next() }, end: { await self.end(number) })
    }

    package func tail(from position: TailPosition) async throws(BusFailure) -> Arrivals<TailEntry> {
        let number = Promise<Int>()
        let slot = Slot<TailEntry> { [lane, core] _ in
            lane.perform { if let number = number.value { core.value.allTaken(by: number) } }
        }
        let given: Int = try await ask { core, answer in
            core.follow(from: position, into: slot, answer)
        }
        number.value = given
        return Arrivals(next: { () async throws(BusFailure) in try await slot.next() }, end: { await self.end(given) })
    }

    package func close() async {
        guard !lane.isClosed else { return }
        await withCheckedContinuation { done in
            lane.perform { [core] in core.value.close { done.resume() } }
        }
        lane.close()
    }

    private func end(_ number: Int) async {
        guard !lane.isClosed else { return }
        await withCheckedContinuation { done in
            lane.perform { [core] in core.value.end(number) { done.resume() } }
        }
    }

    /// One journey to the lane and back.
    private func ask<Value: Sendable>(
        _ question: @escaping @Sendable (BusCore, @escaping (Result<Value, BusFailure>) -> Void) -> Void
    ) async throws(BusFailure) -> Value {
        guard !lane.isClosed else { throw BusFailure(.closed, during: "the bus", cause: "the bus is closed") }
        let result: Result<Value, BusFailure> = await withCheckedContinuation { reply in
            lane.perform { [core] in question(core.value) { reply.resume(returning: $0) } }
        }
        return try result.get()
    }

    private static func outcome(_ failure: BusFailure?) -> Result<Void, BusFailure> {
        failure.map { .failure($0) } ?? .success(())
    }
}
