// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Ports
import Web
import Wire

/// Looking at runs.
struct RunRoutes: Sendable {
    let runs: RunDesk
    let clock: any WallClock

    private static let status = Parameter.query("status", wordOf: RunStatus.self, "only of this status")
    private static let chapter = Parameter.query(
        "chapter_id", String.self, as: .text(atMost: 255), "only of this chapter")
    private static let tag = Parameter.query("tag", String.self, as: .text(atMost: 64), "only with this tag")
    private static let after = Parameter.query("created_after", Timestamp.self, "only later ones")
    private static let before = Parameter.query("created_before", Timestamp.self, "only earlier ones")

    var all: [Route] { reading + RunStream(runs: runs, clock: clock).all }

    private var reading: [Route] {
        [
            Route.get("/api/v1/runs", "listRuns", "Lists runs, newest first").tagged("runs").needs("runs:read")
                .takes(
                    Words.limit, Words.cursor, Words.project, Self.status, Self.chapter, Self.tag, Self.after,
                    Self.before
                )
                .answers(.json(200, Page<RunAnswer>.shape(of: RunAnswer.shape), "a page of runs"), .notThere)
                .replies(list),
            Route.get("/api/v1/runs/{run_id}", "getRun", "Shows a run").tagged("runs").needs("runs:read")
                .takes(Words.run)
                .answers(.json(200, RunAnswer.shape, "the run"), .empty(304, "you have it already"), .notThere)
                .replies { input, context in
                    let view = try await runs.run(input[Words.run], for: context.caller())
                    return .json(200, RunAnswer(view)).tagged(view.tag)
                },
            Route.get("/api/v1/runs/{run_id}/graph", "getRunGraph", "Shows the jobs of a run and what each waits for")
                .tagged("runs").needs("runs:read").takes(Words.run)
                .answers(.json(200, GraphAnswer.shape, "the graph, as the orchestrator has it now"), .notThere)
                .replies(graph),
            Route.get("/api/v1/runs/{run_id}/explain", "explainRun", "Says why a run is where it is, and what mends it")
                .tagged("runs").needs("runs:read").takes(Words.run)
                .answers(
                    .json(200, OpsShapes.diagnosis, "what keeps it"), .notThere, .problem(.dependencyDown)
                )
                .handles { input, context in
                    try await runs.why(try await runs.run(input[Words.run], for: context.caller()))
                },
            Route.get("/api/v1/runs/{run_id}/jobs", "listJobs", "Lists the jobs of a run that have been heard of")
                .tagged("runs").needs("runs:read").takes(Words.run)
                .answers(.json(200, Page<JobView>.shape(of: GraphAnswer.job), "the jobs"), .notThere)
                .handles { input, context in
                    Page(try await runs.jobs(of: try await runs.run(input[Words.run], for: context.caller()).runID))
                },
            Route.get("/api/v1/runs/{run_id}/artifacts", "listArtifacts", "Lists what a run has made").tagged("runs")
                .needs("artifacts:read").takes(Words.run)
                .answers(.json(200, Page<ArtifactMeta>.shape(of: .artifact), "the artifacts"), .notThere)
                .handles { input, context in
                    let run = try await runs.run(input[Words.run], for: context.caller(), to: "artifacts:read")
                    return Page(try await runs.artifacts(of: run.runID))
                },
        ]
    }

    private func list(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        var ask = RunAsk(limit: try input[Words.limit] + 1)
        ask.project = try input[Words.project].flatMap(ProjectID.init(rawValue:))
        ask.status = try input[Self.status]
        ask.chapter = try input[Self.chapter]
        ask.tag = try input[Self.tag]
        ask.createdAfter = try input[Self.after]
        ask.createdBefore = try input[Self.before]
        ask.after = try input[Words.cursor].map { try Cursor.place(RunID.self, in: $0) }
        let found = try await runs.runs(ask, for: context.caller())
        let shown = found.prefix(ask.limit - 1)
        let next = found.count == ask.limit ? try shown.last.map { try Cursor.text(of: $0.runID) } : nil
        return Page(shown.map(RunAnswer.init), next: next).response(to: input)
    }

    /// A run that the orchestrator has not heard of yet has no jobs.
    private func graph(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let view = try await runs.run(input[Words.run], for: context.caller())
        let graph = try await runs.operations.runs.graph(of: view.runID)
        return .json(200, graph ?? RunGraph(runID: view.runID, nodes: [], asOf: clock.now()))
    }
}

extension RunView {
    /// Changes with everything that is heard of the run.
    var tag: EntityTag { EntityTag("\(runID)-\(updatedAt.microseconds)-\(Int(progress * 100))-\(status.rawValue)") }
}

/// The graph as the document shows it.
enum GraphAnswer {
    static let shape = Shape(
        "RunGraph",
        [
            .must("run_id", .id(RunID.prefix)), .must("as_of", .time, "when the orchestrator was asked"),
            .must("nodes", .list(of: .object(node))),
        ])

    private static let head: [Field] = [
        .must("job_id", .id(JobID.prefix)), .must("job_type", .word(of: JobType.self)),
        .may("unit_ref_id", .text(atMost: 128), "the shot or line it is for"),
        .must("status", .word(of: JobStatus.self)), .may("due_at", .time, "when it is tried again"),
    ]

    private static let node = Shape(
        "RunGraphNode",
        head + [
            .must("stage", .word(of: Stage.self)), .must("pool", .word(of: Pool.self)), .must("failures", .count),
            .must("after", .list(of: .id(JobID.prefix)), "what it waits for"),
        ])

    static let job = Shape(
        "Job",
        head + [
            .must("attempt", .count), .may("pool", .word(of: Pool.self)), .may("progress", .fraction),
            .may("line", .text, "what its worker noted last"),
            .may("worker_node_id", .id(NodeID.prefix)), .may("latest_error", .object(.error)),
            .must("artifact_ids", .list(of: .id(ArtifactID.prefix))), .may("started_at", .time),
            .may("finished_at", .time), .must("heard_at", .time, "when the newest word about it was said"),
        ])
}
