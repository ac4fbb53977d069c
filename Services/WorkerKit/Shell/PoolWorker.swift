// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
import Contracts
import Ports
import Telemetry
import Wire

/// Takes tickets of one pool and works on them, one at a time. Run several for several slots.
package struct PoolWorker: Sendable {
    private let node: WorkerNode
    private let engine: any Engine

    package init(node: WorkerNode, engine: any Engine) {
        self.node = node
        self.engine = engine
    }

    /// Works until cancelled. A ticket that was taken and not started goes back to its queue.
    package func work() async {
        node.presence.sit(engine.pool, knowing: engine.jobTypes)
        defer { node.presence.rise(engine.pool) }
        while !Task.isCancelled {
            await node.presence.waits(until: .working)
            do {
                for delivery in try await take() { try await accept(delivery) }
            } catch {
                guard !Task.isCancelled else { return }
                node.log.error("a worker cannot take tickets", [.nodeID: node.nodeID, .cause: "\(error)"])
                // A broken bus is tried again each second; a cancelled sleep ends the loop above.
                try? await node.clock.sleep(until: node.clock.now() + .seconds(1))  // cancelled: the loop sees it
            }
        }
    }

    /// The next ticket; none when the node is told to rest before there is one.
    private func take() async throws -> [Delivery] {
        guard !Task.isCancelled else { return [] }
        let arrivals = try await node.bus.subscribe(to: .tickets(engine.pool), prefetch: 1)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await node.presence.waits(until: .resting)
                await arrivals.end()
            }
            do {
                let batch = try await arrivals.next()
                await arrivals.end()
                group.cancelAll()
                return batch ?? []
            } catch {
                await arrivals.end()
                throw error
            }
        }
    }

    /// The start is confirmed before the ticket is given up: whatever dies between, one of the two remains.
    private func accept(_ delivery: Delivery) async throws {
        let envelope: EventEnvelope
        let ticket: JobTicket
        do {
            guard let read = try EnvelopeReader.read(delivery.letter.body) else {
                return try await settle(delivery, .done)
            }
            envelope = read
            ticket = try JSON.typed(JobTicket.self, try await node.whole(envelope.payload))
        } catch let failure as StoreFailure {
            // The ticket is good, the store is not: another try, not a grave, or the job would wait for ever.
            node.log.error("a ticket's payload cannot be fetched", [.nodeID: node.nodeID, .cause: failure.description])
            return try await settle(delivery, .later(.seconds(5)))
        } catch {
            return try await settle(delivery, .bury(reason: "not a ticket: \(error)"))
        }
        let claim = LeaseClaim(
            jobID: ticket.order.jobID, attempt: ticket.order.attempt, leaseToken: ticket.leaseToken,
            nodeID: node.nodeID)
        let voice = WorkerVoice(
            bus: node.bus, mint: node.mint, clock: node.clock, pool: engine.pool, trail: envelope.trail)
        let sitting = Sitting(node: node, engine: engine, ticket: ticket, claim: claim, voice: voice)
        // Before the hub hears of it: its no may be here before the work begins.
        node.begin(claim, in: engine.pool, stop: sitting.stop)
        defer { node.end(claim, in: engine.pool) }
        do {
            try await voice.started(claim, ticket.order)
        } catch {
            node.log.error("a start cannot be told", [.jobID: claim.jobID, .cause: "\(error)"])
            return try await settle(delivery, .later(.seconds(1)))
        }
        try await settle(delivery, .done)
        try await sitting.work()
    }

    /// Nobody else knows of this ticket now, so it is not left lying.
    private func settle(_ delivery: Delivery, _ fate: Verdict.Fate) async throws {
        try await node.bus.settle([Verdict(delivery, fate)], by: node.clock) { failure in
            node.log.error("a ticket cannot be settled", [.nodeID: node.nodeID, .cause: failure.description])
        }
    }
}
