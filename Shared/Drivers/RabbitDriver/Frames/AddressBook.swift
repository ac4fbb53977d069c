// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Contracts
import Glibc
import Ports

/// Turns exchange and routing key back into an address. A queue delivers the same few again and again, so the last one
/// is remembered by its bytes.
struct AddressBook {
    private var lastExchange: [UInt8] = []
    private var lastKey: [UInt8] = []
    private var last: Letter.Address?

    mutating func address(exchange: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer) -> Letter.Address {
        if let last, unsafe exchange.elementsEqual(lastExchange), unsafe key.elementsEqual(lastKey) { return last }
        unsafe lastExchange = Array(exchange)
        unsafe lastKey = Array(key)
        let name = String(decoding: lastKey, as: UTF8.self)
        let address: Letter.Address
        if !lastExchange.isEmpty, let topic = Topic(rawValue: name) {
            address = .topic(topic)
        } else {
            address = .queue(QueueName(name))
        }
        last = address
        return address
    }
}

extension Letter.Address {
    var exchange: String {
        switch self {
        case .topic: Names.events
        case .queue: ""
        }
    }

    var key: String {
        switch self {
        case .topic(let topic): topic.rawValue
        case .queue(let queue): queue.text
        }
    }
}
