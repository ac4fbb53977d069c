// WorkerLLMEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Ingest, Entities, Planning, Advice, Sound
package import Advice
package import Contracts
package import WorkerKitShell

/// Does the thinking: reads the story, finds people and places, plans, times and compiles the shots.
/// The rules are built in. Where there is a model, it is asked about the story before anything follows from it.
package struct SkillEngine: Engine {
    package let pool = Pool.llm

    private let adviser: Adviser?

    package init(adviser: Adviser? = nil) { self.adviser = adviser }

    /// The jobs this engine knows.
    package static let built: Set<JobType> = [
        .ingestStory, .planSceneShots, .extractEntities, .resolveEntityContinuity, .bindShotPlan,
        .assembleAudioTimeline,
        .compileDSL,
    ]
    package var jobTypes: Set<JobType> { Self.built }

    package func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        let desk = SkillDesk(order: order, bench: bench)
        switch order.jobType {
        case .ingestStory: return try await desk.ingestStory(asking: adviser)
        case .extractEntities: return try await desk.extractEntities()
        case .planSceneShots: return try await desk.draftPlan()
        case .resolveEntityContinuity: return try await desk.resolveContinuity()
        case .bindShotPlan: return try await desk.bindPlan()
        case .assembleAudioTimeline: return try await desk.assembleTimeline()
        case .compileDSL: return try await desk.compileShots()
        default:
            throw FailureReport(
                .executionFailed, "no skill here does \(order.jobType.rawValue)", owner: .workerLLM, retryable: false)
        }
    }
}
