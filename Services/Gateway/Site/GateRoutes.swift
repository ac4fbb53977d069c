// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Telemetry
import Web

/// Where runs wait for people.
struct GateRoutes: Sendable {
    let runs: RunDesk
    let gates: GateDesk

    private static let status = Parameter.query("status", wordOf: GateView.Status.self, "only those that are so")
    private static let gate = Parameter.path("gate", String.self, as: .text(atMost: 128), "the gate's name")
    private static let comment = JSONBody.optional(
        Comment.self,
        Shape("GateDecision", [.may("comment", .text(atMost: 1024), "for those who read about it later")]),
        example: .object(["comment": .string("the keeper's coat is the wrong colour")]))

    struct Comment: Codable, Sendable { let comment: String? }

    static let shape = Shape(
        "Gate",
        [
            .must("run_id", .id(RunID.prefix)), .must("project_id", .opaque), .must("gate", .text(atMost: 128)),
            .must("status", .word(of: GateView.Status.self)), .may("job_id", .id(JobID.prefix)),
            .may("reason", .text), .must("requested_at", .time), .may("deadline_at", .time),
            .may("default_decision", .word(of: GateWish.Decision.self), "what happens when nobody decides"),
            .must("artifacts", .list(of: .object(.artifact)), "what there is to look at"),
            .may("decided_by", .opaque, "absent when the default decided"), .may("comment", .text),
            .may("decided_at", .time),
        ])

    var all: [Route] {
        [
            Route.get("/api/v1/gates", "listGates", "Lists what waits for a person, the longest waiting first")
                .tagged("gates").needs("runs:read")
                .takes(Words.limit, Words.cursor, Words.project, Self.status)
                .answers(.json(200, Page<GateView>.shape(of: Self.shape), "a page of gates"), .notThere)
                .replies(list),
            Route.get("/api/v1/runs/{run_id}/gates", "listRunGates", "Lists the gates a run has come to")
                .tagged("gates").needs("runs:read").takes(Words.run)
                .answers(.json(200, Page<GateView>.shape(of: Self.shape), "its gates"), .notThere)
                .handles { input, context in
                    let run = try await runs.run(input[Words.run], for: context.caller())
                    return Page(try await gates.gates(of: run.runID))
                },
            deciding("approve", "approveGate", "Lets a run go on", .approve),
            deciding("reject", "rejectGate", "Does not let a run go on", .reject),
        ]
    }

    private func deciding(
        _ verb: String, _ id: String, _ summary: String, _ decision: GateWish.Decision
    ) -> Route {
        Route.post("/api/v1/runs/{run_id}/gates/{gate}/\(verb)", id, summary).tagged("gates").needs("reviews:write")
            .takes(Words.run, Self.gate, Words.key, Self.comment)
            .answers(
                .json(202, Self.shape, "the gate as it is decided", fields: ["Location": "where to look"]), .keyUsed,
                .notThere, .problem(.illegalTransition, "it was decided otherwise before")
            )
            .replies { input, context in try await decide(decision, input, context) }
    }

    private func list(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let limit = try input[Words.limit]
        let found = try await gates.gates(
            input[Self.status], in: try input[Words.project].flatMap(ProjectID.init(rawValue:)), for: context.caller(),
            after: try input[Words.cursor].map { try Cursor.place(String.self, in: $0) }, limit: limit + 1)
        let shown = found.prefix(limit)
        let next = found.count > limit ? try shown.last.map { try Cursor.text(of: $0.place) } : nil
        return Page(shown.map(\.view), next: next).response(to: input)
    }

    private func decide(
        _ decision: GateWish.Decision, _ input: Input, _ context: Context
    ) async throws -> HTTPResponse {
        let caller = try context.caller()
        let run = try await runs.run(input[Words.run], for: caller, to: "reviews:write")
        let deed = try input.deed(context)
        let gate = try input[Self.gate]
        // A rejection ends the run: said twice it is still no contradiction.
        let isWaiting = try await gates.gates(of: run.runID).contains { $0.gate == gate && $0.status == .waiting }
        if isWaiting { try run.obeys(.reviewResolved) }
        let errand = Errand(for: caller, as: deed, run.trail(for: caller, context, under: deed.key))
        let verdict = GateVerdict(decision, try input[Self.comment].comment, on: gate, of: run.runID, for: errand)
        let done = try await gates.decide(verdict, as: deed)
        return .accepted(done.value, at: "/api/v1/runs/\(run.runID)/gates").again(done.isAgain)
    }
}
