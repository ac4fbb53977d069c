// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Contracts
import Ports
import Synchronization

/// Wakes whoever waits for a queue. A ring between looking and waiting is not lost: the count tells.
final class Doorbells: Sendable {
    /// How often a taker's queue and his own bell were rung so far: ask before looking into the queue.
    struct Count: Equatable {
        fileprivate var queue = 0
        fileprivate var own = 0
    }

    private struct Waiter {
        let ticket: Int
        let queue: QueueName?
        let taker: Subscriber?
        let wake: CheckedContinuation<Void, Never>
    }

    private struct Row {
        var rings: [QueueName: Int] = [:]
        var lastTicket = 0
        var waiting: [Waiter] = []
        var isClosed = false

        func count(_ queue: QueueName?, _ taker: Subscriber?) -> Count {
            Count(queue: queue.flatMap { rings[$0] } ?? 0, own: taker?.rings ?? 0)
        }

        mutating func wake(_ isMeant: (Waiter) -> Bool) -> [Waiter] {
            var woken: [Waiter] = []
            waiting.removeAll { waiter in
                guard isMeant(waiter) else { return false }
                woken.append(waiter)
                return true
            }
            return woken
        }
    }

    private let row = Mutex(Row())

    var isClosed: Bool { row.withLock { $0.isClosed } }

    /// Of a queue, or of nothing but the taker's own bell.
    func count(of queue: QueueName?, for taker: Subscriber? = nil) -> Count { row.withLock { $0.count(queue, taker) } }

    /// Wakes everybody who waits for it.
    func ring(_ queue: QueueName) {
        rouse { row in
            row.rings[queue, default: 0] += 1
            return row.wake { $0.queue == queue }
        }
    }

    /// Wakes as many as there is something for, those first that have waited longest. Who is woken looks; who leaves
    /// without having found anything rings for another.
    func ring(_ news: [QueueName: Int]) {
        rouse { row in
            var left = news
            for queue in news.keys { row.rings[queue, default: 0] += 1 }
            return row.wake { waiter in
                guard let queue = waiter.queue, let count = left[queue], count > 0 else { return false }
                left[queue] = count - 1
                return true
            }
        }
    }

    /// Wakes this one only.
    func ring(for taker: Subscriber) {
        rouse { row in
            taker.hearsRing()
            return row.wake { $0.taker === taker }
        }
    }

    /// Nobody waits any more, and nobody will again.
    func close() {
        rouse { row in
            row.isClosed = true
            return row.wake { _ in true }
        }
    }

    /// Returns when one of the two bells is rung again after `count`, when they are closed, or when the task is cancelled.
    func wait(at queue: QueueName?, for taker: Subscriber? = nil, after count: Count) async {
        let ticket = row.withLock { row in
            row.lastTicket += 1
            return row.lastTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isOver = row.withLock { row in
                    if row.isClosed || row.count(queue, taker) != count || Task.isCancelled { return true }
                    row.waiting.append(Waiter(ticket: ticket, queue: queue, taker: taker, wake: wake))
                    return false
                }
                if isOver { wake.resume() }
            }
        } onCancel: {
            rouse { row in row.wake { $0.ticket == ticket } }
        }
    }

    private func rouse(_ change: (inout sending Row) -> [Waiter]) {
        for waiter in row.withLock({ change(&$0) }) { waiter.wake.resume() }
    }
}
