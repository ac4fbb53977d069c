// WorkerTests · tests · sees Contracts, Ports, Sound, Wire, WorkerAudioEngine
import Foundation
import Ports
import Synchronization

/// Real child processes, as plainly as tests need them: whole input, whole output, a deadline.
struct VoicePrograms: Programs {
    /// How often each program was started.
    final class Count: Sendable {
        private let starts = Mutex(0)
        var value: Int { starts.withLock { $0 } }
        func add() { starts.withLock { $0 += 1 } }
    }

    /// A child that dies while it is written to must not take the tests with it.
    private static let deafToBrokenPipes: Void = { signal(SIGPIPE, SIG_IGN) }()

    let count = Count()
    /// Instead of the program's own: so that a hung program is found hung quickly.
    var deadline: Duration?

    func run(_ program: Program, input: [UInt8]) async throws(ProgramFailure) -> ProgramOutput {
        _ = Self.deafToBrokenPipes
        count.add()
        let limit = deadline ?? program.deadline
        let outcome = await withCheckedContinuation { answer in
            Thread.detachNewThread { answer.resume(returning: Self.wait(for: program, input: input, limit: limit)) }
        }
        return try outcome.get()
    }

    func stream(
        _ program: Program, feed: @escaping @Sendable (any ByteSink) throws -> Void
    ) async throws(ProgramFailure) -> ProgramOutput {
        throw ProgramFailure(.cannotStart, program: program.path, complaint: "nothing is streamed in these tests")
    }

    private static func wait(
        for program: Program, input: [UInt8], limit: Duration
    ) -> Result<ProgramOutput, ProgramFailure> {
        let process = Process()
        let (question, answer, complaint) = (Pipe(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: program.path)
        process.arguments = program.arguments
        process.standardInput = question
        process.standardOutput = answer
        process.standardError = complaint
        do {
            try process.run()
        } catch {
            return .failure(ProgramFailure(.notFound, program: program.path, complaint: "\(error)"))
        }
        let late = Mutex(false)
        let alarm = DispatchWorkItem {
            late.withLock { $0 = true }
            kill(process.processIdentifier, SIGKILL)
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + limit / .seconds(1), execute: alarm)
        Thread.detachNewThread {
            // Who dies does not read: its exit status tells, not this write.
            try? question.fileHandleForWriting.write(contentsOf: Data(input))  // the status tells
            try? question.fileHandleForWriting.close()  // closing twice is harmless
        }
        let output = answer.fileHandleForReading.readDataToEndOfFile()
        let words = String(decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        alarm.cancel()
        let code: ProgramFailure.Code? =
            if late.withLock({ $0 }) {
                .deadline
            } else if process.terminationReason == .uncaughtSignal {
                .killed
            } else {
                process.terminationStatus == 0 ? nil : .exit
            }
        if let code { return .failure(ProgramFailure(code, program: program.path, complaint: words)) }
        return .success(ProgramOutput(status: 0, output: [UInt8](output), complaint: words))
    }
}
