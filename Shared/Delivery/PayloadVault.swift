// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
import Wire

/// Keeps payloads that are too big to be carried, and brings them back where they are read.
package struct PayloadVault: Sendable {
    private let objects: any ObjectStore
    private let mint: Mint

    package init(objects: any ObjectStore, mint: Mint) {
        self.objects = objects
        self.mint = mint
    }

    /// The envelope itself while its payload is small; otherwise with a reference in its place. Safe to repeat: the
    /// same bytes are the same object, and one that nobody refers to harms nobody.
    package func fold(_ envelope: EventEnvelope) async throws -> EventEnvelope {
        let payload = envelope.payload
        guard payload.bytes.count > Payload.wishedBytes else { return envelope }
        try EnvelopeGate.check(envelope)
        let stored = try await objects.put(payload.bytes)
        var meta = ArtifactMeta(
            artifactID: mint.name(), type: .payload, key: stored.key, sizeBytes: stored.sizeBytes,
            createdAt: envelope.occurredAt, mimeType: "application/json")
        meta.runID = envelope.runID
        var folded = envelope
        folded.payload = try JSON.payload(PayloadReference(to: meta, for: payload))
        return folded
    }

    /// The envelope with its payload in place.
    package func unfold(_ envelope: EventEnvelope) async throws -> EventEnvelope {
        guard let reference = try PayloadReference(in: envelope.payload), let key = reference.ref.key else {
            return envelope
        }
        var whole = envelope
        whole.payload = try reference.payload(from: try await objects.read(key))
        try EnvelopeGate.check(whole)
        return whole
    }
}
