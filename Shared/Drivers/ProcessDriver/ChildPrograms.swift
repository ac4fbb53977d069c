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
        let reins = try Reins(for: program)
        let child = try Child(program)
        return try await attend(reins) {
            var talk = Conversation(with: child, question: input, deadline: program.deadline, reins: reins)
            return try talk.run()
        }
    }

    package func stream(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput {
        let reins = try Reins(for: program)
        return try await converse(program, feed, reins, nil)
    }

    package func follow(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void,
        hear: @escaping @Sendable (ProgramNews) async throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput {
        let reins = try Reins(for: program)
        let hearsay = Hearsay(ringing: reins.bell)
        async let hearing = passOn(hearsay, to: hear, reins)
        let ended: Result<ProgramOutput, ProgramFailure>
        do throws(ProgramFailure) {
            ended = .success(try await converse(program, feed, reins, hearsay))
        } catch {
            ended = .failure(error)
        }
        hearsay.finish()
        let failure = await hearing
        // A cancelled task makes its hearer throw too: the cancellation is the reason.
        if let failure, !reins.stop.value {
            throw ProgramFailure(.pipe, program: program.path, complaint: "nobody hears it any more: \(failure)")
        }
        return try ended.get()
    }

    /// Tells the hearer everything, until it throws: then the rest is heard by nobody.
    private func passOn(
        _ hearsay: Hearsay, to hear: @Sendable (ProgramNews) async throws -> Void, _ reins: Reins
    ) async -> (any Error)? {
        var failure: (any Error)?
        while let news = await hearsay.next() {
            guard failure == nil else { continue }
            do {
                try await hear(news)
            } catch {
                failure = error
                reins.deaf.set()
            }
        }
        return failure
    }

    private func converse(
        _ program: Program, _ feed: @escaping @Sendable (any ByteSink) throws -> Void, _ reins: Reins,
        _ hearsay: Hearsay?
    ) async throws(ProgramFailure) -> ProgramOutput {
        let child = try Child(program)
        let feeder = Lane("feed")
        defer { feeder.close() }
        // Begun on its own thread at once: a busy cooperative pool must not eat the program's time.
        let pouring = Pouring(feed, into: child, reins)
        feeder.perform { pouring.run() }
        let heard = await listen(to: child, program, reins, hearsay)
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
        to child: Child, _ program: Program, _ reins: Reins, _ hearsay: Hearsay?
    ) async -> Result<ProgramOutput, ProgramFailure> {
        do throws(ProgramFailure) {
            return .success(
                try await attend(reins) {
                    var talk = Conversation(
                        with: child, question: nil, deadline: program.deadline, reins: reins, hearsay: hearsay)
                    return try talk.run()
                })
        } catch {
            return .failure(error)
        }
    }

    /// Runs the blocking talk on a thread of its own; a cancelled task raises the flag.
    private func attend(
        _ reins: Reins, _ talk: @escaping @Sendable () throws -> ProgramOutput
    ) async throws(ProgramFailure) -> ProgramOutput {
        let listener = Lane("child")
        defer { listener.close() }
        do {
            return try await withTaskCancellationHandler {
                try await listener.run(talk)
            } onCancel: {
                reins.stop.set()
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
    private let reins: Reins
    private let failure = Mutex<(any Error)?>(nil)

    init(_ feed: @escaping @Sendable (any ByteSink) throws -> Void, into child: Child, _ reins: Reins) {
        self.feed = feed
        self.child = child
        self.reins = reins
    }

    /// Feeds on the thread that calls, and closes the pipe, however the feeding ends.
    func run() {
        defer { close(child.input) }
        let sink = PipeSink(descriptor: child.input, name: child.name, reins: reins)
        sink.widen()
        do {
            try feed(sink)
        } catch {
            failure.withLock { $0 = error }
            // Only the conversation may signal the child: it knows whether the number is still the child's.
            reins.starved.set()
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
