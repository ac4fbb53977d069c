// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
import Wire

/// Keeps payloads that are too big to be carried, and brings them back where they are read.
package struct PayloadVault: Sendable {
    private let objects: any ObjectStore
    private let mint: Mint
    /// How long what goes to one queue may be read by link; nil: its readers know the store.
    private let lending: Duration?

    package init(objects: any ObjectStore, mint: Mint, lending: Duration? = nil) {
        self.objects = objects
        self.mint = mint
        self.lending = lending
    }

    /// The envelope itself while its payload is small; otherwise with a reference in its place. Safe to repeat: the
    /// same bytes are the same object, and one that nobody refers to harms nobody.
    package func fold(
        _ envelope: EventEnvelope, to address: Letter.Address? = nil
    ) async throws -> EventEnvelope {
        let payload = envelope.payload
        guard payload.bytes.count > Payload.wishedBytes else { return envelope }
        try EnvelopeGate.check(envelope)
        let stored = try await objects.put(payload.bytes)
        var meta = ArtifactMeta(
            artifactID: mint.name(), type: .payload, key: stored.key, sizeBytes: stored.sizeBytes,
            createdAt: envelope.occurredAt, mimeType: "application/json")
        meta.runID = envelope.runID
        var folded = envelope
        var reference = try PayloadReference(to: meta, for: payload)
        if let lending, case .queue? = address {
            reference.link = try await objects.link(.get(stored.key), until: envelope.occurredAt + lending)
        }
        folded.payload = try JSON.payload(reference)
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
