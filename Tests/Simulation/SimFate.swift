// SimulationTests · tests · sees Contracts, Policies, Ports
import Contracts
import Policies
import Ports
import Synchronization

/// All the chance of one simulated world: from one seed everything happens again to the letter.
final class SimFate: Entropy {
    private struct State {
        var dice: Dice
        var isKind = false
    }

    let seed: UInt64
    private let state: Mutex<State>

    init(_ seed: UInt64) {
        self.seed = seed
        state = Mutex(State(dice: Dice(seed, "fate")))
    }

    /// From now on nothing goes wrong.
    func becomeKind() { state.withLock { $0.isKind = true } }
    var isKind: Bool { state.withLock { $0.isKind } }

    /// Whether a misfortune strikes.
    func strikes(_ odds: Double) -> Bool {
        state.withLock { state in
            guard !state.isKind else { return false }
            return state.dice.next() < odds
        }
    }

    func between(_ low: Int, _ high: Int) -> Int { state.withLock { $0.dice.between(low, high) } }
    func pick<Choice>(_ choices: [Choice]) -> Choice { choices[between(0, choices.count - 1)] }

    func bits() -> UInt64 {
        state.withLock { state in
            let halves = (state.dice.next(), state.dice.next())
            return UInt64(halves.0 * 0x1p32) << 32 | UInt64(halves.1 * 0x1p32)
        }
    }
}

/// Time that passes when the world says so, and sometimes jumps.
final class SimClock: WallClock {
    private let time = Mutex(Timestamp(microseconds: 1_800_000_000_000_000))

    func now() -> Timestamp { time.withLock { $0 } }

    /// Whoever sleeps is alone in the world: it is that moment then.
    func sleep(until moment: Timestamp) async throws { pass(until: moment) }

    func pass(until moment: Timestamp) { time.withLock { $0 = max($0, moment) } }

    /// Forwards or backwards, as a clock does that is set.
    func jump(_ span: Duration) { time.withLock { $0 = $0 + span } }
}

/// Lines that are written from anywhere.
final class SimNotes: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
