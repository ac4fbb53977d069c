// Lanes · threads · sees nothing
import Glibc
import Synchronization

/// A thread of its own for whatever may block or must be watched: a C handle, a disk, a pipe, a socket. An actor that
/// names a lane as its executor lives on that thread, so its handle never changes threads and the cooperative pool never
/// waits for it.
///
/// Everything runs in the order it was sent. A lane lives until somebody closes it.
package final class Lane: SerialExecutor {
    private let mailbox = Mailbox()
    /// Set by the thread before it serves anything, and read only by who asks whether he is that thread.
    private let thread = Atomic<UInt>(0)
    /// Sendable because it is only touched on the lane.
    private nonisolated(unsafe) let tower: Watchtower

    /// The name is what a debugger and `top -H` show; the kernel keeps its first 15 bytes.
    package init(_ name: String) {
        tower = Watchtower(
            bell: mailbox.bell, onBell: { [mailbox] in mailbox.hush() }, onWake: { [mailbox] in mailbox.rise() })
        start(name)
    }

    package func enqueue(_ job: consuming ExecutorJob) { send(.job(UnownedJob(job))) }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    package func isIsolatingCurrentContext() -> Bool? { isHere }

    package func checkIsolated() { precondition(isHere, "this actor's code may only run on its lane") }

    /// Runs something short behind everything already sent, without waiting for it.
    package func perform(_ work: @escaping @Sendable () -> Void) { send(.closure(work)) }

    /// Runs something that may block and answers its value. On a closed lane it fails at once.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard !isClosed else { throw LaneClosed() }
        return try await withCheckedThrowingContinuation { reply in
            perform { reply.resume(with: Result { try work() }) }
        }
    }

    package var isClosed: Bool { mailbox.isClosed }

    /// Ends the thread once it has done what it was sent before. Safe to repeat, and safe from the lane itself.
    package func close() { mailbox.close() }
}

// MARK: what only code on the lane may ask for

extension Lane {
    /// Looks at a descriptor while the lane sleeps, until `unwatch`.
    package func watch(_ descriptor: Int32, for interest: Readiness, onReady: @escaping (Readiness) -> Void) {
        checkIsolated()
        tower.watch(descriptor, for: interest, onReady: onReady)
    }

    package func change(_ descriptor: Int32, to interest: Readiness) {
        checkIsolated()
        tower.change(descriptor, to: interest)
    }

    /// Always before the descriptor is closed.
    package func unwatch(_ descriptor: Int32) {
        checkIsolated()
        tower.unwatch(descriptor)
    }

    /// Rings once after the delay; `callOff` with the number that is answered prevents it.
    package func ring(after delay: Duration, _ ring: @escaping () -> Void) -> UInt64 {
        checkIsolated()
        return tower.ring(after: delay, ring)
    }

    package func callOff(_ number: UInt64) {
        checkIsolated()
        tower.callOff(number)
    }

    /// Runs once when everything that is ready now has been served: the moment to send what has gathered.
    package func beforeSleep(_ work: @escaping () -> Void) {
        checkIsolated()
        tower.beforeSleep(work)
    }
}

// MARK: the thread

extension Lane {
    private var isHere: Bool {
        thread.load(ordering: .relaxed) == UInt(pthread_self()) || (mailbox.isOver && Lane.afterlife.isHere)
    }

    /// Jobs of tasks must run somewhere, or their tasks would hang for ever: those of a closed lane run here,
    /// where they find their actor's handle gone and fail.
    private static let afterlife = Lane("lane-afterlife")

    private func send(_ work: Mailbox.Work) {
        guard !mailbox.accept(work) else { return }
        switch work {
        case .closure: Lane.afterlife.send(work)
        case .job(let job):
            let executor = asUnownedSerialExecutor()
            Lane.afterlife.perform { job.runSynchronously(on: executor) }
        }
    }

    /// However much there is to serve, descriptors and times are looked at this often.
    private static let turnsWithoutLooking = 8

    /// The whole life of the thread: serve, send, sleep, look.
    private func serve() {
        var turns = 0
        while true {
            switch mailbox.turn() {
            case .serve(let batch):
                for work in batch { perform(now: work) }
                turns += 1
                if turns % Self.turnsWithoutLooking == 0 { tower.look(maySleep: false) }
            case .sleep:
                tower.look(maySleep: true)
            case .over:
                tower.leave()
                return
            }
            tower.finishTurn()
        }
    }

    private func perform(now work: Mailbox.Work) {
        switch work {
        case .closure(let body): body()
        case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    private func start(_ name: String) {
        let life = Unmanaged.passRetained(
            Life {
                Lane.sign(name)
                self.thread.store(UInt(pthread_self()), ordering: .relaxed)
                self.serve()
                // The number may be given to another thread once this one is gone.
                self.thread.store(0, ordering: .relaxed)
            })
        var handle = pthread_t()
        let status = pthread_create(&handle, nil, Lane.enter, life.toOpaque())
        // Without threads nothing in this process can go on.
        precondition(status == 0, "the system refused a thread: \(status)")
        pthread_detach(handle)
    }

    /// Names the thread for debuggers; a thread without a name works as well.
    private static func sign(_ name: String) {
        let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = name.withCString { write(file, $0, min(15, strlen($0))) }
        _ = Glibc.close(file)
    }

    /// A C function cannot capture, so the closure travels in a box; taking it back frees the box.
    private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { box in
        guard let box else { return nil }
        Unmanaged<Life>.fromOpaque(box).takeRetainedValue().body()
        return nil
    }
}

/// What work sent to a closed lane meets.
package struct LaneClosed: Error, CustomStringConvertible {
    package init() {}
    package var description: String { "this lane is closed" }
}

private final class Life {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
}
