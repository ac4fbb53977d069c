// SharedTests · tests · sees Contracts, Delivery, Embedded, Kit, Ports, Telemetry, Wire
import Contracts
import Delivery
import Embedded
import Kit
import Ports
import Synchronization
import Telemetry
import Testing
import Wire

@Suite("An inbox", .timeLimit(.minutes(1)))
struct InboxTests {
    @Test("gives back what came before its cause, and nothing else of its batch")
    func notYet() async throws {
        let world = try World()
        defer { world.clear() }
        let (bus, queue) = (try await world.openBus(), QueueName("ainer.test"))
        try await bus.declare(Topology([queue: []]))
        let names = (1...3).map { EventID(trusted: "evt_\($0)") }
        try await bus.publish(try names.map { try Self.letter($0, to: queue) })
        let inbox = Inbox(
            bus: bus, queue: queue, vault: try await world.openVault(), clock: world.clock, log: .silent,
            ladder: Ladder(first: .milliseconds(50)))
        let heard = Mutex<[EventID]>([])
        let early = names[1]
        await inbox.run { envelopes in
            let isFirst = heard.withLock { heard in
                defer { heard += envelopes.map(\.eventID) }
                return !heard.contains(early)
            }
            if isFirst, envelopes.contains(where: { $0.eventID == early }) {
                throw NotYet([early], because: "its cause is under way")
            }
            if heard.withLock({ $0.count }) == 4 { Task { await bus.close() } }
        }
        #expect(heard.withLock { $0.sorted() } == [names[0], early, early, names[2]])
    }

    private static func letter(_ name: EventID, to queue: QueueName) throws -> Letter {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: RunID(trusted: "run_1"), traceID: TraceID(trusted: "t"),
            correlationID: CorrelationID(trusted: "c"), idempotencyKey: IdempotencyKey(trusted: "k"))
        let claim = LeaseClaim(
            jobID: JobID(trusted: "job_1"), attempt: 1, leaseToken: 1, nodeID: NodeID(trusted: "node_1"))
        let envelope = EventEnvelope(
            eventID: name, type: .ainer(.leaseRenewed), at: Timestamp(microseconds: 1), from: .workerVideo,
            trail: trail,
            jobID: claim.jobID, payload: try JSON.payload(claim))
        return Letter(id: name, to: .queue(queue), body: try EnvelopeGate.write(envelope))
    }
}
