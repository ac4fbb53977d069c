// Contracts · pure · sees nothing

/// What the gateway tells of its clients, and the observer of everybody.
extension Shape {
    package static let authLogin = Shape(
        "AuthLogin",
        [
            .may("user_id", .opaque),
            .may("user_name", .text(atMost: 255)),
            .may("method", .text(atMost: 64), "password, token, link"),
            .may("address", .text(atMost: 64)),
            .may("reason", .text),
        ])

    package static let projectCreated = Shape(
        "ProjectCreated",
        [
            .must("project_id", .opaque),
            .may("name", .text(atMost: 255)),
            .may("created_by", .opaque),
        ])

    private static let about: [Field] = [
        .may("run_id", .id("run_")),
        .may("job_id", .id("job_")),
        .may("trace_id", .opaque),
    ]

    package static let errorRecorded = Shape(
        "ErrorRecorded",
        about + [
            .must("error_code", .text(atMost: 64)),
            .must("retryable", .bool),
            .may("error_message", .text(atMost: 8192)),
            .may("owner_module", .word(of: Module.self)),
            .may("source_event_id", .id("evt_"), "the event that told of the failure"),
            .may("error", .object(.error)),
        ])

    package static let auditRecorded = Shape(
        "AuditRecorded",
        about + [
            .must("action", .text(atMost: 128)),
            .may("actor", .opaque),
            .may("object", .text(atMost: 255)),
            .may("before", .any),
            .may("after", .any),
        ])

    package static let costUpdated = Shape(
        "CostUpdated",
        about + [
            .must("amount", .number, "of this one entry"),
            .must("currency", .text(atMost: 3)),
            .may("cost_type", .text(atMost: 64)),
            .may("total", .number, "of the run so far"),
            .may("provider_id", .text(atMost: 128)),
            .may("is_estimate", .bool),
        ])

    package static let sloBreached = Shape(
        "SLOBreached",
        about + [
            .must("slo", .text(atMost: 128)),
            .must("target", .number),
            .must("value", .number),
            .may("window_ms", .milliseconds),
        ])

    package static let alertTriggered = Shape(
        "AlertTriggered",
        about + [
            .may("alert", .text(atMost: 128)),
            .must("severity", .word(["info", "warning", "critical"])),
            .may("message", .text),
            .may("runbook", .text(atMost: 1024)),
        ])
}
