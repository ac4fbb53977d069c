// WorkerTests · tests · sees Ports, ProcessDriver
import Ports
import ProcessDriver
import Synchronization

/// Real child processes, counted, and with less patience where a test wants it.
struct VoicePrograms: Programs {
    /// How often a program was started.
    final class Count: Sendable {
        private let starts = Mutex(0)
        var value: Int { starts.withLock { $0 } }
        func add() { starts.withLock { $0 += 1 } }
    }

    let count = Count()
    /// Instead of the program's own: so that a hung program is found hung quickly.
    var deadline: Duration?
    /// Said to the shell instead of starting the voice program: for the ways in which a program can fail.
    var script: String?
    private let children = ChildPrograms()

    init(deadline: Duration? = nil, script: String? = nil) {
        self.deadline = deadline
        self.script = script
    }

    func run(_ program: Program, input: [UInt8]) async throws(ProgramFailure) -> ProgramOutput {
        count.add()
        var program = program
        if let script, program.path == VoiceStage.voice {
            program = Program("/bin/sh", ["-c", script], deadline: program.deadline)
        }
        program.deadline = deadline ?? program.deadline
        return try await children.run(program, input: input)
    }

    func stream(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput {
        try await children.stream(program, feed: feed)
    }

    func follow(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void,
        hear: @escaping @Sendable (ProgramNews) async throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput {
        try await children.follow(program, feed: feed, hear: hear)
    }
}
