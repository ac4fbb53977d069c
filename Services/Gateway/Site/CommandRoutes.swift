// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Telemetry
import Web
import Wire

/// What a client may want of a run. The orchestrator decides; the answer shows the run as it was when the wish was stored.
struct CommandRoutes: Sendable {
    let runs: RunDesk

    private static let reason = JSONBody.optional(
        ReasonWish.self, Shape("Reason", [.may("reason", .text(atMost: 1024), "for those who read about it later")]),
        example: .object(["reason": .string("the wrong chapter")]))
    private static let stage = JSONBody(
        StageWish.self,
        Shape(
            "Rerun",
            [
                .must("from_stage", .word(of: Stage.self), "made anew, and all that follows from it"),
                .may("reason", .text(atMost: 1024)),
            ]), example: .object(["from_stage": .string(Stage.video.rawValue)]))

    struct ReasonWish: Codable, Sendable { let reason: String? }

    struct StageWish: Codable, Sendable {
        let stage: Stage
        let reason: String?

        enum CodingKeys: String, CodingKey {
            case stage = "from_stage"
            case reason
        }
    }

    var all: [Route] {
        [
            command("cancel", "cancelRun", "Stops a run for good", .taskCancelRequested),
            command("pause", "pauseRun", "Lets nothing new of a run begin", .runPauseRequested),
            command("resume", "resumeRun", "Lets a paused run go on", .runResumeRequested),
            command("retry", "retryRun", "Tries again what failed, and keeps what is done", .runRetryRequested),
            command(
                "retry", "retryTask", "The same as POST /api/v1/runs/{run_id}/retry", .runRetryRequested, at: "tasks"),
            accepting(Route.post("/api/v1/runs/{run_id}/rerun", "rerunRun", "Makes a run anew from a stage on"))
                .takes(Words.run, Words.key, Self.stage)
                .replies { input, context in
                    let wish = try input[Self.stage]
                    return try await order(.runRerunRequested, input, context, wish.reason, from: wish.stage)
                },
        ]
    }

    private func command(
        _ verb: String, _ id: String, _ summary: String, _ type: AinerEvent, at place: String = "runs"
    ) -> Route {
        accepting(Route.post("/api/v1/\(place)/{run_id}/\(verb)", id, summary))
            .takes(Words.run, Words.key, Self.reason)
            .replies { input, context in try await order(type, input, context, try input[Self.reason].reason) }
    }

    private func accepting(_ route: Route) -> Route {
        route.tagged("runs").needs("runs:write")
            .answers(
                .json(202, RunAnswer.shape, "it is stored and will be done", fields: ["Location": "where to look"]),
                .keyUsed, .notThere, .problem(.illegalTransition, "the run is in no state for that"))
    }

    private func order(
        _ type: AinerEvent, _ input: Input, _ context: Context, _ reason: String?, from stage: Stage? = nil
    ) async throws -> HTTPResponse {
        let caller = try context.caller()
        let run = try await runs.run(input[Words.run], for: caller, to: "runs:write")
        let deed = try input.deed(context)
        var command = RunCommand(runID: run.runID, by: caller.subject, reason: reason, fromStage: stage)
        command.taskID = run.taskID
        let order = RunOrder(
            type, to: run.runID, try JSON.payload(command),
            trail: run.trail(for: caller, context, under: deed.key))
        let done = try await runs.command(order, as: deed)
        return .accepted(RunAnswer(done.value), at: "/api/v1/runs/\(run.runID)").again(done.isAgain)
    }
}
