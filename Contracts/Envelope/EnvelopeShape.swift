// Contracts · pure · sees nothing

/// The envelope as a table, for its schema and its page. Its reader is written by hand and held to this by a test.
package enum EnvelopeShape {
    package static let shape = Shape(
        "EventEnvelope",
        [
            .must("event_id", .id("evt_"), "once and for ever: a replay keeps it"),
            .must("event_type", .text(atMost: 128), "the catalogue's own name, byte for byte"),
            .must("event_version", .text(atMost: 16), "major.minor of the payload"),
            .must("schema_version", .text(atMost: 16), "major.minor of the envelope"),
            .must("occurred_at", .time),
            .must("producer", .text(atMost: 64), "the module that says it; a forwarder keeps it"),
            .must("tenant_id", .opaque),
            .must("project_id", .opaque),
            .must("trace_id", .opaque, "the W3C trace id of the first request"),
            .must("correlation_id", .opaque, "everything one request has caused"),
            .must("idempotency_key", .text(atMost: 256)),
            .must("payload", .anyObject, "at most 256 KiB"),
            .may("catalog", .word(of: Catalogue.self), "ainer when it is absent"),
            .may("run_id", .id("run_")),
            .may("job_id", .id("job_")),
            .may("causation_id", .text(atMost: 1024), "the event or command it follows from"),
            .may("user_id", .text(atMost: 1024)),
            .may("aggregate_type", .text(atMost: 1024), "every Genesis event has these three"),
            .may("aggregate_id", .text(atMost: 1024)),
            .may("aggregate_version", .integer(1...Int64.max)),
            .may("conversation_id", .text(atMost: 1024), "every agent event has this and the sequence"),
            .may("message_id", .text(atMost: 1024)),
            .may("sequence", .count),
            .may("host_id", .text(atMost: 1024), "every unit event has it"),
            .may("error_code", .text(atMost: 1024), "every failure has this and retryable"),
            .may("retryable", .bool),
            .may("visibility", .word(of: Visibility.self), "overrides the catalogue"),
            .may("persistence", .word(of: Persistence.self), "overrides the catalogue"),
            .may("forwarded_by", .text(atMost: 64), "the module that hands it on"),
            .may("replay_count", .count),
            .may("metadata", .anyObject),
        ])
}
