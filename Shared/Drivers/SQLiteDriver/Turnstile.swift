// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import Ports
import Synchronization

/// Lets one through at a time, in the order they came. Who is cancelled while waiting leaves the queue.
final class Turnstile: Sendable {
    private typealias Pass = CheckedContinuation<Void, any Error>

    private struct State {
        var isTaken = false
        var isShut = false
        var waiting: [(number: Int, pass: Pass)] = []
        var lastNumber = 0
        var onEmpty: [CheckedContinuation<Void, Never>] = []
    }

    private enum Admission {
        case through
        case wait
        case refused(any Error)
    }

    private let owner: String
    private let state = Mutex(State())

    init(owner: String) { self.owner = owner }

    /// Returns when it is the caller's turn; every return needs one `leave`.
    func enter() async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { pass in
                switch admit(number, pass) {
                case .through: pass.resume()
                case .wait: break
                case .refused(let reason): pass.resume(throwing: reason)
                }
            }
        } onCancel: {
            withdraw(number)?.resume(throwing: CancellationError())
        }
    }

    /// Gives the turn to the next in the queue.
    func leave() {
        let (next, watchers) = state.withLock { state -> (Pass?, [CheckedContinuation<Void, Never>]) in
            guard state.waiting.isEmpty else { return (state.waiting.removeFirst().pass, []) }
            state.isTaken = false
            defer { state.onEmpty = [] }
            return (nil, state.onEmpty)
        }
        next?.resume()
        for watcher in watchers { watcher.resume() }
    }

    /// Turns everybody away who waits or comes later, and returns when the one inside has left.
    func shut() async {
        let turnedAway = state.withLock { state in
            state.isShut = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for (_, pass) in turnedAway { pass.resume(throwing: closed) }
        await withCheckedContinuation { watcher in
            let isEmpty = state.withLock { state in
                if state.isTaken { state.onEmpty.append(watcher) }
                return !state.isTaken
            }
            if isEmpty { watcher.resume() }
        }
    }

    private var closed: DatabaseFailure {
        DatabaseFailure(.closed, during: "begin", cause: "the database of \(owner) is closed")
    }

    private func admit(_ number: Int, _ pass: Pass) -> Admission {
        state.withLock { state in
            if state.isShut { return .refused(closed) }
            // The handler of a cancellation that came first has found nobody to withdraw.
            if Task.isCancelled { return .refused(CancellationError()) }
            guard state.isTaken else {
                state.isTaken = true
                return .through
            }
            state.waiting.append((number, pass))
            return .wait
        }
    }

    private func withdraw(_ number: Int) -> Pass? {
        state.withLock { state in
            guard let place = state.waiting.firstIndex(where: { $0.number == number }) else { return nil }
            return state.waiting.remove(at: place).pass
        }
    }
}
