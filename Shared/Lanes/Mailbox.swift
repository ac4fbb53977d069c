// Lanes · threads · sees nothing
import Glibc

/// The queue between a lane's thread and everybody else.
///
/// Sendable because every field below the lock is only touched while it is held.
final class Mailbox: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let bell: UnsafeMutablePointer<pthread_cond_t>

    private var waiting: [@Sendable () -> Void] = []
    private var owner: pthread_t?
    private var closed = false
    private var over = false

    init() {
        lock = .allocate(capacity: 1)
        bell = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(bell, nil)
    }

    deinit {
        pthread_cond_destroy(bell)
        pthread_mutex_destroy(lock)
        bell.deallocate()
        lock.deallocate()
    }

    var isClosed: Bool { locked { closed } }
    /// True when the thread has served its last and will serve no more.
    var isOver: Bool { locked { over } }
    func isOpenFor(_ thread: pthread_t) -> Bool { locked { !over && owner == thread } }

    /// Answers whether the work will be served here. What comes after the close is still served while the thread lives.
    func accept(_ work: @escaping @Sendable () -> Void) -> Bool {
        locked {
            guard !over else { return false }
            waiting.append(work)
            if waiting.count == 1 { pthread_cond_signal(bell) }
            return true
        }
    }

    func close() {
        locked {
            closed = true
            pthread_cond_signal(bell)
        }
    }

    /// The whole life of the thread.
    func serve(as name: String) {
        sign(name)
        locked { owner = pthread_self() }
        while let batch = nextBatch() {
            for work in batch { work() }
        }
    }

    /// Names the thread for debuggers; a thread without a name works as well.
    private func sign(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = name.withCString { write(file, $0, min(15, strlen($0))) }
        _ = Glibc.close(file)
    }

    /// Sleeps until there is work; `nil` when the lane is closed and nothing is left.
    private func nextBatch() -> [@Sendable () -> Void]? {
        locked {
            while waiting.isEmpty, !closed { pthread_cond_wait(bell, lock) }
            guard !waiting.isEmpty else {
                over = true
                return nil
            }
            defer { waiting = [] }
            return waiting
        }
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }
}
