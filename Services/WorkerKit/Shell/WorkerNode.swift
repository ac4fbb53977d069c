// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
package import Contracts
package import Ports
import Synchronization
package import Telemetry
import Wire

/// One worker process: its name, its bench, its control queue, and the attempts it is at.
package final class WorkerNode: Sendable {
    package let nodeID: NodeID
    /// Orders that end an attempt.
    private static let ends: Set<EventType> = [.ainer(.leaseRefused), .ainer(.leaseCanceled)]

    let bus: any MessageBus
    let bench: any Bench
    let clock: any WallClock
    let mint: Mint
    let log: Log
    /// How to end each attempt that is under way, by the token it works under.
    private let underway = Mutex<[Int64: [JobID: @Sendable () -> Void]]>([:])

    package init(
        nodeID: NodeID, bus: any MessageBus, bench: any Bench, clock: any WallClock, mint: Mint, log: Log
    ) {
        self.nodeID = nodeID
        self.bus = bus
        self.bench = bench
        self.clock = clock
        self.mint = mint
        self.log = log
    }

    /// Listens to the hub until cancelled or the bus is closed.
    package func listen() async {
        while !Task.isCancelled {
            do {
                try await obeyAll()
                return
            } catch {
                if Task.isCancelled || (error as? BusFailure)?.code == .closed { return }
                log.error("the node's control queue cannot be read", [.nodeID: nodeID, .cause: "\(error)"])
                try? await clock.sleep(until: clock.now() + .seconds(1))  // cancelled: the loop sees it
            }
        }
    }

    private func obeyAll() async throws {
        let queue = QueueName.node(nodeID)
        try await bus.declare(Topology([queue: []]))
        let orders = try await bus.subscribe(to: queue, prefetch: 16)
        do {
            while let deliveries = try await orders.next() {
                for delivery in deliveries { obey(delivery) }
                try await bus.settle(deliveries.map { Verdict($0, .done) })
            }
        } catch {
            await orders.end()
            throw error
        }
    }

    /// The payload itself, though it may have been too big to be carried.
    func whole(_ payload: Payload) async throws -> Payload {
        guard let reference = try PayloadReference(in: payload), let key = reference.ref.key else { return payload }
        return try reference.payload(from: try await bench.read(key))
    }

    func begin(_ claim: LeaseClaim, stop: @escaping @Sendable () -> Void) {
        underway.withLock { $0[claim.leaseToken, default: [:]][claim.jobID] = stop }
    }

    func end(_ claim: LeaseClaim) {
        underway.withLock { open in
            open[claim.leaseToken]?[claim.jobID] = nil
            if open[claim.leaseToken]?.isEmpty == true { open[claim.leaseToken] = nil }
        }
    }

    private func obey(_ delivery: Delivery) {
        do {
            let envelope = try EnvelopeReader.read(delivery.letter.body)
            guard let envelope, Self.ends.contains(envelope.eventType) else { return }
            let claim = try JSON.typed(LeaseClaim.self, envelope.payload)
            log.notice(
                "an attempt must end", [.jobID: claim.jobID, .attempt: claim.attempt, .cause: envelope.eventType.name])
            underway.withLock { $0[claim.leaseToken]?[claim.jobID] }?()
        } catch {
            log.warning("a control message cannot be read", [.nodeID: nodeID, .cause: "\(error)"])
        }
    }
}
