// DoorTests · tests · sees HTTP, HTTPClientDriver, Kit, Policies
import Foundation
import HTTP
import HTTPClientDriver
import Kit
import Policies
import Synchronization
import Testing

@Suite("The HTTP client and time")
struct ClientTimeTests {
    private static func call(_ url: String, _ change: (inout HTTPCall.Patience) -> Void) -> HTTPCall {
        var call = HTTPCall(.get, url)
        call.retries = .never
        change(&call.patience)
        return call
    }

    @Test("waits for a first byte, for a body that moves, and for the whole, and no longer")
    func patience() async throws {
        let host = try ClientHost.open { peer, asked in
            if asked.path == "/silent" { return peer.awaitGoodbye() }
            try peer.say("HTTP/1.1 200 OK\r\n\r\nhalf")
            peer.awaitGoodbye()
        }
        defer { host.close() }
        let client = try HTTPClient()
        let calls = [
            Self.call(host.url + "/silent") { ($0.firstByte, $0.connect) = (.milliseconds(50), .milliseconds(100)) },
            Self.call(host.url + "/half") { $0.stall = .milliseconds(100) },
            Self.call(host.url + "/half") { $0.whole = .milliseconds(100) },
            Self.call(host.url + "/silent") { $0.whole = .milliseconds(100) },
        ]
        for call in calls {
            let begin = ContinuousClock.now
            let failure = await clientFailure { _ = try await client.fetch(call) }
            #expect(failure?.code == .timeout)
            #expect(.now - begin < .seconds(10))
        }
        #expect(try await eventually { host.openConnections == 0 })
    }

    @Test("waits for a handshake as long as for a connection")
    func handshake() async throws {
        let (silent, port) = try Sockets.listen()
        defer { close(silent) }
        let client = try HTTPClient()
        let call = Self.call("https://127.0.0.1:\(port)/") { $0.connect = .milliseconds(100) }
        let failure = await clientFailure { _ = try await client.fetch(call) }
        #expect(failure?.code == .timeout)
    }

    @Test("is patient with a network that is slow and moves")
    func slowNetwork() async throws {
        let host = try ClientHost.open { peer, asked in
            try peer.answer("200 OK", [], String(repeating: "x", count: 2000))
        }
        defer { host.close() }
        let proxy = try await Proxy.open(to: host.port)
        await proxy.throttle(bytesPerSecond: 4000)
        let client = try HTTPClient()
        let call = Self.call("http://127.0.0.1:\(proxy.port)") { $0.stall = .milliseconds(400) }
        #expect(try await client.fetch(call).body.count == 2000)
        await proxy.halfOpen()
        let silent = Self.call("http://127.0.0.1:\(proxy.port)") {
            ($0.firstByte, $0.connect) = (.milliseconds(100), .milliseconds(100))
        }
        let failure = await clientFailure { _ = try await client.fetch(silent) }
        #expect(failure?.code == .timeout)
        await proxy.close()
    }

    @Test("finds another connection when the one that was kept is dead")
    func deadConnections() async throws {
        let host = try ClientHost.open { peer, asked in try peer.answer("200 OK", [], "\(asked.body.count)") }
        defer { host.close() }
        let proxy = try await Proxy.open(to: host.port)
        let client = try HTTPClient()
        for round in 0..<20 {
            let stream = Drops([[UInt8](repeating: 1, count: 70_000)]).stream
            var call = HTTPCall(
                .put, "http://127.0.0.1:\(proxy.port)", body: .bytes([UInt8](repeating: 1, count: 70_000)))
            call.retries.backoff = .init(first: .milliseconds(1), longest: .milliseconds(10))
            if round % 2 == 1 { call.body = .stream(length: 70_000, stream) }
            #expect(try await client.fetch(call).body == Array("70000".utf8))
            await proxy.reset()
        }
        await proxy.close()
    }

    @Test("ends a transfer at once when its caller turns away, before the head and behind it")
    func cancel() async throws {
        let host = try ClientHost.open { peer, asked in
            if asked.path == "/body" { try peer.say("HTTP/1.1 200 OK\r\n\r\nhalf") }
            peer.awaitGoodbye()
        }
        defer { host.close() }
        let client = try HTTPClient()
        let url = host.url
        for path in ["/head", "/body"] {
            let reading = Task { await clientFailure { _ = try await client.fetch(HTTPCall(.get, url + path)) } }
            #expect(try await eventually { host.asked.contains { $0.path == path } })
            reading.cancel()
            #expect(await reading.value?.code == .canceled)
        }
        let early = Task { await clientFailure { _ = try await client.fetch(HTTPCall(.get, url + "/never")) } }
        early.cancel()
        #expect(await early.value?.code == .canceled)
        #expect(try await eventually { host.openConnections == 0 })
    }

    @Test("ends a transfer whose body nobody holds any more")
    func letGo() async throws {
        let host = try ClientHost.open { peer, _ in
            try peer.say("HTTP/1.1 200 OK\r\n\r\nhalf")
            peer.awaitGoodbye()
        }
        defer { host.close() }
        let client = try HTTPClient()
        do {
            let answer = try await client.send(HTTPCall(.get, host.url))
            #expect(answer.status == 200)
        }
        #expect(try await eventually { host.openConnections == 0 })
    }

    @Test("lives as long as an answer's body is read")
    func outlived() async throws {
        let host = try ClientHost.open { peer, _ in
            try peer.answer("200 OK", [], String(repeating: "x", count: 5_000_000))
        }
        defer { host.close() }
        var client: HTTPClient? = try HTTPClient()
        let answer = try await client?.send(HTTPCall(.get, host.url))
        client = nil
        #expect(try await answer?.body.collect(upTo: 5_000_000).count == 5_000_000)
    }

    @Test("holds a server back that sends 100 MB to nobody, and reads them all when somebody reads")
    func backPressure() async throws {
        let told = Mutex(0)
        let host = try ClientHost.open { peer, _ in
            try peer.say("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n")
            for _ in 0..<1600 {
                try peer.say([UInt8](repeating: 7, count: 65536))
                told.withLock { $0 += 65536 }
            }
        }
        defer { host.close() }
        let client = try HTTPClient()
        var call = HTTPCall(.get, host.url)
        call.bodyLimit = 104_857_600
        let answer = try await client.send(call)
        // The server stands still when its count is the same for a while.
        var (last, same) = (0, 0)
        let isHeld = try await eventually {
            let now = told.withLock { $0 }
            same = now == last ? same + 1 : 0
            last = now
            return same == 20
        }
        #expect(isHeld)
        // What the system keeps in its own buffers is not ours to bound.
        #expect(last < 20 << 20)
        var (count, largest) = (0, 0)
        for try await piece in answer.body {
            count += piece.count
            largest = max(largest, piece.count)
        }
        #expect(count == 104_857_600)
        #expect(largest <= 300_000)
    }

    @Test("sends a long stream piece by piece")
    func bigUpload() async throws {
        let host = try ClientHost.open { peer, asked in try peer.answer("200 OK", [], "\(asked.body.count)") }
        defer { host.close() }
        let client = try HTTPClient()
        let piece = [UInt8](repeating: 7, count: 1 << 20)
        let pieces = Drops([[UInt8]](repeating: piece, count: 20))
        let call = HTTPCall(.put, host.url, body: .stream(length: 20 << 20, pieces.stream))
        #expect(try await client.fetch(call).body == Array("\(20 << 20)".utf8))
    }
}
