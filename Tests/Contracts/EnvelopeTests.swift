// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("An envelope")
struct EnvelopeTests {
    private func progress() throws -> EventEnvelope {
        try Specimen.envelope(.ainer(.runProgressUpdated))
    }

    @Test("is written one way only: sorted keys, no spaces, slashes as they are, the payload untouched")
    func canonical() throws {
        var envelope = try progress()
        envelope.idempotencyKey = IdempotencyKey(trusted: "k")
        envelope.payload = Payload(trusted: Array(#"{"run_id":"run_1", "note":"a/b" }"#.utf8))
        #expect(
            String(decoding: EnvelopeWriter.write(envelope), as: UTF8.self) == """
                {"catalog":"ainer","correlation_id":"cr_1","event_id":"evt_01JDK5Z8Y3W9QF7V2N4T6R8PXB",\
                "event_type":"run.progress.updated","event_version":"1.0","idempotency_key":"k",\
                "occurred_at":"2026-02-26T12:00:00.000000Z","payload":{"run_id":"run_1", "note":"a/b" },\
                "producer":"orchestrator","project_id":"local","run_id":"run_01JDK5Z8Y3W9QF7V2N4T6R8PXA",\
                "schema_version":"1.0","tenant_id":"local","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736"}
                """)
    }

    @Test("of every type comes back the same from its own writing", arguments: [false, true])
    func roundTrip(onlyRequired: Bool) throws {
        for entry in Registry.standard.entries where entry.lifecycle == .live {
            let envelope = Specimen.envelope(entry, onlyRequired: onlyRequired)
            let back = try EnvelopeReader.read(EnvelopeGate.write(envelope))
            #expect(back == envelope, "\(entry.name)")
        }
    }

    @Test("keeps every optional field, and the fields of a newer writer where their names belong")
    func keepsAll() throws {
        var envelope = try progress()
        envelope.causationID = "evt_0"
        envelope.userID = "u1"
        envelope.forwardedBy = .gateway
        envelope.visibility = .operator
        envelope.persistence = .transient
        envelope.replayCount = 2
        envelope.failure = FailureMark(errorCode: "ORCH-STATE-001", retryable: false)
        envelope.metadata = ["b": .integer(1), "a": .null]
        envelope.extras = ["aaa": .integer(1), "mmm": .array([.bool(true)]), "zzz": .string("é")]
        let bytes = EnvelopeWriter.write(envelope)
        #expect(try EnvelopeReader.read(bytes) == envelope)
        #expect(try JSON.text(of: JSON.value(of: bytes)) == bytes, "it is in canonical order")
    }

    @Test("hands its trail on to the answer, with a key of the answer's own")
    func trail() throws {
        let cause = try progress()
        func answer(_ id: String, distinct: String? = nil) -> EventEnvelope {
            EventEnvelope(
                eventID: EventID(trusted: id), type: .ainer(.runSucceeded), at: cause.occurredAt, from: .orchestrator,
                trail: cause.trail, payload: .empty, distinct: distinct)
        }
        #expect(answer("evt_2").traceID == cause.traceID)
        #expect(answer("evt_2").runID == cause.runID)
        #expect(answer("evt_2").idempotencyKey != cause.idempotencyKey)
        #expect(answer("evt_2").idempotencyKey != answer("evt_3").idempotencyKey)
        #expect(answer("evt_2", distinct: "1").idempotencyKey == answer("evt_3", distinct: "1").idempotencyKey)
    }

    @Test("with a big payload is carried by reference, whatever its type")
    func byReference() throws {
        var envelope = try Specimen.envelope(.ainer(.jobCreated))
        envelope.payload = JSON.payload(Shape.payloadReference.example())
        #expect(try EnvelopeReader.read(EnvelopeWriter.write(envelope)) == envelope)
    }

    @Test("of a module by its old name is understood")
    func oldModuleNames() throws {
        let bytes = try Specimen.spoiled(.ainer(.runCreated), #""orchestrator""#, #""ainern2d-orchestrator""#)
        #expect(try EnvelopeReader.read(bytes)?.producer == .orchestrator)
    }

    @Test("of an old name arrives as the new one")
    func oldNames() throws {
        let bytes = try Specimen.spoiled(.ainer(.jobEnqueued), "job.enqueued", "step.enqueued")
        #expect(try EnvelopeReader.read(bytes)?.eventType == .ainer(.jobEnqueued))
    }

    @Test("with old words for an outcome is understood, and the new ones are written")
    func oldWords() throws {
        let bytes = try Specimen.spoiled(.ainer(.jobSucceeded), #""status":"succeeded""#, #""status":"success""#)
        #expect(try EnvelopeReader.read(bytes)?.eventType == .ainer(.jobSucceeded))
        #expect(try JSON.decode(JobStatus.self, from: #""success""#) == .succeeded)
        #expect(try JSON.text(JobStatus.succeeded) == #""succeeded""#)
    }
}
