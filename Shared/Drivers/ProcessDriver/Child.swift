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
        var pipes: [Pipe] = []
        do throws(ProgramFailure) {
            for _ in 0..<3 { pipes.append(try Pipe(name)) }
        } catch {
            for pipe in pipes { pipe.close() }
            throw error
        }
        let (input, output, errors) = (pipes[0], pipes[1], pipes[2])
        var pid: pid_t = 0
        let status = Self.spawn(program, &pid, [(input.reading, 0), (output.writing, 1), (errors.writing, 2)])
        for end in [input.reading, output.writing, errors.writing] { close(end) }
        guard status == 0 else {
            for end in [input.writing, output.reading, errors.reading] { close(end) }
            throw Self.failure(status, program)
        }
        self.pid = pid
        self.input = input.writing
        self.output = output.reading
        self.errors = errors.reading
    }

    private static func failure(_ status: Int32, _ program: Program) -> ProgramFailure {
        if let folder = program.folder, unsafe access(folder, X_OK) != 0 {
            return ProgramFailure(
                .cannotStart, program: program.path, complaint: "it cannot work in the folder \(folder)")
        }
        let code: ProgramFailure.Code = status == ENOENT ? .notFound : .cannotStart
        return ProgramFailure(code, program: program.path, complaint: unsafe String(cString: strerror(status)))
    }

    /// Asks the whole group to end, or makes it.
    func signal(_ number: Int32) { kill(-pid, number) }

    /// True when it has ended. It is not collected: its number stays its own.
    var hasEnded: Bool {
        var info = unsafe siginfo_t()
        let status = unsafe waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT)
        // Somebody else who collects our children would leave none to be waited for.
        return unsafe (status == 0 && info.si_signo != 0) || (status < 0 && errno == ECHILD)
    }

    /// Takes the ended child off the system's hands, and answers its status.
    func collect() -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status
    }

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
        if let folder = program.folder {
            let status = unsafe changeFolder(&actions, folder)
            guard status == 0 else { return status }
        }
        // What other code opened without a closing mark is none of the child's business either.
        let status = unsafe closeOthers(&actions)
        guard status == 0 else { return status }
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
            guard let given = program.environment else {
                return unsafe posix_spawnp(&pid, program.path, &actions, &attributes, arguments, environ)
            }
            return unsafe withArguments(given.map { "\($0.key)=\($0.value)" }) { environment in
                unsafe posix_spawnp(&pid, program.path, &actions, &attributes, arguments, environment)
            }
        }
    }

    private typealias AddFolder =
        @convention(c) (
            UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
        ) -> Int32

    private typealias AddClosing =
        @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

    /// The header hides this one and the next from Swift, the library does not.
    private static func closeOthers(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>) -> Int32 {
        guard let found = unsafe dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return ENOSYS }
        return unsafe unsafeBitCast(found, to: AddClosing.self)(actions, 3)
    }

    private static func changeFolder(
        _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ folder: String
    ) -> Int32 {
        guard let found = unsafe dlsym(nil, "posix_spawn_file_actions_addchdir_np") else { return ENOSYS }
        return unsafe unsafeBitCast(found, to: AddFolder.self)(actions, folder)
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
struct Pipe {
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

    func close() {
        for end in [reading, writing] { _ = Glibc.close(end) }
    }
}
