// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import OrchestratorCore
import Ports
import Wire

/// Reads envelopes as sights, for the display.
enum Watcher {
    static func sight(in envelope: EventEnvelope) throws -> Sight? {
        switch envelope.eventType {
        case .ainer(.jobClaimed):
            let payload = try JSON.typed(JobClaimed.self, envelope.payload)
            return .started(payload.head.jobType, unit: payload.head.unit)
        case .ainer(.jobHeartbeat):
            let payload = try JSON.typed(JobClaimed.self, envelope.payload)
            return payload.progress.map { .progressed(payload.head.jobType, unit: payload.head.unit, $0) }
        case .ainer(.jobSucceeded):
            let payload = try JSON.typed(JobSucceeded.self, envelope.payload)
            return .finished(payload.head.jobType, unit: payload.head.unit)
        case .ainer(.jobRetryScheduled):
            let payload = try JSON.typed(JobRetryScheduled.self, envelope.payload)
            return .retried(
                payload.head.jobType, unit: payload.head.unit, attempt: payload.head.attempt, payload.failure)
        case .ainer(.runSucceeded):
            return .succeeded
        case .ainer(.runFailed):
            let payload = try JSON.typed(RunFailed.self, envelope.payload)
            return .failed(payload.jobType, unit: payload.unit, payload.failure)
        default:
            return nil
        }
    }

    /// How much there is to do, as soon as the plan says so.
    static func plan(in envelope: EventEnvelope) throws -> Sight? {
        guard envelope.eventType == .ainer(.jobSucceeded) else { return nil }
        let payload = try JSON.typed(JobSucceeded.self, envelope.payload)
        guard let shots = payload.output.shots else { return nil }
        let lines = shots.flatMap(\.lines)
        return .planned(shots: shots.count, lines: lines.count, seenLines: lines.count(where: \.isSeen))
    }

    /// What an earlier process already did.
    static func sights(of state: RunState) -> [Sight] {
        func jobs(_ type: JobType) -> [Job] { state.jobs.filter { $0.jobType == type } }
        let plan: [Sight] =
            jobs(.renderVideo).isEmpty
            ? []
            : [
                .planned(
                    shots: jobs(.renderVideo).count, lines: jobs(.synthAudio).count,
                    seenLines: jobs(.renderLipsync).count)
            ]
        return plan + state.jobs.filter { $0.status == .succeeded }.map { .finished($0.jobType, unit: $0.unit) }
    }
}
