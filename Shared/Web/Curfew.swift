// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
import Contracts
import Ports
import Synchronization

/// Ends what takes too long. One sleeper looks after all requests: a timer for each costs more than most requests do.
///
/// It counts rounds and judges nobody by the clock, so nobody is ended because the clock was set.
final class Curfew: Sendable {
    private struct Guest {
        var roundsLeft: Int64
        let stop: @Sendable () -> Void
    }

    private struct State {
        var lastNumber: UInt64 = 0
        var guests: [UInt64: Guest] = [:]
        var isWatched = false
    }

    static let round = Duration.milliseconds(250)

    private let clock: any WallClock
    private let state = Mutex(State())

    init(clock: any WallClock) { self.clock = clock }

    /// Calls `stop` when the time is over, at most two rounds later, unless it is called off.
    func begin(_ patience: Duration, stop: @escaping @Sendable () -> Void) -> UInt64 {
        // One more, because the first may be over at once.
        let rounds = Int64((patience / Self.round).rounded(.up)) + 1
        let (number, isFirst) = state.withLock { state in
            state.lastNumber += 1
            state.guests[state.lastNumber] = Guest(roundsLeft: rounds, stop: stop)
            defer { state.isWatched = true }
            return (state.lastNumber, !state.isWatched)
        }
        if isFirst { Task { await watch() } }
        return number
    }

    /// False when it was stopped. From here on it is not any more.
    func callOff(_ number: UInt64) -> Bool {
        state.withLock { $0.guests.removeValue(forKey: number) != nil }
    }

    /// Goes home when there was nobody to look after for a round.
    private func watch() async {
        repeat {
            try? await clock.sleep(until: clock.now() + Self.round)  // nobody cancels it
        } while endRound()
    }

    private func endRound() -> Bool {
        state.withLock { state in
            for number in Array(state.guests.keys) {
                state.guests[number]?.roundsLeft -= 1
                guard let guest = state.guests[number], guest.roundsLeft <= 0 else { continue }
                state.guests[number] = nil
                // Under the lock: whoever called off before was not stopped.
                guest.stop()
            }
            state.isWatched = !state.guests.isEmpty
            return state.isWatched
        }
    }
}
