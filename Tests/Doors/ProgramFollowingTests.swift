// DoorTests · tests · sees Conformance, Kit, Ports, ProcessDriver
import Conformance
import Foundation
import Kit
import Ports
import ProcessDriver
import Synchronization
import Testing

@Suite("A program that is followed")
struct ProgramFollowingTests {
    private let programs = ChildPrograms()

    private func shell(_ script: String, deadline: Duration = .seconds(120)) -> Program {
        Program("sh", ["-c", script], deadline: deadline)
    }

    @Test("is heard while it runs, and can be answered")
    func conversation() async throws {
        let (heard, gate) = (Notes(), ThreadGate())
        let ended = try await programs.follow(
            shell("echo ready; read word; echo \"heard $word\""),
            feed: { sink in
                gate.wait()
                try Array("you\n".utf8).withUnsafeBytes { try sink.write($0) }
            },
            hear: { news in
                heard.add(news)
                if heard.output.contains("ready") { gate.open() }
            })
        #expect(heard.output == "ready\nheard you\n")
        #expect(ended.output.isEmpty)
    }

    @Test("tells its progress line by line, however it ends its lines")
    func progress() async throws {
        let heard = Notes()
        let script = "printf 'one\\n\\ntwo\\rthree\\r\\nlast' >&2; head -c 40000 /dev/zero | tr '\\0' x >&2"
        let ended = try await programs.follow(shell(script)) { heard.add($0) }
        #expect(Array(heard.lines.prefix(3)) == ["one", "two", "three"])
        #expect(heard.lines.dropFirst(3).joined().count == 40004)
        #expect(heard.lines.allSatisfy { $0.count <= 1 << 14 })
        #expect(ended.complaint.hasSuffix("xxx"))
    }

    @Test("waits while nobody hears it, and loses nothing")
    func backPressure() async throws {
        let gate = Gate()
        let heard = Atomic<Int>(0)
        let mark = FileManager.default.temporaryDirectory.path + "/followed-\(UUID().uuidString)"
        async let ended = programs.follow(shell("head -c 20000000 /dev/zero; : >'\(mark)'")) { news in
            if heard.load(ordering: .relaxed) > 0 { await gate.wait() }
            if case .output(let bytes) = news { heard.add(bytes.count, ordering: .relaxed) }
        }
        #expect(try await eventually { heard.load(ordering: .relaxed) > 0 })
        // It cannot have said all, so it cannot have come to its mark.
        #expect(!FileManager.default.fileExists(atPath: mark))
        await gate.open()
        _ = try await ended
        #expect(heard.load(ordering: .relaxed) == 20_000_000)
        #expect(FileManager.default.fileExists(atPath: mark))
        try FileManager.default.removeItem(atPath: mark)
    }

    @Test("is ended when whoever hears it has heard enough, and his reason is told")
    func enough() async throws {
        struct Enough: Error {}
        let failure = await #expect(throws: ProgramFailure.self) {
            try await programs.follow(shell("while :; do echo more; done")) { _ in throw Enough() }
        }
        #expect(failure?.code == .pipe)
        #expect(failure?.complaint.contains("Enough") == true)
    }

    @Test("fails with its own status and last words, heard or not")
    func failure() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await programs.follow(shell("echo last words >&2; exit 7")) { _ in }
        }
        #expect(failure?.code == .exit)
        #expect(failure?.complaint.contains("last words") == true)
        let missing = await #expect(throws: ProgramFailure.self) {
            try await programs.follow(Program("no-such-program", [], deadline: .seconds(9))) { _ in }
        }
        #expect(missing?.code == .notFound)
    }

    @Test("dies with all it has started when its task is cancelled, also those who would not hear of it")
    func group() async throws {
        let heard = Notes()
        let script = """
            sleep 1000 & echo $!
            (trap '' TERM; exec sleep 1001 <&- >/dev/null 2>&1) & echo $!
            echo done; wait
            """
        let task = Task { try await programs.follow(shell(script)) { heard.add($0) } }
        #expect(try await eventually { heard.output.hasSuffix("done\n") })
        task.cancel()
        let failure = await #expect(throws: ProgramFailure.self) { try await task.value }
        #expect(failure?.code == .canceled)
        let heirs = heard.output.split(separator: "\n").compactMap { Int32($0) }
        #expect(heirs.count == 2)
        for heir in heirs { #expect(try await eventually { !Self.isAlive(heir) }) }
    }

    @Test("that ends and leaves its pipe to one it has started is over, and so is the other")
    func heir() async throws {
        let began = ContinuousClock.now
        let ended = try await programs.run(shell("sleep 1000 & echo $!"), input: [])
        #expect(ContinuousClock.now - began < .seconds(30))
        let heir = try #require(Int32(String(decoding: ended.output, as: UTF8.self).dropLast()))
        #expect(try await eventually { !Self.isAlive(heir) })
    }

    @Test("that leaves its pipe to one in a group of its own is over all the same")
    func stranger() async throws {
        let ended = try await programs.run(shell("setsid sh -c 'echo $$; exec sleep 1000' & sleep 0.3"), input: [])
        let stranger = try #require(Int32(String(decoding: ended.output, as: UTF8.self).dropLast()))
        #expect(Self.isAlive(stranger))
        kill(stranger, SIGKILL)
        let fed = await #expect(throws: ProgramFailure.self) {
            try await programs.stream(shell("setsid sh -c 'echo $$ >&2; exec sleep 1000' & sleep 0.3")) { sink in
                let block = [UInt8](repeating: 1, count: 100_000)
                for _ in 0..<500 { try block.withUnsafeBytes { try sink.write($0) } }
            }
        }
        #expect(fed?.code == .pipe)
    }

    @Test("that closes its pipes and lives on is still under the clock")
    func hermit() async throws {
        let failure = await #expect(throws: ProgramFailure.self) {
            try await programs.run(
                shell("exec <&- >&- 2>&-; sleep 1000", deadline: .milliseconds(100)), input: [])
        }
        #expect(failure?.code == .deadline)
    }

    @Test("finds the environment it is given and nothing else, and works where it is told to")
    func surroundings() async throws {
        let bare = Program("/usr/bin/env", [], deadline: .seconds(60), environment: ["A": "b=c", "語": "日本"])
        let said = String(decoding: try await programs.run(bare, input: []).output, as: UTF8.self)
        #expect(said.split(separator: "\n").sorted() == ["A=b=c", "語=日本"])
        let place = Program("/bin/pwd", [], deadline: .seconds(60), folder: "/usr")
        #expect(try await programs.run(place, input: []).output == Array("/usr\n".utf8))
        let nowhere = Program("/bin/pwd", [], deadline: .seconds(60), folder: "/no/such/folder")
        let failure = await #expect(throws: ProgramFailure.self) { try await programs.run(nowhere, input: []) }
        #expect(failure?.code == .cannotStart)
        #expect(failure?.complaint.contains("/no/such/folder") == true)
    }

    @Test("leaves no descriptor and no zombie behind, a thousand times and in every way")
    func thousand() async throws {
        let before = try Self.descriptors()
        for round in 0..<100 {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 { group.addTask { await self.end(inWay: number) } }
                try await group.waitForAll()
            }
            if round % 10 == 0 { #expect(try Self.descriptors() < before + 400) }
        }
        // Others work in this process too, but one left behind each time would be a thousand.
        #expect(try await eventually { try Self.descriptors() < before + 200 })
        #expect(try await eventually { try Self.zombies() < 5 })
    }

    private func end(inWay number: Int) async {
        let quick = Duration.seconds(60)
        do {
            switch number {
            case 0...3: _ = try await programs.run(Program("true", [], deadline: quick), input: [1, 2, 3])
            case 4: _ = try await programs.run(Program("false", [], deadline: quick), input: [])
            case 5: _ = try await programs.run(Program("no-such-program", [], deadline: quick), input: [])
            case 6: _ = try await programs.follow(Program("echo", ["x"], deadline: quick)) { _ in }
            case 7:
                _ = try await programs.stream(Program("cat", [], deadline: quick)) { _ in throw CancellationError() }
            case 8: _ = try await programs.run(Program("pwd", [], deadline: quick, folder: "/no"), input: [])
            default:
                let task = Task { try await programs.run(Program("sleep", ["1000"], deadline: quick), input: []) }
                task.cancel()
                _ = try await task.value
            }
        } catch {
            #expect(error is ProgramFailure)
        }
    }

    /// The pipes of this process: others open thousands of sockets in it.
    private static func descriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count { number in
            let path = "/proc/self/fd/" + number
            // One that was closed meanwhile is none.
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)  // see the line above
            return target?.hasPrefix("pipe:") == true
        }
    }

    private static func zombies() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.count { pid in
            guard let fields = fields(of: pid) else { return false }
            return fields[0] == "Z" && fields[1] == "\(getpid())"
        }
    }

    private static func isAlive(_ pid: Int32) -> Bool { fields(of: pid).map { !["Z", "X"].contains($0[0]) } ?? false }

    /// State, parent and what follows of `/proc/PID/stat`.
    private static func fields(of pid: Int32) -> [Substring]? {
        let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)  // it may be gone by now
        guard let text, let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 1 ? fields : nil
    }
}

/// What was heard so far.
private final class Notes: Sendable {
    private let news = Mutex<[ProgramNews]>([])

    func add(_ heard: ProgramNews) { news.withLock { $0.append(heard) } }

    var lines: [String] {
        news.withLock { $0 }.compactMap { if case .line(let line) = $0 { line } else { nil } }
    }

    var output: String {
        let bytes = news.withLock { $0 }.flatMap { if case .output(let bytes) = $0 { bytes } else { [UInt8]() } }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Holds a thread until it is opened.
private final class ThreadGate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    func open() { semaphore.signal() }
    func wait() { semaphore.wait() }
}
