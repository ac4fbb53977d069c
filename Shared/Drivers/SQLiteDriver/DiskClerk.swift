// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import Glibc
import Lanes
import Ports
import Synchronization

/// Makes what was committed durable, on a thread of its own: while the disk is at it the next transactions go on, and all
/// who committed before it began share it.
final class DiskClerk: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        /// Something was committed that no sync has begun to make durable.
        var isStale = false
        /// Those whose commits the next sync makes durable.
        var waiting: [Waiter] = []
        /// Those whose commits the sync under way makes durable.
        var served: [Waiter] = []
        var isAtIt = false
        /// What a disk that failed once has kept nobody knows: nothing it says later counts.
        var failure: DatabaseFailure?
    }

    private enum Answer {
        case begin
        case wait
        case durable
    }

    private let sync: @Sendable () throws(DatabaseFailure) -> Void
    private let lane: Lane
    private let state = Mutex(State())

    init(owner: String, sync: @escaping @Sendable () throws(DatabaseFailure) -> Void) {
        self.sync = sync
        lane = Lane("sync-\(owner)")
    }

    deinit { lane.close() }

    var failure: DatabaseFailure? { state.withLock { $0.failure } }

    /// Something was committed.
    func note() { state.withLock { $0.isStale = true } }

    /// Returns when everything is durable that was committed before: at once where it is already.
    func settle() async throws {
        try await withCheckedThrowingContinuation { waiter in
            switch enter(waiter) {
            case .begin: lane.perform { self.work() }
            case .wait: break
            case .durable: waiter.resume()
            }
        }
    }

    private func enter(_ waiter: Waiter) -> Answer {
        state.withLock { state in
            if state.isStale {
                state.waiting.append(waiter)
                defer { state.isAtIt = true }
                return state.isAtIt ? .wait : .begin
            }
            guard state.isAtIt else { return .durable }
            state.served.append(waiter)
            return .wait
        }
    }

    private func work() {
        _ = turn()
        var isAtIt = true
        while isAtIt {
            let result: DatabaseFailure?
            do throws(DatabaseFailure) {
                try attempt()
                result = nil
            } catch {
                result = error
            }
            let served: [Waiter]
            (served, isAtIt) = turn()
            for waiter in served { if let result { waiter.resume(throwing: result) } else { waiter.resume() } }
        }
    }

    /// Answers whose sync is over, and whether another begins: in one step, or somebody would wait for a sync that nobody
    /// makes.
    private func turn() -> (served: [Waiter], isAtIt: Bool) {
        state.withLock { state in
            let served = state.served
            (state.served, state.waiting, state.isAtIt) = (state.waiting, [], !state.waiting.isEmpty)
            if state.isAtIt { state.isStale = false }
            return (served, state.isAtIt)
        }
    }

    private func attempt() throws(DatabaseFailure) {
        if let failure { throw failure }
        do throws(DatabaseFailure) {
            try sync()
        } catch {
            state.withLock { $0.failure = error }
            throw error
        }
    }
}

/// The log of a database as the disk sees it. SQLite keeps no lock on it, so a second descriptor may come and go.
final class LogFile: Sendable {
    private let path: String
    /// Opened by the first commit, which has made the file.
    private let descriptor = Mutex<Int32>(-1)

    init(path: String) { self.path = path }

    deinit {
        let descriptor = descriptor.withLock { $0 }
        if descriptor >= 0 { _ = close(descriptor) }
    }

    func sync() throws(DatabaseFailure) {
        let descriptor = descriptor.withLock { descriptor in
            if descriptor < 0 { descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC) }
            return descriptor
        }
        guard descriptor < 0 || fdatasync(descriptor) != 0 else { return }
        let cause = unsafe String(cString: strerror(errno))
        throw DatabaseFailure(.unreachable, during: "commit", cause: "the log \(path) cannot be made durable: \(cause)")
    }
}
