// OrchestratorCore · pure · sees Contracts, Policies
package import Contracts

/// The whole pipeline as data, and what is left of it when some of it is not built.
package enum Pipeline {
    /// Every skill and every kind of rendering, in the order of the specification's main chain.
    package static let complete: [PipelineStep] = [
        // A model may be asked about the story, and small machines answer slowly.
        skill(1, .ingestStory, .ingest, timeoutMS: 900_000),
        skill(2, .routeLanguage, .ingest, after: [.ingestStory]),
        skill(3, .planSceneShots, .ingest, after: [.routeLanguage]),
        skill(4, .extractEntities, .entity, after: [.routeLanguage]),
        skill(21, .resolveEntityContinuity, .entity, after: [.planSceneShots, .extractEntities]),
        skill(5, .planAudioAssets, .audio, after: [.resolveEntityContinuity]),
        work(.synthAudio, .audio, .audio, .line, after: [.planAudioAssets], timeoutMS: 180_000),
        skill(6, .assembleAudioTimeline, .audio, after: [.planAudioAssets, .synthAudio]),
        skill(7, .canonicalizeEntities, .entity, after: [.resolveEntityContinuity]),
        skill(8, .matchAssets, .knowledge, after: [.canonicalizeEntities]),
        skill(11, .manageKnowledge, .knowledge, after: [.matchAssets]),
        skill(12, .embedKnowledge, .knowledge, after: [.manageKnowledge]),
        skill(14, .resolvePersona, .knowledge, after: [.embedKnowledge]),
        skill(22, .managePersonaDatasetIndex, .knowledge, after: [.resolvePersona]),
        work(
            .bindShotPlan, .plan, .llm, .film, after: [.planSceneShots, .managePersonaDatasetIndex], timeoutMS: 120_000),
        skill(15, .stackPolicies, .plan, after: [.managePersonaDatasetIndex, .assembleAudioTimeline]),
        skill(19, .budgetCompute, .plan, after: [.stackPolicies]),
        skill(9, .planVisualRender, .plan, after: [.bindShotPlan, .assembleAudioTimeline, .budgetCompute]),
        skill(10, .planPrompt, .plan, after: [.planVisualRender]),
        work(.route, .route, .llm, .film, after: [.planPrompt], timeoutMS: 120_000),
        skill(20, .compileDSL, .route, after: [.planPrompt, .route]),
        work(.renderLipsync, .lipsync, .lipsync, .seenLine, after: [.synthAudio], timeoutMS: 600_000),
        work(.renderVideo, .video, .video, .shot, after: [.compileDSL, .renderLipsync], timeoutMS: 900_000),
        skill(16, .evaluateQuality, .execute, after: [.renderVideo]),
        work(
            .composeFinal, .compose, .compose, .film, after: [.evaluateQuality, .renderVideo, .assembleAudioTimeline],
            timeoutMS: 1_800_000),
    ]

    /// Skills that are called when something happens, not in the course of a run: 18 after a failed gate, 13 and 17
    /// for the improvement loop after the film.
    package static let onDemand: [JobType] = [.recoverFailure, .evolveKnowledge, .runExperiment]

    /// The same order without what is not built: a before b before c becomes a before c.
    package static func contracted(to built: Set<JobType>) -> [PipelineStep] {
        var kept: [PipelineStep] = []
        var standsFor: [JobType: [JobType]] = [:]
        for step in complete {
            let after = unique(step.after.flatMap { standsFor[$0] ?? [$0] })
            if built.contains(step.jobType) {
                var step = step
                step.after = after
                kept.append(step)
            } else {
                standsFor[step.jobType] = after
            }
        }
        return kept
    }

    package static func absent(from built: Set<JobType>) -> [JobType] {
        complete.map(\.jobType).filter { !built.contains($0) } + onDemand.filter { !built.contains($0) }
    }

    private static func unique(_ types: [JobType]) -> [JobType] {
        var seen: Set<JobType> = []
        return types.filter { seen.insert($0).inserted }
    }

    private static func skill(
        _ number: Int, _ type: JobType, _ stage: Stage, after: [JobType] = [], timeoutMS: Int = 120_000
    ) -> PipelineStep {
        PipelineStep(
            jobType: type, skill: number, stage: stage, pool: .llm, fan: .film, after: after, timeoutMS: timeoutMS)
    }

    private static func work(
        _ type: JobType, _ stage: Stage, _ pool: Pool, _ fan: Fan, after: [JobType], timeoutMS: Int
    ) -> PipelineStep {
        PipelineStep(
            jobType: type, skill: nil, stage: stage, pool: pool, fan: fan, after: after, timeoutMS: timeoutMS)
    }
}
