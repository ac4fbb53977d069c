// GatewayTests · tests · sees Contracts, GatewayCore, HTTP, Ports, Wire
import Contracts
import GatewayCore
import HTTP
import Ports
import Testing
import Wire

@Suite("A submission")
struct SubmissionTests {
    @Test(
        "E2E-002: is answered 202, told once to the orchestrator, and reads queued until it is heard of",
        arguments: GatewayWorld.Ground.allCases)
    func submitted(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let run = try await world.submit()
            let shown = try await world.ask(.get, "/api/v1/runs/\(run)")
            #expect(shown.status == 200 && shown.body["status"]?.text == "queued")
            #expect(
                shown.body["run_status"]?.text == "queued"
                    && shown.body["links"]?["events"]?.text == "/api/v1/runs/\(run)/events")
            let told = try await world.submissions(1)
            #expect(told.map(\.eventType) == [.ainer(.taskSubmitted)] && told[0].runID == run)
            let spec = try JSON.typed(TaskSpec.self, told[0].payload)
            #expect(spec.chapterID == "lighthouse" && spec.requestedQuality == .draft && spec.tenantID == .local)
            try await world.say(
                .runCreated, RunCreated(runID: run, taskID: spec.taskID, absentSkills: []), about: run)
            let isRunning = try await world.becomes(run, "running")
            #expect(isRunning)
        }
    }

    @Test(
        "E2E-009: asked again under its key is the same run, said once; another request under it is refused and says when it was used",
        arguments: GatewayWorld.Ground.allCases)
    func again(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let first = try await world.submit()
            let again = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story(), with: ["Idempotency-Key": "k1"])
            #expect(again.status == 202 && again.fields["Idempotency-Replayed"] == "true")
            #expect(again.body["run_id"]?.text == first.rawValue)
            let other = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story("Another one."), with: ["Idempotency-Key": "k1"])
            #expect(other.status == 409 && other.body["error_code"]?.text == "REQ-IDEMPOTENCY-001")
            #expect(other.body["used_at"] != nil && other.body["retryable"] == .bool(false))
            // Another tenant's key is another key.
            let stranger = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story(), as: "key-stranger", with: ["Idempotency-Key": "k1"])
            #expect(stranger.status == 422, "it has no project to put it in")
            let second = try await world.submit(key: "k2")
            #expect(try await world.submissions(2).map(\.runID) == [first, second])
            let list = try await world.ask(.get, "/api/v1/runs")
            #expect(list.body["items"]?.items.compactMap { $0["run_id"]?.text } == [second, first].map(\.rawValue))
        }
    }

    @Test("that comes twenty times at once is one run", arguments: GatewayWorld.Ground.allCases)
    func atOnce(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let runs = try await withThrowingTaskGroup(of: RunID.self) { group in
                for _ in 0..<20 { group.addTask { try await world.submit() } }
                return try await group.reduce(into: Set<RunID>()) { $0.insert($1) }
            }
            #expect(runs.count == 1)
            let next = try await world.submit(key: "k2")
            #expect(Set(try await world.submissions(2).compactMap(\.runID)) == runs.union([next]))
        }
    }

    @Test("with U+0000 in its story, or with none in it, is refused and says where", arguments: ["a\u{0}b", "", " \n"])
    func noStory(_ text: String) async throws {
        try await GatewayWorld.open(.laptop) { world in
            let answer = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story(text), with: ["Idempotency-Key": "k1"])
            #expect(answer.status == 422 && answer.body["error_code"]?.text == "REQ-VALIDATION-001")
            #expect(answer.body["errors"]?[0]?["pointer"]?.text == "#/story/text")
        }
    }

    @Test("says the key, the project and the trace in its body or in fields, and never two things at once")
    func governance() async throws {
        try await GatewayWorld.open { world in
            var members = ["project_id": JSONValue.string("local"), "idempotency_key": .string("k9")]
            for (name, value) in [("trace_id", "tr_1"), ("correlation_id", "cr_1"), ("tenant_id", "local")] {
                members[name] = .string(value)
            }
            guard case .object(let story) = GatewayWorld.story() else { return }
            let wish = JSONValue.object(story.merging(members) { $1 })
            #expect(try await world.ask(.post, "/api/v1/tasks", wish).status == 202)
            let told = try await world.submissions(1)
            #expect(told[0].traceID.rawValue == "tr_1" && told[0].correlationID.rawValue == "cr_1")
            let twice = try await world.ask(.post, "/api/v1/tasks", wish, with: ["Idempotency-Key": "k8"])
            #expect(twice.status == 422)
            #expect(twice.body["errors"]?[0]?["pointer"]?.text == "#/idempotency_key")
            let keyless = try await world.ask(.post, "/api/v1/tasks", GatewayWorld.story())
            #expect(keyless.status == 422 && keyless.body["errors"]?[0]?["parameter"]?.text == "Idempotency-Key")
            let tenant = try await world.ask(
                .post, "/api/v1/tasks", GatewayWorld.story(), with: ["Idempotency-Key": "k7", "X-Tenant-Id": "t_other"])
            #expect(tenant.status == 403)
        }
    }

    @Test(
        "beyond what a token may ask for is told when to come back, and every answer says how much is left",
        arguments: GatewayWorld.Ground.allCases)
    func limited(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground, under: .init(requests: Allowance(2, every: .seconds(60), burst: 2))) {
            world in
            let first = try await world.ask(.get, "/api/v1/runs")
            #expect(first.status == 200 && first.fields["RateLimit-Policy"] == "\"requests\";q=2;w=60")
            #expect(first.fields["RateLimit"]?.hasPrefix("\"requests\";r=1;t=") == true)
            #expect(try await world.ask(.get, "/api/v1/runs").status == 200)
            let third = try await world.ask(.get, "/api/v1/runs")
            #expect(third.status == 429 && third.body["error_code"]?.text == "SYS-RESOURCE-002")
            #expect(third.fields["Retry-After"].flatMap { Int($0) }.map { (1...60).contains($0) } == true)
            #expect(try await world.ask(.get, "/api/v1/runs", as: "key-viewer").status == 200)
        }
    }

    @Test("and a wish that was granted once is answered again as it was, whatever the run has become")
    func wishAgain() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            let pause = { try await world.ask(.post, "/api/v1/runs/\(run)/pause", with: ["Idempotency-Key": "p1"]) }
            #expect(try await pause().status == 202)
            try await world.say(.runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: []), about: run)
            let isOver = try await world.becomes(run, "succeeded")
            #expect(isOver)
            let again = try await pause()
            #expect(again.status == 202 && again.fields["Idempotency-Replayed"] == "true")
            let new = try await world.ask(.post, "/api/v1/runs/\(run)/pause", with: ["Idempotency-Key": "p2"])
            #expect(new.status == 409 && new.body["error_code"]?.text == "ORCH-CANCELED-004")
        }
    }

    @Test("without a database is turned away at once, also among many, and told when to come back")
    func databaseAway() async throws {
        try await GatewayWorld.open { world in
            _ = try await world.submit()
            await world.database.close()
            let said = try await withThrowingTaskGroup(of: GatewayWorld.Said.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await world.ask(
                            .post, "/api/v1/tasks", GatewayWorld.story(), with: ["Idempotency-Key": "d\(number)"])
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(said.allSatisfy { $0.status == 503 && $0.fields["Retry-After"] != nil })
        }
    }
}
