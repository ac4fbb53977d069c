// Contracts · pure · sees nothing

/// What `job.*`, `lease.*` and `worker.*` carry.
extension Shape {
    private static let jobHead: [Field] = [
        .must("job_id", .id("job_")),
        .may("run_id", .id("run_")),
        .may("job_type", .word(of: JobType.self)),
        .may("unit_ref_id", .text(atMost: 128), "the shot or line it is about; absent for the whole film"),
        .may("attempt", .integer(1...1_000_000)),
    ]

    package static let jobOrder = Shape(
        "JobOrder", jobHead + [.must("worker_type", .word(of: Pool.self), "the pool that works on it")] + order)
    /// The order once more; one that names only its job means the order that is known already.
    package static let jobEnqueued = Shape("JobEnqueued", jobHead + [.may("worker_type", .word(of: Pool.self))] + order)

    private static let order: [Field] =
        [
            .may("chapter_id", .text(atMost: 255)),
            .may("model_profile_id", .text(atMost: 128), "only from the run's route decision"),
            .may("fallback_chain", .list(of: .text(atMost: 128), atMost: 16)),
            .may("inputs", .list(of: .object(.artifact)), "outputs of the jobs before it, by reference"),
            .may("quality", .word(of: Quality.self)),
            .may("seed", .count),
            .may("take", .integer(1...1_000_000), "how often it was asked for anew; absent for the first"),
            .may("timeout_ms", .milliseconds),
            .may("priority", .integer(0...9), "the run's: higher first; 0 when absent"),
            .may("mishap", .object(.mishap), "in a sandbox: what shall happen instead of the work"),
        ]

    /// A failure that was ordered.
    static let mishap = Shape(
        "Mishap",
        [
            .must("worker_type", .word(of: Pool.self)), .may("unit_ref_id", .text(atMost: 128)),
            .must("kind", .word(of: Mishap.Kind.self)), .may("times", .integer(1...99), "always when absent"),
        ])

    package static let jobTicket = Shape(
        "JobTicket",
        [
            .must("order", .object(.jobOrder)),
            .must("lease_token", .count),
            .must("lease_ms", .milliseconds),
            .may("links", .object(ticketLinks), "for workers that know no store"),
        ])

    private static let ticketLinks = Shape(
        "TicketLinks",
        [
            .must(
                "inputs",
                .list(
                    of: .object(
                        Shape(
                            "TicketInput",
                            [
                                .must("sha256", .text(atMost: 64), "of the object, as hex"),
                                .must("link", .object(.objectLink)),
                            ])))),
            .must(
                "outputs",
                .list(
                    of: .object(
                        Shape(
                            "TicketOutput",
                            [
                                .must("name", .text(atMost: 255), "in staging"),
                                .must("link", .object(.objectLink)),
                            ])), atMost: 64)),
            .must("until", .time, "when they are good no more"),
        ])

    private static func job(_ name: String, _ statuses: [JobStatus], _ more: [Field]) -> Shape {
        Shape(name, jobHead + [.must("status", .word(statuses.map(\.rawValue)))] + more)
    }

    package static let jobClaimed = Shape(
        "JobClaimed",
        jobHead + [
            .may("status", .word([JobStatus.claimed.rawValue, JobStatus.running.rawValue])),
            .may("worker_node_id", .id("node_")),
            .may("lease_token", .count),
            .may("progress", .fraction),
            .may("line", .text(atMost: 400), "what the worker noted last"),
        ])

    package static let jobSucceeded = job(
        "JobSucceeded", [.succeeded],
        [
            .may("artifacts", .list(of: .object(.artifact))),
            .may("output", .object(.jobOutput)),
            .may("started_at", .time),
            .may("finished_at", .time),
        ])

    package static let jobFailed = job(
        "JobFailed", [.failed], failed + [.may("artifacts", .list(of: .object(.artifact)))])

    package static let jobRetryScheduled = Shape(
        "JobRetryScheduled", jobHead + [.may("due_at", .time, "not before this")] + failed)

    package static let jobCanceled = Shape("JobCanceled", jobHead + [.may("reason", .text)])

    package static let jobOutput = Shape(
        "JobOutput",
        [
            .may("shots", .list(of: .object(.plannedShot)), "from the planning job only: what the graph grows from"),
            .may("notes", .list(of: .text), "what could not be done as asked"),
            .may("metrics", .map(of: .number, atMost: 200)),
        ])

    private static let plannedShot = Shape(
        "PlannedShot",
        [
            .must("shot_id", .text(atMost: 128)),
            .must(
                "lines",
                .list(
                    of: .object(
                        Shape("PlannedLine", [.must("line_id", .text(atMost: 128)), .must("is_seen", .bool)])))),
        ])

    package static let workerResult = Shape(
        "WorkerResult",
        [
            .must("job_id", .id("job_")),
            .must("status", .word(of: WorkOutcome.self)),
            .must("attempt", .integer(1...1_000_000)),
            .must("started_at", .time),
            .must("finished_at", .time),
            .must("artifacts", .list(of: .object(.artifact))).formerly("artifact_uri"),
            .may("claim", .object(.leaseClaim), "shows the token the attempt was won with"),
            .may("run_id", .id("run_")),
            .may("worker_type", .word(of: Pool.self)),
            .may("outputs", .list(of: .object(.stagedOutput)), "files that wait for their promotion"),
            .may("emits", .list(of: .object(.earnedEvent)), "events that are told when the attempt is settled"),
            .may("output", .object(.jobOutput)),
            .may("metrics", .map(of: .number, atMost: 200)),
            .may("schema_version", .text(atMost: 16)),
        ] + failed)

    private static let stagedOutput = Shape(
        "StagedOutput", [.must("staging_name", .text(atMost: 512)), .must("artifact_id", .id("art_"))])

    private static let earnedEvent = Shape(
        "EarnedEvent",
        [
            .must("event_type", .text(atMost: 128)),
            .must("producer", .word(of: Module.self)),
            .must("payload", .anyObject),
        ])

    package static let workerCompleted = Shape(
        "WorkerCompleted",
        jobHead + [
            .may("status", .word(of: WorkOutcome.self)),
            .may("worker_node_id", .id("node_")),
            .may("artifacts", .list(of: .object(.artifact))),
            .may("metrics", .map(of: .number, atMost: 200)),
            .may("started_at", .time),
            .may("finished_at", .time),
        ] + failed)
}
