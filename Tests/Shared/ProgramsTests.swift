// SharedTests · tests · sees Ports, ProcessDriver
import Ports
import ProcessDriver
import Testing

@Suite("A program run as a child")
struct ProgramsTests {
    private let programs = ChildPrograms()

    private func shell(_ script: String, deadline: Duration = .seconds(120)) -> Program {
        Program("sh", ["-c", script], deadline: deadline)
    }

    @Test("reads what it is given and says what it says, megabytes of it")
    func talk() async throws {
        let question = [UInt8](repeating: 7, count: 3_000_000)
        let ended = try await programs.run(Program("cat", [], deadline: .seconds(120)), input: question)
        #expect(ended.output == question)
    }

    @Test("that fails is told by its status and its last words")
    func failure() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await programs.run(shell("echo first >&2; echo last words >&2; exit 7"), input: [])
        }
        #expect(failure?.code == .exit)
        #expect(failure?.complaint.contains("status 7") == true)
        #expect(failure?.complaint.contains("last words") == true)
    }

    @Test("that is not there, that is killed, that takes too long, that ignores the end: each has its name")
    func endings() async throws {
        let cases: [(Program, ProgramFailure.Code)] = [
            (Program("no-such-program-anywhere", [], deadline: .seconds(60)), .notFound),
            (shell("kill -9 $$"), .killed),
            (shell("sleep 30", deadline: .milliseconds(100)), .deadline),
            (shell("trap '' TERM; sleep 30 & wait; sleep 30", deadline: .milliseconds(100)), .deadline),
        ]
        for (program, code) in cases {
            let failure = await #expect(throws: ProgramFailure.self) { try await programs.run(program, input: []) }
            #expect(failure?.code == code, "\(program.arguments)")
        }
    }

    @Test("ends with the task that runs it")
    func cancellation() async throws {
        let task = Task { try await programs.run(shell("sleep 30"), input: []) }
        task.cancel()
        let failure = await #expect(throws: ProgramFailure.self) { try await task.value }
        #expect(failure?.code == .canceled)
    }

    @Test("is streamed to until its reader has it all")
    func streaming() async throws {
        let ended = try await programs.stream(Program("wc", ["-c"], deadline: .seconds(120))) { sink in
            let block = [UInt8](repeating: 1, count: 100_000)
            for _ in 0..<50 { try block.withUnsafeBytes { try sink.write($0) } }
        }
        #expect(String(decoding: ended.output, as: UTF8.self).contains("5000000"))
    }

    @Test("that stops reading is noticed by whoever writes")
    func brokenPipe() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await programs.stream(shell("exec <&-; exit 0")) { sink in
                let block = [UInt8](repeating: 1, count: 100_000)
                for _ in 0..<500 { try block.withUnsafeBytes { try sink.write($0) } }
            }
        }
        #expect(failure?.code == .pipe)
    }

    @Test("whose feeder fails is ended, not taken for complete, and the feeder's reason is told")
    func failingFeeder() async throws {
        struct NoMoreInk: Error {}
        let failure = await #expect(throws: ProgramFailure.self) {
            try await programs.stream(shell("cat >/dev/null; sleep 60")) { _ in throw NoMoreInk() }
        }
        #expect(failure?.code == .pipe)
        #expect(failure?.complaint.contains("NoMoreInk") == true)
    }
}
