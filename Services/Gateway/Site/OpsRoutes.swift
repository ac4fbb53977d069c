// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Telemetry
import Web

/// What operators look at and wish for. What is answered is asked of those who know at that moment.
struct OpsRoutes: Sendable {
    let desk: OperatorDesk

    private static let node = Parameter.path("node_id", NodeID.self, "the node")
    private static let event = Parameter.path("event_id", EventID.self, "the event")
    private static let queue = Parameter.query("queue", String.self, as: .text(atMost: 255), "only of this queue")
    private static let type = Parameter.query("event_type", String.self, as: .text(atMost: 128), "only of this type")
    private static let code = Parameter.query("error_code", wordOf: ErrorCode.self, "only with this code")
    private static let state = Parameter.query("state", wordOf: DeadState.self, "only those that are so")
    private static let run = Parameter.query("run_id", String.self, as: .id(RunID.prefix), "only about this run")
    private static let isPlan = Parameter.query("dry_run", Bool.self, "only tell what would be done")

    struct ReasonWish: Codable, Sendable { let reason: String? }

    struct DeadBody: Codable, Sendable {
        let eventIDs: [EventID]?
        let queue: String?
        let eventType: String?
        let errorCode: ErrorCode?
        let runID: RunID?
        let reason: String?

        enum CodingKeys: String, CodingKey {
            case eventIDs = "event_ids"
            case queue
            case eventType = "event_type"
            case errorCode = "error_code"
            case runID = "run_id"
            case reason
        }

        var filter: DeadFilter {
            DeadFilter(eventIDs: eventIDs, queue: queue, eventType: eventType, errorCode: errorCode, runID: runID)
        }
    }

    private static let reason = JSONBody.optional(
        ReasonWish.self, Shape("NodeWish", [.may("reason", .text(atMost: 1024), "for those who read about it later")]),
        example: .object(["reason": .string("a new disk")]))
    private static let choice: [Field] = [
        .may("event_ids", .list(of: .id(EventID.prefix), atMost: 1000), "these"),
        .may("queue", .text(atMost: 255)), .may("event_type", .text(atMost: 128)),
        .may("error_code", .word(of: ErrorCode.self)), .may("run_id", .id(RunID.prefix)),
    ]
    private static let replay = JSONBody(
        DeadBody.self, Shape("DeadReplay", choice),
        example: .object(["event_type": .string(AinerEvent.jobSucceeded.rawValue)]))
    private static let drop = JSONBody(
        DeadBody.self,
        Shape("DeadDrop", choice + [.must("reason", .text(atMost: 1024), "why it shall have no effect")]),
        example: .object([
            "event_ids": .array([.string("evt_01")]), "reason": .string("of a producer that is gone"),
        ]))

    var all: [Route] { looking + nodes + dead }

    private var looking: [Route] {
        [
            Route.get("/api/v1/ops/status", "farmStatus", "How the farm is, in one word").reads()
                .answers(.json(200, OpsShapes.status, "how it is"), .notThere)
                .handles { _, context in try await desk.status(for: try context.caller()) },
            Route.get("/api/v1/ops/queues", "listQueues", "The pools: what waits, what is out, and who works").reads()
                .answers(.json(200, OpsShapes.pools, "every pool"), .notThere, .problem(.dependencyDown))
                .handles { _, context in ItemsAnswer(items: try await desk.pools(for: try context.caller())) },
            Route.post("/api/v1/ops/queues/rebuild", "rebuildQueues", "Says again what a broker lost").writes()
                .described(
                    "For a broker whose data are gone. Everything that was said about runs that are not over is said again "
                        + "under its old number, and every ticket that nobody has begun is made anew."
                )
                .takes(Self.isPlan)
                .answers(.json(200, OpsShapes.rebuild, "what is said again"), .notThere, .problem(.dependencyDown))
                .handles { input, context in
                    try await desk.rebuild(
                        isPlan: try input[Self.isPlan] ?? false, for: try context.caller(), from: context.visitor)
                },
        ]
    }

    private var nodes: [Route] {
        [
            Route.get("/api/v1/ops/workers", "listWorkers", "Every node that is known").reads()
                .answers(.json(200, OpsShapes.nodes, "the nodes"), .notThere, .problem(.dependencyDown))
                .handles { _, context in ItemsAnswer(items: try await desk.nodes(for: try context.caller())) },
            Route.get("/api/v1/ops/workers/{node_id}", "showWorker", "A node").reads().takes(Self.node)
                .answers(.json(200, OpsShapes.node, "the node"), .notThere, .problem(.dependencyDown))
                .handles { input, context in
                    try await desk.node(try input[Self.node], for: try context.caller())
                },
            wishing(.cordon, "cordonWorker", "Lets a node begin nothing new"),
            wishing(.drain, "drainWorker", "Lets a node finish what it is at, and go"),
            wishing(.uncordon, "uncordonWorker", "Gives a node work again, whatever kept it from it"),
        ]
    }

    private func wishing(_ verb: NodeWish.Verb, _ id: String, _ summary: String) -> Route {
        Route.post("/api/v1/ops/workers/{node_id}/\(verb.rawValue)", id, summary).writes()
            .takes(Self.node, Self.reason)
            .answers(.json(200, OpsShapes.node, "the node as it is then"), .notThere, .problem(.dependencyDown))
            .handles { input, context in
                let caller = try context.caller()
                let reason = try input[Self.reason].reason ?? "wished by \(caller.subject)"
                return try await desk.wish(
                    NodeWish(verb, because: reason), of: try input[Self.node], by: caller, from: context.visitor)
            }
    }

    private var dead: [Route] {
        [
            Route.get("/api/v1/ops/dead-letters", "listDeadLetters", "Letters that nobody could handle").reads()
                .takes(Words.limit, Self.queue, Self.type, Self.code, Self.state, Self.run)
                .answers(
                    .json(200, OpsShapes.deadPage, "the longest dead first"), .notThere, .problem(.dependencyDown)
                )
                .handles { input, context in
                    let filter = DeadFilter(
                        queue: try input[Self.queue], eventType: try input[Self.type], errorCode: try input[Self.code],
                        runID: try input[Self.run].flatMap(RunID.init(rawValue:)), state: try input[Self.state])
                    return try await desk.deadLetters(
                        filter, limit: try input[Words.limit], for: try context.caller())
                },
            Route.get("/api/v1/ops/dead-letters/{event_id}", "showDeadLetter", "A dead letter, wherever it died")
                .reads().takes(Self.event)
                .answers(.json(200, OpsShapes.letters, "it died here"), .notThere, .problem(.dependencyDown))
                .handles { input, context in
                    ItemsAnswer(
                        items: try await desk.deadLetters(of: try input[Self.event], for: try context.caller()))
                },
            deciding("replay", "replayDeadLetters", "Sends dead letters back to their queues", Self.replay)
                .handles { input, context in try await decide(.replay, try input[Self.replay], input, context) },
            deciding("drop", "dropDeadLetters", "Decides that dead letters shall have no effect", Self.drop)
                .handles { input, context in try await decide(.drop, try input[Self.drop], input, context) },
        ]
    }

    private func deciding(_ verb: String, _ id: String, _ summary: String, _ body: JSONBody<DeadBody>) -> Route {
        Route.post("/api/v1/ops/dead-letters/\(verb)", id, summary).writes()
            .described("What is not said does not narrow: an empty body means every letter that is dead.")
            .takes(Self.isPlan, body)
            .answers(.json(200, OpsShapes.decision, "what was done"), .notThere, .problem(.dependencyDown))
    }

    private func decide(
        _ verb: DeadWish.Verb, _ body: DeadBody, _ input: Input, _ context: Context
    ) async throws -> DeadDecision {
        let caller = try context.caller()
        let wish = DeadWish(
            verb, body.filter, by: caller.subject, because: body.reason ?? "",
            isPlan: try input[Self.isPlan] ?? false)
        return try await desk.decide(wish, for: caller, from: context.visitor)
    }
}

extension Route {
    fileprivate func reads() -> Route { tagged("operations").needs("ops:read") }
    /// Said twice these do no more than said once, so the key need not be kept.
    fileprivate func writes() -> Route { tagged("operations").needs("ops:write").takes(Words.key) }
}
