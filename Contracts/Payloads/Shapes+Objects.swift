// Contracts · pure · sees nothing

/// Objects that stand in many payloads.
extension Shape {
    package static let artifact = Shape(
        "ArtifactMeta",
        [
            .must("artifact_id", .id("art_")),
            .must("artifact_type", .word(of: ArtifactType.self)),
            .must("uri", .text(atMost: 1024), "where the bytes are").formerly("path"),
            .must("checksum", .text(atMost: 128), "sha256:<hex> of the bytes"),
            .must("size_bytes", .count),
            .must("created_at", .time),
            .may("run_id", .id("run_")),
            .may("shot_id", .text(atMost: 128)),
            .may("unit_ref_id", .text(atMost: 128), "the shot, line or other unit it was made for"),
            .may("mime_type", .text(atMost: 128)),
            .may("codec", .text(atMost: 64)),
            .may("duration_ms", .milliseconds),
            .may("width", .count),
            .may("height", .count),
            .may("frame_rate", .number),
            .may("lineage", .map(of: .text, atMost: 200), "what made it: engines, versions, fonts"),
            .may("meta_info", .anyObject),
        ])

    /// A failure as it stands in payloads and answers.
    package static let error = Shape(
        "ErrorObject",
        [
            .must("error_code", .text(atMost: 64)),
            .must("message", .text(atMost: 8192)),
            .must("retryable", .bool),
            .must("owner_module", .word(of: Module.self)),
            .may("trace_id", .opaque),
            .may("correlation_id", .opaque),
            .may("next_step", .text, "what the reader can do"),
            .may("details", .anyObject),
        ])

    /// A payload that was too big to carry: the artifact that holds it, and what it was about.
    package static let payloadReference = Shape(
        "PayloadReference",
        [
            .must("ref", .object(.artifact)),
            .must("count", .count, "how many things the payload held"),
            .must("ids", .list(of: .text(atMost: 128), atMost: 200), "the first of their names"),
            .may("link", .object(objectLink), "for readers that know no store"),
        ])

    /// What lets whoever has it do one thing to an object.
    static let objectLink = Shape(
        "ObjectLink",
        [
            .must("method", .word(["GET", "PUT"])),
            .must("url", .text(atMost: 8192)),
            .must("fields", .map(of: .text(atMost: 1024), atMost: 16), "to be sent as they are"),
        ])

    package static let leaseClaim = Shape(
        "LeaseClaim",
        [
            .must("job_id", .id("job_")),
            .must("attempt", .integer(1...1_000_000)),
            .must("lease_token", .count, "the fencing token: only the newest may write"),
            .must("node_id", .id("node_")),
            .may("progress", .fraction),
            .may("line", .text(atMost: 400), "what the worker noted last"),
        ])

    package static let nodeLost = Shape("NodeLost", [.must("node_id", .id("node_"))])

    /// A request as it stands alone; in an envelope it inherits whose it is.
    package static let taskSpec = Shape(
        "TaskSpec",
        [.must("tenant_id", .opaque), .must("project_id", .opaque), .must("schema_version", .text(atMost: 16))]
            + request)
    package static let taskSubmitted = Shape(
        "TaskSubmitted",
        [.may("tenant_id", .opaque), .may("project_id", .opaque), .may("schema_version", .text(atMost: 16))] + request)

    private static let request: [Field] = [
        .must("task_id", .id("task_")),
        .must("chapter_id", .text(atMost: 255), "what the client calls this text"),
        .must("requested_quality", .word(of: Quality.self)),
        .must("language_context", .text(atMost: 64), "BCP 47; und when it is to be found out"),
        .may("input_uri", .text(atMost: 1024), "where the text is"),
        .may("input", .object(.artifact), "the stored text"),
        .may("seed", .count),
        .may("budget_profile", .word(of: BudgetProfile.self)),
        .may("deadline_ms", .milliseconds, "from the submission on"),
        .may("priority", .integer(0...9), "higher runs first"),
        .may("user_overrides", .anyObject),
        .may("gates", .list(of: .object(.gateWish), atMost: 11), "where the run stops until somebody has looked"),
        .may("budget", .object(.budget), "what the film may cost at most"),
        .may("tags", .list(of: .text(atMost: 64), atMost: 20), "the client's own marks"),
        .may("start_after", .time, "no job begins before"),
        .may("mishaps", .list(of: .object(mishap), atMost: 1000), "failures that were ordered, in a sandbox"),
    ]

    package static let gateWish = Shape(
        "GateWish",
        [
            .must("gate", .text(atMost: 64), "what it is called"),
            .must("after", .word(of: Stage.self), "the stage that must be done when the question is asked"),
            .may("timeout_ms", .milliseconds, "how long to wait for a person; for ever when absent"),
            .may("default_decision", .word(of: GateWish.Decision.self), "what holds when nobody decided in time"),
        ])

    package static let budget = Shape(
        "Budget",
        [.must("max", .number(0...1e12)), .must("currency", .text(atMost: 3), "ISO 4217")])
}
