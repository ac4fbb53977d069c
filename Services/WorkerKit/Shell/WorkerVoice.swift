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

    package func started(_ claim: LeaseClaim, _ order: JobOrder) async throws {
        var words = [try word(.leaseStarted, claim, claim.jobID)]
        if pool == .compose {
            words.append(
                try word(.composeStarted, CutMade(runID: order.runID, jobID: order.jobID), claim.jobID))
        }
        try await bus.publish(words)
    }

    package func alive(_ claim: LeaseClaim) async throws {
        try await bus.publish([try word(.leaseRenewed, claim, claim.jobID)])
    }

    /// The result, and what it cost for whoever watches.
    package func ended(_ result: WorkerResult, _ order: JobOrder) async throws {
        let job = result.claim.jobID
        var words = [try word(.workerReported, result, job, failure: result.failure)]
        if let detail = pool.detail {
            words.append(try word(detail, WorkerCompleted(order, result: result), job, failure: result.failure))
        } else if let failure = result.failure {
            let cut = CutFailed(cut: CutMade(runID: order.runID, jobID: job), failure: failure)
            words.append(try word(.composeFailed, cut, job, failure: failure))
        }
        try await bus.publish(words)
    }

    private func word(
        _ type: AinerEvent, _ payload: some Encodable, _ job: JobID, failure: FailureReport? = nil
    ) throws -> Letter {
        var envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(type), at: clock.now(), from: pool.module, trail: trail, jobID: job,
            payload: try JSON.payload(payload))
        envelope.failure = failure.map(FailureMark.init)
        return Letter(
            id: envelope.eventID, to: .topic(type.topic), headers: ["event_type": type.rawValue],
            body: try EnvelopeGate.write(envelope))
    }
}

extension Pool {
    /// What its workers tell of an attempt beside the result; the composer has words of its own.
    fileprivate var detail: AinerEvent? {
        switch self {
        case .video: .workerVideoCompleted
        case .audio: .workerAudioCompleted
        case .llm: .workerLLMCompleted
        case .lipsync: .workerLipsyncCompleted
        case .compose: nil
        }
    }
}
