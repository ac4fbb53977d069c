// GatewayTests · tests · sees Contracts, HTTP, Kit, Wire
import Contracts
import Foundation
import HTTP
import Kit
import Testing
import Wire

@Suite("What operators see and wish")
struct OpsTests {
    private static let node = NodeID(trusted: "node_1")
    private static let now = Timestamp(microseconds: 1_700_000_000_000_000)

    static func nodeView(_ status: NodeStatus = .ready) -> NodeView {
        let telemetry = NodeTelemetry(
            nodeID: node, version: "1", startedAt: now, duty: .work,
            pools: [NodePool(pool: .video, slots: 2, busy: 1)])
        return NodeView(telemetry, status: status, since: now, lastSeen: now)
    }

    static var letter: DeadLetter {
        DeadLetter(
            EventID(trusted: "evt_1"), DeathNotice(queue: "q", reason: "r", deliveries: 5, code: .dependencyDown),
            at: now)
    }

    private func waiting(ready: Int) -> PoolView {
        var pool = PoolView(pool: .video)
        (pool.waiting, pool.nodes, pool.readyNodes) = (3, 1, ready)
        return pool
    }

    @Test("is the farm in one word, with what is wrong and the command that helps")
    func status() async throws {
        try await GatewayWorld.open { world in
            func word() async throws -> [String] {
                let said = try await world.ask(.get, "/api/v1/ops/status")
                #expect(said.status == 200)
                let remedies = said.body["findings"]?.items.compactMap { $0["remedy"]?.text } ?? []
                return [said.body["status"]?.text ?? ""] + remedies
            }
            #expect(try await word() == ["asleep"])
            world.knowing.know { $0.nodes = [Self.nodeView()] }
            #expect(try await word() == ["idle"])
            world.knowing.know { $0.pools = [waiting(ready: 1)] }
            #expect(try await word() == ["active"])
            world.knowing.know { $0.pools = [waiting(ready: 0)] }
            #expect(try await word() == ["waiting", "ainer workers"])
            world.knowing.know { $0.dead = [Self.letter] }
            #expect(try await word() == ["troubled", "ainer dlq", "ainer workers"])
            world.knowing.know { $0.isSilent = true }
            #expect(
                try await word() == ["troubled", "start the worker-hub again", "start the orchestrator again"])
            let queues = try await world.ask(.get, "/api/v1/ops/queues")
            #expect(queues.status == 503 && queues.body["error_code"]?.text == "SYS-DEPENDENCY-001")
        }
    }

    @Test("are wishes for a node, with a line in the audit")
    func wishes() async throws {
        try await GatewayWorld.open { world in
            world.knowing.know { $0.nodes = [Self.nodeView(.cordoned)] }
            let done = try await world.ask(
                .post, "/api/v1/ops/workers/node_1/cordon", .object(["reason": .string("a new disk")]),
                with: ["Idempotency-Key": "c"])
            #expect(done.status == 200 && done.body["status"]?.text == "cordoned")
            #expect(world.knowing.all.wishes == [NodeWish(.cordon, because: "a new disk")])
            let nobody = try await world.ask(
                .post, "/api/v1/ops/workers/node_9/drain", with: ["Idempotency-Key": "d"])
            #expect(nobody.status == 404)
            let audit = try await world.ask(.get, "/api/v1/auth/audit/logs")
            let lines = (audit.body["items"]?.items ?? []).map {
                "\($0["action"]?.text ?? "") \($0["object"]?.text ?? "")"
            }
            #expect(lines.contains("node.cordon node_1"), "\(audit)")
        }
    }

    @Test("are dead letters that are planned for, sent back and dropped")
    func dead() async throws {
        try await GatewayWorld.open { world in
            world.knowing.know { $0.dead = [Self.letter] }
            let list = try await world.ask(.get, "/api/v1/ops/dead-letters?state=dead&queue=q")
            #expect(list.status == 200 && list.body["items"]?[0]?["event_id"]?.text == "evt_1")
            #expect(try await world.ask(.get, "/api/v1/ops/dead-letters/evt_1").status == 200)
            #expect(try await world.ask(.get, "/api/v1/ops/dead-letters/evt_2").status == 404)
            let wish = JSONValue.object(["event_ids": .array([.string("evt_1")])])
            let plan = try await world.ask(
                .post, "/api/v1/ops/dead-letters/replay?dry_run=true", wish, with: ["Idempotency-Key": "p"])
            #expect(plan.status == 200 && plan.body["is_plan"] == .bool(true) && world.knowing.all.decisions.isEmpty)
            let done = try await world.ask(
                .post, "/api/v1/ops/dead-letters/replay", wish, with: ["Idempotency-Key": "r"])
            #expect(done.status == 200 && world.knowing.all.decisions.map(\.verb) == [.replay])
            #expect(world.knowing.all.decisions.first?.filter == DeadFilter(eventIDs: [EventID(trusted: "evt_1")]))
            let bare = try await world.ask(
                .post, "/api/v1/ops/dead-letters/drop", wish, with: ["Idempotency-Key": "x"])
            #expect(bare.status == 422, "who drops says why")
        }
    }

    @Test("is a broker filled again, from when the oldest run was asked for that is not over")
    func rebuild() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            _ = try await world.submissions(1)
            // One of the orchestrator's, one of the hub's, and the submission of our own, once it is on record as
            // published: whoever listens may have it before that.
            let isPlanned = try await eventually {
                let plan = try await world.ask(
                    .post, "/api/v1/ops/queues/rebuild?dry_run=true", with: ["Idempotency-Key": UUID().uuidString])
                return plan.status == 200 && plan.body["letters"] == .integer(3)
                    && plan.body["tickets"] == .integer(2)
            }
            #expect(isPlanned)
            let done = try await world.ask(.post, "/api/v1/ops/queues/rebuild", with: ["Idempotency-Key": "r"])
            #expect(done.body["letters"] == .integer(3))
            let again = try await world.submissions(1)
            #expect(again.map(\.runID) == [run], "it is said again, under its old number")
        }
    }

    @Test("is why a run is where it is: the orchestrator's words, or that it has heard nothing")
    func explain() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            let early = try await world.ask(.get, "/api/v1/runs/\(run)/explain")
            #expect(early.status == 200 && early.body["findings"]?[0]?["cause"]?.text == "not_heard")
            let finding = RunFinding(.gate, "waits", since: Self.now, remedy: "ainer approve")
            let diagnosis = Diagnosis(
                runID: run, status: .paused, stage: .plan, findings: [finding], asOf: Self.now)
            world.knowing.know { $0.diagnoses[run] = diagnosis }
            let said = try await world.ask(.get, "/api/v1/runs/\(run)/explain")
            let expected = try JSON.value(diagnosis)
            #expect(said.body == expected)
            #expect(try await world.ask(.get, "/api/v1/runs/\(run)/explain", as: "key-stranger").status == 404)
        }
    }

    @Test("are nobody's of another tenant")
    func strangers() async throws {
        try await GatewayWorld.open { world in
            world.knowing.know { $0.nodes = [Self.nodeView()] }
            for path in ["status", "workers", "queues", "dead-letters"] {
                let said = try await world.ask(.get, "/api/v1/ops/\(path)", as: "key-stranger")
                #expect(said.status == 404)
            }
        }
    }
}
