// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Kit, Ports, ProcessDriver, SQLiteDriver, Wire
import Contracts
import Foundation
import Kit
import Ports
import ProcessDriver
import Testing
import Wire

@Suite("ainer as a client of an ainer that serves", .serialized)
struct ClientJourney {
    /// A household in which one serves, until the body is done.
    private func served(_ visit: (Household, Running) async throws -> Void) async throws {
        let house = try Household(["AINER_PORT": "0"])
        defer { house.clear() }
        let server = try await house.serve()
        try await visit(house, server)
        server.signal(SIGKILL)
        _ = await server.ended()
    }

    private func document(_ ended: Household.Ended) throws -> JSONValue {
        #expect(ended.status == 0, "\(ended.complaint)")
        return try JSON.value(of: Array(ended.output.utf8))
    }

    private func keys(_ value: JSONValue?) -> Set<String> {
        guard case .object(let members)? = value else { return [] }
        return Set(members.keys)
    }

    @Test("hands in a story, watches it become a film, and finds it again")
    func submitAndWatch() async throws {
        try await served { house, _ in
            let story = try house.write(Household.story)
            let submitted = try await house.ask(["submit", story, "--quality", "draft", "--tag", "ep12"])
            #expect(submitted.status == 0, "\(submitted.complaint)")
            let run = String(submitted.output.prefix { $0 != "\n" })
            let watched = try await house.ask(["watch", run])
            #expect(watched.status == 0, "\(watched.complaint)")
            #expect(watched.output.contains("cut and mixed") && watched.output.contains("✔ done"))
            let listed = try await house.ask(["runs", "--tag", "ep12", "--status", "succeeded"])
            #expect(listed.output.contains(run) && listed.output.contains("100 %"))
            #expect(try await house.ask(["runs", "--tag", "other"]).output.contains("no runs yet"))
            #expect(try await house.ask(["runs", run]).output.contains("ep12"))
            let artifacts = try await house.ask(["artifacts", run])
            #expect(artifacts.output.contains("final_video") && artifacts.output.contains("dialogue_wav"))
            let refused = try await house.ask(["cancel", run, "--reason", "too late"])
            #expect(refused.status == 5)
            #expect(refused.complaint.contains("the run is succeeded"), "\(refused.complaint)")
        }
    }

    @Test("answers with one JSON document, whose keys stay")
    func json() async throws {
        try await served { house, _ in
            let story = try house.write(Household.story)
            let receipt = try document(try await house.ask(["submit", story, "--quality", "draft", "--json"]))
            #expect(keys(receipt) == ["run_id", "task_id", "status", "quote", "links"])
            guard case .string(let run)? = receipt["run_id"] else {
                Issue.record("no run")
                return
            }
            let order = try document(try await house.ask(["pause", run, "--json"]))
            #expect(keys(order).isSuperset(of: ["run_id", "status", "links"]))
            _ = try document(try await house.ask(["resume", run, "--json"]))
            let events = try await house.ask(["watch", run, "--json"]).output.split(separator: "\n")
            let heard = try events.compactMap { try EnvelopeReader.read(Array($0.utf8)) }
            #expect(heard.count == events.count)
            #expect(heard.last?.eventType == .ainer(.runSucceeded))
            #expect(keys(try document(try await house.ask(["runs", "--json"]))) == ["items"])
            let sheet = try document(try await house.ask(["runs", run, "--json"]))
            #expect(keys(sheet).isSuperset(of: ["run_id", "status", "stage", "progress", "outcome", "tags"]))
            #expect(keys(try document(try await house.ask(["artifacts", run, "--json"]))) == ["items"])
            let unknown = try await house.ask(["runs", "run_01ARZ3NDEKTSV4RRFFQ69G5FAV", "--json"])
            #expect(unknown.status == 3 && unknown.output.isEmpty)
            let problem = try JSON.value(of: Array(unknown.complaint.utf8))
            #expect(problem["error_code"] == .string("REQ-NOT_FOUND-002"))
        }
    }

    @Test("says how the farm is and why a run is where it is, and does what an operator wishes of a worker")
    func operate() async throws {
        try await served { house, _ in
            let isIdle = try await eventually { try await house.ask(["status"]).output.hasPrefix("idle") }
            #expect(isIdle)
            let nodes = try await house.ask(["workers"]).output
            let node = String(nodes.prefix { $0 != " " })
            #expect(node.hasPrefix("node_") && nodes.contains("ready"))
            let rests = try await house.ask(["workers", "cordon", node, "--reason", "a new disk"])
            #expect(rests.output.contains("cordoned") && rests.output.contains("a new disk"), "\(rests.complaint)")
            let run = try await house.ask(["submit", try house.write(Household.story)]).output.prefix { $0 != "\n" }
            let isHeld = try await eventually {
                let why = try await house.ask(["why", String(run)]).output
                return why.contains("workers_away") && why.contains("a new disk")
            }
            #expect(isHeld)
            #expect(try await house.ask(["status"]).output.hasPrefix("waiting"))
            #expect(try await house.ask(["queues", "rebuild"]).output.contains("tickets are made anew"))
            #expect(try await house.ask(["workers", "uncordon", node]).output.contains("ready"))
            let watched = try await house.ask(["watch", String(run)])
            #expect(watched.status == 0, "\(watched.complaint)")
            #expect(try await house.ask(["why", String(run)]).output.contains("succeeded"))
            #expect(try await house.ask(["jobs", String(run)]).output.contains("compose_final"))
            #expect(try await house.ask(["dlq"]).output == "no dead letters\n")
        }
    }

    @Test("a changed timeline is another film: a shot that stays longer, and one that is left out")
    func recut() async throws {
        try await served { house, _ in
            let story = try house.write(Household.story)
            let run = String(
                try await house.ask(["submit", story, "--quality", "draft", "--wait"]).output.split(separator: "\n")
                    .first { $0.contains("run_") }?.trimmingCharacters(in: .whitespaces) ?? "")
            let before = try await timeline(of: run, house)
            let shots = try #require(
                before["timeline"]?["segments"]?.elements.filter { $0["track"] == .string("video") })
            try #require(shots.count > 2)
            func id(_ shot: JSONValue) -> JSONValue { shot["shot_id"] ?? .null }
            let wish = JSONValue.object([
                "base_version": .integer(1),
                "operations": .array([
                    .object([
                        "op": .string("set_duration"), "shot_id": id(shots[0]), "duration_ms": .integer(9000),
                    ]),
                    .object(["op": .string("remove"), "shot_id": id(shots[1])]),
                ]),
            ])
            try await house.post("/api/v1/runs/\(run)/timeline/patch", wish)
            let watched = try await house.ask(["watch", run])
            #expect(watched.status == 0, "\(watched.output)\(watched.complaint)")
            let after = try await timeline(of: run, house)
            #expect(after["version"] == .integer(2))
            guard case .integer(let wanted)? = after["timeline"]?["total_duration_ms"] else {
                return fail("no duration")
            }
            let artifacts = try await house.ask(["artifacts", run, "-o", house.out, "--json"])
            let films = try JSON.value(of: Array(artifacts.output.utf8))["items"]?.elements.filter {
                $0["artifact_type"] == .string("final_video")
            }
            #expect(films?.count == 2, "the old film is kept, the new one stands beside it")
            guard case .string(let path)? = films?.last?["path"] else { return fail("no film") }
            let words = ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path]
            let probe = try await ChildPrograms().run(Program("ffprobe", words, deadline: .seconds(60)), input: [])
            let seconds = Double(
                String(decoding: probe.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
            #expect(abs((seconds ?? 0) - Double(wanted) / 1000) < 0.2, "\(seconds ?? 0) for \(wanted)")
        }
    }

    @Test(
        "E2E-008: a story in a sandbox fails as it orders, and what failed can be traced; ordered once, it is tried again"
    )
    func sandbox() async throws { try await served { house, _ in try await Acceptance.failsAsOrdered(house) } }

    @Test("E2E-003, E2E-019: a plan comes in its stage, pictures after their compiled shots, and both are whole")
    func planned() async throws { try await served { house, _ in try await Acceptance.isPlannedAndCompiled(house) } }

    @Test("E2E-010: everything that was said of a film is said again, and nothing of it changes")
    func replayed() async throws { try await served { house, _ in try await Acceptance.isReplayed(house) } }

    private func fail(_ word: Comment) { Issue.record(word) }

    private func timeline(of run: String, _ house: Household) async throws -> JSONValue {
        try JSON.value(of: try await house.fetch("/api/v1/runs/\(run)/timeline"))
    }

    @Test("the same key is the same run, and another story under it is refused")
    func key() async throws {
        try await served { house, _ in
            let story = try house.write(Household.story)
            let first = try await house.ask(["submit", story, "--quality", "draft", "--key", "once"])
            #expect(
                try await house.ask(["submit", story, "--quality", "draft", "--key", "once"]).output == first.output)
            let other = try await house.ask(["submit", story, "--quality", "draft", "--seed", "2", "--key", "once"])
            #expect(other.status == 5 && other.complaint.contains("REQ-IDEMPOTENCY-001"), "\(other.complaint)")
        }
    }

    @Test("goes on watching when the server is killed and another one takes its place, and hears every event once")
    func cut() async throws {
        let house = try Household(["AINER_PORT": "0"])
        defer { house.clear() }
        let first = try await house.serve()
        let story = try house.write(Household.story)
        let run = String(try await house.ask(["submit", story, "--quality", "draft"]).output.prefix { $0 != "\n" })
        let watcher = try house.start(["watch", run, "--json"])
        let before = await watcher.heard(until: "job.claimed")
        first.signal(SIGSTOP)
        first.signal(SIGKILL)
        _ = await first.ended()
        let second = try await house.serve()
        let after = await watcher.ended()
        second.signal(SIGTERM)
        #expect(await second.ended().status == 0)
        #expect(after.status == 0, "\(after.complaint)")
        let events = try (before + after.output).split(separator: "\n").compactMap {
            try EnvelopeReader.read(Array($0.utf8))
        }
        #expect(Set(events.map(\.eventID)).count == events.count)
        #expect(events.first?.eventType == .ainer(.runCreated))
        #expect(events.last?.eventType == .ainer(.runSucceeded))
    }

    @Test("stops watching at Ctrl-C with status 130, and the run goes on")
    func interrupted() async throws {
        try await served { house, _ in
            let run = try await house.ask(["submit", try house.write(Household.story)]).output.prefix { $0 != "\n" }
            let watcher = try house.start(["watch", String(run)])
            _ = await watcher.heard(until: "run_")
            watcher.signal(SIGINT)
            let ended = await watcher.ended()
            #expect(ended.status == 130)
            #expect(ended.output.contains("ainer watch \(run)"))
            #expect(try await house.ask(["cancel", String(run)]).status == 0)
            let over = try await house.ask(["watch", String(run)])
            #expect(over.status == 1 && over.output.contains("canceled"), "\(over.output)\(over.complaint)")
        }
    }

    @Test("makes a film through the one who serves the folder, and the same story again is the same run")
    func makeThere() async throws {
        try await served { house, _ in
            let story = try house.write(Household.story)
            let made = try await house.askMake(story)
            #expect(made.status == 0, "\(made.output)\(made.complaint)")
            let film = try Data(contentsOf: URL(fileURLWithPath: house.out + "/cup.mp4"))
            let sum = "sha256:" + SHA256.hex(of: Array(film))
            #expect(try await house.promoted().values.contains { $0.checksum == sum })
            for ending in ["srt", "png", "json"] {
                #expect(FileManager.default.fileExists(atPath: house.out + "/cup." + ending))
            }
            let run = made.output.firstMatch(of: #/run_[0-9A-Z]{26}/#)?.output ?? ""
            #expect(try await house.askMake(story).output.contains(run))
            #expect(try Data(contentsOf: URL(fileURLWithPath: house.out + "/cup.mp4")) == film)
        }
    }

    @Test("makes a token that opens as much as it says, for as long as it says, and ends it")
    func tokens() async throws {
        try await served { house, _ in
            #expect(try await house.ask(["token", "list"]).output.contains("no tokens"))
            let made = try await house.ask(["token", "create", "ci", "--scope", "runs:read", "--days", "3"])
            #expect(made.status == 0, "\(made.complaint)")
            let lines = made.output.split(separator: "\n").map(String.init)
            let id = try #require(made.output.firstMatch(of: /tok_[0-9A-Z]{26}/)).output
            let list = try await house.ask(["token", "list"]).output
            #expect(list.contains("\(id)  ci  runs:read  until 20"), "\(list)")
            let reader = try Household(["AINER_SERVER": try house.address(), "AINER_TOKEN": lines[0]])
            defer { reader.clear() }
            #expect(try await reader.ask(["runs"]).status == 0)
            let refused = try await reader.ask(["submit", try reader.write(Household.story)])
            #expect(refused.status == 4 && refused.complaint.contains("runs:write"), "\(refused.complaint)")
            #expect(try await house.ask(["token", "revoke", String(id)]).status == 0)
            #expect(try await reader.ask(["runs"]).status == 4)
        }
    }

    @Test("makes a link that brings a browser in")
    func open() async throws {
        try await served { house, _ in
            let opened = try await house.ask(["open"])
            #expect(opened.status == 0, "\(opened.complaint)")
            let link = try #require(opened.output.split(separator: "\n").first)
            #expect(link.hasPrefix(try house.address() + "/enter?code="))
            #expect(opened.output.contains("good once, for 5 minutes"))
        }
    }

    @Test("says what a retake would make anew, and makes it")
    func retake() async throws {
        try await served { house, _ in
            let story = try house.write(Household.story)
            let submitted = try await house.ask(["submit", story, "--quality", "draft", "--wait", "--json"])
            let run = try #require(submitted.output.firstMatch(of: /run_[0-9A-Z]{26}/)).output
            let plan = try await house.ask(["retake", String(run), "S0001", "--dry-run"])
            #expect(plan.status == 0, "\(plan.complaint)")
            #expect(
                plan.output.contains("render_video S0001") && plan.output.contains("compose_final"), "\(plan.output)")
            #expect(try await house.ask(["runs", String(run)]).output.contains("succeeded"))
            #expect(try await house.ask(["retake", String(run), "S0001"]).status == 0)
            let again = try await house.ask(["watch", String(run)])
            #expect(again.status == 0 && again.output.contains("✔ done"), "\(again.output)\(again.complaint)")
            #expect(try await house.ask(["retake", String(run), "S9999"]).status != 0)
        }
    }

    @Test("tells what happens to every run from now on")
    func tail() async throws {
        try await served { house, _ in
            let story = try house.write(Household.story)
            let old = String(try await house.ask(["submit", story, "--quality", "draft", "--wait", "--json"]).output)
            #expect(old.contains("\"status\":\"succeeded\""))
            let tail = try house.start(["tail"])
            let run = String(try await house.ask(["submit", story, "--quality", "draft"]).output.prefix { $0 != "\n" })
            let heard = await tail.heard(until: "run.succeeded")
            tail.signal(SIGINT)
            #expect(await tail.ended().status == 130)
            #expect(heard.split(separator: "\n").allSatisfy { $0.contains(run) })
        }
    }

    @Test("says in plain words that nobody serves, that the key is wrong, and what was typed wrong")
    func refusals() async throws {
        let alone = try Household()
        defer { alone.clear() }
        let nobody = try await alone.ask(["runs"])
        #expect(nobody.status == 69 && nobody.complaint.contains("start one: ainer serve"))
        #expect(try await alone.ask(["runs", "--server", "http://127.0.0.1:1"]).status == 69)
        #expect(try await alone.ask(["runs", "--server", "nowhere"]).status == 2)
        #expect(try await alone.ask(["watch", "nobody"]).status == 2)
        #expect(try await alone.ask(["submit", "nowhere.md", "--server", "http://127.0.0.1:1"]).status == 66)
        let house = try Household(["AINER_PORT": "0", "AINER_TOKEN": "not-ours"])
        defer { house.clear() }
        let server = try await house.serve()
        let stranger = try await house.ask(["runs"])
        #expect(stranger.status == 4 && stranger.complaint.contains("ainer login"), "\(stranger.complaint)")
        server.signal(SIGTERM)
        #expect(await server.ended().status == 0)
    }
}

extension Household {
    /// One that serves this folder, and has said so.
    func serve() async throws -> Running {
        let server = try start(["serve"])
        _ = await server.heard(until: "stop it with Ctrl-C")
        return server
    }

    /// As `run`, for a test that serves meanwhile: it holds no thread of the tasks while it waits.
    func ask(_ arguments: [String], input: String? = nil) async throws -> Ended {
        await (try start(arguments, input: input)).ended()
    }

    /// What somebody asks who speaks HTTP himself.
    func fetch(_ path: String) async throws -> [UInt8] { try await curl([try address() + path]) }

    func post(_ path: String, _ body: JSONValue) async throws {
        let text = String(decoding: JSON.text(of: body), as: UTF8.self)
        let fields = ["-H", "Content-Type: application/json", "-H", "Idempotency-Key: curl", "-d", text]
        _ = try await curl(fields + [try address() + path])
    }

    private func curl(_ words: [String]) async throws -> [UInt8] {
        let key = try String(contentsOfFile: data + "/token", encoding: .utf8).trimmingCharacters(in: .newlines)
        let all = ["-sS", "--fail-with-body", "-H", "Authorization: Bearer \(key)"] + words
        return try await ChildPrograms().run(Program("curl", all, deadline: .seconds(30)), input: []).output
    }

    func askMake(_ story: String, _ more: [String] = []) async throws -> Ended {
        try await ask(["make", story, "-o", out, "--quality", "draft"] + more)
    }
}

extension Running {
    func ended() async -> Household.Ended { await aside { $0.wait() } }
    func heard(until words: String) async -> String { await aside { $0.hear(until: words) } }

    /// Waits on a thread of its own.
    private func aside<Value: Sendable>(_ wait: @escaping @Sendable (Running) -> Value) async -> Value {
        await withCheckedContinuation { reply in
            Thread.detachNewThread { reply.resume(returning: wait(self)) }
        }
    }
}

extension JSONValue {
    fileprivate var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}
