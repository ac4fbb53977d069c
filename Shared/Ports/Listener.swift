// Ports · doors · sees Contracts
import Synchronization

/// What a listener hears.
package enum Heard: Hashable, Sendable {
    case said([UInt8])
    /// So many of the oldest were dropped, because nobody fetched them.
    case missed(Int)
    /// The connection was lost and is there again: nobody knows what was said meanwhile.
    case interrupted
}

/// What is said on a channel, as it comes. One task at a time may wait for it.
///
/// It holds at most `depth` sayings; the oldest go first, counted. It throws `.canceled` when the waiting task is
/// cancelled, and answers `nil` when it, or the coordination, has ended.
package final class Listener: AsyncSequence, AsyncIteratorProtocol, Sendable {
    private struct State {
        var kept: [[UInt8]] = []
        var missed = 0
        var isInterrupted = false
        var hasEnded = false
        var waiter: CheckedContinuation<Void, Never>?

        var hasNews: Bool { !kept.isEmpty || missed > 0 || isInterrupted || hasEnded }
    }

    private let depth: Int
    private let state = Mutex(State())
    private let onEnd: @Sendable (Listener) async -> Void

    /// `onEnd` is called when the listener wants no more.
    package init(depth: Int, onEnd: @escaping @Sendable (Listener) async -> Void) {
        self.depth = Swift.max(1, depth)
        self.onEnd = onEnd
    }

    package func next() async throws(CoordinationFailure) -> Heard? { try await hear() }

    package func next(isolation: isolated (any Actor)?) async throws(CoordinationFailure) -> Heard? {
        try await hear()
    }

    package func makeAsyncIterator() -> Listener { self }

    /// The next, or `nil` when the time is over first.
    package func next(within time: Duration) async throws(CoordinationFailure) -> Heard? {
        if let heard = take() { return heard }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.news() }
            group.addTask { try? await Task.sleep(for: time) }  // a cancelled sleep is over too
            await group.next()
            group.cancelAll()
        }
        if Task.isCancelled { throw Self.canceled }
        return take()
    }

    /// Wants no more. Safe to repeat.
    package func end() async {
        finish()
        await onEnd(self)
    }

    private func hear() async throws(CoordinationFailure) -> Heard? {
        while true {
            if let heard = take() { return heard }
            if state.withLock({ $0.hasEnded }) { return nil }
            if Task.isCancelled { throw Self.canceled }
            await news()
        }
    }

    private static let canceled = CoordinationFailure(
        .canceled, during: "listening", cause: "the listener's task was cancelled")

    /// Returns when there may be something, or when the task is cancelled.
    private func news() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { wake in
                let (isOver, earlier) = state.withLock { state in
                    let earlier = state.waiter
                    state.waiter = nil
                    let isOver = state.hasNews || Task.isCancelled
                    if !isOver { state.waiter = wake }
                    return (isOver, earlier)
                }
                earlier?.resume()
                if isOver { wake.resume() }
            }
        } onCancel: {
            wake { _ in }
        }
    }

    private func take() -> Heard? {
        state.withLock { state in
            if state.isInterrupted {
                state.isInterrupted = false
                return .interrupted
            }
            if state.missed > 0 {
                defer { state.missed = 0 }
                return .missed(state.missed)
            }
            return state.kept.isEmpty ? nil : .said(state.kept.removeFirst())
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

// MARK: what adapters tell it

extension Listener {
    package func say(_ bytes: [UInt8]) {
        wake { state in
            guard !state.hasEnded else { return }
            state.kept.append(bytes)
            guard state.kept.count > depth else { return }
            state.kept.removeFirst()
            state.missed += 1
        }
    }

    package func interrupt() { wake { $0.isInterrupted = true } }

    /// Nothing comes any more. What is kept can still be heard.
    package func finish() { wake { $0.hasEnded = true } }

    package var hasEnded: Bool { state.withLock { $0.hasEnded } }
}
