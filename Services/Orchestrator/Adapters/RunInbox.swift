// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
package import Contracts
import OrchestratorCore
package import OrchestratorShell
import Wire

/// Reads envelopes as facts about runs. What says nothing about a run's course is `nil`.
package struct RunInbox: Sendable {
    private let built: Set<JobType>

    /// `built` is what this version can do; every new run is frozen with it.
    package init(built: Set<JobType>) { self.built = built }

    package func news(from envelope: EventEnvelope) throws -> RunNews? {
        guard let runID = envelope.runID, let fact = try fact(from: envelope) else { return nil }
        return RunNews(eventID: envelope.eventID, runID: runID, fact: fact)
    }

    private func fact(from envelope: EventEnvelope) throws -> RunFact? {
        if envelope.eventType == .ainer(.taskSubmitted) {
            let spec = try JSON.typed(TaskSubmitted.self, envelope.payload)
            return .submitted(spec, trail: envelope.trail, built: built)
        }
        if let fact = try command(from: envelope) { return fact }
        guard let job = envelope.jobID else { return nil }
        switch envelope.eventType {
        case .ainer(.jobClaimed):
            return .claimed(job)
        case .ainer(.jobSucceeded):
            let payload = try JSON.typed(JobSucceeded.self, envelope.payload)
            return .succeeded(job, artifacts: payload.artifacts, output: payload.output)
        case .ainer(.jobFailed):
            return .failed(job, try JSON.typed(JobFailed.self, envelope.payload).failure)
        default:
            return nil
        }
    }

    private func command(from envelope: EventEnvelope) throws -> RunFact? {
        switch envelope.eventType {
        case .ainer(.taskCancelRequested): return try asked { _ in .cancel }
        case .ainer(.runPauseRequested): return try asked { _ in .pause }
        case .ainer(.runResumeRequested): return try asked { _ in .resume }
        case .ainer(.runRetryRequested): return try asked { _ in .retry }
        case .ainer(.runRerunRequested): return try asked { .rerun(from: $0.fromStage ?? StateMachines.stage.start) }
        case .ainer(.shotRegenerateRequested):
            let command = try JSON.typed(ShotCommand.self, envelope.payload)
            return .asked(
                .regenerate(command.shotIDs), Asker(command.requestedBy, reason: command.reason))
        case .ainer(.timelinePatchRequested):
            let command = try JSON.typed(TimelineCommand.self, envelope.payload)
            guard let timeline = command.timeline else { return nil }
            return .asked(
                .recut(timeline, redrawing: command.shotIDs ?? []),
                Asker(command.requestedBy, reason: command.reason))
        case .ainer(.reviewResolved): return .reviewed(try JSON.typed(ReviewResolved.self, envelope.payload))
        default: return nil
        }

        func asked(_ wish: (RunCommand) -> RunWish) throws -> RunFact {
            let command = try JSON.typed(RunCommand.self, envelope.payload)
            return .asked(wish(command), Asker(command.requestedBy, reason: command.reason))
        }
    }
}
