// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
import Contracts
import OrchestratorCore
import Wire

/// What an effect says, before it has a name and a time.
struct RunWord {
    let type: AinerEvent
    let jobID: JobID?
    let payload: Payload
    /// Set when the word tells of a failure.
    var failure: FailureReport?
}

extension RunEffect {
    /// The event this effect is told as; `nil` when it is only for the log.
    func word() throws -> RunWord? {
        switch self {
        case .created(let payload): try spoken(.runCreated, payload)
        case .stageChanged(let payload): try spoken(.runStageChanged, payload)
        case .progressed(let payload): try spoken(.runProgressUpdated, payload)
        case .ordered(let order): try spoken(.jobCreated, order, order.jobID)
        case .reordered(let order): try spoken(.jobEnqueued, order, order.jobID)
        case .retryScheduled(let job, let payload): try spoken(.jobRetryScheduled, payload, job)
        case .jobCanceled(let payload): try spoken(.jobCanceled, payload, payload.head.jobID)
        case .paused(let payload): try spoken(.runPaused, payload)
        case .resumed(let payload): try spoken(.runResumed, payload)
        case .canceled(let payload): try spoken(.runCanceled, payload)
        case .asked(let payload): try spoken(.reviewRequested, payload, payload.jobID)
        case .succeeded(let payload): try spoken(.runSucceeded, payload)
        case .failed(let payload): try spoken(.runFailed, payload, failure: payload.failure)
        case .amended, .refused: nil
        }
    }

    private func spoken(
        _ type: AinerEvent, _ payload: some Encodable, _ job: JobID? = nil, failure: FailureReport? = nil
    ) throws -> RunWord {
        RunWord(type: type, jobID: job, payload: try JSON.payload(payload), failure: failure)
    }
}
