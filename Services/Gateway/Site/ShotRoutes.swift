// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web
import Wire

/// The shots of a run, and making some of them anew.
struct ShotRoutes: Sendable {
    let runs: RunDesk
    let shots: ShotDesk

    private static let shot = Parameter.path("shot_id", ShotID.self, "the shot")
    private static let dryRun = Parameter.query("dry_run", Bool.self, "true: only say what would be made anew")
    private static let manners: [Field] = [
        .may("prompt_patch", .text, "what should be different, for engines that can be told"),
        .may("quality", .word(of: Quality.self), "a wish: a film is cut of shots of one quality"),
        .may("target_duration_ms", .milliseconds, "a wish: speech takes the time it takes"),
        .may("reason", .text(atMost: 1024)),
    ]
    private static let one = JSONBody.optional(
        ShotWish.self, Shape("ShotRegenerate", manners), example: .object(["reason": .string("the hat is gone")]))
    private static let some = JSONBody.optional(
        ShotWish.self,
        Shape(
            "RunRegenerate",
            [.may("shot_ids", .list(of: .id(ShotID.prefix), atMost: 10_000), "all of them when absent")] + manners),
        example: .object(["shot_ids": .array([.string("S0001")])]))

    struct ShotWish: Codable, Sendable {
        let shotIDs: [ShotID]?
        let promptPatch: String?
        let quality: Quality?
        let targetDurationMS: Int?
        let reason: String?

        enum CodingKeys: String, CodingKey {
            case shotIDs = "shot_ids"
            case promptPatch = "prompt_patch"
            case quality
            case targetDurationMS = "target_duration_ms"
            case reason
        }
    }

    var all: [Route] {
        [
            Route.get("/api/v1/runs/{run_id}/shots", "listShots", "Lists the shots of a run and what is made of them")
                .tagged("shots").needs("runs:read").takes(Words.run)
                .answers(.json(200, Page<ShotView>.shape(of: ShotAnswer.shot), "the shots in their order"), .notThere)
                .handles { input, context in
                    let run = try await runs.run(input[Words.run], for: context.caller())
                    return Page(try await shots.shots(of: run.runID))
                },
            regenerating(
                Route.post("/api/v1/runs/{run_id}/shots/{shot_id}/regenerate", "regenerateShot", "Makes a shot anew")
            )
            .takes(Words.run, Self.shot, Words.key, Self.dryRun, Self.one)
            .replies { input, context in
                try await regenerate([try input[Self.shot]], try input[Self.one], input, context)
            },
            regenerating(Route.post("/api/v1/runs/{run_id}/regenerate", "regenerateShots", "Makes shots anew"))
                .takes(Words.run, Words.key, Self.dryRun, Self.some)
                .replies { input, context in
                    let wish = try input[Self.some]
                    return try await regenerate(wish.shotIDs, wish, input, context)
                },
        ]
    }

    private func regenerating(_ route: Route) -> Route {
        route.tagged("shots").needs("runs:write")
            .described("With them all that rests on them: their cut, and what was measured of it.")
            .answers(
                .json(
                    202, ShotAnswer.redoing, "it is stored and will be done", fields: ["Location": "where to look"]),
                .json(200, ShotAnswer.redoing, "what would be made anew; nothing was changed"), .keyUsed, .notThere,
                .problem(.illegalTransition, "the run is in no state for that"),
                .problem(.dependencyMissing, "the orchestrator has not heard of the run yet"))
    }

    private func regenerate(
        _ wanted: [ShotID]?, _ wish: ShotWish, _ input: Input, _ context: Context
    ) async throws -> HTTPResponse {
        let caller = try context.caller()
        let run = try await runs.run(input[Words.run], for: caller, to: "runs:write")
        let deed = try input.deed(context)
        let redoing = try await shots.redoing(wanted, of: run.runID)
        if try input[Self.dryRun] == true { return .json(200, redoing) }
        var command = ShotCommand(
            runID: run.runID, by: caller.subject, reason: wish.reason, shotIDs: redoing.shotIDs)
        command.promptPatch = wish.promptPatch
        command.quality = wish.quality
        command.targetDurationMS = wish.targetDurationMS
        let order = RunOrder(
            .shotRegenerateRequested, to: run.runID, try JSON.payload(command),
            trail: run.trail(for: caller, context, under: deed.key))
        let done = try await runs.command(order, as: deed)
        return .accepted(redoing, at: "/api/v1/runs/\(run.runID)").again(done.isAgain)
    }
}

/// Shots as the document shows them.
enum ShotAnswer {
    private static let work: [Field] = [
        .must("job_id", .id(JobID.prefix)), .must("job_type", .word(of: JobType.self)),
        .may("unit_ref_id", .text(atMost: 128), "the shot or line it is for"),
    ]

    private static let line = Shape(
        "ShotLine",
        [
            .must("line_id", .id(LineID.prefix)), .must("kind", .word(["speech", "narration"])),
            .must("speaker", .text(atMost: 128)), .must("text", .text(atMost: 65_536)),
            .must("emotion", .text(atMost: 64)),
        ])

    static let shot = Shape(
        "Shot",
        [
            .must("shot_id", .id(ShotID.prefix)), .must("shot_number", .count), .must("scene_id", .text(atMost: 128)),
            .must("intent", .text(atMost: 65_536), "what it is for"), .must("minimum_ms", .milliseconds),
            .must("lines", .list(of: .object(line)), "what is heard while it shows"),
            .may("status", .word(of: JobStatus.self), "of the job that draws it; absent before there is one"),
            .must("jobs", .list(of: .object(Shape("ShotJob", work + [.must("status", .word(of: JobStatus.self))])))),
            .must("artifacts", .list(of: .object(.artifact)), "what was made of it, the newest alone"),
        ])

    static let redoing = Shape(
        "Redoing",
        [
            .must("run_id", .id(RunID.prefix)), .must("shot_ids", .list(of: .id(ShotID.prefix))),
            .must("jobs", .list(of: .object(Shape("RedoneJob", work))), "what is done now and would be done anew"),
        ])
}
