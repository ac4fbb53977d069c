// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
import Contracts
import Ports
import Synchronization

/// Somebody who takes from a queue, and how much of it is out and not settled.
final class Subscriber: Sendable {
    private struct State {
        var out = 0
        /// Somebody is looking into the queue for it: what he finds is not known yet.
        var looks = 0
        var hasEnded = false
        var rings = 0
    }

    let number: Int
    let queue: QueueName
    private let prefetch: Int
    private let state = Mutex(State())

    init(number: Int, queue: QueueName, prefetch: Int) {
        self.number = number
        self.queue = queue
        self.prefetch = max(1, prefetch)
    }

    var hasEnded: Bool { state.withLock { $0.hasEnded } }
    /// How many more may be given out.
    var room: Int { state.withLock { prefetch - $0.out } }

    func beginsToLook() { state.withLock { $0.looks += 1 } }

    func looked(andFound count: Int) {
        state.withLock { state in
            state.looks -= 1
            state.out += count
        }
    }

    /// Answers whether it had no room before, and so may be waiting for some.
    func settled(_ count: Int) -> Bool {
        state.withLock { state in
            defer { state.out = max(0, state.out - count) }
            return state.out >= prefetch
        }
    }

    func end() { state.withLock { $0.hasEnded = true } }

    /// How often it was rung for alone.
    var rings: Int { state.withLock { $0.rings } }
    func hearsRing() { state.withLock { $0.rings += 1 } }

    /// Nobody will ask for it again.
    var isOver: Bool { state.withLock { $0.hasEnded && $0.out == 0 && $0.looks == 0 } }
}
