// Wire · bytes · sees Contracts
package import Contracts

/// The way out: what a reader would refuse is refused before it is said.
package enum EnvelopeGate {
    package static func write(
        _ envelope: EventEnvelope, by registry: Registry = .standard
    ) throws(EnvelopeRefusal) -> [UInt8] {
        guard let entry = registry[envelope.eventType], entry.lifecycle != .removed else {
            throw EnvelopeRefusal(
                .removedType, at: "$.event_type", "\(envelope.eventType.name) is not said any more")
        }
        if let refusal = EnvelopeRules.refusal(of: envelope, by: entry) { throw refusal }
        let size = envelope.payload.bytes.count
        guard size <= Payload.mostBytes else {
            throw EnvelopeRefusal(
                .payloadTooLarge, at: "$.payload", "\(size) bytes, at most \(Payload.mostBytes) are carried")
        }
        try PayloadCheck.check(envelope.payload, by: entry)
        return EnvelopeWriter.write(envelope)
    }
}
