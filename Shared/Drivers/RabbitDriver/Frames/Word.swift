// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
package import Ports

/// What the broker says, read.
package enum Word: Equatable {
    case start(mechanisms: String)
    case secure
    case tune(channels: Int, largestFrame: Int, heartbeat: Int)
    case openOK
    case close(code: Int, text: String)
    case closeOK
    case blocked(reason: String)
    case unblocked
    case channelOpenOK
    case channelClose(code: Int, text: String)
    case channelCloseOK
    case flow(isActive: Bool)
    case declareOK(waiting: Int)
    /// Any other answer that says no more than that it is done.
    case done
    case cancelOK
    /// The broker took the consumer away: its queue is gone.
    case cancel
    case ack(UInt64, isMultiple: Bool)
    case nack(UInt64, isMultiple: Bool)
    case deliver(UInt64, address: Letter.Address)
    case returned(code: Int, text: String)
    case unknown(UInt32)
}

/// What stands in front of a body.
package struct Properties: Equatable {
    package var id = ""
    package var headers: [String: String] = [:]
    package var size = 0
    /// How often the queue delivered it before.
    package var deliveries = 0
    /// How often it was tried before it came to this queue again.
    package var tries = 0
    package var position: Int64?
    /// Where it was addressed to before it was delayed or died.
    package var address: String?
    /// Set when the broker itself took it from its queue.
    package var lastDeath: (queue: String, reason: String, count: Int)?

    package static func == (left: Properties, right: Properties) -> Bool {
        left.id == right.id && left.headers == right.headers && left.size == right.size
            && left.deliveries == right.deliveries && left.tries == right.tries && left.position == right.position
            && left.address == right.address
    }
}
