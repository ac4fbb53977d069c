// Contracts · pure · sees nothing

/// Every kind of work a run can hold, built or not.
package enum JobType: String, CaseIterable, SettledWord, Hashable, Sendable {
    case ingestStory = "ingest_story"
    case routeLanguage = "route_language"
    case planSceneShots = "plan_scene_shots"
    case extractEntities = "extract_entities"
    case resolveEntityContinuity = "resolve_entity_continuity"
    case planAudioAssets = "plan_audio_assets"
    case assembleAudioTimeline = "assemble_audio_timeline"
    case canonicalizeEntities = "canonicalize_entities"
    case matchAssets = "match_assets"
    case planVisualRender = "plan_visual_render"
    case planPrompt = "plan_prompt"
    case manageKnowledge = "manage_knowledge"
    case embedKnowledge = "embed_knowledge"
    case evolveKnowledge = "evolve_knowledge"
    case resolvePersona = "resolve_persona"
    case stackPolicies = "stack_policies"
    case evaluateQuality = "evaluate_quality"
    case runExperiment = "run_experiment"
    case recoverFailure = "recover_failure"
    case budgetCompute = "budget_compute"
    case compileDSL = "compile_dsl"
    case managePersonaDatasetIndex = "manage_persona_dataset_index"
    case route = "route"
    case bindShotPlan = "bind_shot_plan"
    case synthAudio = "synth_audio"
    case renderLipsync = "render_lipsync"
    case renderVideo = "render_video"
    case composeFinal = "compose_final"

    /// What this version can do; new runs are frozen with it, and everything else is contracted out of their graph.
    package static let built: Set<JobType> = [
        .ingestStory, .planSceneShots, .extractEntities, .resolveEntityContinuity, .bindShotPlan,
        .assembleAudioTimeline, .compileDSL, .synthAudio, .renderLipsync, .renderVideo, .composeFinal,
    ]
}
