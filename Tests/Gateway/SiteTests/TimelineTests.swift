// GatewayTests · tests · sees Contracts, GatewayCore, HTTP, Kit, Ports, Wire
import Contracts
import GatewayCore
import HTTP
import Kit
import Ports
import Testing
import Wire

@Suite("The timeline of a run")
struct TimelineTests {
    private let shots = (1...2).map { ShotID(ordinal: $0) }

    /// Two shots, the first of so many frames; it is made in that second.
    private func make(_ frames: Int, at second: Int, of run: RunID, _ world: GatewayWorld) async throws {
        let timeline = Timeline(
            chapterID: "lighthouse", framesPerSecond: 24,
            shots: [
                ShotSpan(shotID: shots[0], firstFrame: 0, frames: frames),
                ShotSpan(shotID: shots[1], firstFrame: frames, frames: 48),
            ], lines: [])
        let stored = try await world.objects.put(try JSON.encode(timeline))
        let meta = ArtifactMeta(
            artifactID: world.mint.name(), type: .timeline, key: stored.key, sizeBytes: stored.sizeBytes,
            createdAt: Timestamp(microseconds: Int64(second) * 1_000_000), mimeType: "application/json")
        try await world.say(.runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: [meta]), about: run)
    }

    private func shown(_ run: RunID, _ world: GatewayWorld) async throws -> GatewayWorld.Said {
        try await world.ask(.get, "/api/v1/runs/\(run)/timeline")
    }

    private func duration(_ said: GatewayWorld.Said) -> JSONValue? { said.body["timeline"]?["total_duration_ms"] }

    private func patch(
        _ run: RunID, on version: Int, _ milliseconds: Int, key: String, _ world: GatewayWorld
    ) async throws -> GatewayWorld.Said {
        let edit = JSONValue.object([
            "op": .string("set_duration"), "shot_id": .string(shots[0].rawValue),
            "duration_ms": .integer(Int64(milliseconds)),
        ])
        return try await world.ask(
            .post, "/api/v1/runs/\(run)/timeline/patch",
            .object(["base_version": .integer(Int64(version)), "operations": .array([edit])]),
            with: ["Idempotency-Key": key])
    }

    @Test("is changed by whoever saw the newest, and goes back to what it was", arguments: GatewayWorld.Ground.allCases)
    func patched(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let run = try await world.submit()
            _ = try await world.submissions(1)
            #expect(try await shown(run, world).status == 404)
            try await make(48, at: 1, of: run, world)
            #expect(try await world.becomes(run, "succeeded") == true)
            let first = try await shown(run, world)
            #expect(first.body["version"] == .integer(1) && duration(first) == .integer(4000))
            let longer = try await patch(run, on: 1, 3000, key: "p1", world)
            #expect(longer.status == 202 && longer.body["version"] == .integer(2) && duration(longer) == .integer(5000))
            let again = try await patch(run, on: 1, 3000, key: "p1", world)
            #expect(again.body == longer.body && again.fields["Idempotency-Replayed"] == "true")
            let stale = try await patch(run, on: 1, 1000, key: "p2", world)
            #expect(stale.status == 409 && stale.body["version"] == .integer(2))
            #expect(try await patch(run, on: 2, 4000, key: "p3", world).status == 202)
            let id = try #require(longer.body["patch_id"]?.text)
            let back = try await world.ask(
                .post, "/api/v1/runs/\(run)/timeline/patches/\(id)/rollback", with: ["Idempotency-Key": "b1"])
            #expect(back.status == 202 && back.body["version"] == .integer(4) && duration(back) == .integer(4000))
            #expect(back.body["artifact"] == first.body["artifact"], "it rests on the same")
            #expect(try await shown(run, world).body == back.body)
            let list = try await world.ask(.get, "/api/v1/runs/\(run)/timeline/patches?limit=2")
            #expect(list.body["items"]?.items.compactMap { $0["version"] } == [.integer(4), .integer(3)])
            #expect(list.body["items"]?[0]?["rollback_of_patch_id"]?.text == id)
            let cursor = try #require(list.body["next_cursor"]?.text)
            let rest = try await world.ask(.get, "/api/v1/runs/\(run)/timeline/patches?limit=2&cursor=\(cursor)")
            #expect(rest.body["items"]?.items.compactMap { $0["version"] } == [.integer(2)])
            let told = try await world.submissions(3)
            #expect(told.allSatisfy { $0.eventType == .ainer(.timelinePatchRequested) })
            let words = try told.map { try JSON.typed(TimelineCommand.self, $0.payload) }
            #expect(
                words.allSatisfy { $0.shotIDs?.count == 1 && $0.timeline?.key != nil }, "one shot has another length")
            #expect(words[0].timeline?.key != words[1].timeline?.key)
            #expect(
                words.allSatisfy { $0.timeline?.artifactID.rawValue == first.body["artifact"]?["artifact_id"]?.text })
        }
    }

    @Test("that was made anew begins a version of its own, on which nothing older holds")
    func anew() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            try await make(48, at: 1, of: run, world)
            #expect(try await world.becomes(run, "succeeded") == true)
            let old = try await patch(run, on: 1, 3000, key: "p1", world)
            try await make(96, at: 2, of: run, world)
            let isNew = try await eventually { try await duration(shown(run, world)) == .integer(6000) }
            #expect(isNew)
            #expect(try await shown(run, world).body["version"] == .integer(3))
            #expect(try await patch(run, on: 2, 1000, key: "p2", world).status == 409)
            let id = try #require(old.body["patch_id"]?.text)
            let back = try await world.ask(
                .post, "/api/v1/runs/\(run)/timeline/patches/\(id)/rollback", with: ["Idempotency-Key": "b1"])
            #expect(back.status == 409)
        }
    }

    @Test("says what is wrong with a change, and where; two changes at once are one and a refusal")
    func refused() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            try await make(48, at: 1, of: run, world)
            #expect(try await world.becomes(run, "succeeded") == true)
            let place = "/api/v1/runs/\(run)/timeline/patch"
            let unknown = try await world.ask(
                .post, place,
                .object([
                    "base_version": .integer(1),
                    "operations": .array([.object(["op": .string("remove"), "shot_id": .string("S0009")])]),
                ]), with: ["Idempotency-Key": "p1"])
            #expect(unknown.status == 422 && unknown.body["errors"]?[0]?["pointer"]?.text == "#/operations/0/shot_id")
            let mute = try await world.ask(
                .post, place, .object(["base_version": .integer(1), "shot_id": .string(shots[0].rawValue)]),
                with: ["Idempotency-Key": "p2"])
            #expect(mute.status == 422 && mute.body["errors"]?[0]?["pointer"]?.text == "#/patch_text")
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...4 {
                    group.addTask { try await patch(run, on: 1, number * 1000, key: "c\(number)", world).status }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(answers.sorted() == [202, 409, 409, 409])
        }
    }
}
