// Ports · doors · sees Contracts
package import Contracts

/// A queue by its full name: `ainer.job.dispatch.worker-hub`, `ainer.job.exec.video`, `ainer.node.node_01…`.
package struct QueueName: Hashable, Sendable, CustomStringConvertible {
    package let text: String
    package init(_ text: String) { self.text = text }

    package static func group(_ topic: Topic, _ consumer: Module) -> QueueName {
        QueueName("ainer.\(topic.rawValue).\(consumer.rawValue)")
    }
    package static func tickets(_ pool: Pool) -> QueueName { QueueName("ainer.job.exec.\(pool.rawValue)") }
    package static func node(_ node: NodeID) -> QueueName { QueueName("ainer.node.\(node.rawValue)") }

    package var description: String { text }
}

/// Which queues there are and which topics flow into each.
package struct Topology: Hashable, Sendable {
    package var queues: [QueueName: Set<Topic>]
    package init(_ queues: [QueueName: Set<Topic>]) { self.queues = queues }
}

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

/// A message taken from a queue and not yet settled.
package struct Delivery: Hashable, Sendable {
    /// The adapter's own handle.
    package let tag: Int64
    package let queue: QueueName
    /// 1 at the first delivery; counted before the handler runs, so a message that kills the process is counted too.
    package let count: Int
    package let letter: Letter

    package init(tag: Int64, queue: QueueName, count: Int, letter: Letter) {
        self.tag = tag
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
        /// Its handler cannot work now: deliver it again after the delay.
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

package struct BusFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case closed
        /// Nobody answers. What was being published may have arrived or not: publish it again under the same number.
        case unreachable
        /// The broker takes nothing at the moment: it is short of memory or disk.
        case blocked
        case full
        case refused
        case canceled
        /// Nobody has the queue that some of the letters are for; all others of the batch are safe.
        case unroutable
    }

    package let code: Code
    package let during: String
    package let cause: String
    /// Which letters it is about, when it is not about all.
    package let letters: [EventID]

    package init(_ code: Code, during: String, cause: String, letters: [EventID] = []) {
        self.code = code
        self.during = during
        self.cause = cause
        self.letters = letters
    }

    package var description: String { "bus \(code.rawValue) during \(during): \(cause)" }
}

/// Durable queues. What was published and confirmed is delivered at least once, however often anybody dies.
package protocol MessageBus: Sendable {
    /// Makes queues and bindings that are missing; safe to repeat.
    func declare(_ topology: Topology) async throws(BusFailure)
    /// Returns when every letter is safe in every queue it goes to.
    func publish(_ letters: [Letter]) async throws(BusFailure)
    /// Waits until there is at least one message; gives at most `limit`, oldest first.
    /// Throws `.canceled` when the task is cancelled and `.closed` when the bus is.
    func take(from queue: QueueName, upTo limit: Int) async throws(BusFailure) -> [Delivery]
    func settle(_ verdicts: [Verdict]) async throws(BusFailure)
    /// Removes a queue and what is in it: a node's own queue, when the node is gone.
    func drop(_ queue: QueueName) async throws(BusFailure)
    /// Stops all takes. Nothing that was published is lost.
    func close() async
}

/// A live look at everything published from now on. It may miss letters when the reader is slow: a display, not a truth.
package protocol BusTail: Sendable {
    func tail() -> AsyncStream<Letter>
}
