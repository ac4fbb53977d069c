// AinerBench · wiring · sees Contracts, Ports, ProcessDriver, ServiceHost
import Contracts
import Foundation
import Ports
import ProcessDriver
import ServiceHost
import Synchronization

/// Ten thousand who follow one run, in a program of their own: a system may allow a process no more than 20,000 files,
/// and what the clients need is not what the server costs.
struct Followers: Sendable {
    static let program = "followers"

    let port: UInt16
    let run: RunID
    let count: Int

    private var request: String {
        "GET /api/v1/runs/\(run)/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer bench\r\n\r\n"
    }

    /// The other end: says in lines on standard error when all are there and when all have heard the word.
    static func follow(_ words: [String]) throws {
        OpenFiles.raise()
        guard words.count == 5, let port = UInt16(words[1]), let run = RunID(rawValue: words[2]),
            let count = Int(words[3])
        else { throw BenchFault("followers PORT RUN COUNT WORD") }
        let them = Followers(port: port, run: run, count: count)
        let streams = IdleStreams(port, them.request, untilIt: "retry:")
        try streams.open(count)
        Report.complain("open")
        try streams.hear(words[4])
        Report.complain("heard")
    }

    struct Found: Sendable {
        var opening = Duration.zero
        var bytesEach = 0.0
        var telling = Duration.zero
    }

    /// `tell` makes the word be said. Its own process is the one that serves.
    func measure(_ word: String, _ tell: @escaping @Sendable () async throws -> Void) async throws -> Found {
        let found = Mutex(Found())
        let mark = Mutex(ContinuousClock.now)
        let before = try IdleStreams.resident()
        let me = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = Program(
            me, [Self.program, "\(port)", run.rawValue, "\(count)", word], deadline: .seconds(300))
        _ = try await ChildPrograms().follow(program) { news in
            guard case .line(let line) = news else { return }
            let took = mark.withLock { ContinuousClock.now - $0 }
            switch line {
            case "open":
                let each = Double(try IdleStreams.resident() - before) / Double(count)
                found.withLock { ($0.opening, $0.bytesEach) = (took, each) }
                mark.withLock { $0 = .now }
                try await tell()
            case "heard": found.withLock { $0.telling = took }
            default: throw BenchFault(line)
            }
        }
        return found.withLock { $0 }
    }
}
