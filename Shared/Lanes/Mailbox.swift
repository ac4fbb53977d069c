// Lanes · threads · sees nothing
import Glibc
import Synchronization

/// The queue between a lane's thread and everybody else, with the bell that wakes the thread out of its sleep.
final class Mailbox: Sendable {
    enum Work: Sendable {
        case job(UnownedJob)
        case closure(@Sendable () -> Void)
    }

    private struct State {
        var waiting: [Work] = []
        var isClosed = false
        var isOver = false
        /// Only a sleeper needs the bell: ringing is a system call.
        var isAsleep = false
    }

    private let state = Mutex(State())
    /// Readable when somebody rang.
    let bell: Int32
    private let rope: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let status = pipe(&ends)
        // Without descriptors nothing in this process can go on.
        precondition(status == 0, "the system refused a pipe: \(errno)")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (bell, rope) = (ends[0], ends[1])
    }

    deinit {
        _ = Glibc.close(bell)
        _ = Glibc.close(rope)
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }
    /// True when the thread has served its last and will serve no more.
    var isOver: Bool { state.withLock { $0.isOver } }

    /// Answers whether the work will be served here. What comes after the close is still served while the thread lives.
    func accept(_ work: Work) -> Bool {
        let (isAccepted, wakes) = state.withLock { state in
            guard !state.isOver else { return (false, false) }
            state.waiting.append(work)
            defer { state.isAsleep = false }
            return (true, state.isAsleep)
        }
        if wakes { ring() }
        return isAccepted
    }

    func close() {
        state.withLock { $0.isClosed = true }
        ring()
    }

    enum Turn {
        case serve([Work])
        /// Nothing waits: the bell will ring for what comes.
        case sleep
        case over
    }

    /// What the thread does next.
    func turn() -> Turn {
        state.withLock { state in
            if !state.waiting.isEmpty {
                defer { state.waiting = [] }
                return .serve(state.waiting)
            }
            if state.isClosed {
                state.isOver = true
                return .over
            }
            state.isAsleep = true
            return .sleep
        }
    }

    /// The thread is up again, whoever woke it.
    func rise() { state.withLock { $0.isAsleep = false } }

    /// Takes back the rings that were heard.
    func hush() {
        withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { room in
            while read(bell, room.baseAddress, room.count) == room.count {}
        }
    }

    private func ring() {
        var one: UInt8 = 1
        // It only fails when the pipe is full of rings: then the bell rings already.
        _ = write(rope, &one, 1)
    }
}
