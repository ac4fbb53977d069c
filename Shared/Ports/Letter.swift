// Ports · doors · sees Contracts
package import Contracts

/// A message on its way: to everybody bound to a topic, or to one queue by name.
package struct Letter: Hashable, Sendable {
    package enum Address: Hashable, Sendable {
        case topic(Topic)
        case queue(QueueName)
    }

    package var id: EventID
    package var address: Address
    package var headers: [String: String]
    package var body: [UInt8]

    package init(id: EventID, to address: Address, headers: [String: String] = [:], body: [UInt8]) {
        self.id = id
        self.address = address
        self.headers = headers
        self.body = body
    }
}

extension Letter.Address {
    /// As it is written down: `job.status`, `queue:ainer.job.exec.video`.
    package var word: String {
        switch self {
        case .topic(let topic): topic.rawValue
        case .queue(let queue): Self.queueMark + queue.text
        }
    }

    package init?(word: String) {
        if word.hasPrefix(Self.queueMark) {
            self = .queue(QueueName(String(word.dropFirst(Self.queueMark.count))))
        } else if let topic = Topic(rawValue: word.hasPrefix(Self.oldTopicMark) ? String(word.dropFirst(6)) : word) {
            self = .topic(topic)
        } else {
            return nil
        }
    }

    private static let queueMark = "queue:"
    /// Outboxes of earlier versions have it in front of a topic.
    private static let oldTopicMark = "topic:"
}

/// A message taken from a queue and not yet settled.
package struct Delivery: Hashable, Sendable {
    /// The adapter's own handle: who took it, in which life of the connection, under which number.
    package struct Receipt: Hashable, Sendable {
        package let consumer: Int
        package let life: Int
        package let number: Int64

        package init(consumer: Int, life: Int, number: Int64) {
            self.consumer = consumer
            self.life = life
            self.number = number
        }
    }

    package let receipt: Receipt
    package let queue: QueueName
    /// 1 at the first delivery; counted before the handler runs, so a message that kills the process is counted too.
    package let count: Int
    package let letter: Letter

    package init(_ receipt: Receipt, queue: QueueName, count: Int, letter: Letter) {
        self.receipt = receipt
        self.queue = queue
        self.count = count
        self.letter = letter
    }
}

/// What became of a delivery.
package struct Verdict: Hashable, Sendable {
    package enum Fate: Hashable, Sendable {
        /// Its effect is committed.
        case done
        /// Its handler cannot work now: deliver it again no sooner than this, at the next rung of the ladder.
        case later(Duration)
        /// It can never be handled: keep it among the dead, with the reason.
        case bury(reason: String)
    }

    package let delivery: Delivery
    package let fate: Fate

    package init(_ delivery: Delivery, _ fate: Fate) {
        self.delivery = delivery
        self.fate = fate
    }
}

/// Why a letter lies in `QueueName.dead`. It travels in the letter's headers.
package struct Death: Hashable, Sendable {
    package let reason: String
    package let queue: QueueName
    package let deliveries: Int

    package init(reason: String, queue: QueueName, deliveries: Int) {
        self.reason = reason
        self.queue = queue
        self.deliveries = deliveries
    }

    /// How long a reason may be: it is for people, and a header is not a log.
    package static let longestReason = 1000

    package init?(in headers: [String: String]) {
        guard let reason = headers["ainer-reason"], let queue = headers["ainer-queue"],
            let deliveries = headers["ainer-deliveries"].flatMap({ Int($0) })
        else { return nil }
        self.init(reason: reason, queue: QueueName(queue), deliveries: deliveries)
    }

    package var headers: [String: String] {
        [
            "ainer-reason": String(reason.prefix(Self.longestReason)), "ainer-queue": queue.text,
            "ainer-deliveries": "\(deliveries)",
        ]
    }
}

extension Letter {
    package var death: Death? { Death(in: headers) }
}

/// Where to begin to read a tail.
package enum TailPosition: Hashable, Sendable {
    /// What is still kept of the past.
    case first
    case now
    /// Behind an entry read before.
    case after(Int64)
}

package struct TailEntry: Hashable, Sendable {
    /// Grows with every entry; some numbers may be missing.
    package let position: Int64
    package let letter: Letter

    package init(position: Int64, letter: Letter) {
        self.position = position
        self.letter = letter
    }
}
