// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Lanes
package import Ports
import Synchronization

/// Programs of this host as children of this process. None of them outlives its call; when this process is killed their
/// pipes close, which ends whatever reads them.
package struct ChildPrograms: Programs {
    package init() {
        // A child that stops reading must not stop us: the write fails and says so.
        signal(SIGPIPE, SIG_IGN)
    }

    package func run(_ program: Program, input: [UInt8]) async throws(ProgramFailure) -> ProgramOutput {
        let child = try Child(program)
        let stop = StopFlag()
        return try await attend(stop) {
            var talk = Conversation(with: child, question: input, deadline: program.deadline, stop: stop)
            return try talk.run()
        }
    }

    package func stream(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput {
        let child = try Child(program)
        let stop = StopFlag()
        let feeder = Lane("feed")
        defer { feeder.close() }
        // Begun on its own thread at once: a busy cooperative pool must not eat the program's time.
        let starved = StopFlag()
        let pouring = Pouring(feed, into: child, stop: stop, starved: starved)
        feeder.perform { pouring.run() }
        let heard: Result<ProgramOutput, ProgramFailure> = await listen(to: child, program, stop, starved)
        let failure = await pouring.end(on: feeder)
        switch heard {
        case .success(let output) where failure == nil:
            return output
        case .failure(let told) where told.code != .pipe:
            throw told
        case .success, .failure:
            // Content or not, the program was not told everything: that is the reason.
            let reason = failure.map { "\($0)" } ?? "nobody says why"
            throw ProgramFailure(.pipe, program: program.path, complaint: "its input ended early: \(reason)")
        }
    }

    private func listen(
        to child: Child, _ program: Program, _ stop: StopFlag, _ starved: StopFlag
    ) async -> Result<ProgramOutput, ProgramFailure> {
        do throws(ProgramFailure) {
            return .success(
                try await attend(stop) {
                    var talk = Conversation(
                        with: child, question: nil, deadline: program.deadline, stop: stop, starved: starved)
                    return try talk.run()
                })
        } catch {
            return .failure(error)
        }
    }

    /// Runs the blocking talk on a thread of its own; a cancelled task raises the flag.
    private func attend(
        _ stop: StopFlag, _ talk: @escaping @Sendable () throws -> ProgramOutput
    ) async throws(ProgramFailure) -> ProgramOutput {
        let listener = Lane("child")
        defer { listener.close() }
        do {
            return try await withTaskCancellationHandler {
                try await listener.run(talk)
            } onCancel: {
                stop.set()
            }
        } catch let failure as ProgramFailure {
            throw failure
        } catch {
            throw ProgramFailure(.cannotStart, program: "thread", complaint: "\(error)")
        }
    }
}

/// One feeding of a child's standard input, and how it ended.
private final class Pouring: Sendable {
    private let feed: @Sendable (any ByteSink) throws -> Void
    private let child: Child
    private let stop: StopFlag
    private let starved: StopFlag
    private let failure = Mutex<(any Error)?>(nil)

    init(
        _ feed: @escaping @Sendable (any ByteSink) throws -> Void, into child: Child, stop: StopFlag, starved: StopFlag
    ) {
        self.feed = feed
        self.child = child
        self.stop = stop
        self.starved = starved
    }

    /// Feeds on the thread that calls, and closes the pipe, however the feeding ends.
    func run() {
        defer { close(child.input) }
        let sink = PipeSink(descriptor: child.input, name: child.name, stop: stop)
        sink.widen()
        do {
            try feed(sink)
        } catch {
            failure.withLock { $0 = error }
            // Only the conversation may signal the child: it knows whether the number is still the child's.
            starved.set()
        }
    }

    /// Waits behind the feeding on its lane, and answers why it ended early, if it did.
    func end(on feeder: Lane) async -> (any Error)? {
        do {
            try await feeder.run {}
        } catch {
            return error
        }
        return failure.withLock { $0 }
    }
}
