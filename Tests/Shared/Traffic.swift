// SharedTests · tests · sees Contracts, Ports, Kit
import Contracts
import Kit
import Ports
import Synchronization
import Testing

/// Numbered letters going through a bus while something is done to it, and the count afterwards.
final class Traffic: Sendable {
    static let queue = QueueName("ainer.job.exec.video")

    private struct Count {
        var confirmed: Set<Int> = []
        var seen: Set<String> = []
        var isOver = false
    }

    private let bus: any MessageBus
    private let count = Mutex(Count())

    private init(over bus: any MessageBus) { self.bus = bus }

    /// Publishes until `trouble` has returned and a hundred more letters are confirmed; takes all the while. Every
    /// confirmed letter arrives; a letter that nobody confirmed may.
    static func flow(over bus: any MessageBus, _ trouble: () async throws -> Void) async throws {
        try await bus.declare(Topology([queue: []]))
        let traffic = Traffic(over: bus)
        try await withThrowingTaskGroup { group in
            group.addTask { try await traffic.publish() }
            group.addTask { try await traffic.take() }
            let flows = try await eventually {
                traffic.count.withLock { $0.confirmed.count >= 50 && $0.seen.count >= 50 }
            }
            #expect(flows)
            try await trouble()
            let before = traffic.count.withLock { $0.confirmed.count }
            let goesOn = try await eventually(within: .seconds(60)) {
                traffic.count.withLock { $0.confirmed.count >= before + 100 }
            }
            #expect(goesOn, "nothing is published after the trouble")
            traffic.count.withLock { $0.isOver = true }
            try await group.next()
            let isComplete = try await eventually(within: .seconds(60)) { traffic.lost == 0 }
            #expect(isComplete, "\(traffic.lost) letters are lost")
            group.cancelAll()
        }
        let isEmpty = try await eventually { try await bus.depth(of: queue) == 0 }
        #expect(isEmpty, "what was settled stays settled")
    }

    private var lost: Int { count.withLock { count in count.confirmed.count { !count.seen.contains("evt_\($0)") } } }

    private func publish() async throws {
        var number = 0
        let text = String(repeating: "x", count: 1000)
        while !count.withLock({ $0.isOver }) {
            let numbers = number..<number + 10
            do {
                try await bus.publish(numbers.map { World.letter($0, to: .queue(Self.queue), text) })
                count.withLock { $0.confirmed.formUnion(numbers) }
            } catch {
                // Nobody knows whether they arrived; the next ones have other numbers.
                guard [.unreachable, .blocked].contains(error.code) else { throw error }
            }
            number += 10
        }
    }

    private func take() async throws {
        let arrivals = try await bus.subscribe(to: Self.queue, prefetch: 64)
        do {
            while let batch = try await arrivals.next() {
                count.withLock { $0.seen.formUnion(batch.map(\.letter.id.rawValue)) }
                try await bus.settle(batch.map { Verdict($0, .done) })
            }
        } catch {
            await arrivals.end()
            guard error.code == .canceled else { throw error }
        }
    }
}
