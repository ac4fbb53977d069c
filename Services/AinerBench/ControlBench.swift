// AinerBench · wiring · sees Contracts, Delivery, Embedded, Opening, OrchestratorHouse, Ports, ProcessDriver, ServiceHost, Telemetry, WorkerHubHouse, WorkerKitHouse, WorkerKitShell, Wire
import Contracts
import Delivery
import Embedded
import Foundation
import Opening
import OrchestratorHouse
import Ports
import ProcessDriver
import ServiceHost
import Telemetry
import Wire
import WorkerHubHouse
import WorkerKitHouse
import WorkerKitShell

/// What deciding costs: runs of empty jobs through orchestrator, hub and workers, everything durable, with the servers and
/// every service on the same cores. And how long one empty job takes from its submission to the end of its run.
enum ControlBench {
    private static let runs = 100
    private static let shots = 18

    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        OpenFiles.raise()
        let servers = try await (BenchServer.start("rabbit"), BenchServer.start("postgres16"))
        var places = Places(folder: "")
        places.broker = try servers.0.fact("url") + "%2F"
        places.database = try servers.1.fact("url")
        let many: Set<JobType> = [.ingestStory, .planSceneShots, .renderVideo]
        var figures: [Figure] = []
        figures += try await throughput("control.farm", try await Floor.open(places, built: many))
        figures += try await peers(places)
        try await servers.0.stop()
        try await servers.1.stop()
        let fresh = try await (BenchServer.start("rabbit"), BenchServer.start("postgres16"))
        places.broker = try fresh.0.fact("url") + "%2F"
        places.database = try fresh.1.fact("url")
        let samples = max(20, Int(seconds * 20))
        figures += try await latency("control.rest.farm", try await Floor.open(places, built: [.ingestStory]), samples)
        try await fresh.0.stop()
        try await fresh.1.stop()
        figures += try await throughput("control.laptop", try await Floor.open(Places(folder: ""), built: many))
        figures += try await latency(
            "control.rest.laptop", try await Floor.open(Places(folder: ""), built: [.ingestStory]), samples)
        return figures
    }

    /// The same servers, the same cores, the same minute.
    private static func peers(_ places: Places) async throws -> [Figure] {
        let folder = NSTemporaryDirectory() + "ainer-bench-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too
        let lines = try await BenchServer.script("peers.sh", [folder, "work"]).split(separator: "\n")
        var environment = ProcessInfo.processInfo.environment
        environment["PEER_BROKER"] = places.broker.map { String($0.dropLast("%2F".count)) + "/" }
        environment["PEER_DATABASE"] = places.database
        var figures: [Figure] = []
        for (name, count, unit) in [("celery", 1000, "empty tasks/s"), ("dbos", 200, "workflows/s, of 3 steps")] {
            guard let line = lines.first(where: { $0.hasPrefix(name + "=") }) else { continue }
            let command = line.dropFirst(name.count + 1).split(separator: " ").map(String.init)
            let program = Program(
                command[0], Array(command.dropFirst()) + ["\(count)"], deadline: .seconds(200),
                environment: environment)
            let said = String(decoding: try await ChildPrograms().run(program, input: []).output, as: UTF8.self)
            guard let rate = said.split(separator: "\n").first(where: { $0.hasPrefix("rate=") }),
                let value = Double(rate.dropFirst("rate=".count))
            else { throw BenchFault("\(name) said: \(said.suffix(400))") }
            figures.append(Figure(name: "control." + name, value: value, unit: unit))
        }
        return figures
    }

    private static func throughput(_ name: String, _ floor: Floor) async throws -> [Figure] {
        // The first runs make files, plans and connections.
        try await floor.finish(10)
        let (jobs, letters, before) = (Double(runs * (shots + 2)), try await floor.letters(), try await floor.commits())
        let began = ContinuousClock.now
        try await floor.finish(runs)
        let passed = (ContinuousClock.now - began) / .seconds(1)
        let said = Double(try await floor.letters() - letters) / jobs
        var figures = [
            Figure(name: name, value: jobs / passed, unit: "jobs/s, of \(runs) runs of \(shots + 2)"),
            // The workers' own three come on top: a start, a result, and a word about it.
            Figure(name: name + ".publishes", value: said + 3, unit: "letters a job"),
        ]
        if let before, let after = try await floor.commits() {
            figures.append(
                Figure(name: name + ".transactions", value: Double(after - before) / jobs, unit: "transactions a job"))
        }
        await floor.close()
        return figures
    }

    private static func latency(_ name: String, _ floor: Floor, _ samples: Int) async throws -> [Figure] {
        try await floor.finish(10)
        var times: [Double] = []
        for _ in 0..<samples {
            let began = ContinuousClock.now
            try await floor.finish(1)
            times.append((ContinuousClock.now - began) / .milliseconds(1))
        }
        await floor.close()
        times.sort()
        return [
            Figure(name: name + ".p50", value: times[times.count / 2], unit: "ms for one empty job"),
            Figure(name: name + ".p99", value: times[times.count * 99 / 100], unit: "ms for one empty job"),
        ]
    }
}

/// Orchestrator, hub and workers that do nothing, put together as in a process of theirs.
struct Floor {
    private static let ends = QueueName("ainer.bench.ends")

    private let folder: String
    private let bus: any MessageBus
    private let owners: [Doors.Owner]
    private let work: Task<Void, any Error>
    private let arrivals: Arrivals<Delivery>
    private let mint: Mint
    private let clock = SystemClock()
    private let isFarm: Bool

    static func open(_ where: Places, built: Set<JobType>, shots: Int = 18) async throws -> Floor {
        var places = `where`
        places.folder = NSTemporaryDirectory() + "ainer-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: places.folder, withIntermediateDirectories: true)
        let (clock, entropy) = (SystemClock(), SystemEntropy())
        let doors = Doors(places, name: "bench", clock: clock, entropy: entropy, log: .silent)
        let bus = try await doors.bus()
        try await bus.declare(Topology.built.joined(with: Topology([ends: [.runStatus]])))
        let objects = try await doors.objects()
        let mint = Mint(clock: clock, entropy: entropy)
        let vault = PayloadVault(objects: objects, mint: mint)
        let orchestrator = try await doors.owner("orchestrator", OrchestratorHouse.migrations, bus: bus, vault: vault)
        let hub = try await doors.owner("hub", HubHouse.migrations, bus: bus, vault: vault)
        let hubHouse = HubHouse(
            on: HubGround(
                desk: hub.desk, bus: bus, objects: objects, clock: clock, entropy: entropy, log: .silent))
        let runHouse = OrchestratorHouse(
            on: OrchestratorGround(
                desk: orchestrator.desk, bus: bus, hub: hubHouse.desk, clock: clock, entropy: entropy, log: .silent),
            built: built)
        let workers = WorkerHouse(
            on: WorkerGround(
                bus: bus, hall: OwnBench(objects), clock: clock, entropy: entropy, log: .silent, card: NodeCard()),
            [Seats(IdleEngine(pool: .llm, shots: shots), 16), Seats(IdleEngine(pool: .video, shots: shots), 64)])
        let services =
            orchestrator.services + hub.services + hubHouse.services + runHouse.services + workers.services
        return Floor(
            folder: places.folder, bus: bus, owners: [orchestrator, hub],
            work: Task { try await ServiceGroup.run(services) },
            arrivals: try await bus.subscribe(to: ends, prefetch: 512), mint: mint, isFarm: places.database != nil)
    }

    /// Hands in so many stories at once and returns when the run of each has succeeded.
    func finish(_ count: Int) async throws {
        try await bus.publish(try (0..<count).map { _ in try submission() })
        var left = count
        while left > 0, let batch = try await arrivals.next() {
            for delivery in batch {
                let event = try EnvelopeReader.read(delivery.letter.body)
                if event?.eventType == .ainer(.runFailed) { throw BenchFault("a run of empty jobs failed") }
                if event?.eventType == .ainer(.runSucceeded) { left -= 1 }
            }
            try await bus.settle(batch.map { Verdict($0, .done) })
        }
    }

    private func submission() throws -> Letter {
        let (run, task): (RunID, TaskID) = (mint.name(), mint.name())
        let key = try ObjectKey(hex: String(repeating: "a", count: 64)).orFault("a key")
        let spec = TaskSpec(
            taskID: task, tenantID: .local, projectID: .local, chapterID: "bench", requestedQuality: .draft,
            languageContext: "en",
            input: ArtifactMeta(
                artifactID: mint.name(), type: .sourceText, key: key, sizeBytes: 1, createdAt: clock.now()), seed: 1)
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: run, traceID: TraceID(trusted: run.rawValue),
            correlationID: CorrelationID(trusted: task.rawValue), idempotencyKey: IdempotencyKey(trusted: run.rawValue))
        let envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(.taskSubmitted), at: clock.now(), from: .gateway, trail: trail,
            payload: try JSON.payload(spec))
        return Letter(id: envelope.eventID, to: .topic(.taskSubmitted), body: try EnvelopeGate.write(envelope))
    }

    /// How many letters orchestrator and hub have said.
    func letters() async throws -> Int {
        var count = 0
        for owner in owners { count += try await owner.database.transaction { try await $0.row(Self.said()) ?? 0 } }
        return count
    }

    /// How many transactions the server has committed; nil without a server.
    func commits() async throws -> Int? {
        guard isFarm else { return nil }
        // A session tells the server's statistics of its transactions when it has been idle for a moment.
        try await Task.sleep(for: .seconds(2))
        return try await owners[0].database.transaction { try await $0.row(Self.committed()) }
    }

    func close() async {
        work.cancel()
        _ = await work.result
        await bus.close()
        for owner in owners { await owner.database.close() }
        try? FileManager.default.removeItem(atPath: folder)  // the system clears it too
    }

    private static let said = statement("bench.said", gives: (Int).self, "SELECT count(*) FROM events")
    private static let committed = statement(
        "bench.committed", gives: (Int).self,
        "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
}

extension Optional {
    fileprivate func orFault(_ what: String) throws -> Wrapped {
        guard let self else { throw BenchFault("there is no \(what)") }
        return self
    }
}
