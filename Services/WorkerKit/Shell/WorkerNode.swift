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
    /// How often a node says that it is there.
    package static let heartbeat = Duration.seconds(15)

    let bus: any MessageBus
    let hall: any BenchHall
    let clock: any WallClock
    let mint: Mint
    let log: Log
    let card: NodeCard
    let presence = NodePresence()
    /// How to end each attempt that is under way, by the token it works under.
    private let underway = Mutex<[Int64: [JobID: @Sendable () -> Void]]>([:])

    /// A node whose workers know the store themselves.
    package convenience init(
        nodeID: NodeID, bus: any MessageBus, bench: any Bench, clock: any WallClock, mint: Mint, log: Log,
        card: NodeCard = NodeCard()
    ) {
        self.init(nodeID: nodeID, bus: bus, hall: OwnBench(bench), clock: clock, mint: mint, log: log, card: card)
    }

    package init(
        nodeID: NodeID, bus: any MessageBus, hall: any BenchHall, clock: any WallClock, mint: Mint, log: Log,
        card: NodeCard = NodeCard()
    ) {
        self.nodeID = nodeID
        self.bus = bus
        self.hall = hall
        self.clock = clock
        self.mint = mint
        self.log = log
        self.card = card
    }

    /// Listens to the hub and tells it of the node, until cancelled or the bus is closed.
    package func listen() async {
        while !Task.isCancelled {
            do {
                try await obeyAll()
                break
            } catch {
                if Task.isCancelled || (error as? BusFailure)?.code == .closed { break }
                log.error("the node's control queue cannot be read", [.nodeID: nodeID, .cause: "\(error)"])
                try? await clock.sleep(until: clock.now() + .seconds(1))  // cancelled: the loop sees it
            }
        }
        await farewell()
    }

    /// Returns when the node was told to leave and its last attempt is over; at once when whoever waits is cancelled.
    /// Takes nothing new, and returns when its last attempt is over: what a process does that is told to end.
    package func leave() async {
        _ = presence.heed(.leave)
        await isDismissed()
    }

    package func isDismissed() async { await presence.waits(until: .dismissed) }

    private func obeyAll() async throws {
        let queue = QueueName.node(nodeID)
        try await bus.declare(Topology([queue: []]))
        let orders = try await bus.subscribe(to: queue, prefetch: 16)
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Not before the queue is there: the hub may answer at once.
            group.addTask { await self.announceAgainAndAgain() }
            do {
                while let deliveries = try await orders.next() {
                    for delivery in deliveries { obey(delivery) }
                    try await bus.settle(deliveries.map { Verdict($0, .done) })
                }
                group.cancelAll()
            } catch {
                await orders.end()
                throw error
            }
        }
    }

    /// The payload itself, though it may have been too big to be carried.
    func whole(_ payload: Payload) async throws -> Payload {
        guard let reference = try PayloadReference(in: payload), let key = reference.ref.key else { return payload }
        return try reference.payload(from: try await hall.bytes(of: key, by: reference.link))
    }

    func begin(_ claim: LeaseClaim, in pool: Pool, stop: @escaping @Sendable () -> Void) {
        presence.begin(pool)
        underway.withLock { $0[claim.leaseToken, default: [:]][claim.jobID] = stop }
    }

    func end(_ claim: LeaseClaim, in pool: Pool) {
        presence.end(pool)
        underway.withLock { open in
            open[claim.leaseToken]?[claim.jobID] = nil
            if open[claim.leaseToken]?.isEmpty == true { open[claim.leaseToken] = nil }
        }
    }

    private func obey(_ delivery: Delivery) {
        do {
            let envelope = try EnvelopeReader.read(delivery.letter.body)
            if let envelope, envelope.eventType == .ainer(.nodeDutyChanged) {
                return heed(try JSON.typed(NodeOrder.self, envelope.payload))
            }
            guard let envelope, Self.ends.contains(envelope.eventType) else { return }
            let claim = try JSON.typed(LeaseClaim.self, envelope.payload)
            log.notice(
                "an attempt must end", [.jobID: claim.jobID, .attempt: claim.attempt, .cause: envelope.eventType.name])
            underway.withLock { $0[claim.leaseToken]?[claim.jobID] }?()
        } catch {
            log.warning("a control message cannot be read", [.nodeID: nodeID, .cause: "\(error)"])
        }
    }

    private func heed(_ order: NodeOrder) {
        guard presence.heed(order.duty) else { return }
        log.notice(
            "the hub wants something else of this node",
            [.nodeID: nodeID, .status: order.duty.rawValue, .cause: order.reason ?? ""])
    }
}
