// AinerBench · wiring · sees HTTP, HTTPServerDriver, Ports, ProcessDriver, Telemetry
import Foundation
import HTTP
import HTTPServerDriver
import Ports
import ProcessDriver
import Synchronization
import Telemetry

/// A small answer at once and a small body through a task, driven by `wrk` on one core with the server, against nginx
/// that does neither: it returns what stands in its configuration.
enum HTTPBench {
    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        // Server, peers and the load on one core: what is measured is work, not cores.
        _ = try await BenchServer.run("taskset", ["-apc", "0", "\(ProcessInfo.processInfo.processIdentifier)"])
        let server = try HTTPServer.open(HTTPServerOptions(), responder: BenchResponder(), log: .silent)
        let peers = try await WebPeers.open()
        let turn = max(1, Int(seconds / 2))
        var (gets, posts, bareGets, barePosts) = ([Double](), [Double](), [Double](), [Double]())
        // Rounds of ours and theirs in turn, so that a slow minute of the machine is everybody's.
        for _ in 0..<5 {
            gets.append(try await peers.drive(server.port, isPost: false, turn))
            bareGets.append(try await peers.drive(peers.nginx, isPost: false, turn))
            posts.append(try await peers.drive(server.port, isPost: true, turn))
            barePosts.append(try await peers.drive(peers.nginx, isPost: true, turn))
        }
        var figures = [
            figure("http.get", gets, against: bareGets, "nginx's return"),
            figure("http.post", posts, against: barePosts, "nginx's return"),
        ]
        for isPost in [false, true] {
            guard let rate = try await peers.scale(isPost: isPost, turn) else { continue }
            figures.append(
                Figure(name: isPost ? "http.post.uvicorn" : "http.get.uvicorn", value: rate, unit: "requests/s"))
        }
        figures.append(try idle(server.port))
        await server.close()
        await peers.close()
        return figures
    }

    private static func figure(
        _ name: String, _ ours: [Double], against theirs: [Double], _ peer: String
    ) -> Figure {
        let (ours, theirs) = (middle(ours), middle(theirs))
        return Figure(name: name, value: ours, unit: "requests/s", versus: peer, ratio: ours / theirs)
    }

    private static func middle(_ rounds: [Double]) -> Double { rounds.sorted()[rounds.count / 2] }

    // MARK: idle streams

    private static let streams = 2000

    /// What a stream that says nothing costs this process, with everything a handler's task needs.
    private static func idle(_ port: UInt16) throws -> Figure {
        let each = try IdleStreams(port, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n", untilIt: "!").cost(of: streams)
        return Figure(
            name: "http.idle-stream", value: each, unit: "bytes each", versus: "4096 bytes", ratio: each / 4096)
    }
}

/// 200 bytes for GET; the length and a hash for a body, from a task; a stream that says one thing.
private struct BenchResponder: Responder {
    private let health = Array(("{\"status\":\"ok\",\"padding\":\"" + String(repeating: "x", count: 173) + "\"}").utf8)
    private static let json = HTTPFields(dictionaryLiteral: ("Content-Type", "application/json"))

    func admit(_ head: RequestHead) -> Admission {
        if head.method == .post {
            return .handle(
                Handling { request in
                    let body: [UInt8]
                    // Such an answer makes wrk's report one that is not taken.
                    do { body = try await request.body.collect(upTo: 1 << 20) } catch { return HTTPResponse(400) }
                    let hash = body.reduce(14_695_981_039_346_656_037 as UInt64) {
                        ($0 ^ UInt64($1)) &* 1_099_511_628_211
                    }
                    let text = "{\"bytes\":\(body.count),\"hash\":\(hash)}"
                    return HTTPResponse(202, Self.json, body: .bytes(Array(text.utf8)))
                })
        }
        guard head.target == "/events" else { return .answer(HTTPResponse(200, Self.json, body: .bytes(health))) }
        return .handle(
            Handling { _ in
                HTTPResponse(
                    200, HTTPFields(dictionaryLiteral: ("Content-Type", "text/event-stream")),
                    body: .stream(length: nil) { writer in
                        try await writer.write(Array("data: !\n\n".utf8))
                        await writer.untilOver()
                    })
            })
    }
}
