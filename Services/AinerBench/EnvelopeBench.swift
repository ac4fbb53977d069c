// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, ProcessDriver, Picture, Raster, Sound, Cutting
import Contracts
import Foundation
import Wire

/// The envelope coder beside Foundation's: the same 1 KB written and read.
enum EnvelopeBench {
    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        let envelope = try sample()
        let bytes = try EnvelopeGate.write(envelope)
        let plain = try JSONDecoder().decode(PlainEnvelope.self, from: Data(bytes))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let decoder = JSONDecoder()
        let slice = seconds / 5

        let write = await Pace.perSecond(slice) { EnvelopeWriter.write(envelope).count > 0 ? 1 : 0 }
        let theirWrite = try await Pace.perSecond(slice) { try encoder.encode(plain).count > 0 ? 1 : 0 }
        let checked = try await Pace.perSecond(slice) { try EnvelopeReader.read(bytes) == nil ? 0 : 1 }
        let untyped = Registry.standard.withDraft(envelope.eventType)
        let read = try await Pace.perSecond(slice) { try EnvelopeReader.read(bytes, by: untyped) == nil ? 0 : 1 }
        let data = Data(bytes)
        let theirRead = try await Pace.perSecond(slice) {
            try decoder.decode(PlainEnvelope.self, from: data).eventID.isEmpty ? 0 : 1
        }
        return [
            figure("envelope.write", write, against: theirWrite),
            figure("envelope.read", read, against: theirRead),
            figure("envelope.read and check", checked, against: theirRead),
            Figure(name: "envelope.size", value: Double(bytes.count), unit: "bytes"),
        ] + (try await typed(seconds))
    }

    /// A type of ours as it is stored and answered, by the same synthesized words as Foundation writes it.
    private static func typed(_ seconds: Double) async throws -> [Figure] {
        let slice = seconds / 5
        let spec = try task()
        let bytes = try JSON.encode(spec)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let decoder = JSONDecoder()
        let data = Data(bytes)
        let write = try await Pace.perSecond(slice) { try JSON.encode(spec).isEmpty ? 0 : 1 }
        let theirWrite = try await Pace.perSecond(slice) { try encoder.encode(spec).isEmpty ? 0 : 1 }
        let read = try await Pace.perSecond(slice) { try JSON.decode(TaskSpec.self, from: bytes).seed > 0 ? 1 : 0 }
        let theirRead = try await Pace.perSecond(slice) {
            try decoder.decode(TaskSpec.self, from: data).seed > 0 ? 1 : 0
        }
        return [
            figure("typed.write", write, against: theirWrite),
            figure("typed.read", read, against: theirRead),
            Figure(name: "typed.size", value: Double(bytes.count), unit: "bytes"),
        ]
    }

    private static func task() throws -> TaskSpec {
        guard let key = ObjectKey(hex: String(repeating: "ab", count: 32)) else { throw BenchFault("no key") }
        let text = ArtifactMeta(
            artifactID: ArtifactID(trusted: "art_01JDK5Z8Y3W9QF7V2N4T6R8PXC"), type: .sourceText,
            key: key, sizeBytes: 8,
            createdAt: Timestamp(microseconds: 1_764_022_721_500_000), mimeType: "text/markdown")
        var spec = TaskSpec(
            taskID: TaskID(trusted: "task_01JDK5Z8Y3W9QF7V2N4T6R8PXE"), tenantID: .local, projectID: .local,
            chapterID: "lighthouse", requestedQuality: .draft, languageContext: "en", input: text, seed: 1)
        spec.tags = ["night", "sea"]
        return spec
    }

    private static func figure(_ name: String, _ ours: Double, against theirs: Double) -> Figure {
        Figure(
            name: name, value: 1_000_000 / ours, unit: "µs", versus: "Foundation's \(tenths(1_000_000 / theirs)) µs",
            ratio: ours / theirs)
    }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    /// A job that succeeded, as it is told a thousand times a film.
    static func sample() throws -> EventEnvelope {
        let payload: JSONValue = .object([
            "job_id": .string("job_01JDK5Z8Y3W9QF7V2N4T6R8PXA"), "run_id": .string("run_01JDK5Z8Y3W9QF7V2N4T6R8PXB"),
            "job_type": .string("render_video"), "unit_ref_id": .string("S0007"), "attempt": .integer(1),
            "status": .string("succeeded"), "started_at": .string("2026-11-24T22:18:39.000250Z"),
            "finished_at": .string("2026-11-24T22:18:41.500000Z"),
            "artifacts": .array([
                .object([
                    "artifact_id": .string("art_01JDK5Z8Y3W9QF7V2N4T6R8PXC"), "artifact_type": .string("shot_video"),
                    "uri": .string("object:sha256/ab/" + String(repeating: "ab", count: 32)),
                    "checksum": .string("sha256:" + String(repeating: "ab", count: 32)),
                    "size_bytes": .integer(182_345), "created_at": .string("2026-11-24T22:18:41.000000Z"),
                ])
            ]),
            "output": .object(["notes": .array([]), "metrics": .object(["frames": .integer(96)])]),
        ])
        return EventEnvelope(
            eventID: EventID(trusted: "evt_01JDK5Z8Y3W9QF7V2N4T6R8PXD"), type: .ainer(.jobSucceeded),
            at: Timestamp(microseconds: 1_764_022_721_500_000), from: .workerHub,
            trail: Trail(
                tenantID: .local, projectID: .local, runID: RunID(trusted: "run_01JDK5Z8Y3W9QF7V2N4T6R8PXB"),
                traceID: TraceID(trusted: "4bf92f3577b34da6a3ce929d0e0e4736"),
                correlationID: CorrelationID(trusted: "task_01JDK5Z8Y3W9QF7V2N4T6R8PXE"),
                idempotencyKey: IdempotencyKey(trusted: "idem_0123456789abcdef0123456789abcdef")),
            jobID: JobID(trusted: "job_01JDK5Z8Y3W9QF7V2N4T6R8PXA"), payload: JSON.payload(payload))
    }
}

/// The same fields as somebody would write them for Foundation.
private struct PlainEnvelope: Codable {
    let eventID: String
    let eventType: String
    let catalog: String
    let eventVersion: String
    let schemaVersion: String
    let occurredAt: String
    let producer: String
    let tenantID: String
    let projectID: String
    let runID: String?
    let jobID: String?
    let traceID: String
    let correlationID: String
    let idempotencyKey: String
    let payload: Succeeded

    enum CodingKeys: String, CodingKey {
        case eventID = "event_id"
        case eventType = "event_type"
        case catalog
        case eventVersion = "event_version"
        case schemaVersion = "schema_version"
        case occurredAt = "occurred_at"
        case producer
        case tenantID = "tenant_id"
        case projectID = "project_id"
        case runID = "run_id"
        case jobID = "job_id"
        case traceID = "trace_id"
        case correlationID = "correlation_id"
        case idempotencyKey = "idempotency_key"
        case payload
    }

    struct Succeeded: Codable {
        let job_id, run_id, job_type, unit_ref_id, status, started_at, finished_at: String
        let attempt: Int
        let artifacts: [Artifact]
        let output: Output
    }

    struct Artifact: Codable {
        let artifact_id, artifact_type, uri, checksum, created_at: String
        let size_bytes: Int
    }

    struct Output: Codable {
        let notes: [String]
        let metrics: [String: Double]
    }
}
