// AinerBench · wiring · sees Ports, ProcessDriver
import Foundation
import Ports
import ProcessDriver

/// Other people's web servers, and the program that asks them all.
struct WebPeers {
    let nginx: UInt16
    private let folder: String
    private let python: [String]?
    private let processes: [Task<String?, Never>]

    /// nginx and wrk must be there; uvicorn is for scale, where it can be had.
    static func open() async throws -> WebPeers {
        let folder = NSTemporaryDirectory() + "ainer-web-peers-" + UUID().uuidString
        var commands: [String: [String]] = [:]
        for line in try await BenchServer.script("peers.sh", [folder, "web"]).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            commands[String(parts[0])] = parts[1].split(separator: " ").map(String.init)
        }
        guard let nginx = commands["nginx"], commands["wrk"] != nil,
            let port = commands["port"]?.first.flatMap(UInt16.init)
        else { throw BenchFault("nginx or wrk is not there: apt-get install nginx-light wrk") }
        let task = background(nginx)
        try await untilOpen(port, task)
        return WebPeers(nginx: port, folder: folder, python: commands["uvicorn"], processes: [task])
    }

    func close() async {
        for task in processes {
            task.cancel()
            _ = await task.value
        }
        try? FileManager.default.removeItem(atPath: folder)  // the system clears it too
    }

    /// Requests a second, of 64 connections.
    func drive(_ port: UInt16, isPost: Bool, _ seconds: Int) async throws -> Double {
        let script = isPost ? ["-s", folder + "/post.lua"] : []
        let text = try await BenchServer.run(
            "taskset",
            ["-c", "0", "wrk", "-t1", "-c64", "-d\(seconds)s"] + script + ["http://127.0.0.1:\(port)/v1/health"])
        let line = text.split(separator: "\n").first { $0.hasPrefix("Requests/sec:") }
        let isClean = !text.contains("Non-2xx") && !text.contains("Socket errors")
        guard let rate = line?.split(separator: " ").last.flatMap({ Double($0) }), isClean else {
            throw BenchFault("wrk said: \(text)")
        }
        return rate
    }

    func scale(isPost: Bool, _ seconds: Int) async throws -> Double? {
        guard let python else { return nil }
        let port = nginx &+ 1
        let task = Self.background(python + ["\(port)"])
        defer { task.cancel() }
        try await Self.untilOpen(port, task)
        let rate = try await drive(port, isPost: isPost, seconds)
        task.cancel()
        _ = await task.value
        return rate
    }

    /// Answers why it ended by itself, which no peer should.
    private static func background(_ command: [String]) -> Task<String?, Never> {
        Task {
            do {
                _ = try await ChildPrograms().run(
                    Program("taskset", ["-c", "0"] + command, deadline: .seconds(900)), input: [])
                return "it ended by itself"
            } catch {
                return Task.isCancelled ? nil : "\(error)"
            }
        }
    }

    private static func untilOpen(_ port: UInt16, _ peer: Task<String?, Never>) async throws {
        for _ in 0..<200 {
            // Whether anybody listens yet is the question.
            let opens = try? await BenchServer.run("bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"])  // see above
            if opens != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        peer.cancel()
        throw BenchFault("a peer does not listen at \(port): \(await peer.value ?? "nobody says why")")
    }
}
