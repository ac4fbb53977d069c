// Contracts · pure · sees nothing

/// What the skills, the router and the composer tell.
extension Shape {
    private static let made: [Field] = [
        .may("run_id", .id("run_")),
        .may("chapter_id", .text(atMost: 255)),
        .may("artifact", .object(.artifact), "the whole of it"),
        .may("notes", .list(of: .text)),
    ]

    package static let entityExtraction = Shape(
        "EntityExtraction",
        made + [.may("people", .count), .may("places", .count), .may("extraction_version", .text(atMost: 64))])

    package static let entityCanonicalized = Shape(
        "EntityCanonicalized",
        made + [
            .may("entities", .any, "how many, or all of them"),
            .may("merged", .map(of: .text(atMost: 128), atMost: 10_000), "old name → the name that stays"),
        ])

    package static let entityRegistry = Shape(
        "EntityRegistryResolved", made + [.may("entity_ids", .list(of: .text(atMost: 128)))])

    package static let assetCandidates = Shape(
        "AssetCandidateGenerated",
        made + [
            .may("entity_id", .text(atMost: 128)),
            .must("candidates", .list(of: .object(.assetCandidate))),
        ])

    package static let assetMatch = Shape(
        "AssetMatchCompleted",
        made + [
            .may("matched", .count),
            .may("unmatched", .list(of: .text(atMost: 128))),
            .may("candidates", .list(of: .object(.assetCandidate))),
        ])

    package static let planShot = Shape(
        "PlanShotGenerated",
        made + [
            .must("plan_id", .text(atMost: 128)),
            .may("plan_version", .text(atMost: 64)),
            .must("shots", .list(of: .object(.shotHead))),
            .may("scenes", .count),
            .may("lines", .count),
            .may("prompt_refs", .list(of: .text(atMost: 128))),
        ])

    private static let shotHead = Shape(
        "ShotHead",
        [
            .must("shot_id", .text(atMost: 128)),
            .may("shot_no", .count),
            .may("scene_id", .text(atMost: 128)),
            .may("duration_ms", .milliseconds),
        ])

    package static let planPrompt = Shape(
        "PlanPromptGenerated",
        made + [.must("plan_id", .text(atMost: 128)), .must("prompt_refs", .list(of: .text(atMost: 128)))])

    package static let promptReplay = Shape(
        "PromptPlanReplayQueried",
        [
            .must("run_id", .id("run_")),
            .may("plan_id", .text(atMost: 128)),
            .may("shot_id", .text(atMost: 128)),
            .may("queried_by", .opaque),
        ])

    package static let timelineMade = Shape(
        "TimelineProvisionalGenerated",
        made + [
            .may("timeline_id", .text(atMost: 128)),
            .may("timeline_version", .text(atMost: 64)),
            .may("duration_ms", .milliseconds),
            .may("frames", .count),
        ])

    package static let shotsCompiled = Shape(
        "ShotDSLCompiled", made + [.may("shots", .count), .may("lines", .count), .may("degradations", .count)])

    package static let routeDecision = Shape(
        "RouteDecisionMade", made + [.must("decisions", .list(of: .object(.dispatchDecision)))])

    package static let routeDegraded = Shape(
        "RouteDegraded",
        made + [
            .may("job_id", .id("job_")),
            .must("from_profile_id", .text(atMost: 128)),
            .must("to_profile_id", .text(atMost: 128)),
            .may("reason", .text),
        ])

    // MARK: the cut

    private static let cut: [Field] = [
        .must("run_id", .id("run_")),
        .may("job_id", .id("job_")),
        .may("final_artifact_uri", .text(atMost: 1024)),
        .may("duration_ms", .milliseconds),
    ]

    package static let composeState = Shape("ComposeState", cut)
    package static let composeFailed = Shape("ComposeFailed", cut + failed)
    package static let artifactPublished = Shape(
        "ArtifactPublished", cut + [.may("artifacts", .list(of: .object(.artifact)))])
}
