// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("An envelope")
struct EnvelopeTests {
    private func envelope() -> EventEnvelope {
        let trail = Trail(
            tenantID: .local, projectID: .local, runID: RunID(trusted: "run_1"), traceID: TraceID(trusted: "t"),
            correlationID: CorrelationID(trusted: "c"), idempotencyKey: IdempotencyKey(trusted: "k"))
        return EventEnvelope(
            eventID: EventID(trusted: "evt_1"), type: .runProgressUpdated, at: Timestamp(microseconds: 0),
            from: .orchestrator,
            trail: trail, payload: .object(["jobs_done": .integer(1), "note": .string("a/b"), "ratio": .number(0.5)]))
    }

    @Test("is written one way only: sorted keys, no spaces, slashes as they are")
    func canonical() throws {
        #expect(
            try JSON.text(envelope()) == """
                {"correlation_id":"c","event_id":"evt_1","event_type":"run.progress.updated","event_version":"1.0",\
                "idempotency_key":"k","occurred_at":"1970-01-01T00:00:00.000000Z","payload":{"jobs_done":1,"note":"a/b",\
                "ratio":0.5},"producer":"orchestrator","project_id":"local","run_id":"run_1","schema_version":"1.0",\
                "tenant_id":"local","trace_id":"t"}
                """)
    }

    @Test("comes back the same from its own writing")
    func roundTrip() throws {
        #expect(try JSON.decode(EventEnvelope.self, from: JSON.text(envelope())) == envelope())
    }

    @Test("hands its trail on to the answer")
    func trail() {
        let answer = EventEnvelope(
            eventID: EventID(trusted: "evt_2"), type: .runSucceeded, at: Timestamp(microseconds: 1),
            from: .orchestrator,
            trail: envelope().trail, payload: .null)
        #expect(answer.traceID == envelope().traceID)
        #expect(answer.runID == envelope().runID)
    }

    @Test("of every type has a topic or goes to one queue by name")
    func topics() {
        #expect(EventType.allCases.filter { $0.topic == nil } == [.leaseRefused])
    }
}
