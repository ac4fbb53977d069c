// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Contracts
package import Ports
import Wire

/// An envelope on its way into the outbox.
package struct OutgoingLetter: Hashable, Sendable {
    package let id: EventID
    package let type: EventType
    package let address: Letter.Address
    package let body: [UInt8]

    /// To the topic of its type, or to one queue by name.
    package init(_ envelope: EventEnvelope, to address: Letter.Address? = nil) throws {
        guard let address = address ?? envelope.eventType.topic.map(Letter.Address.topic) else {
            throw DatabaseFailure(
                .misuse, during: "events.say", cause: "\(envelope.eventType.rawValue) has no topic: name a queue")
        }
        id = envelope.eventID
        type = envelope.eventType
        self.address = address
        body = try JSON.encode(envelope)
    }
}

extension Letter.Address {
    /// As it stands in the outbox: `topic:job.status`, `queue:ainer.job.exec.video`.
    var stored: String {
        switch self {
        case .topic(let topic): "topic:" + topic.rawValue
        case .queue(let queue): "queue:" + queue.text
        }
    }

    init(stored: String) throws(DatabaseFailure) {
        let parts = stored.split(separator: ":", maxSplits: 1).map(String.init)
        switch parts.first {
        case "topic" where parts.count == 2:
            if let topic = Topic(rawValue: parts[1]) {
                self = .topic(topic)
                return
            }
        case "queue" where parts.count == 2:
            self = .queue(QueueName(parts[1]))
            return
        default: break
        }
        throw DatabaseFailure(.decoding, during: "events.unpublished", cause: "\"\(stored)\" is no address")
    }
}
