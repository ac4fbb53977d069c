// Ports · doors · sees Contracts

/// A child process to run: what it is, what it reads and how long it may take.
package struct Program: Sendable {
    package var path: String
    package var arguments: [String]
    package var deadline: Duration
    /// All it finds in its environment; ours when there is none given.
    package var environment: [String: String]?
    /// Where it works; where we do when there is none given.
    package var folder: String?

    package init(
        _ path: String, _ arguments: [String], deadline: Duration, environment: [String: String]? = nil,
        folder: String? = nil
    ) {
        self.path = path
        self.arguments = arguments
        self.deadline = deadline
        self.environment = environment
        self.folder = folder
    }
}

/// What a program says while it runs.
package enum ProgramNews: Hashable, Sendable {
    /// A piece of standard output, cut anywhere.
    case output([UInt8])
    /// A line of standard error, without its end. A carriage return ends one too: so progress is shown.
    case line(String)
}

package struct ProgramOutput: Sendable {
    package let status: Int32
    package let output: [UInt8]
    /// The last lines of standard error, for the reader of a failure.
    package let complaint: String

    package init(status: Int32, output: [UInt8], complaint: String) {
        self.status = status
        self.output = output
        self.complaint = complaint
    }
}

package struct ProgramFailure: Error, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case notFound
        case cannotStart
        case exit
        case killed
        case deadline
        case canceled
        case pipe
    }

    package let code: Code
    package let program: String
    package let complaint: String

    package init(_ code: Code, program: String, complaint: String) {
        self.code = code
        self.program = program
        self.complaint = complaint
    }

    package var description: String { "\(program) \(code.rawValue): \(complaint)" }
}

/// Runs programs of the host. A cancelled task, or a deadline, ends the child and all it has started: TERM, one second,
/// KILL. What a child leaves behind in its process group when it ends by itself is killed too.
package protocol Programs: Sendable {
    /// Writes `input` to standard input, reads standard output whole. Throws unless the exit status is 0.
    func run(_ program: Program, input: [UInt8]) async throws(ProgramFailure) -> ProgramOutput
    /// Calls `feed` with a sink for standard input, on a thread that may block; closes it afterwards.
    func stream(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput
    /// As `stream`, and tells `hear` what the program says as it says it; the output that is answered is empty. While
    /// `hear` is busy the program waits, once the pipes are full. When it throws, the program is ended.
    func follow(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void,
        hear: @escaping @Sendable (ProgramNews) async throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput
}

extension Programs {
    /// Follows a program that reads nothing.
    package func follow(
        _ program: Program, hear: @escaping @Sendable (ProgramNews) async throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput {
        try await follow(program, feed: { _ in }, hear: hear)
    }
}

/// A pipe somebody reads at the other end. Writing blocks until there is room, and throws when nobody reads any more.
package protocol ByteSink {
    func write(_ bytes: UnsafeRawBufferPointer) throws
    /// True when the caller should stop: the task was cancelled or the deadline is over.
    var isCancelled: Bool { get }
}
