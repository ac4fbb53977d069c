// ProcessDriver · driver · sees Contracts, Ports, Telemetry, Lanes
import Glibc
import Lanes
package import Ports

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
        async let fed: Result<Void, any Error> = pour(feed, into: child, on: feeder, stop)
        let heard: Result<ProgramOutput, ProgramFailure> = await listen(to: child, program, stop)
        let poured = await fed
        let output = try heard.get()
        // The program was content, and yet it was not told everything.
        if case .failure(let error) = poured {
            throw ProgramFailure(.pipe, program: program.path, complaint: "its input ended early: \(error)")
        }
        return output
    }

    private func listen(
        to child: Child, _ program: Program, _ stop: StopFlag
    ) async -> Result<ProgramOutput, ProgramFailure> {
        do throws(ProgramFailure) {
            return .success(
                try await attend(stop) {
                    var talk = Conversation(with: child, question: nil, deadline: program.deadline, stop: stop)
                    return try talk.run()
                })
        } catch {
            return .failure(error)
        }
    }

    /// Feeds on the feeding thread and closes the pipe, however the feeding ended.
    private func pour(
        _ feed: @escaping @Sendable (any ByteSink) throws -> Void, into child: Child, on feeder: Lane, _ stop: StopFlag
    ) async -> Result<Void, any Error> {
        let sink = PipeSink(descriptor: child.input, name: child.name, stop: stop)
        do {
            try await feeder.run {
                defer { close(child.input) }
                sink.widen()
                do {
                    try feed(sink)
                } catch {
                    // What was poured so far must not be taken for the whole.
                    child.signal(SIGTERM)
                    throw error
                }
            }
            return .success(())
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
