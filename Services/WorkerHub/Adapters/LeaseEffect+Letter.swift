// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
import Contracts
import Delivery
import Ports
import Wire
import WorkerHubCore
import WorkerHubShell

/// Spells what the hub wishes said.
struct LeaseSpeaker {
    let mint: Mint
    let now: Timestamp
    let lender: TicketLender?

    func letters(for effect: LeaseEffect, of lease: Lease) async throws -> [OutgoingLetter] {
        let order = lease.order
        switch effect {
        case .offer(let plain):
            let ticket = if let lender { try await lender.lend(plain, at: now) } else { plain }
            return [try letter(.jobOffered, ticket, lease, to: .queue(.tickets(order.pool)))]
        case .claimed(let claim):
            return [try letter(.jobClaimed, JobClaimed(order, status: .claimed, claim: claim), lease)]
        case .beat(let claim):
            return [try letter(.jobHeartbeat, JobClaimed(order, status: .running, claim: claim), lease)]
        case .refuse(let claim):
            return [try letter(.leaseRefused, claim, lease, to: .queue(.node(claim.nodeID)))]
        case .stop(let claim):
            return [try letter(.leaseCanceled, claim, lease, to: .queue(.node(claim.nodeID)))]
        case .succeeded(let result):
            let payload = JobSucceeded(order, artifacts: result.artifacts.map(\.meta), result: result)
            return try result.emits.map { try earned($0, lease) } + [letter(.jobSucceeded, payload, lease)]
        case .failed(let failure, let kept):
            return [
                try letter(
                    .jobFailed, JobFailed(order, failure: failure, artifacts: kept.map(\.meta)), lease, failure: failure
                )
            ]
        case .discardedLate:
            return []
        }
    }

    func letters(for effect: NodeEffect) throws -> [OutgoingLetter] {
        switch effect {
        case .tell(let order):
            let envelope = EventEnvelope(
                eventID: mint.name(), type: .ainer(.nodeDutyChanged), at: now, from: .workerHub,
                trail: .house(about: order.nodeID), payload: try JSON.payload(order))
            return [try OutgoingLetter(envelope, to: .queue(.node(order.nodeID)))]
        case .quarantined, .forgotten:
            return []
        }
    }

    private func letter(
        _ type: AinerEvent, _ payload: some Encodable, _ lease: Lease, to address: Letter.Address? = nil,
        failure: FailureReport? = nil
    ) throws -> OutgoingLetter {
        var envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(type), at: now, from: .workerHub, trail: lease.trail,
            jobID: lease.order.jobID, payload: try JSON.payload(payload))
        envelope.failure = failure.map(FailureMark.init)
        return try OutgoingLetter(envelope, to: address)
    }

    private func earned(_ event: EarnedEvent, _ lease: Lease) throws -> OutgoingLetter {
        let envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(event.event), at: now, from: event.producer, trail: lease.trail,
            jobID: lease.order.jobID, payload: JSON.payload(event.payload))
        return try OutgoingLetter(envelope)
    }
}
