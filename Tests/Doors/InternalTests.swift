// DoorTests · tests · sees Contracts, Embedded, HTTPServerDriver, Internal, Ports, Telemetry, Web
import Contracts
import Embedded
import HTTPServerDriver
import Internal
import Ports
import Synchronization
import Telemetry
import Testing
import Web

/// A service asked over its internal door answers what it would answer in the same process.
@Suite("A service asked over its internal door")
struct InternalTests {
    private static let token = "a-service-token-of-some-length"
    private static let now = Timestamp(microseconds: 1_700_000_000_000_000)
    private static let run = RunID(trusted: "run_1")

    /// Orchestrator and hub with an answer to everything about one run and one node.
    private final class Service: RunOperations, FarmOperations {
        let heard = Mutex<[String]>([])
        private func hear(_ word: some Any) { heard.withLock { $0.append("\(word)") } }

        func graph(of run: RunID) async throws -> RunGraph? {
            run == InternalTests.run ? RunGraph(runID: run, nodes: [], asOf: now) : nil
        }

        func why(_ run: RunID) async throws -> Diagnosis? {
            guard run == InternalTests.run else { return nil }
            let finding = RunFinding(.gate, "a \"gate\" 門", since: now, remedy: "ainer approve")
            return Diagnosis(runID: run, status: .paused, stage: .plan, findings: [finding], asOf: now)
        }

        func deadLetters(_ filter: DeadFilter, limit: Int) async throws -> DeadPage {
            hear((filter.queue ?? "", limit))
            return DeadPage(items: [letter], freezes: [], asOf: now)
        }

        func deadLetters(of event: EventID) async throws -> [DeadLetter] { event == letter.eventID ? [letter] : [] }

        func decide(_ wish: DeadWish) async throws -> DeadDecision {
            hear(wish)
            return DeadDecision(isPlan: wish.isPlan, count: 1, items: [letter])
        }

        func rebuild(_ wish: RebuildWish) async throws -> Rebuild { Rebuild(wish, letters: 3, tickets: 2) }
        func nodes() async throws -> [NodeView] {
            throw FailureReport(.resourceExhausted, "no room", owner: .workerHub)
        }
        func pools() async throws -> [PoolView] { Pool.allCases.map(PoolView.init) }
        func why(jobs: [JobID]) async throws -> [JobWhy] {
            hear(jobs)
            return []
        }

        func wish(_ wish: NodeWish, of node: NodeID) async throws -> Bool { node == NodeID(trusted: "node_1") }

        var letter: DeadLetter {
            DeadLetter(
                EventID(trusted: "evt_1"),
                DeathNotice(queue: "q", reason: "r", deliveries: 2, code: .dependencyDown), at: now)
        }
        private var now: Timestamp { InternalTests.now }
    }

    private static func open(
        showing shown: String = token, _ visit: (Service, RemoteRuns, RemoteFarm) async throws -> Void
    ) async throws {
        let service = Service()
        let ground = Ground(owner: .orchestrator, clock: SystemClock(), entropy: SystemEntropy(), log: .silent)
        let servers = try [
            InternalSite.orchestrator(service, token: token, version: "test", on: ground),
            InternalSite.hub(service, token: token, version: "test", on: ground),
        ].map { try HTTPServer.open(HTTPServerOptions(), responder: $0, log: .silent) }
        let lines = try servers.map {
            try InternalLine(
                to: .orchestrator, at: ["http://127.0.0.1:1", "http://127.0.0.1:\($0.port)/"], token: shown,
                patience: .seconds(30))
        }
        do { try await visit(service, RemoteRuns(lines[0]), RemoteFarm(lines[1])) } catch {
            for server in servers { await server.close() }
            throw error
        }
        for server in servers { await server.close() }
    }

    @Test("answers what it would answer in the same process, to the last word")
    func same() async throws {
        try await Self.open { service, runs, farm async throws in
            #expect(try await runs.graph(of: Self.run) == service.graph(of: Self.run))
            #expect(try await runs.why(Self.run) == service.why(Self.run))
            let stranger = RunID(trusted: "run_2")
            #expect(try await runs.graph(of: stranger) == nil)
            #expect(try await runs.why(stranger) == nil)
            let filter = DeadFilter(queue: "ainer.q", state: .dead)
            #expect(try await runs.deadLetters(filter, limit: 7) == service.deadLetters(filter, limit: 7))
            #expect(try await runs.deadLetters(of: EventID(trusted: "evt_1")) == [service.letter])
            #expect(try await runs.deadLetters(of: EventID(trusted: "evt_2")).isEmpty)
            let wish = DeadWish(.drop, filter, by: "ada", because: "noise", isPlan: true)
            #expect(try await runs.decide(wish) == service.decide(wish))
            let rebuild = RebuildWish(since: Self.now, isPlan: true)
            #expect(try await runs.rebuild(rebuild) == service.rebuild(rebuild))
            #expect(try await farm.rebuild(rebuild) == service.rebuild(rebuild))
            #expect(try await farm.pools() == service.pools())
            #expect(try await farm.why(jobs: [JobID(trusted: "job_1")]).isEmpty)
            #expect(try await farm.wish(NodeWish(.drain, because: "disk"), of: NodeID(trusted: "node_1")))
            #expect(try await farm.wish(NodeWish(.drain, because: "disk"), of: NodeID(trusted: "node_2")) == false)
            let heard = service.heard.withLock { $0 }
            #expect(heard.count == 5 && heard[0] == heard[1] && heard[2] == heard[3])
        }
    }

    @Test("that fails says with which code, and one that does not know us counts as silent")
    func failures() async throws {
        try await Self.open { _, _, farm in
            let failure = await #expect(throws: FailureReport.self) { try await farm.nodes() }
            #expect(failure?.errorCode == .resourceExhausted && failure?.message == "no room")
        }
        try await Self.open(showing: "another") { _, runs, _ in
            let failure = await #expect(throws: FailureReport.self) { try await runs.why(Self.run) }
            #expect(failure?.errorCode == .dependencyDown && failure?.message.contains("AINER_SERVICE_TOKEN") == true)
        }
    }

    @Test("that is not there is said to be silent, within moments")
    func silence() async throws {
        let line = try InternalLine(to: .workerHub, at: ["http://127.0.0.1:1"], token: Self.token)
        let failure = await #expect(throws: FailureReport.self) { try await RemoteFarm(line).pools() }
        #expect(failure?.errorCode == .dependencyDown && failure?.message.hasPrefix("the worker-hub") == true)
    }
}
