// Lanes · threads · sees nothing
import Glibc

/// A thread of its own for whatever may block: a C handle, a disk, a pipe. An actor that names a lane as its executor
/// lives on that thread, so its handle never changes threads and the cooperative pool never waits for it.
///
/// Everything runs in the order it was sent. A lane lives until somebody closes it.
package final class Lane: SerialExecutor {
    private let mailbox: Mailbox

    /// The name is what a debugger and `top -H` show; the kernel keeps its first 15 bytes.
    package init(_ name: String) {
        mailbox = Mailbox()
        start(name)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        send { job.runSynchronously(on: executor) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    package func isIsolatingCurrentContext() -> Bool? { isHere }

    package func checkIsolated() { precondition(isHere, "this actor's code may only run on its lane") }

    /// Runs something short behind everything already sent, without waiting for it.
    package func perform(_ work: @escaping @Sendable () -> Void) { send(work) }

    /// Runs something that may block and answers its value. On a closed lane it fails at once.
    package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard !isClosed else { throw LaneClosed() }
        return try await withCheckedThrowingContinuation { reply in
            send { reply.resume(with: Result { try work() }) }
        }
    }

    package var isClosed: Bool { mailbox.isClosed }

    /// Ends the thread once it has done what it was sent before. Safe to repeat, and safe from the lane itself.
    package func close() { mailbox.close() }

    private var isHere: Bool { mailbox.isOpenFor(pthread_self()) || (mailbox.isOver && Lane.afterlife.isHere) }

    /// Jobs of tasks must run somewhere, or their tasks would hang for ever: those of a closed lane run here,
    /// where they find their actor's handle gone and fail.
    private static let afterlife = Lane("lane-afterlife")

    private func send(_ work: @escaping @Sendable () -> Void) {
        guard !mailbox.accept(work) else { return }
        Lane.afterlife.send(work)
    }

    private func start(_ name: String) {
        let mailbox = mailbox
        let thread = Unmanaged.passRetained(Work { mailbox.serve(as: name) })
        var handle = pthread_t()
        let status = pthread_create(&handle, nil, Lane.enter, thread.toOpaque())
        // Without threads nothing in this process can go on.
        precondition(status == 0, "the system refused a thread: \(status)")
        pthread_detach(handle)
    }

    /// A C function cannot capture, so the closure travels in a box; taking it back frees the box.
    private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { box in
        guard let box else { return nil }
        Unmanaged<Work>.fromOpaque(box).takeRetainedValue().body()
        return nil
    }
}

/// What work sent to a closed lane meets.
package struct LaneClosed: Error, CustomStringConvertible {
    package init() {}
    package var description: String { "this lane is closed" }
}

private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
}
