// WorkerTests · tests · sees Contracts, Ports, Embedded, Kit, Telemetry, Wire, WorkerKitShell
import Contracts
import Embedded
import Kit
import Ports
import Synchronization
import Telemetry
import Testing
import Wire
import WorkerKitShell

@Suite("A worker of a pool", .timeLimit(.minutes(2)))
struct PoolWorkerTests {
    @Test("takes a ticket again whose start could not be told, and loses none by it")
    func deafBus() async throws {
        let world = try World()
        defer { world.clear() }
        let bus = DeafBus(try await world.openBus(), failures: 1)
        try await bus.declare(.built)
        try await bus.publish([try Self.ticket()])
        let (orders, perform) = AsyncStream<JobID>.makeStream()
        let mint = Mint(clock: world.clock, entropy: SystemEntropy())
        let node = WorkerNode(
            nodeID: mint.name(), bus: bus, bench: try await world.openStore(), clock: world.clock, mint: mint,
            log: .silent)
        let worker = Task { await PoolWorker(node: node, engine: Signal(perform)).work() }
        var order = orders.makeAsyncIterator()
        #expect(await order.next() != nil, "at its second try it begins")
        #expect(bus.failed == 1)
        worker.cancel()
        await worker.value
        #expect(try await bus.depth(of: .dead) == 0)
        await bus.close()
    }

    private static func ticket() throws -> Letter {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: RunID(trusted: "run_1"), traceID: TraceID(trusted: "t"),
            correlationID: CorrelationID(trusted: "c"), idempotencyKey: IdempotencyKey(trusted: "k"))
        var ticket = try JSON.typed(JobTicket.self, JSON.payload(Shape.jobTicket.example()))
        ticket.order.mishap = nil
        let envelope = EventEnvelope(
            eventID: EventID(trusted: "evt_ticket"), type: .ainer(.jobOffered), at: Timestamp(microseconds: 1),
            from: .workerHub, trail: trail, jobID: JobID(trusted: "job_1"),
            payload: try JSON.payload(ticket))
        return Letter(id: envelope.eventID, to: .queue(.tickets(.audio)), body: try EnvelopeGate.write(envelope))
    }
}

/// Says that it was reached, and then that it cannot do it.
private struct Signal: Engine {
    let pool = Pool.audio
    private let reached: AsyncStream<JobID>.Continuation

    init(_ reached: AsyncStream<JobID>.Continuation) { self.reached = reached }

    func perform(_ order: JobOrder, at bench: Workbench) async throws -> Produce {
        reached.yield(order.jobID)
        throw CancellationError()
    }
}

/// A bus that does not hear the first starts.
private final class DeafBus: MessageBus {
    private let bus: EmbeddedBus
    private let left: Mutex<Int>
    private let total: Int

    init(_ bus: EmbeddedBus, failures: Int) {
        self.bus = bus
        left = Mutex(failures)
        total = failures
    }

    var failed: Int { total - left.withLock { $0 } }

    func publish(_ letters: [Letter]) async throws(BusFailure) {
        let isDeaf = left.withLock { left in
            guard left > 0, letters.contains(where: { $0.address == .topic(.workerResult) }) else { return false }
            left -= 1
            return true
        }
        if isDeaf { throw BusFailure(.blocked, during: "publish", cause: "deaf") }
        try await bus.publish(letters)
    }

    func declare(_ topology: Topology) async throws(BusFailure) { try await bus.declare(topology) }
    func subscribe(to queue: QueueName, prefetch: Int) async throws(BusFailure) -> Arrivals<Delivery> {
        try await bus.subscribe(to: queue, prefetch: prefetch)
    }
    func settle(_ verdicts: [Verdict]) async throws(BusFailure) { try await bus.settle(verdicts) }
    func depth(of queue: QueueName) async throws(BusFailure) -> Int { try await bus.depth(of: queue) }
    func drop(_ queue: QueueName) async throws(BusFailure) { try await bus.drop(queue) }
    func tail(from position: TailPosition) async throws(BusFailure) -> Arrivals<TailEntry> {
        try await bus.tail(from: position)
    }
    func close() async { await bus.close() }
}
