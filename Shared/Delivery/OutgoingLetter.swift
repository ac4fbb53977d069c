// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
import Wire

/// An envelope on its way into the outbox, checked against its catalogue.
package struct OutgoingLetter: Hashable, Sendable {
    package let envelope: EventEnvelope
    package let address: Letter.Address
    /// The same fact under the old names that are still said beside this one.
    package let copies: [OutgoingLetter]

    /// To the topic of its type, or to one queue by name. What a reader would refuse is refused here, before anybody
    /// has to read it.
    package init(
        _ envelope: EventEnvelope, to address: Letter.Address? = nil, by registry: Registry = .standard
    ) throws {
        let types = registry.spoken(envelope.eventType)
        guard types.first == envelope.eventType else {
            throw EnvelopeRefusal(.removedType, at: "$.event_type", "\(envelope.eventType.name) is not said any more")
        }
        let copies = try types.dropFirst().map { old in
            var copy = envelope
            copy.eventType = old
            copy.eventID = EventID(trusted: "\(envelope.eventID)-as-\(old.name.filter { $0.isLetter })")
            return try OutgoingLetter(copy, to: address, by: registry, beside: [])
        }
        try self.init(envelope, to: address, by: registry, beside: copies)
    }

    private init(
        _ envelope: EventEnvelope, to address: Letter.Address?, by registry: Registry, beside copies: [OutgoingLetter]
    ) throws {
        try EnvelopeGate.check(envelope, by: registry)
        let topic = registry[envelope.eventType]?.topic
        guard let address = address ?? topic.flatMap({ $0.isDirect ? nil : .topic($0) }) else {
            throw DatabaseFailure(
                .misuse, during: "events.say", cause: "\(envelope.eventType.name) goes to one queue: name it")
        }
        self.envelope = envelope
        self.address = address
        self.copies = copies
    }
}
