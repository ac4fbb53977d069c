// WorkerHubAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, WorkerHubCore, WorkerHubShell
package import Contracts
import Wire
import WorkerHubCore
package import WorkerHubShell

/// Reads envelopes as facts about jobs and nodes.
package enum LeaseInbox {
    package static func news(from envelope: EventEnvelope) throws -> LeaseNews? {
        switch envelope.eventType {
        case .ainer(.jobCreated), .ainer(.jobEnqueued):
            let order = try JSON.typed(JobOrder.self, envelope.payload)
            return about(order.jobID, .ordered(order, trail: envelope.trail), envelope)
        case .ainer(.jobCanceled):
            let head = try JSON.typed(JobCanceled.self, envelope.payload).head
            return about(head.jobID, .canceled(attempt: head.attempt), envelope)
        case .ainer(.leaseStarted):
            let claim = try JSON.typed(LeaseClaim.self, envelope.payload)
            return about(claim.jobID, .started(claim), envelope)
        case .ainer(.leaseRenewed):
            let claim = try JSON.typed(LeaseClaim.self, envelope.payload)
            return about(claim.jobID, .renewed(claim), envelope)
        case .ainer(.workerReported):
            let result = try JSON.typed(WorkerResult.self, envelope.payload)
            return about(result.claim.jobID, .reported(result), envelope)
        case .ainer(.nodeLost):
            let lost = try JSON.typed(NodeLost.self, envelope.payload)
            return LeaseNews(eventID: envelope.eventID, node: lost.nodeID, .lost, fact: .nodeLost(lost.nodeID))
        case .ainer(.nodeTelemetry):
            let telemetry = try JSON.typed(NodeTelemetry.self, envelope.payload)
            return LeaseNews(eventID: envelope.eventID, node: telemetry.nodeID, .told(telemetry))
        default:
            return nil
        }
    }

    private static func about(_ job: JobID, _ fact: LeaseFact, _ envelope: EventEnvelope) -> LeaseNews {
        LeaseNews(eventID: envelope.eventID, subject: .job(job), fact: fact)
    }
}
