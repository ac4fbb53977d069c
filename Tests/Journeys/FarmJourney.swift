// JourneyTests · tests · sees AinerCLI, Contracts, Kit, Ports, PostgresDriver, ProcessDriver
import Contracts
import Foundation
import Kit
import Ports
import PostgresDriver
import ProcessDriver
import Testing

/// The whole farm, as `./ainer dev up` starts it: nine programs in eleven processes, and their servers.
private struct Farm: Sendable {
    static let services = [
        "gateway", "orchestrator-1", "orchestrator-2", "worker-hub-1", "worker-hub-2", "worker-video", "worker-audio",
        "worker-llm", "worker-lipsync", "composer", "observer",
    ]

    let folder: String

    init(in folder: String) { self.folder = folder + "/dev" }

    @discardableResult
    func dev(_ words: String...) async throws -> String {
        let script =
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path + "/infra/scripts/dev.sh"
        var environment = ProcessInfo.processInfo.environment
        environment["AINER_DEV"] = folder
        environment["AINER_PORT"] = nil
        let ended = try await ChildPrograms().run(
            Program(script, words, deadline: .seconds(300), environment: environment), input: [])
        return String(decoding: ended.output, as: UTF8.self)
    }

    func fact(_ name: String, in file: String = "facts") throws -> String {
        let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + "=") }
        return String(line?.dropFirst(name.count + 1) ?? "")
    }

    /// What a client of this farm is told.
    func client() throws -> [String: String] {
        ["AINER_SERVER": "http://127.0.0.1:\(try fact("api"))", "AINER_TOKEN_FILE": folder + "/token"]
    }

    func database(_ owner: String) async throws -> PostgresDatabase {
        try await PostgresDatabase.open(url: try fact("url", in: "servers/postgres16/about"), owner: owner)
    }
}

@Suite("The farm", .serialized, .timeLimit(.minutes(12)))
struct FarmJourney {
    /// A farm that stands until the body is done, and a client's household beside it.
    private func standing(_ visit: (Farm, Household) async throws -> Void) async throws {
        let place = try Household()
        defer { place.clear() }
        let farm = Farm(in: place.folder)
        do {
            try await farm.dev("up")
            let client = try Household(try farm.client())
            defer { client.clear() }
            try await visit(farm, client)
        } catch {
            try await farm.dev("down")
            throw error
        }
        try await farm.dev("down")
    }

    private func submit(_ client: Household, seed: Int) async throws -> String {
        let story = try client.write(Household.story)
        let submitted = try await client.ask(["submit", story, "--quality", "draft", "--seed", "\(seed)"])
        #expect(submitted.status == 0, "\(submitted.complaint)")
        return String(submitted.output.prefix { $0 != "\n" })
    }

    private func film(of run: String, _ client: Household) async throws -> Data {
        let ended = try await client.ask(["artifacts", run, "-o", client.out + run, "--type", "final_video"])
        #expect(ended.status == 0, "\(ended.complaint)")
        return try Data(contentsOf: URL(fileURLWithPath: client.out + run + "/final_video.mp4"))
    }

    private func laptopFilm(seed: Int) async throws -> Data {
        let laptop = try Household()
        defer { laptop.clear() }
        let made = try await laptop.askMake(try laptop.write(Household.story), ["--seed", "\(seed)"])
        #expect(made.status == 0, "\(made.complaint)")
        return try Data(contentsOf: URL(fileURLWithPath: laptop.out + "/cup.mp4"))
    }

    @Test("makes the laptop's film, while each of its processes and servers is killed once, and counts add up")
    func killed() async throws {
        try await standing { farm, client in
            #expect(try await client.ask(["status"]).output.hasPrefix("idle"))
            var runs: [String] = []
            for seed in 1...3 { runs.append(try await submit(client, seed: seed)) }
            // The order is the test's own; every one of them is at work by now, or is asked the next moment.
            for name in Farm.services.filter({ $0 != "observer" }) + ["rabbit", "postgres16"] {
                try await farm.dev("kill", name)
                try await farm.dev("restart", name)
            }
            try await expectAll(farm)
            for run in runs {
                let watched = try await client.ask(["watch", run])
                #expect(watched.status == 0, "\(watched.output)\(watched.complaint)")
            }
            for seed in 1...3 {
                #expect(try await film(of: runs[seed - 1], client) == (try await laptopFilm(seed: seed)))
            }
            try await tally(farm, runs)
            #expect(try await client.ask(["dlq"]).output == "no dead letters\n")
            try await expectAll(farm)
        }
    }

    /// Every process runs; the last words of one that does not are told.
    private func expectAll(_ farm: Farm) async throws {
        for line in try await farm.dev("status").split(separator: "\n") where line.hasSuffix("is down") {
            let name = line.prefix { $0 != " " }
            Issue.record("\(name) is down: \(try await farm.dev("logs", String(name)).suffix(3000))")
        }
    }

    /// Counted beside the services, in their tables.
    private func tally(_ farm: Farm, _ runs: [String]) async throws {
        let orchestrator = try await farm.database("orchestrator")
        let hub = try await farm.database("hub")
        let isPublished = try await eventually {
            let left = try await orchestrator.transaction { try await $0.row(Self.unpublished()) ?? 0 }
            return try await hub.transaction { try await $0.row(Self.unpublished()) ?? 0 } + left == 0
        }
        #expect(isPublished, "everything that was committed is published")
        let ends = try await orchestrator.transaction { try await $0.rows(Self.said("run.succeeded")) }
        #expect(ends.count == runs.count, "every run ends once")
        let jobs = try await orchestrator.transaction { try await $0.rows(Self.jobs()) }
        #expect(Set(jobs.map(\.1)) == ["succeeded"])
        let settled = try await hub.transaction { try await $0.rows(Self.said("job.succeeded")) }
        #expect(settled.count == jobs.count, "one accepted result a job")
        let doubles = try await hub.transaction { try await $0.row(Self.doubles()) ?? -1 }
        #expect(doubles == 0, "one promotion an artifact")
        await orchestrator.close()
        await hub.close()
    }

    private static let unpublished = statement(
        "test.unpublished", gives: (Int).self, "SELECT count(*) FROM events WHERE published_at IS NULL")
    private static let said = statement(
        "test.said", takes: String.self, gives: (EventID).self, "SELECT id FROM events WHERE type = $1")
    private static let jobs = statement(
        "test.jobs", gives: (String, String).self, "SELECT id, status FROM orchestrator.jobs")
    private static let doubles = statement(
        "test.doubles", gives: (Int).self,
        """
        SELECT count(*)
        FROM (SELECT job_id, kind, unit FROM hub.artifacts GROUP BY job_id, kind, unit HAVING count(*) > 1) AS doubles
        """)

    @Test("ends a worker gently when it is told to, fails as a sandbox orders, and is told everything again unharmed")
    func gently() async throws {
        try await standing { farm, client in
            let run = try await submit(client, seed: 7)
            try await farm.dev("restart", "worker-audio")
            try await farm.dev("restart", "worker-video")
            let log = try String(contentsOfFile: farm.folder + "/log/worker-video.log", encoding: .utf8)
            #expect(log.contains("\"message\":\"stopping\"") && !log.contains("not everything ended in time"))
            #expect(try await client.ask(["watch", run]).status == 0)
            let hub = try await farm.database("hub")
            let lost = try await hub.transaction { try await $0.rows(Self.losses()) }.max() ?? 0
            #expect(lost == 0, "no attempt was cut off")
            await hub.close()
            let why = try await client.ask(["why", run])
            #expect(why.output.contains("succeeded"), "\(why.complaint)")
            // The same farm, because it takes long to stand up: E2E-003, E2E-019, E2E-008 and E2E-010.
            try await Acceptance.isPlannedAndCompiled(client)
            try await Acceptance.failsAsOrdered(client)
            try await Acceptance.isReplayed(client)
        }
    }

    private static let losses = statement("test.losses", gives: (Int).self, "SELECT losses FROM hub.leases")
}
