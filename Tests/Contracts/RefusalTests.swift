// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("An envelope is refused, with the reason and the place,")
struct RefusalTests {
    private func expect(
        _ bytes: [UInt8], _ reason: EnvelopeRefusal.Reason, at path: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        do throws(EnvelopeRefusal) {
            _ = try EnvelopeReader.read(bytes)
            Issue.record("it was let in", sourceLocation: sourceLocation)
        } catch {
            #expect(error.reason == reason, "\(error)", sourceLocation: sourceLocation)
            #expect(error.path == path, "\(error)", sourceLocation: sourceLocation)
        }
    }

    @Test(
        "when a required field is missing or null",
        arguments: [
            "event_id", "event_type", "event_version", "schema_version", "occurred_at", "producer", "tenant_id",
            "project_id", "trace_id", "correlation_id", "idempotency_key", "payload",
        ])
    func missing(field: String) throws {
        let written = EnvelopeWriter.write(try Specimen.envelope(.ainer(.runCreated)))
        guard case .object(var members) = try JSON.value(of: written) else { return }
        members[field] = .null
        expect(JSON.text(of: .object(members)), .missingField, at: "$.\(field)")
        members[field] = nil
        expect(JSON.text(of: .object(members)), .missingField, at: "$.\(field)")
    }

    @Test("when its type is not registered in its catalogue")
    func unregistered() throws {
        expect(
            try Specimen.spoiled(.ainer(.runCreated), "run.created", "run.exploded"), .unregisteredType,
            at: "$.event_type")
        expect(
            try Specimen.spoiled(.ainer(.runCreated), #""catalog":"ainer""#, #""catalog":"agent""#), .badName,
            at: "$.event_type")
        expect(
            try Specimen.spoiled(.agent(.textDelta), "text_delta", "text_explosion"), .unregisteredType,
            at: "$.event_type")
        expect(
            try Specimen.spoiled(.genesis(.sessionStarted), "Session.Started", "Session.Exploded"), .unregisteredType,
            at: "$.event_type")
        expect(
            try Specimen.spoiled(.unit(.executionStarted), "execution_started", "execution_exploded"),
            .unregisteredType, at: "$.event_type")
        expect(
            try Specimen.spoiled(.ainer(.runCreated), #""catalog":"ainer""#, #""catalog":"film""#), .unknownCatalogue,
            at: "$.catalog")
    }

    @Test("when its name is not written as its catalogue writes names")
    func naming() throws {
        for name in ["Run.Created", "created", "run created", "run..created", "a.b.c.d.e", "step.finished", ""] {
            expect(
                try Specimen.spoiled(.ainer(.runCreated), "run.created", name), .badName, at: "$.event_type")
        }
        for name in ["genesis.session.started", "Genesis.Started", "Genesis.Session.Theme.Proposed.Twice"] {
            expect(
                try Specimen.spoiled(.genesis(.sessionStarted), "Genesis.Session.Started", name), .badName,
                at: "$.event_type")
        }
        for name in ["TextDelta", "text.delta"] {
            expect(try Specimen.spoiled(.agent(.textDelta), "text_delta", name), .badName, at: "$.event_type")
        }
        expect(
            try Specimen.spoiled(.unit(.executionStarted), "execution_started", "started"), .badName,
            at: "$.event_type")
    }

    @Test("when somebody says what another module has to say")
    func producers() throws {
        expect(
            try Specimen.spoiled(.ainer(.runCreated), #""orchestrator""#, #""gateway""#), .foreignProducer,
            at: "$.producer")
        expect(
            try Specimen.spoiled(.ainer(.runCreated), #""orchestrator""#, #""stranger""#), .foreignProducer,
            at: "$.producer")
        expect(
            try Specimen.spoiled(.ainer(.runCreated), #""idempotency_key""#, #""forwarded_by":"x","idempotency_key""#),
            .foreignProducer, at: "$.forwarded_by")
    }

    @Test("when it is a failure and does not say why, in every catalogue")
    func failures() throws {
        let failures = Registry.standard.entries.filter(\.isFailure)
        #expect(
            failures.map(\.name) == [
                "auth.login.failed", "run.failed", "job.failed", "compose.failed", "Genesis.Session.Failed",
                "execution_failed", "error",
            ])
        for entry in failures {
            var envelope = Specimen.envelope(entry)
            envelope.failure = nil
            expect(EnvelopeWriter.write(envelope), .unexplainedFailure, at: "$.error_code")
            envelope.failure = FailureMark(errorCode: "", retryable: true)
            expect(EnvelopeWriter.write(envelope), .unexplainedFailure, at: "$.error_code")
            for word in ["FOO", "lower-case-001", "ORCH-STATE-001 ", "FOO" + "-BAR-001", "ORCH-STATE-1"] {
                envelope.failure = FailureMark(errorCode: word, retryable: true)
                expect(EnvelopeWriter.write(envelope), .malformedField, at: "$.error_code")
            }
            expect(
                try Specimen.spoiled(
                    entry.type, #""retryable":true,"run_id":"run_01JDK5Z8Y3W9QF7V2N4T6R8PXA","sch"#, #""sch"#),
                .unexplainedFailure, at: "$.retryable")
        }
        for type in [AinerEvent.workerReported, .workerVideoCompleted] {
            expect(
                try Specimen.spoiled(.ainer(type), #""status":"succeeded""#, #""status":"error""#),
                .unexplainedFailure, at: "$.error_code")
        }
    }

    @Test("when a key is spelled with escapes and hides a fault")
    func escapedKeys() throws {
        let type = EventType.ainer(.runStageChanged)
        let escaped = try Specimen.spoiled(type, #""new_stage""#, #""new_\u0073tage""#)
        #expect(try EnvelopeReader.read(escaped)?.eventType == type)
        expect(
            try Specimen.spoiled(type, #""producer""#, #""pr\u006fducer":"gateway","producer""#), .duplicateField,
            at: "$.producer")
        expect(
            try Specimen.spoiled(type, #""new_stage""#, #""new_\u0073tage":"lunch","new_stage""#), .payloadMismatch,
            at: "$.payload.new_stage")
    }

    @Test("when its payload says something else than the envelope around it")
    func innerWords() throws {
        expect(
            try Specimen.spoiled(.agent(.textDelta), #""note""#, #""event_type":"text_end","note""#), .payloadMismatch,
            at: "$.payload.event_type")
        expect(
            try Specimen.spoiled(
                .genesis(.sessionStarted), #""note""#, #""event_type":"Genesis.Session.Finished","note""#),
            .payloadMismatch, at: "$.payload.event_type")
        expect(
            try Specimen.spoiled(.unit(.executionStarted), #""unit_name":"model.create""#, #""unit_name":"app.stop""#),
            .payloadMismatch, at: "$.payload.domain")
    }

    @Test("when the reference that stands for its payload is not one, at the fault of the reference")
    func badReference() throws {
        var envelope = try Specimen.envelope(.ainer(.jobCreated))
        envelope.payload = Payload(trusted: Array(#"{"ref":{},"ids":[]}"#.utf8))
        expect(EnvelopeWriter.write(envelope), .payloadMismatch, at: "$.payload.ref.artifact_id")
    }

    @Test("when what stands around its payload is too much")
    func tooMuchAround() throws {
        var envelope = try Specimen.envelope(.ainer(.runCreated))
        envelope.metadata = ["a": .string(String(repeating: "x", count: Payload.mostBytes))]
        expect(EnvelopeWriter.write(envelope), .payloadTooLarge, at: "$")
    }

    @Test("when a catalogue's own fields are missing, any of them")
    func catalogueFields() throws {
        for (field, path) in [
            (#""aggregate_id":"5f0c…","#, "$.aggregate_id"), (#""aggregate_version":3,"#, "$.aggregate_version"),
            (#""aggregate_type":"GenesisSession","#, "$.aggregate_type"),
        ] {
            expect(try Specimen.spoiled(.genesis(.themeProposed), field, ""), .missingAggregate, at: path)
        }
        expect(
            try Specimen.spoiled(.genesis(.themeProposed), "5f0c…", ""), .missingAggregate, at: "$.aggregate_id")
        for (field, path) in [
            (#""conversation_id":"conv_1","#, "$.conversation_id"), (#""sequence":7,"#, "$.sequence"),
        ] {
            expect(try Specimen.spoiled(.agent(.act), field, ""), .missingConversation, at: path)
        }
        expect(
            try Specimen.spoiled(.unit(.executionCompleted), #""host_id":"host-1","#, ""), .missingHost,
            at: "$.host_id")
    }

    @Test("when a field is not what it has to be")
    func malformed() throws {
        let type = EventType.ainer(.runCreated)
        for (right, wrong, path) in [
            (#""event_id":"evt_"#, #""event_id":"event_"#, "$.event_id"),
            (#""run_id":"run_01JDK5Z8Y3W9QF7V2N4T6R8PXA","schema"#, #""run_id":"job_1","schema"#, "$.run_id"),
            (#""tenant_id":"local""#, #""tenant_id":"""#, "$.tenant_id"),
            (#""tenant_id":"local""#, #""tenant_id":7"#, "$.tenant_id"),
            ("2026-02-26T", "2026-02-30T", "$.occurred_at"),
            (#""event_version":"1.0""#, #""event_version":"one""#, "$.event_version"),
            (#""event_version":"1.0""#, #""event_version":"2.0""#, "$.event_version"),
            (#""event_version":"1.0""#, #""event_version":"1""#, "$.event_version"),
            (#""schema_version":"1.0""#, #""schema_version":"01.0""#, "$.schema_version"),
            (#""catalog""#, #""metadata":[],"catalog""#, "$.metadata"),
            (#""catalog""#, #""visibility":"everybody","catalog""#, "$.visibility"),
            (#""catalog""#, #""replay_count":-1,"catalog""#, "$.replay_count"),
        ] {
            expect(try Specimen.spoiled(type, right, wrong), .malformedField, at: path)
        }
        expect(
            try Specimen.spoiled(.genesis(.sessionStarted), #""aggregate_version":3"#, #""aggregate_version":0"#),
            .malformedField, at: "$.aggregate_version")
        expect(
            try Specimen.spoiled(type, #""catalog""#, #""producer":"orchestrator","catalog""#), .duplicateField,
            at: "$.producer")
        expect(try Specimen.spoiled(type, #""catalog""#, #""x":1,"x":2,"catalog""#), .duplicateField, at: "$.x")
    }

    @Test("when its payload is too large")
    func tooLarge() throws {
        var envelope = try Specimen.envelope(.agent(.message))
        func filled(_ size: Int) -> Payload {
            Payload(trusted: Array("{\"a\":\"\(String(repeating: "x", count: size - 8))\"}".utf8))
        }
        envelope.payload = filled(Payload.mostBytes)
        #expect(try EnvelopeReader.read(EnvelopeWriter.write(envelope)) == envelope)
        envelope.payload = filled(Payload.mostBytes + 1)
        expect(EnvelopeWriter.write(envelope), .payloadTooLarge, at: "$.payload")
        #expect(throws: EnvelopeRefusal.self) { try EnvelopeGate.write(envelope) }
    }

    @Test("when its payload is not what its type promises, with the path to the first fault")
    func mismatch() throws {
        let type = EventType.ainer(.runStageChanged)
        for (right, wrong, path) in [
            (#""new_stage":"ingest","#, "", "$.payload.new_stage"),
            (#""new_stage":"ingest""#, #""new_stage":"lunch""#, "$.payload.new_stage"),
            (#""progress":0.5"#, #""progress":101"#, "$.payload.progress"),
            (#""progress":0.5"#, #""progress":"half""#, "$.payload.progress"),
            (#""reason":"text""#, #""reason":{"a":1}"#, "$.payload.reason"),
        ] {
            expect(try Specimen.spoiled(type, right, wrong), .payloadMismatch, at: path)
        }
        expect(
            try Specimen.spoiled(.ainer(.runSucceeded), #""size_bytes":1"#, #""size_bytes":1.5"#), .payloadMismatch,
            at: "$.payload.artifacts[0].size_bytes")
        expect(
            try Specimen.spoiled(
                .unit(.executionStarted), #""domain":"model","event_type":"execution_started""#,
                #""domain":"model","event_type":"execution_failed""#), .payloadMismatch, at: "$.payload.event_type")
        expect(
            try Specimen.spoiled(.agent(.message), #""payload":{"note":"not described yet"}"#, #""payload":[]"#),
            .malformedField, at: "$.payload")
    }

    @Test("when it is nested too deeply, and not a level earlier")
    func depth() throws {
        func nested(_ levels: Int) -> [UInt8] {
            let open = String(repeating: "[", count: levels - 1), close = String(repeating: "]", count: levels - 1)
            return Array("{\"a\":\(open)\(close)}".utf8)
        }
        var envelope = try Specimen.envelope(.agent(.message))
        envelope.payload = Payload(trusted: nested(64))
        #expect(try EnvelopeReader.read(EnvelopeWriter.write(envelope)) == envelope)
        envelope.payload = Payload(trusted: nested(65))
        expect(EnvelopeWriter.write(envelope), .nestedTooDeep, at: "$")
    }

    @Test("when it is not UTF-8, or not JSON")
    func notJSON() throws {
        let good = EnvelopeWriter.write(try Specimen.envelope(.ainer(.runCreated)))
        for bad: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80]] {
            expect(Array(good.dropLast()) + [0x2C, 0x22] + bad + [0x22, 0x3A, 0x31, 0x7D], .invalidUTF8, at: "$")
        }
        for text in ["", "null", "[]", "{", "{\"a\"}", "{\"a\":1,}", "{a:1}", "{\"a\":01}", "{\"a\":+1}", "{\"a\":1.}"]
        {
            expect(Array(text.utf8), .notJSON, at: "$")
        }
        for text in [
            #"{"a":"\x"}"#, #"{"a":"\ud800"}"#, #"{"a":"\udc00"}"#, #"{"a":"\ud800\u0041"}"#, "{\"a\":\"\n\"}",
        ] {
            expect(Array(text.utf8), .notJSON, at: "$")
        }
        expect(good + good, .notJSON, at: "$")
        expect(Array(good.dropLast()), .notJSON, at: "$")
    }
}
