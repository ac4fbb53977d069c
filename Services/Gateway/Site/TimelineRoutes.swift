// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web

/// When everything happens in the film of a run, and changing that.
struct TimelineRoutes: Sendable {
    let runs: RunDesk
    let timelines: TimelineDesk

    private static let patch = Parameter.path("patch_id", PatchID.self, "the patch")
    private static let wish = JSONBody(
        Wish.self, TimelineAnswer.wish,
        example: .object([
            "base_version": .integer(1),
            "operations": .array([
                .object([
                    "op": .string("set_duration"), "shot_id": .string("S0002"), "duration_ms": .integer(2500),
                ])
            ]),
        ]))
    private static let reason = JSONBody.optional(
        Reason.self, Shape("TimelineRollback", [.may("reason", .text(atMost: 1024))]),
        example: .object(["reason": .string("it was better before")]))

    struct Reason: Codable, Sendable { let reason: String? }

    struct Wish: Codable, Sendable {
        let baseVersion: Int
        let operations: [TimelineEdit]?
        let shotID: ShotID?
        let patchText: String?
        let reason: String?

        enum CodingKeys: String, CodingKey {
            case baseVersion = "base_version"
            case operations
            case shotID = "shot_id"
            case patchText = "patch_text"
            case reason
        }
    }

    private static let place = "/api/v1/runs/{run_id}/timeline"

    var all: [Route] {
        [
            Route.get(Self.place, "getTimeline", "Shows when everything happens").tagged("timeline")
                .needs("runs:read").takes(Words.run)
                .answers(.json(200, TimelineAnswer.version, "the newest version"), .notThere)
                .handles { input, context in
                    let run = try await runs.run(input[Words.run], for: context.caller())
                    return try await timelines.timeline(of: run.runID)
                },
            changing(Route.post(Self.place + "/patch", "patchTimeline", "Changes the timeline"))
                .takes(Words.run, Words.key, Self.wish).replies(change),
            Route.get(Self.place + "/patches", "listTimelinePatches", "Lists the changes, newest first")
                .tagged("timeline").needs("runs:read").takes(Words.run, Words.limit, Words.cursor)
                .answers(
                    .json(200, Page<TimelinePatch>.shape(of: TimelineAnswer.patch), "a page of changes"), .notThere
                )
                .replies(list),
            changing(
                Route.post(
                    Self.place + "/patches/{patch_id}/rollback", "rollbackTimelinePatch",
                    "Goes back to what was before a change")
            )
            .takes(Words.run, Self.patch, Words.key, Self.reason)
            .replies { input, context in
                let (run, errand) = try await asked(input, context)
                let done = try await timelines.undo(
                    input[Self.patch], of: run, input[Self.reason].reason, for: errand)
                return accept(done, run)
            },
        ]
    }

    private func changing(_ route: Route) -> Route {
        route.tagged("timeline").needs("runs:write")
            .answers(
                .json(202, TimelineAnswer.version, "the new version", fields: ["Location": "where it is"]), .keyUsed,
                .notThere, .problem(.illegalTransition, "it was changed meanwhile, or the run is in no state for that"))
    }

    private func asked(_ input: Input, _ context: Context) async throws -> (RunView, Errand) {
        let caller = try context.caller()
        let run = try await runs.run(input[Words.run], for: caller, to: "runs:write")
        let deed = try input.deed(context)
        return (run, Errand(for: caller, as: deed, run.trail(for: caller, context, under: deed.key)))
    }

    private func change(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let (run, errand) = try await asked(input, context)
        let said = try input[Self.wish]
        var wish = PatchWish()
        (wish.baseVersion, wish.reason) = (said.baseVersion, said.reason)
        wish.edits = said.operations ?? []
        if said.operations == nil {
            var edit = TimelineEdit(.prompt, shot: said.shotID)
            edit.text = said.patchText
            wish.edits = [edit]
        }
        guard !wish.edits.isEmpty else { throw Self.fault("/operations", "say at least one") }
        do {
            return accept(try await timelines.patch(run, wish, for: errand), run)
        } catch let fault as PatchWish.Fault {
            let member = said.operations == nil ? "" : "/operations/\(fault.place)"
            throw Self.fault("\(member)/\(fault.edit.field)", fault.edit.detail)
        }
    }

    private static func fault(_ pointer: String, _ detail: String) -> Problem {
        Problem(
            .requestValidation, "the timeline cannot be changed so", status: 422,
            faults: [.init(.body(pointer: pointer), detail)])
    }

    private func accept(_ done: Once<TimelineVersion>, _ run: RunView) -> HTTPResponse {
        .accepted(done.value, at: "/api/v1/runs/\(run.runID)/timeline").again(done.isAgain)
    }

    private func list(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let run = try await runs.run(input[Words.run], for: context.caller())
        let limit = try input[Words.limit]
        let before = try input[Words.cursor].map { try Cursor.place(Int.self, in: $0) }
        let found = try await timelines.patches(of: run.runID, before: before, limit: limit + 1)
        return try Page(found, atMost: limit, place: \.version).response(to: input)
    }
}

/// Timelines as the document shows them.
enum TimelineAnswer {
    private static let edit = Shape(
        "TimelineOperation",
        [
            .must("op", .word(of: TimelineEdit.Kind.self)), .may("shot_id", .id(ShotID.prefix)),
            .may("line_id", .id(LineID.prefix), "for shift_line"),
            .may("duration_ms", .integer(1...3_600_000), "for set_duration"),
            .may("before_shot_id", .id(ShotID.prefix), "for move; at the end when absent"),
            .may("by_ms", .integer(-3_600_000...3_600_000), "for shift_line"), .may("patch_text", .text, "for prompt"),
        ])

    static let wish = Shape(
        "TimelinePatchRequest",
        [
            .must("base_version", .integer(1...1_000_000), "the version that was looked at"),
            .may("operations", .list(of: .object(edit), atMost: 1000), "one after the other, all or none"),
            .may("shot_id", .id(ShotID.prefix), "without operations: the shot that should look otherwise"),
            .may("patch_text", .text, "without operations: what should be different"),
            .may("reason", .text(atMost: 1024)),
        ])

    static let version = Shape(
        "TimelineVersion",
        [
            .must("run_id", .id(RunID.prefix)), .must("version", .count),
            .must("timeline", .anyObject, "shots in whole frames, and lines, as the worker wrote it"),
            .must("artifact", .object(.artifact), "what the run has made and all changes rest on"),
            .may("patch_id", .id(PatchID.prefix), "the change that made it"),
        ])

    static let patch = Shape(
        "TimelinePatch",
        [
            .must("patch_id", .id(PatchID.prefix)), .must("run_id", .id(RunID.prefix)), .must("version", .count),
            .must("base_version", .count), .must("operations", .list(of: .object(edit))),
            .may("rollback_of_patch_id", .id(PatchID.prefix), "the change that was undone"),
            .must("requested_by", .opaque), .may("reason", .text), .must("created_at", .time),
            .must("artifact", .object(.artifact)),
        ])
}
