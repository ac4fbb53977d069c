// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Ports
import Synchronization

/// A running program: its number and our ends of its three pipes. Whoever made it must close it.
struct Child {
    let name: String
    let pid: pid_t
    let input: Int32
    let output: Int32
    let errors: Int32

    /// Starts the program in a process group of its own, so that a signal reaches its own children too.
    ///
    /// One start at a time: between the making of a pipe and its closing mark another child could inherit it, and would
    /// keep it open for ever.
    init(_ program: Program) throws(ProgramFailure) {
        self = try Self.starting.withLock { _ throws(ProgramFailure) in try Child(alone: program) }
    }

    private static let starting = Mutex<Void>(())

    private init(alone program: Program) throws(ProgramFailure) {
        name = program.path
        let input = try Pipe(name)
        let output = try Pipe(name)
        let errors = try Pipe(name)
        var pid: pid_t = 0
        let status = Self.spawn(program, &pid, [(input.reading, 0), (output.writing, 1), (errors.writing, 2)])
        for end in [input.reading, output.writing, errors.writing] { close(end) }
        guard status == 0 else {
            for end in [input.writing, output.reading, errors.reading] { close(end) }
            let code: ProgramFailure.Code = status == ENOENT ? .notFound : .cannotStart
            throw ProgramFailure(code, program: name, complaint: unsafe String(cString: strerror(status)))
        }
        self.pid = pid
        self.input = input.writing
        self.output = output.reading
        self.errors = errors.reading
    }

    /// Asks the whole group to end, or makes it.
    func signal(_ number: Int32) { kill(-pid, number) }

    private static func spawn(_ program: Program, _ pid: inout pid_t, _ ends: [(Int32, Int32)]) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        for (ours, theirs) in ends { unsafe posix_spawn_file_actions_adddup2(&actions, ours, theirs) }
        // We ignore some signals; a child must not inherit that.
        var defaults = sigset_t()
        unsafe sigfillset(&defaults)
        var mask = sigset_t()
        unsafe sigemptyset(&mask)
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        unsafe posix_spawnattr_setsigmask(&attributes, &mask)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        return unsafe withArguments([program.path] + program.arguments) { arguments in
            unsafe posix_spawnp(&pid, program.path, &actions, &attributes, arguments, environ)
        }
    }

    /// Lends the strings as C wants them: pointers, and a null at the end.
    private static func withArguments<Value>(
        _ words: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        // strdup allocates; the frees below give it back.
        var pointers: [UnsafeMutablePointer<CChar>?] = unsafe words.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return unsafe pointers.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("the array holds at least the null") }
            return unsafe body(base)
        }
    }
}

/// Both ends of a pipe that no other child inherits.
private struct Pipe {
    let reading: Int32
    let writing: Int32

    init(_ name: String) throws(ProgramFailure) {
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else {
            throw ProgramFailure(.cannotStart, program: name, complaint: unsafe String(cString: strerror(errno)))
        }
        reading = ends[0]
        writing = ends[1]
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
}
