// DoorTests · tests · sees Conformance, Contracts, Embedded, HTTP, Policies, Ports, ServiceHost, Settings, Telemetry
import Conformance
import Contracts
import Embedded
import Glibc
import HTTP
import Policies
import Ports
import ServiceHost
import Settings
import Synchronization
import Telemetry
import Testing

@Suite("The life of a service")
struct HostTests {
    @Test("opens its parts in order, and on a signal drains and closes them in reverse: exit 0")
    func whole() async {
        let stage = Stage()
        let status = await stage.serve { host in
            for name in ["store", "bus", "inbox"] {
                host.house(
                    Part(
                        name, run: { try await stage.forever("run \(name)") }, drain: { stage.note("drain \(name)") },
                        close: { stage.note("close \(name)") }))
            }
            let last = { @Sendable () async throws -> Void in
                stage.signal()
                try await stage.forever("last")
            }
            host.house(Part("last", run: last, close: { stage.note("close last") }))
        }
        #expect(status == 0)
        let notes = stage.notes.filter { !$0.hasPrefix("run") }
        #expect(
            notes == [
                "drain inbox", "drain bus", "drain store", "close last", "close inbox", "close bus", "close store",
            ])
    }

    @Test("ends with 70 and says why when a part ends that is needed")
    func lostPart() async {
        struct Burst: Error {}
        let stage = Stage()
        let status = await stage.serve { host in
            host.house(Part("pipe", run: { throw Burst() }))
            host.house(Part("store", run: { try await stage.forever("store") }, close: { stage.note("closed") }))
        }
        #expect(status == 70)
        #expect(stage.notes.last == "closed")
        #expect(
            stage.said.contains(#""message":"a part has ended","cause":"Burst()""#) || stage.said.contains("Burst()"))
    }

    @Test("ends with 70 when it cannot begin, and closes what it had opened")
    func cannotBegin() async {
        struct WrongPassword: Error {}
        let stage = Stage()
        let status = await stage.serve { host in
            host.house(Part("store", close: { stage.note("closed") }))
            _ = try await host.door("bus", passes: { _ in false }) { throw WrongPassword() }
        }
        #expect(status == 70)
        #expect(stage.notes == ["closed"])
        #expect(stage.said.contains("WrongPassword"))
    }

    @Test("waits for what is not there yet, says so, and can be stopped while it waits")
    func waits() async {
        struct NotThere: Error {}
        let stage = Stage()
        let tries = Atomic<Int>(0)
        let isWaiting = Gate()
        async let status = stage.serve { host in
            let quick = Backoff(first: .milliseconds(1), longest: .milliseconds(2))
            _ = try await host.door("database", backoff: quick, passes: { $0 is NotThere }) { () throws -> Int in
                guard tries.add(1, ordering: .relaxed).newValue > 3 else { throw NotThere() }
                return 1
            }
            stage.note("found after \(tries.load(ordering: .relaxed))")
            _ = try await host.door("broker", backoff: quick, passes: { $0 is NotThere }) { () throws -> Int in
                if tries.add(1, ordering: .relaxed).newValue > 5 {
                    stage.note(answer(of: host, "/readyz"))
                    await isWaiting.open()
                }
                throw NotThere()
            }
        }
        await isWaiting.wait()
        stage.signal()
        #expect(await status == 0)
        #expect(stage.notes.first == "found after 4")
        #expect(stage.notes[1].contains(#""waiting_for":[{"cause":"NotThere()","name":"broker"}]"#))
        #expect(stage.said.contains(#""dependency":"database""#))
    }

    @Test("is not kept alive by a part that hangs, and names it")
    func hangs() async {
        let stage = Stage(["AINER_DRAIN": "20ms"])
        let gate = Gate()
        let status = await stage.serve { host in
            host.house(Part("stubborn", run: { await gate.wait() }))
            host.house(
                Part(
                    "door",
                    run: {
                        stage.signal()
                        try await stage.forever("door")
                    }))
        }
        #expect(status == 1)
        #expect(stage.said.contains("stubborn"))
        await gate.open()
    }

    @Test("ends at once when it is asked twice")
    func twice() async {
        let stage = Stage()
        let gate = Gate()
        let status = await stage.serve { host in
            host.house(Part("stubborn", run: { await gate.wait() }))
            host.house(
                Part(
                    "asked",
                    run: {
                        stage.signal()
                        stage.signal(SIGINT)
                        try await stage.forever("asked")
                    }))
        }
        #expect(status == 128 + SIGINT)
        await gate.open()
    }

    @Test("exits 78 and tells all faults when its settings are wrong")
    func settings() async {
        let stage = Stage(["AINER_DRAIN": "soon", "AINER_LOG": "loud", "AINER_GREETNG": "hello"])
        let status = await stage.serve { _ in stage.note("never") }
        #expect(status == 78)
        #expect(stage.notes.isEmpty)
        for word in ["AINER_DRAIN is \"soon\"", "AINER_LOG is \"loud\"", "did you mean AINER_GREETING?"] {
            #expect(stage.said.contains(word))
        }
    }

    @Test("answers whether it lives, whether it may get work and why not, and its numbers")
    func health() async {
        let stage = Stage()
        let isDone = Gate()
        let isWell = Atomic<Bool>(false)
        let status = await stage.serve { host in
            host.metrics.counter("ainer_films_total", "Films.").add(3)
            host.health.watch("disk") { isWell.load(ordering: .relaxed) ? nil : "it is full" }
            host.house(
                Part(
                    "asker",
                    run: {
                        stage.note(answer(of: host, "/readyz"))
                        isWell.store(true, ordering: .relaxed)
                        for path in ["/readyz", "/healthz", "/metrics", "/other", "/metrics?x"] {
                            stage.note(answer(of: host, path))
                        }
                        stage.note(answer(of: host, "/metrics", .post))
                        stage.signal()
                        await isDone.wait()
                    }, drain: { await isDone.open() }))
        }
        #expect(status == 0)
        let notes = stage.notes
        #expect(notes[0].hasPrefix("503 "))
        #expect(notes[0].contains(#"{"cause":"it is full","name":"disk"}"#))
        #expect(notes[1].hasPrefix("200 "))
        #expect(notes[1].contains(#""status":"running""#))
        #expect(notes[2].hasPrefix("200 "))
        #expect(notes[3].contains("ainer_films_total 3\n"))
        #expect(notes[4].hasPrefix("404 "))
        #expect(notes[5] == notes[3])
        #expect(notes[6].hasPrefix("405 "))
    }
}

/// What is answered at a path, as one line.
private func answer(of host: Host, _ path: String, _ method: HTTPMethod = .get) -> String {
    guard case .answer(let response) = host.health.admit(RequestHead(method, path)),
        case .bytes(let body) = response.body
    else { return "no answer" }
    return "\(response.status.code) \(String(decoding: body, as: UTF8.self))"
}

private struct NoSettings: ServiceSettings {
    static let greeting = Setting("AINER_GREETING", "a word to begin with", standard: "none")
    static let all = [greeting]
    init(_ reader: inout SettingsReader) { _ = reader.text(Self.greeting) }
}

/// A process for a service to live in.
private final class Stage: Sendable {
    private let environment: [String: String]
    private let signals: AsyncStream<Int32>
    private let send: AsyncStream<Int32>.Continuation
    private let noted = Mutex<[String]>([])
    private let file: Int32

    init(_ environment: [String: String] = [:]) {
        self.environment = environment
        (signals, send) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(8))
        var name = Array("/tmp/ainer-stage-XXXXXX".utf8CString)
        file = mkstemp(&name)
        unlink(name)
    }

    deinit { close(file) }

    func serve(_ seat: @escaping @Sendable (Host) async throws -> Void) async -> Int32 {
        let outside = Outside(
            environment: environment, signals: signals, clock: SystemClock(), entropy: SystemEntropy(), errors: file)
        return await Host.serve(ProgramName("stage", version: "1"), NoSettings.self, outside) { _, host in
            try await seat(host)
        }
    }

    func signal(_ number: Int32 = SIGTERM) { send.yield(number) }
    func note(_ text: String) { noted.withLock { $0.append(text) } }
    var notes: [String] { noted.withLock { $0 } }

    func forever(_ name: String) async throws {
        note("run \(name)")
        for await _ in AsyncStream<Never>.makeStream().stream {}
        try Task.checkCancellation()
    }

    /// Everything said so far.
    var said: String {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = pread(file, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
