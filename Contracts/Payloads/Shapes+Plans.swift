// Contracts · pure · sees nothing

/// What the skills hand to one another, as it lies in the object store.
extension Shape {
    /// A file stands alone: it says itself whose it is.
    private static let governance: [Field] = [
        .may("tenant_id", .opaque),
        .may("project_id", .opaque),
        .may("trace_id", .opaque),
        .may("correlation_id", .opaque),
        .may("idempotency_key", .text(atMost: 256)),
        .must("schema_version", .text(atMost: 16)),
    ]

    package static let dispatchDecision = Shape(
        "DispatchDecision",
        [
            .must("task_id", .id("task_")),
            .must("route_id", .id("rt_")),
            .must("worker_type", .word(of: Pool.self)),
            .must("model_profile_id", .text(atMost: 128)),
            .must("fallback_chain", .list(of: .text(atMost: 128), atMost: 16)),
            .must("timeout_ms", .milliseconds),
            .may("job_id", .id("job_")),
            .may("job_type", .word(of: JobType.self)),
            .may("unit_ref_id", .text(atMost: 128)),
            .may("no_fallback", .bool, "there is only one who can: the empty chain is meant"),
            .may("lipsync_mode", .word(["viseme_track", "post"])),
            .may("cost_estimate", .number),
            .may("gpu_tier", .word(["none", "low", "medium", "high"])),
            .may("degrade_policy", .anyObject),
        ] + governance)

    package static let assetCandidate = Shape(
        "AssetCandidate",
        [
            .must("asset_id", .text(atMost: 128)),
            .must("asset_type", .text(atMost: 64)),
            .must("score", .fraction),
            .must("source", .text(atMost: 255)),
            .must("license_scope", .text(atMost: 128)),
            .must("uri", .text(atMost: 1024)),
            .may("embedding_model", .text(atMost: 128)),
            .may("match_reason", .text),
            .may("safety_flags", .list(of: .text(atMost: 64), atMost: 64)),
        ])

    package static let entityPack = Shape(
        "EntityPack",
        [
            .must("chapter_id", .text(atMost: 255)),
            .must("entities", .list(of: .object(.entity))),
            .must("relationships", .list(of: .anyObject)),
            .must("events", .list(of: .anyObject), "of the story, not of the bus"),
            .must("extraction_version", .text(atMost: 64)),
            .may("pack_id", .text(atMost: 128)),
            .may("run_id", .id("run_")),
            .may("language", .text(atMost: 64)),
        ] + governance)

    private static let entity = Shape(
        "Entity",
        [
            .must("entity_id", .text(atMost: 128)),
            .must("type", .word(of: EntityType.self)),
            .must("label", .text, "the story's own word"),
            .may("canonical_label", .text),
            .may("aliases", .list(of: .text)),
            .may("culture_tags", .list(of: .text(atMost: 64))),
            .may("attributes", .anyObject),
            .may("confidence", .fraction),
        ])

    package static let shotPlan = Shape(
        "ShotPlan",
        [
            .must("plan_id", .text(atMost: 128)),
            .must("chapter_id", .text(atMost: 255)),
            .must("plan_version", .text(atMost: 64)),
            .must("shots", .list(of: .object(.plannedPicture))),
            .may("run_id", .id("run_")),
            .may("title", .text),
            .may("language", .text(atMost: 64)),
            .may("scenes", .list(of: .anyObject)),
            .may("lines", .list(of: .anyObject)),
        ] + governance)

    private static let plannedPicture = Shape(
        "PlannedPicture",
        [
            .must("shot_id", .text(atMost: 128)),
            .must("shot_no", .integer(1...1_000_000), "counts without gaps"),
            .may("duration_ms", .milliseconds),
            .may("scene_id", .text(atMost: 128)),
            .may("camera", .anyObject),
            .may("entities", .list(of: .text(atMost: 128))),
            .may("prompt_refs", .list(of: .text(atMost: 128))),
        ])

    package static let timelinePlan = Shape(
        "TimelinePlan",
        [
            .must("timeline_id", .text(atMost: 128)),
            .must("chapter_id", .text(atMost: 255)),
            .must("timeline_version", .text(atMost: 64)),
            .must("segments", .list(of: .object(.segment))),
            .may("run_id", .id("run_")),
            .may("total_duration_ms", .milliseconds),
        ] + governance)

    private static let segment = Shape(
        "TimelineSegment",
        [
            .must("segment_id", .text(atMost: 128)),
            .must("start_ms", .milliseconds),
            .must("end_ms", .milliseconds),
            .must("track", .text(atMost: 64), "video dialogue narration music ambience effect subtitle"),
            .may("artifact_refs", .list(of: .text(atMost: 1024))),
        ])
}
