// Conformance · tests · sees Contracts, Ports
package import Contracts
package import Ports
import Testing

/// Where one promise is tried: queues of its own, on a laptop's file or on a broker.
package struct BusWorld: Sendable {
    /// A bus over these queues; opening again after a close is what a restart of the process does.
    package let open: @Sendable () async throws -> any MessageBus

    package init(open: @escaping @Sendable () async throws -> any MessageBus) { self.open = open }

    package static let work = QueueName("ainer.job.exec.video")

    /// A bus with the queue `work`.
    func openWithWork() async throws -> any MessageBus {
        let bus = try await open()
        try await bus.declare(Topology([Self.work: []]))
        return bus
    }
}

/// What every bus keeps, and how to find out.
package struct BusPromise: Sendable, CustomTestStringConvertible {
    package let sentence: String
    package let check: @Sendable (BusWorld) async throws -> Void

    package var testDescription: String { sentence }

    package init(_ sentence: String, _ check: @escaping @Sendable (BusWorld) async throws -> Void) {
        self.sentence = sentence
        self.check = check
    }

    package static let all = delivering + settling + living + telling
}

// MARK: words the promises are written with

func letter(_ number: Int, to address: Letter.Address = .queue(BusWorld.work), _ text: String = "hello") -> Letter {
    Letter(id: EventID(trusted: "evt_\(number)"), to: address, headers: ["n": "\(number)"], body: Array(text.utf8))
}

extension MessageBus {
    func settle(_ deliveries: [Delivery], _ fate: Verdict.Fate = .done) async throws {
        try await settle(deliveries.map { Verdict($0, fate) })
    }

    /// Takes and settles until there were so many.
    func drain(_ count: Int, from queue: QueueName = BusWorld.work) async throws -> [Delivery] {
        let arrivals = try await subscribe(to: queue, prefetch: count)
        var found: [Delivery] = []
        while found.count < count, let batch = try await arrivals.next() {
            found += batch
            try await settle(batch)
        }
        await arrivals.end()
        return found
    }
}

extension Arrivals {
    /// So many items, in as many batches as they come.
    func gather(_ count: Int) async throws -> [Item] {
        var found: [Item] = []
        while found.count < count, let batch = try await next() { found += batch }
        return found
    }
}

extension [Delivery] {
    var numbers: [String] { map(\.letter.id.rawValue) }
}
