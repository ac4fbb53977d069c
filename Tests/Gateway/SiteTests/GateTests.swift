// GatewayTests · tests · sees Contracts, GatewayCore, HTTP, Kit, Wire
import Contracts
import GatewayCore
import HTTP
import Kit
import Testing
import Wire

@Suite("A gate")
struct GateTests {
    private func decide(
        _ verb: String, _ run: RunID, key: String, as token: String = "key-owner",
        _ world: GatewayWorld
    ) async throws -> GatewayWorld.Said {
        try await world.ask(
            .post, "/api/v1/runs/\(run)/gates/animatic/\(verb)", .object(["comment": .string("seen")]), as: token,
            with: ["Idempotency-Key": key])
    }

    private func waiting(_ world: GatewayWorld) async throws -> [JSONValue] {
        try await world.ask(.get, "/api/v1/gates?status=waiting").body["items"]?.items ?? []
    }

    @Test(
        "waits until somebody decides; said twice it is one decision, and another one is refused",
        arguments: GatewayWorld.Ground.allCases)
    func decided(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let run = try await world.submit()
            _ = try await world.submissions(1)
            #expect(try await decide("approve", run, key: "a0", world).status == 404, "it has not come there")
            try await world.say(
                .reviewRequested, ReviewRequested(runID: run, gate: "animatic", reason: "look at it"), about: run)
            #expect(try await eventually { try await !waiting(world).isEmpty } == true)
            let shown = try await waiting(world)
            #expect(
                shown.count == 1 && shown[0]["run_id"]?.text == run.rawValue && shown[0]["reason"]?.text == "look at it"
            )
            let done = try await decide("approve", run, key: "a1", world)
            #expect(done.status == 202 && done.body["status"]?.text == "approved")
            #expect(done.body["decided_by"]?.text == "user_local" && done.body["comment"]?.text == "seen")
            #expect(try await decide("approve", run, key: "a2", world).status == 202)
            let other = try await decide("reject", run, key: "a3", world)
            #expect(other.status == 409 && other.body["error_code"]?.text == "ORCH-STATE-001")
            #expect(other.body["status"] == .integer(409))
            let told = try await world.submissions(1)
            #expect(told.map(\.eventType) == [.ainer(.reviewResolved)], "once")
            let said = try JSON.typed(ReviewResolved.self, told[0].payload)
            #expect(said.decision == .approve && said.gate == "animatic" && said.comment == "seen")
            #expect(try await waiting(world).isEmpty)
            let all = try await world.ask(.get, "/api/v1/runs/\(run)/gates")
            #expect(all.body["items"]?[0]?["status"]?.text == "approved")
        }
    }

    @Test("is for those who may review, and nobody else's run has one")
    func scopes() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            try await world.say(.reviewRequested, ReviewRequested(runID: run, gate: "animatic"), about: run)
            #expect(try await eventually { try await !waiting(world).isEmpty } == true)
            #expect(try await decide("approve", run, key: "a1", as: "key-viewer", world).status == 403)
            #expect(try await decide("approve", run, key: "a1", as: "key-stranger", world).status == 404)
            let foreign = try await world.ask(.get, "/api/v1/gates", as: "key-stranger")
            #expect(foreign.body["items"]?.items.isEmpty == true)
        }
    }

    @Test("of a run that is over, or whose default has decided, waits for nobody")
    func over() async throws {
        try await GatewayWorld.open { world in
            let (run, other) = (try await world.submit(), try await world.submit(key: "k2"))
            let past = Timestamp(microseconds: 1_000_000)
            try await world.say(
                .reviewRequested,
                ReviewRequested(runID: run, gate: "animatic", deadlineAt: past, defaultDecision: .approve), about: run)
            try await world.say(.reviewRequested, ReviewRequested(runID: other, gate: "animatic"), about: other)
            #expect(try await eventually { try await waiting(world).count == 1 } == true)
            let seen = try await world.ask(.get, "/api/v1/runs/\(run)/gates")
            #expect(seen.body["items"]?[0]?["status"]?.text == "approved")
            #expect(seen.body["items"]?[0]?["decided_by"] == nil)
            try await world.say(.runCanceled, RunStatusChanged(runID: other), about: other)
            #expect(try await eventually { try await waiting(world).isEmpty } == true)
            #expect(try await decide("approve", other, key: "a1", world).status == 409)
        }
    }

    @Test("shows a page at a time what waits longest")
    func pages() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            for gate in ["one", "two", "three"] {
                try await world.say(.reviewRequested, ReviewRequested(runID: run, gate: gate), about: run)
            }
            #expect(try await eventually { try await waiting(world).count == 3 } == true)
            let first = try await world.ask(.get, "/api/v1/gates?limit=2")
            let cursor = try #require(first.body["next_cursor"]?.text)
            let rest = try await world.ask(.get, "/api/v1/gates?limit=2&cursor=\(cursor)")
            let names = [first, rest].flatMap { $0.body["items"]?.items ?? [] }.compactMap { $0["gate"]?.text }
            #expect(names == ["one", "two", "three"] && rest.body["next_cursor"] == nil)
        }
    }
}
