// Contracts · pure · sees nothing

/// What an envelope must have beyond its required fields, by the catalogue its type belongs to.
package enum EnvelopeRules {
    /// The first rule that is broken; `nil` when all is well. The payload is judged apart.
    package static func refusal(of envelope: EventEnvelope, by entry: EventEntry) -> EnvelopeRefusal? {
        if !entry.producers.contains(envelope.producer) {
            return EnvelopeRefusal(
                .foreignProducer, at: "$.producer",
                "\(entry.name) is said by \(entry.producers.map(\.rawValue).joined(separator: ", ")), "
                    + "not by \(envelope.producer.rawValue)")
        }
        if entry.isFailure && envelope.failure == nil {
            return EnvelopeRefusal(
                .unexplainedFailure, at: "$.error_code", "\(entry.name) is a failure: error_code and retryable tell why"
            )
        }
        switch entry.catalogue {
        case .ainer: return nil
        case .genesis: return envelope.aggregate == nil ? missingAggregate : nil
        case .agent: return envelope.conversation == nil ? missingConversation : nil
        case .unit: return envelope.hostID == nil ? missingHost : nil
        }
    }

    private static let missingAggregate = EnvelopeRefusal(
        .missingAggregate, at: "$.aggregate_id",
        "a Genesis event names its aggregate: aggregate_type, aggregate_id, aggregate_version")
    private static let missingConversation = EnvelopeRefusal(
        .missingConversation, at: "$.conversation_id",
        "an agent event names its place: conversation_id and sequence")
    private static let missingHost = EnvelopeRefusal(
        .missingHost, at: "$.host_id", "a unit event names the host it ran on: host_id")
}
