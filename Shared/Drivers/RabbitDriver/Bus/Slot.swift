// RabbitDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CryptoDriver, CRabbit
import Ports
import Synchronization

/// Between the lane, where things arrive, and the task that takes them: all that has come, at once.
final class Slot<Item: Sendable>: Sendable {
    private typealias Taker = CheckedContinuation<Result<[Item]?, BusFailure>, Never>

    private enum End {
        case open
        case ended
        case failed(BusFailure)
    }

    private struct State {
        var items: [Item] = []
        var end = End.open
        var takers: [(number: Int, taker: Taker)] = []
        var lastNumber = 0
    }

    private let state = Mutex(State())
    /// Called after every batch that was given out, by the task that took it.
    private let onTake: @Sendable ([Item]) -> Void

    init(onTake: @escaping @Sendable ([Item]) -> Void = { _ in }) { self.onTake = onTake }

    func put(_ items: [Item]) {
        let taker: Taker? = state.withLock { state in
            guard case .open = state.end else { return nil }
            if state.takers.isEmpty {
                state.items += items
                return nil
            }
            return state.takers.removeFirst().taker
        }
        taker?.resume(returning: .success(items))
    }

    /// Nothing more is given out; answers what was not.
    func end(_ failure: BusFailure? = nil) -> [Item] {
        let (takers, items) = state.withLock { state -> ([Taker], [Item]) in
            guard case .open = state.end else { return ([], []) }
            state.end = failure.map(End.failed) ?? .ended
            defer {
                state.takers = []
                state.items = []
            }
            return (state.takers.map(\.taker), state.items)
        }
        for taker in takers { taker.resume(returning: failure.map { .failure($0) } ?? .success(nil)) }
        return items
    }

    /// What was not given out is forgotten: it will come again.
    func clear() { state.withLock { $0.items = [] } }

    func next() async throws(BusFailure) -> [Item]? {
        let batch = try await wait().get()
        if let batch { onTake(batch) }
        return batch
    }

    private func wait() async -> Result<[Item]?, BusFailure> {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { taker in
                if let answer = admit(number, taker) { taker.resume(returning: answer) }
            }
        } onCancel: {
            let taker = state.withLock { state -> Taker? in
                guard let place = state.takers.firstIndex(where: { $0.number == number }) else { return nil }
                return state.takers.remove(at: place).taker
            }
            taker?.resume(returning: .failure(Self.canceled))
        }
    }

    private func admit(_ number: Int, _ taker: Taker) -> Result<[Item]?, BusFailure>? {
        state.withLock { state in
            switch state.end {
            case .ended: return .success(nil)
            case .failed(let failure): return .failure(failure)
            case .open: break
            }
            // The handler of a cancellation that came first has found nobody to call off.
            if Task.isCancelled { return .failure(Self.canceled) }
            guard state.items.isEmpty else {
                defer { state.items = [] }
                return .success(state.items)
            }
            state.takers.append((number, taker))
            return nil
        }
    }

    private static var canceled: BusFailure {
        BusFailure(.canceled, during: "take", cause: "the taker was cancelled")
    }
}
