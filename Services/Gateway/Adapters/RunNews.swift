// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import Wire

/// What one envelope says to the view of its run.
struct RunNews {
    var run: RunTiding?
    var job: (head: JobHead, tiding: JobTiding)?
    var artifacts: [ArtifactMeta] = []
    var asked: ReviewRequested?

    init(_ envelope: EventEnvelope) throws {
        switch envelope.eventType {
        case .ainer(let type):
            if try !readRun(type, envelope.payload) { try readJob(type, envelope.payload) }
        default: break
        }
    }

    private mutating func readRun(_ type: AinerEvent, _ payload: Payload) throws -> Bool {
        switch type {
        case .runCreated:
            let said = try JSON.typed(RunCreated.self, payload)
            run = .created(absentSkills: said.absentSkills, startAfter: said.startAfter)
        case .runStageChanged:
            let said = try JSON.typed(RunStageChanged.self, payload)
            let isBack = said.newStage < said.oldStage
            run =
                isBack
                ? .back(said.newStage, progress: said.progress) : .stage(said.newStage, progress: said.progress)
        case .runProgressUpdated: run = .progress(try JSON.typed(RunProgressUpdated.self, payload).progress)
        case .runPaused: run = .status(.paused)
        case .runResumed: run = .resumed
        case .runDegraded: run = .status(.degraded)
        case .runCanceled: run = .canceled
        case .reviewRequested: asked = try JSON.typed(ReviewRequested.self, payload)
        case .runSucceeded:
            let said = try JSON.typed(RunSucceeded.self, payload)
            run = .succeeded(said.outcome, final: said.artifacts.first { $0.artifactType == .finalVideo })
            artifacts = said.artifacts
        case .runFailed:
            let said = try JSON.typed(RunFailed.self, payload)
            run = .failed(said.failure, said.outcome)
        default: return false
        }
        return true
    }

    private mutating func readJob(_ type: AinerEvent, _ payload: Payload) throws {
        switch type {
        case .jobCreated, .jobEnqueued:
            let order = try JSON.typed(JobOrder.self, payload)
            job = (order.head, .ordered(order.pool))
        case .jobClaimed:
            let said = try JSON.typed(JobClaimed.self, payload)
            job = (said.head, .claimed(said.nodeID))
        case .jobHeartbeat:
            let said = try JSON.typed(JobClaimed.self, payload)
            job = (said.head, .beaten(said.nodeID, progress: said.progress, line: said.line))
        case .jobSucceeded:
            let said = try JSON.typed(JobSucceeded.self, payload)
            job = (said.head, .succeeded(said.artifacts, startedAt: said.startedAt, finishedAt: said.finishedAt))
            artifacts = said.artifacts
        case .jobFailed:
            let said = try JSON.typed(JobFailed.self, payload)
            job = (said.head, .failed(said.failure))
            artifacts = said.artifacts
        case .jobCanceled: job = (try JSON.typed(JobCanceled.self, payload).head, .canceled)
        case .jobRetryScheduled:
            let said = try JSON.typed(JobRetryScheduled.self, payload)
            job = (said.head, .retries(said.failure, dueAt: said.dueAt))
        default: break
        }
    }
}
