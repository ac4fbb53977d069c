// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Ports
import Synchronization

/// Wakes the thread that talks with a child out of its look at the pipes.
final class Bell: Sendable {
    /// Readable when somebody rang.
    let ear: Int32
    private let rope: Int32

    init(for program: String) throws(ProgramFailure) {
        let pipe = try Pipe(program)
        for end in [pipe.reading, pipe.writing] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (ear, rope) = (pipe.reading, pipe.writing)
    }

    deinit {
        close(ear)
        close(rope)
    }

    func ring() {
        var one: UInt8 = 1
        // It only fails when the pipe is full of rings: then the bell rings already.
        _ = unsafe write(rope, &one, 1)
    }

    /// Takes back the rings that were heard.
    func hush() {
        unsafe withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { room in
            while unsafe read(ear, room.baseAddress, room.count) == room.count {}
        }
    }
}

/// Set by a cancelled task and the like, read by the threads that work for it.
final class StopFlag: Sendable {
    private let isSet = Atomic<Bool>(false)
    private let bell: Bell?

    init(ringing bell: Bell? = nil) { self.bell = bell }

    func set() {
        isSet.store(true, ordering: .releasing)
        bell?.ring()
    }

    var value: Bool { isSet.load(ordering: .acquiring) }
}

/// What others may want of a conversation while it goes on.
struct Reins: Sendable {
    let bell: Bell
    /// The task was cancelled.
    let stop: StopFlag
    /// Whoever feeds the child gave up: what it was told is not the whole.
    let starved: StopFlag
    /// Whoever hears the child gave up.
    let deaf: StopFlag
    /// The child has ended.
    let over = StopFlag()

    init(for program: Program) throws(ProgramFailure) {
        bell = try Bell(for: program.path)
        (stop, starved, deaf) = (StopFlag(ringing: bell), StopFlag(ringing: bell), StopFlag(ringing: bell))
    }
}
