// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
import Contracts
import Ports
import Telemetry
import Wire

extension WorkerNode {
    /// Tells the hub of the node when something changed, and with every heartbeat.
    func announceAgainAndAgain() async {
        while !Task.isCancelled {
            let rings = presence.changes.listen()
            do {
                try await announce()
            } catch {
                if Task.isCancelled || (error as? BusFailure)?.code == .closed { return }
                log.warning("the hub cannot be told of this node", [.nodeID: nodeID, .cause: "\(error)"])
            }
            await nap(unless: rings)
        }
    }

    /// The last word, though whoever hosts the node is cancelled: the hub need not wait until it believes in its silence.
    func farewell() async {
        await Task {
            do {
                try await announce(isLast: true)
            } catch {
                log.notice("the hub was not told that this node is gone", [.nodeID: nodeID, .cause: "\(error)"])
            }
        }.value
    }

    private func announce(isLast: Bool = false) async throws {
        let pools = presence.pools(holding: card.models)
        var telemetry = NodeTelemetry(
            nodeID: nodeID, version: card.version, startedAt: presence.startedAt(clock.now()), duty: presence.duty,
            pools: pools)
        telemetry.host = card.host
        if !card.labels.isEmpty { telemetry.labels = card.labels }
        let gpus = isLast ? [] : await card.gauge()
        if !gpus.isEmpty { telemetry.gpus = gpus }
        if isLast { telemetry.isLast = true }
        let envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(.nodeTelemetry), at: clock.now(),
            from: pools.first?.pool.module ?? Pool.llm.module, trail: .house(about: nodeID),
            payload: try JSON.payload(telemetry))
        try await bus.publish([
            Letter(
                id: envelope.eventID, to: .topic(AinerEvent.nodeTelemetry.topic),
                headers: ["event_type": envelope.eventType.name], body: try EnvelopeGate.write(envelope))
        ])
    }

    private func nap(unless rings: AsyncStream<Void>) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                try? await self.clock.sleep(until: self.clock.now() + Self.heartbeat)  // cancelled: something rang
            }
            group.addTask { for await _ in rings { return } }
            await group.next()
            group.cancelAll()
        }
    }
}
