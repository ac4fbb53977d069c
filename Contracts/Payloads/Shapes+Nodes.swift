// Contracts · pure · sees nothing

/// What nodes and the hub tell each other of nodes.
extension Shape {
    package static let nodeTelemetry = Shape(
        "NodeTelemetry",
        [
            .must("node_id", .id("node_")),
            .must("version", .text(atMost: 64), "of the program"),
            .must("started_at", .time),
            .must("duty", .word(of: NodeDuty.self), "the last it was told, and obeys"),
            .must("pools", .list(of: .object(nodePool), atMost: 16)),
            .may("host", .text(atMost: 255)),
            .may("labels", .map(of: .text(atMost: 255), atMost: 64), "the operator's own marks"),
            .may("gpus", .list(of: .object(gpuLoad), atMost: 64)),
            .may("is_last", .bool, "true in its last word"),
        ])

    private static let nodePool = Shape(
        "NodePool",
        [
            .must("worker_type", .word(of: Pool.self)),
            .must("slots", .integer(0...10_000), "how many jobs it works on at once"),
            .must("busy", .integer(0...10_000)),
            .must("job_types", .list(of: .word(of: JobType.self), atMost: 100), "empty when it says nothing of it"),
            .must("models", .list(of: .text(atMost: 128), atMost: 200), "held ready"),
        ])

    private static let gpuLoad = Shape(
        "GPULoad",
        [
            .must("name", .text(atMost: 128)),
            .may("utilization", .fraction),
            .may("memory_used_bytes", .count),
            .may("memory_total_bytes", .count),
            .may("temperature_c", .number(-100...1000)),
        ])

    package static let nodeOrder = Shape(
        "NodeOrder",
        [
            .must("node_id", .id("node_")),
            .must("duty", .word(of: NodeDuty.self)),
            .may("reason", .text),
        ])
}
