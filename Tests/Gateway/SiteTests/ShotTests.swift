// GatewayTests · tests · sees Contracts, GatewayCore, HTTP, Kit, Ports, Wire
import Contracts
import GatewayCore
import HTTP
import Kit
import Ports
import Testing
import Wire

@Suite("Shots of a run")
struct ShotTests {
    private let shots = [ShotID(ordinal: 1), ShotID(ordinal: 2)]

    private func plan(_ version: String) -> ShotPlan {
        let planned = shots.enumerated().map { place, id in
            Shot(
                shotID: id, intent: "show", segments: [1], lines: place == 0 ? [LineID(ordinal: 1)] : [],
                minimumMS: 1500,
                draft: ShotDSL(
                    shotID: id, seed: 1, timing: .init(durationMS: 1500), setting: .init(kind: "room"), light: .init(),
                    camera: .init(framing: "wide")))
        }
        return ShotPlan(
            chapterID: "lighthouse", planVersion: version, title: version, language: "en",
            scenes: [
                Scene(
                    sceneID: SceneID(ordinal: 1), placeID: PlaceID(ordinal: 1), setting: .init(kind: "room"),
                    light: .init(time: "night"), cast: [], shots: planned)
            ],
            lines: [
                Line(
                    lineID: LineID(ordinal: 1), kind: .speech, speaker: CharacterID(ordinal: 1),
                    text: "The lamp is out.", emotion: "tense")
            ])
    }

    private func head(_ run: RunID, _ number: Int, _ type: JobType, _ unit: String? = nil) -> JobHead {
        JobHead(jobID: JobID(trusted: "job_\(number)"), runID: run, jobType: type, unit: unit, attempt: 1)
    }

    /// Binding gives the plan, line 1 is spoken, both shots are drawn, everything is cut and judged.
    private func graph(of run: RunID) -> RunGraph {
        func node(_ number: Int, _ type: JobType, _ unit: String?, after: [Int]) -> RunGraph.Node {
            RunGraph.Node(
                head(run, number, type, unit), stage: .video, pool: .video, status: .succeeded,
                after: after.map { JobID(trusted: "job_\($0)") })
        }
        return RunGraph(
            runID: run,
            nodes: [
                node(6, .evaluateQuality, nil, after: [5]), node(1, .bindShotPlan, nil, after: []),
                node(2, .synthAudio, "L001", after: [1]), node(3, .renderVideo, shots[0].rawValue, after: [2]),
                node(4, .renderVideo, shots[1].rawValue, after: [1]), node(5, .composeFinal, nil, after: [2, 3, 4]),
            ], asOf: Timestamp(microseconds: 0))
    }

    /// A run that has a plan, a drawn shot and a spoken line.
    private func planned(_ world: GatewayWorld) async throws -> RunID {
        let run = try await world.submit()
        _ = try await world.submissions(1)
        for (number, type, version) in [(1, JobType.planSceneShots, "draft"), (2, .bindShotPlan, "v1")] {
            let stored = try await world.objects.put(try JSON.encode(plan(version)))
            let meta = ArtifactMeta(
                artifactID: world.mint.name(), type: .shotPlan, key: stored.key, sizeBytes: stored.sizeBytes,
                createdAt: Timestamp(microseconds: Int64(number)), mimeType: "application/json")
            try await succeeds(head(run, number, type), [meta], world)
        }
        let film = ArtifactMeta(
            artifactID: world.mint.name(), type: .shotVideo, uri: "object:x", checksum: "sha256:x", sizeBytes: 1,
            createdAt: Timestamp(microseconds: 3))
        try await succeeds(head(run, 3, .renderVideo, shots[0].rawValue), [film], world)
        try await succeeds(head(run, 4, .synthAudio, LineID(ordinal: 1).rawValue), [], world)
        return run
    }

    private func succeeds(_ head: JobHead, _ artifacts: [ArtifactMeta], _ world: GatewayWorld) async throws {
        try await world.say(.jobSucceeded, Succeeded(head: head, artifacts: artifacts), about: head.runID, head.jobID)
    }

    /// `job.succeeded`, as the hub would say it of a result.
    private struct Succeeded: Encodable {
        let head: JobHead
        let artifacts: [ArtifactMeta]

        func encode(to encoder: any Encoder) throws {
            try head.encode(to: encoder)
            var container = encoder.container(keyedBy: JobSucceeded.CodingKeys.self)
            try container.encode(JobStatus.succeeded, forKey: .status)
            try container.encode(artifacts, forKey: .artifacts)
            try container.encode(JobOutput(), forKey: .output)
            try container.encode(Timestamp(microseconds: 1), forKey: .startedAt)
            try container.encode(Timestamp(microseconds: 2), forKey: .finishedAt)
        }
    }

    @Test(
        "are those of its newest plan, each with its work and what was made of it",
        arguments: GatewayWorld.Ground.allCases)
    func listed(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let run = try await planned(world)
            let isThere = try await eventually {
                let said = try await world.ask(.get, "/api/v1/runs/\(run)/shots")
                return said.body["items"]?[0]?["jobs"]?.items.count == 2
            }
            #expect(isThere)
            let said = try await world.ask(.get, "/api/v1/runs/\(run)/shots")
            let first = try #require(said.body["items"]?[0])
            #expect(said.body["items"]?.items.count == 2 && first["shot_id"]?.text == shots[0].rawValue)
            #expect(first["status"]?.text == "succeeded" && first["artifacts"]?.items.count == 1)
            #expect(first["lines"]?[0]?["text"]?.text == "The lamp is out.")
            #expect(said.body["items"]?[1]?["status"] == nil, "nobody was told to draw it")
            let bare = try await world.submit(key: "k2")
            #expect(try await world.ask(.get, "/api/v1/runs/\(bare)/shots").body["items"]?.items.isEmpty == true)
        }
    }

    @Test("made anew mean their drawing and what rests on it; a dry run says so and changes nothing")
    func redone() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            _ = try await world.submissions(1)
            world.knowing.know { $0.graphs[run] = graph(of: run) }
            let place = "/api/v1/runs/\(run)/shots/\(shots[1])/regenerate"
            let dry = try await world.ask(.post, place + "?dry_run=true", with: ["Idempotency-Key": "r1"])
            let jobs = dry.body["jobs"]?.items.compactMap { $0["job_id"]?.text } ?? []
            #expect(dry.status == 200 && Set(jobs) == ["job_4", "job_5", "job_6"])
            let early = try await world.ask(.post, place, with: ["Idempotency-Key": "r1"])
            #expect(early.status == 409, "it has not begun")
            try await world.say(.runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: []), about: run)
            #expect(try await world.becomes(run, "succeeded") == true)
            for replayed in [nil, "true"] {
                let said = try await world.ask(
                    .post, place, .object(["reason": .string("the hat")]), with: ["Idempotency-Key": "r2"])
                #expect(said.status == 202 && said.fields["Idempotency-Replayed"] == replayed)
            }
            let told = try await world.submissions(1)
            #expect(told.map(\.eventType) == [.ainer(.shotRegenerateRequested)], "once, and not for the dry run")
            let command = try JSON.typed(ShotCommand.self, told[0].payload)
            #expect(command.shotIDs == [shots[1]] && command.reason == "the hat")
            let none = try await world.ask(
                .post, "/api/v1/runs/\(run)/shots/S099/regenerate", with: ["Idempotency-Key": "r3"])
            #expect(none.status == 404)
            let all = try await world.ask(
                .post, "/api/v1/runs/\(run)/regenerate?dry_run=true", .object([:]), with: ["Idempotency-Key": "r4"])
            #expect(all.body["shot_ids"]?.items.count == 2 && all.body["jobs"]?.items.count == 4)
            let viewer = try await world.ask(.post, place, as: "key-viewer", with: ["Idempotency-Key": "r5"])
            #expect(viewer.status == 403)
        }
    }
}
