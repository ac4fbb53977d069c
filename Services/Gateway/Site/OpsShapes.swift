// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore

/// What operators are shown.
enum OpsShapes {
    static let diagnosis = Shape(
        "Diagnosis",
        [
            .must("run_id", .id(RunID.prefix)), .must("status", .word(of: RunStatus.self)),
            .must("stage", .word(of: Stage.self)), .must("as_of", .time, "when those who know were asked"),
            .must("findings", .list(of: .object(finding)), "what weighs most comes first"),
        ])

    private static let finding = Shape(
        "RunFinding",
        [
            .must("cause", .word(of: RunCause.self)), .must("message", .text), .may("since", .time),
            .may("job_id", .id(JobID.prefix)), .may("node_id", .id(NodeID.prefix)),
            .may("remedy", .text, "the command that mends it"),
        ])

    static let node = Shape(
        "Node",
        [
            .must("node_id", .id(NodeID.prefix)), .must("status", .word(of: NodeStatus.self)),
            .may("reason", .text, "why it is not ready"), .must("since", .time), .may("until", .time),
            .must("last_seen", .time), .must("telemetry", .object(.nodeTelemetry), "what it last told of itself"),
            .must("holds", .list(of: .id(JobID.prefix)), "jobs it works on"),
            .must("results", .count, "of the last ten minutes"),
            .must("failures", .count, "of those, failures that may be its own fault"),
        ])
    static let nodes = Shape("Nodes", [.must("items", .list(of: .object(node)))])

    private static let waiting = Shape(
        "WaitingReason",
        [
            .must("code", .word(of: WaitingReason.Code.self)), .must("message", .text), .may("since", .time),
            .may("ahead", .count, "how many have their turn before"),
        ])

    static let pool = Shape(
        "Pool",
        [
            .must("worker_type", .word(of: Pool.self)), .must("ready_nodes", .count), .must("nodes", .count),
            .must("slots", .count, "of the ready nodes"), .must("busy", .count), .must("offered", .count),
            .must("held", .count, "jobs somebody works on"), .must("waiting", .count),
            .may("oldest_waiting_since", .time), .may("waiting_reason", .object(waiting)),
            .must("rate_per_minute", .number(0...1e9), "results, over the last five minutes"),
        ])
    static let pools = Shape("Pools", [.must("items", .list(of: .object(pool)))])

    static let letter = Shape(
        "DeadLetter",
        [
            .must("event_id", .id(EventID.prefix)), .must("queue", .text(atMost: 255), "where it died"),
            .must("event_type", .text(atMost: 128)), .may("producer", .opaque), .may("tenant_id", .opaque),
            .may("project_id", .opaque), .may("run_id", .id(RunID.prefix)), .may("job_id", .id(JobID.prefix)),
            .may("trace_id", .opaque), .must("error_code", .text(atMost: 64)), .must("reason", .text),
            .must("deliveries", .count), .must("first_failed_at", .time), .must("last_failed_at", .time),
            .must("state", .word(of: DeadState.self)), .must("replay_count", .count), .may("replayed_by", .opaque),
            .may("replayed_at", .time), .may("dropped_because", .text),
            .may("excerpt", .text(atMost: 8192), "the beginning of what it says"),
        ])
    static let letters = Shape("DeadLetters", [.must("items", .list(of: .object(letter)))])

    private static let freeze = Shape(
        "DeadFreeze",
        [
            .must("event_type", .text(atMost: 128)), .must("count", .count), .must("oldest", .time),
            .must("message", .text),
        ])

    static let deadPage = Shape(
        "DeadLetterPage",
        [
            .must("items", .list(of: .object(letter))), .must("as_of", .time),
            .must("freezes", .list(of: .object(freeze)), "kinds that are too many or too old: release nothing new"),
        ])

    static let decision = Shape(
        "DeadDecision",
        [
            .must("is_plan", .bool, "nothing was done: this is what would be"), .must("count", .count),
            .must("items", .list(of: .object(letter)), "the first of them"),
        ])

    static let rebuild = Shape(
        "Rebuild",
        [
            .must("is_plan", .bool), .must("since", .time, "what was said from then on"),
            .must("letters", .count), .must("tickets", .count, "made anew"),
        ])

    static let status = Shape(
        "FarmStatus",
        [
            .must("status", .word(of: FarmStatus.Word.self)), .must("as_of", .time),
            .must(
                "findings",
                .list(
                    of: .object(
                        Shape("FarmFinding", [.must("message", .text), .may("remedy", .text, "what helps")]))),
                "what is wrong or waited for, the worst first"),
            .must("pools", .list(of: .object(pool))),
            .must("nodes", .map(of: .count, atMost: 16), "how many nodes stand how"),
            .must("gates_waiting", .count), .must("dead_letters", .count, "that want a decision"),
        ])
}
