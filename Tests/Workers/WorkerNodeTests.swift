// WorkerTests · tests · sees Contracts, Embedded, Kit, Ports, Telemetry, Wire, WorkerKitShell
import Contracts
import Embedded
import Kit
import Ports
import Telemetry
import Testing
import Wire
import WorkerKitShell

@Suite("A worker node")
struct WorkerNodeTests {
    @Test("says who it is, what it can do and how its cards are, and says goodbye")
    func telemetry() async throws {
        let stage = try await NodeStage(ScriptedWorker(.audio, .hangs))
        let told = try await stage.hears { !$0.pools.isEmpty }
        #expect(told?.version == "1.2" && told?.labels == ["rack": "b"] && told?.duty == .work)
        #expect(told?.pools == [NodePool(pool: .audio, slots: 1, jobTypes: [], models: ["robot"])])
        #expect(told?.gpus?.map(\.name) == ["card"])
        await stage.end()
        #expect(try await stage.hears { $0.isLast == true } != nil)
        await stage.close()
    }

    @Test("takes no ticket while it rests, and the one that waits when it is told to work")
    func rest() async throws {
        let stage = try await NodeStage(ScriptedWorker(.audio, .fails(NodeStage.failure)))
        _ = try await stage.hears { !$0.pools.isEmpty }
        try await stage.order(.rest)
        #expect(try await stage.hears { $0.duty == .rest } != nil)
        try await stage.ticket(1)
        try await stage.order(.work)
        #expect(try await stage.hears { $0.duty == .work } != nil)
        #expect(try await stage.reports() == JobID(trusted: "job_1"))
        await stage.end()
        await stage.close()
    }

    @Test("leaves a ticket in its queue that comes while it rests")
    func leaves() async throws {
        let stage = try await NodeStage(ScriptedWorker(.audio, .fails(NodeStage.failure)))
        try await stage.order(.rest)
        #expect(try await stage.hears { $0.duty == .rest } != nil)
        // What its subscription had asked for by then it may still have.
        try await stage.ticket(1)
        try await stage.ticket(2)
        try await stage.ticket(3)
        #expect(try await stage.depth() >= 2)
        await stage.end()
        await stage.close()
    }

    @Test("that is told to leave finishes its job, and is dismissed")
    func dismissed() async throws {
        let engine = Slow()
        let stage = try await NodeStage(engine)
        try await stage.ticket(1)
        var begun = engine.begun.stream.makeAsyncIterator()
        _ = await begun.next()
        try await stage.order(.leave)
        #expect(try await stage.hears { $0.duty == .leave }?.pools.map(\.busy) == [1])
        engine.end.continuation.finish()
        await stage.node.isDismissed()
        #expect(try await stage.reports() == JobID(trusted: "job_1"))
        await stage.end()
        await stage.close()
    }
}

/// A node with one engine, and the hub's ear.
private final class NodeStage: Sendable {
    static let failure = FailureReport(.executionFailed, "no", owner: .workerAudio)
    let node: WorkerNode
    private let world: World
    private let bus: EmbeddedBus
    private let ear: Arrivals<Delivery>
    private let tasks: [Task<Void, Never>]

    init(_ engine: any Engine) async throws {
        world = try World()
        let bus = try await world.openBus()
        self.bus = bus
        try await bus.declare(.built)
        let mint = Mint(clock: world.clock, entropy: SystemEntropy())
        var gpu = GPULoad(name: "card")
        gpu.utilization = 0.5
        let load = [gpu]
        let node = WorkerNode(
            nodeID: mint.name(), bus: bus, bench: try await world.openStore(), clock: world.clock, mint: mint,
            log: .silent,
            card: NodeCard(version: "1.2", labels: ["rack": "b"], models: [.audio: ["robot"]], gauge: { load }))
        self.node = node
        ear = try await bus.subscribe(to: .group(.workerResult, .workerHub), prefetch: 64)
        // The orders of a test may come before the node listens.
        try await bus.declare(Topology([.node(node.nodeID): []]))
        tasks = [
            Task { await node.listen() },
            Task { await PoolWorker(node: node, engine: engine).work() },
        ]
    }

    private func next(_ type: AinerEvent, _ isIt: (EventEnvelope) throws -> Bool) async throws -> EventEnvelope? {
        while let batch = try await ear.next() {
            try await bus.settle(batch.map { Verdict($0, .done) })
            let envelopes = try batch.compactMap { try EnvelopeReader.read($0.letter.body) }
            if let found = try envelopes.first(where: { try $0.eventType == .ainer(type) && isIt($0) }) { return found }
        }
        return nil
    }

    /// The first telemetry from now on that is like this.
    func hears(_ isIt: (NodeTelemetry) -> Bool) async throws -> NodeTelemetry? {
        let envelope = try await next(.nodeTelemetry) { isIt(try JSON.typed(NodeTelemetry.self, $0.payload)) }
        return try envelope.map { try JSON.typed(NodeTelemetry.self, $0.payload) }
    }

    /// The job of the next result.
    func reports() async throws -> JobID? { try await next(.workerReported) { _ in true }?.jobID }

    func order(_ duty: NodeDuty) async throws {
        let order = NodeOrder(nodeID: node.nodeID, duty: duty, reason: "a test")
        try await say(.nodeDutyChanged, order, to: .queue(.node(node.nodeID)))
    }

    func ticket(_ number: Int) async throws {
        let order = JobOrder(
            jobID: JobID(trusted: "job_\(number)"), runID: RunID(trusted: "run_1"), jobType: .synthAudio, pool: .audio,
            attempt: 1, unit: nil, inputs: [], quality: .draft, seed: 1, timeoutMS: 60_000)
        try await say(
            .jobOffered, JobTicket(order: order, leaseToken: 1, leaseMS: 60_000), to: .queue(.tickets(.audio)))
    }

    func depth() async throws -> Int { try await bus.depth(of: .tickets(.audio)) }

    private func say(_ type: AinerEvent, _ payload: some Encodable, to address: Letter.Address) async throws {
        let mint = Mint(clock: world.clock, entropy: SystemEntropy())
        let envelope = EventEnvelope(
            eventID: mint.name(), type: .ainer(type), at: world.clock.now(), from: .workerHub,
            trail: .house(about: node.nodeID), payload: try JSON.payload(payload))
        try await bus.publish([Letter(id: envelope.eventID, to: address, body: try EnvelopeGate.write(envelope))])
    }

    /// Ends the node as its host does.
    func end() async {
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    func close() async {
        await ear.end()
        await bus.close()
        world.clear()
    }
}

/// Says that it began, and ends when it is told.
private final class Slow: Engine {
    let pool = Pool.audio
    let begun = AsyncStream<Void>.makeStream()
    let end = AsyncStream<Never>.makeStream()

    func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        begun.continuation.yield()
        for await _ in end.stream {}
        try Task.checkCancellation()
        return Produce(products: [])
    }
}
