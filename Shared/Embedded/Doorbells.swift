// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Contracts
import Ports
import Synchronization

/// Wakes whoever waits for a queue. A ring between looking and waiting is not lost: the count tells.
final class Doorbells: Sendable {
    private struct Row {
        var rings: [QueueName: Int] = [:]
        var lastTicket = 0
        var waiting: [(ticket: Int, queue: QueueName, wake: CheckedContinuation<Void, Never>)] = []
        var isClosed = false
    }

    private let row = Mutex(Row())

    var isClosed: Bool { row.withLock { $0.isClosed } }

    /// How often this queue was rung so far: ask before looking into it.
    func count(of queue: QueueName) -> Int { row.withLock { $0.rings[queue, default: 0] } }

    func ring(_ queues: some Sequence<QueueName>) {
        let woken = row.withLock { row in
            for queue in queues { row.rings[queue, default: 0] += 1 }
            return Self.remove(from: &row) { queues.contains($0) }
        }
        woken.forEach { $0.resume() }
    }

    /// Nobody waits any more, and nobody will again.
    func close() {
        let woken = row.withLock { row in
            row.isClosed = true
            return Self.remove(from: &row) { _ in true }
        }
        woken.forEach { $0.resume() }
    }

    /// Returns when the queue is rung again after `count`, when the bells are closed, or when the task is cancelled.
    func wait(for queue: QueueName, after count: Int) async {
        let ticket = row.withLock { row in
            row.lastTicket += 1
            return row.lastTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let isOver = row.withLock { row in
                    if row.isClosed || row.rings[queue, default: 0] != count || Task.isCancelled { return true }
                    row.waiting.append((ticket, queue, wake))
                    return false
                }
                if isOver { wake.resume() }
            }
        } onCancel: {
            let woken = row.withLock { row in
                row.waiting.firstIndex { $0.ticket == ticket }.map { row.waiting.remove(at: $0).wake }
            }
            woken?.resume()
        }
    }

    private static func remove(
        from row: inout Row, where isMeant: (QueueName) -> Bool
    ) -> [CheckedContinuation<Void, Never>] {
        let woken = row.waiting.filter { isMeant($0.queue) }.map(\.wake)
        row.waiting.removeAll { isMeant($0.queue) }
        return woken
    }
}
