// WorkerKitShell · shell · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitCore
package import Contracts
package import Ports
import Wire

/// How a worker speaks to the hub. Everything it says shows its token.
package struct WorkerVoice: Sendable {
    private let bus: any MessageBus
    private let mint: Mint
    private let clock: any WallClock
    private let pool: Pool
    private let trail: Trail

    package init(bus: any MessageBus, mint: Mint, clock: any WallClock, pool: Pool, trail: Trail) {
        self.bus = bus
        self.mint = mint
        self.clock = clock
        self.pool = pool
        self.trail = trail
    }

    package func started(_ claim: LeaseClaim) async throws { try await say(.leaseStarted, claim, claim.jobID) }
    package func alive(_ claim: LeaseClaim) async throws { try await say(.leaseRenewed, claim, claim.jobID) }
    package func ended(_ result: WorkerResult) async throws {
        try await say(.workerReported, result, result.claim.jobID)
    }

    private func say(_ type: EventType, _ payload: some Encodable, _ job: JobID) async throws {
        let envelope = EventEnvelope(
            eventID: mint.name(), type: type, at: clock.now(), from: pool.module, trail: trail, jobID: job,
            payload: try JSON.value(payload))
        let letter = Letter(
            id: envelope.eventID, to: .topic(.workerResult), headers: ["event_type": type.rawValue],
            body: try JSON.encode(envelope))
        try await bus.publish([letter])
    }
}
