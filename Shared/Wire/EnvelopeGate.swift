// Wire · bytes · sees Contracts
package import Contracts

/// The way out: what a reader would refuse is refused before it is said.
package enum EnvelopeGate {
    package static func write(
        _ envelope: EventEnvelope, by registry: Registry = .standard
    ) throws(EnvelopeRefusal) -> [UInt8] {
        try check(envelope, by: registry)
        let size = envelope.payload.bytes.count
        guard size <= Payload.mostBytes else {
            throw EnvelopeRefusal(
                .payloadTooLarge, at: "$.payload", "\(size) bytes, at most \(Payload.mostBytes) are carried")
        }
        return EnvelopeWriter.write(envelope)
    }

    /// All of it but the size: a payload that will be stored may be of any.
    package static func check(
        _ envelope: EventEnvelope, by registry: Registry = .standard
    ) throws(EnvelopeRefusal) {
        guard let entry = registry[envelope.eventType], entry.lifecycle != .removed else {
            throw EnvelopeRefusal(
                .removedType, at: "$.event_type", "\(envelope.eventType.name) is not said any more")
        }
        if let refusal = EnvelopeRules.refusal(of: envelope, by: entry) { throw refusal }
        try PayloadCheck.check(envelope, by: entry)
    }
}
