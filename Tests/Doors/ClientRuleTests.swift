// DoorTests · tests · sees HTTP, HTTPClientDriver, Kit, Policies
import HTTP
import HTTPClientDriver
import Kit
import Policies
import Synchronization
import Testing

@Suite("The HTTP client's rules")
struct ClientRuleTests {
    private static func call(
        _ method: HTTPMethod, _ url: String, _ body: HTTPCall.Body = .none, tries: Int = 3
    ) -> HTTPCall {
        var call = HTTPCall(method, url, body: body)
        call.retries = RetryRule(
            tries: tries, backoff: Backoff(first: .milliseconds(5), longest: .milliseconds(20)),
            longestWait: .seconds(2))
        return call
    }

    @Test("says again what is idempotent, and what its caller allows, but never a stream")
    func retries() async throws {
        let host = try ClientHost.open { peer, asked in
            if asked.path.hasSuffix("cut") { throw ClientPeer.Gone() }
            try peer.answer("503 Service Unavailable")
        }
        defer { host.close() }
        let client = try HTTPClient()
        var allowed = Self.call(.post, host.url + "/allowed")
        allowed.isRepeatable = true
        var forbidden = Self.call(.put, host.url + "/forbidden")
        forbidden.isRepeatable = false
        let stream = Self.call(.put, host.url + "/stream", .stream(length: 3, Drops([[1, 2, 3]]).stream))
        let calls = [
            Self.call(.get, host.url + "/get"), Self.call(.post, host.url + "/post"), allowed, forbidden, stream,
            Self.call(.put, host.url + "/bytes", .bytes([1, 2])),
        ]
        for call in calls { #expect(try await client.fetch(call).answer.status == 503) }
        for path in ["/get-cut", "/post-cut"] {
            let call = Self.call(path == "/get-cut" ? .get : .post, host.url + path)
            // On a connection that was kept the library itself asks once more.
            let fresh = try HTTPClient()
            let failure = await clientFailure { _ = try await fresh.fetch(call) }
            #expect(failure?.code == .truncated)
        }
        let counts = Dictionary(grouping: host.asked, by: \.path).mapValues(\.count)
        let wanted = [
            "/get": 3, "/post": 1, "/allowed": 3, "/forbidden": 1, "/stream": 1, "/bytes": 3, "/get-cut": 3,
            "/post-cut": 1,
        ]
        #expect(counts == wanted)
        #expect(host.asked.filter { $0.path == "/bytes" }.allSatisfy { $0.body == [1, 2] })
    }

    @Test("waits as long as a server asks, but not for ever, and not behind its caller's deadline")
    func retryAfter() async throws {
        let told = Mutex(0)
        let host = try ClientHost.open { peer, asked in
            let number = told.withLock { count in
                count += 1
                return count
            }
            let wait = asked.path == "/short" ? "1" : "3"
            if asked.path == "/short", number > 1 { return try peer.answer() }
            try peer.answer("429 Too Many Requests", ["Retry-After: \(wait)"])
        }
        defer { host.close() }
        let client = try HTTPClient()
        let begin = ContinuousClock.now
        #expect(try await client.fetch(Self.call(.get, host.url + "/short")).answer.status == 200)
        #expect(.now - begin >= .seconds(1))
        #expect(try await client.fetch(Self.call(.get, host.url + "/long")).answer.status == 429)
        var hurried = Self.call(.get, host.url + "/short")
        hurried.patience.whole = .milliseconds(900)
        told.withLock { $0 = 0 }
        #expect(try await client.fetch(hurried).answer.status == 429)
        #expect(host.asked.count == 4)
    }

    @Test("does not say again what is not idempotent when a connection that was kept breaks")
    func brokenKept() async throws {
        let host = try ClientHost.open { peer, asked in
            if asked.path == "/cut" { throw ClientPeer.Gone() }
            try peer.answer()
        }
        defer { host.close() }
        let client = try HTTPClient()
        for body in [HTTPCall.Body.none, .bytes([1]), .bytes([UInt8](repeating: 1, count: 1 << 20))] {
            _ = try await client.fetch(HTTPCall(.get, host.url + "/fine"))
            let call = Self.call(.post, host.url + "/cut", body)
            let failure = await clientFailure { _ = try await client.fetch(call) }
            #expect(failure?.code == .truncated)
        }
        #expect(host.asked.filter { $0.path == "/cut" }.count == 3)
    }

    @Test("does not say again what was answered in part")
    func noRetryOfAnswers() async throws {
        let host = try ClientHost.open { peer, _ in
            try peer.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            throw ClientPeer.Gone()
        }
        defer { host.close() }
        let call = Self.call(.get, host.url)
        let client = try HTTPClient()
        let failure = await clientFailure { _ = try await client.fetch(call) }
        #expect(failure?.code == .truncated)
        #expect(host.asked.count == 1)
    }

    @Test("follows redirections only when told to, as often as told to, and says less to strangers")
    func redirects() async throws {
        let other = try ClientHost.open { peer, _ in try peer.answer("200 OK", [], "other") }
        defer { other.close() }
        let url = other.url
        let host = try ClientHost.open { peer, asked in
            switch asked.path {
            case "/a": try peer.answer("302 Found", ["Location: b?x=1"])
            case "/b?x=1": try peer.answer("200 OK", [], asked.line)
            case "/loop": try peer.answer("307 Temporary Redirect", ["Location: /loop"])
            case "/see": try peer.answer("303 See Other", ["Location: /b?x=1"])
            case "/keep": try peer.answer("308 Permanent Redirect", ["Location: /kept"])
            case "/file": try peer.answer("302 Found", ["Location: file:///etc/passwd"])
            case "/other": try peer.answer("302 Found", ["Location: \(url)/x"])
            default: try peer.answer("200 OK", [], asked.line)
            }
        }
        defer { host.close() }
        let client = try HTTPClient()
        func go(_ method: HTTPMethod, _ path: String, hops: Int, _ body: HTTPCall.Body = .none) async throws -> String {
            var call = HTTPCall(method, host.url + path, ["Authorization": "Bearer x", "X-Mine": "y"], body: body)
            call.redirects = hops
            let (answer, bytes) = try await client.fetch(call)
            return "\(answer.status.code) " + String(decoding: bytes, as: UTF8.self)
        }
        #expect(try await go(.get, "/a", hops: 0) == "302 ")
        #expect(try await go(.get, "/a", hops: 1) == "200 GET /b?x=1 HTTP/1.1")
        #expect(try await go(.get, "/loop", hops: 5) == "307 ")
        #expect(host.asked.filter { $0.path == "/loop" }.count == 6)
        #expect(try await go(.post, "/see", hops: 1, .bytes([1])) == "200 GET /b?x=1 HTTP/1.1")
        #expect(try await go(.put, "/keep", hops: 1, .bytes([1, 2])) == "200 PUT /kept HTTP/1.1")
        #expect(host.asked.last?.body == [1, 2])
        #expect(host.asked.last?.fields["Authorization"] == "Bearer x")
        #expect(try await go(.get, "/other", hops: 1) == "200 other")
        #expect(other.asked.first?.fields["Authorization"] == nil)
        #expect(other.asked.first?.fields["X-Mine"] == "y")
        let failure = await clientFailure { _ = try await go(.get, "/file", hops: 1) }
        #expect(failure?.code == .misuse)
    }

    @Test("never reaches a private address, however it is spelled and whoever leads there")
    func privateAddresses() async throws {
        let host = try ClientHost.open { peer, _ in try peer.answer() }
        defer { host.close() }
        var options = HTTPClientOptions()
        options.refusesPrivateAddresses = true
        options.httpProxy = host.url
        let client = try HTTPClient(options)
        let names = [
            "127.0.0.1", "localhost", "0x7f000001", "2130706433", "017700000001", "127.1", "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]", "0.0.0.0", "10.1.2.3", "169.254.169.254", "192.168.1.1", "172.31.0.1", "100.64.0.1",
            "[fe80::1]", "[fd00:ec2::254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        ]
        for name in names {
            let failure = await clientFailure {
                _ = try await client.fetch(Self.call(.get, "http://\(name):\(host.port)/"))
            }
            #expect(failure?.code == .refusedAddress, "\(name): \(String(describing: failure))")
        }
        #expect(host.connections == 0)
    }

    @Test("knows public addresses from private ones up to the edges")
    func addresses() {
        func v4(_ text: String) -> Bool {
            AddressRule.isPublic(v4: text.split(separator: ".").reduce(0) { $0 << 8 | (UInt32($1) ?? 0) })
        }
        let open = [
            "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
            "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
            "198.17.255.255", "198.20.0.0", "223.255.255.255", "168.63.129.15",
        ]
        let closed = [
            "0.0.0.0", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.0", "127.255.255.255",
            "169.254.0.0", "169.254.169.254", "168.63.129.16", "172.16.0.0", "172.31.255.255", "192.168.0.0",
            "192.168.255.255", "198.18.0.0", "198.19.255.255", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        ]
        #expect(open.filter { !v4($0) } == [])
        #expect(closed.filter(v4) == [])
        let public6: [UInt8] = [0x26, 0x06, 0x47, 0, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0x11]
        #expect(AddressRule.isPublic(v6: public6))
        let mapped = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]
        #expect(AddressRule.isPublic(v6: mapped + [8, 8, 8, 8]))
        #expect(!AddressRule.isPublic(v6: mapped + [10, 8, 8, 8]))
        for first in [0xfc, 0xfd, 0xfe, 0xff, 0x00, 0x01, 0x40] as [UInt8] {
            #expect(!AddressRule.isPublic(v6: [first] + [UInt8](repeating: 1, count: 15)))
        }
        #expect(!AddressRule.isPublic(v6: []))
    }

    @Test("lets no more calls go at once than it may, and counts the time of those who wait")
    func turns() async throws {
        let host = try ClientHost.open { peer, asked in
            if asked.path == "/long" { return peer.awaitGoodbye() }
            try peer.answer()
        }
        defer { host.close() }
        var options = HTTPClientOptions()
        options.mostAtOnce = 1
        let client = try HTTPClient(options)
        let url = host.url
        let long = Task { await clientFailure { _ = try await client.fetch(HTTPCall(.get, url + "/long")) } }
        #expect(try await eventually { host.asked.count == 1 })
        var call = HTTPCall(.get, url + "/behind")
        call.patience.whole = .milliseconds(50)
        let sent = call
        #expect(await clientFailure { _ = try await client.fetch(sent) }?.code == .timeout)
        long.cancel()
        #expect(await long.value?.code == .canceled)
        #expect(try await client.fetch(HTTPCall(.get, url + "/then")).answer.status == 200)
        #expect(host.asked.map(\.path) == ["/long", "/then"])
    }

    @Test("hears events however their bytes are cut")
    func events() async throws {
        let text =
            "\u{feff}: hello\r\nid: 7\r\nevent: made\r\ndata: a\r\ndata:b\r\n\r\ndata: ä🎬\n\nid\ndata\n\nevent: x\n\rdata: last\r\r"
            + "data: never finished\n"
        let host = try ClientHost.open { peer, asked in
            let step = Int(asked.path.dropFirst()) ?? 1
            try peer.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n")
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: step) {
                try peer.say(Array(bytes[start..<min(start + step, bytes.count)]))
            }
            throw ClientPeer.Gone()
        }
        defer { host.close() }
        let client = try HTTPClient()
        for step in [1, 2, 3, 7, 1000] {
            var heard: [StreamEvent] = []
            for try await event in try await client.events(HTTPCall(.get, "\(host.url)/\(step)")) {
                heard.append(event)
            }
            let wanted = [
                StreamEvent("a\nb", name: "made", id: "7"), StreamEvent("ä🎬", id: "7"), StreamEvent("", id: ""),
                StreamEvent("last", id: ""),
            ]
            #expect(heard == wanted)
        }
    }

    @Test("hears no answer that is none, and no event without an end")
    func noEvents() async throws {
        let host = try ClientHost.open { peer, asked in
            if asked.path == "/page" { return try peer.answer("200 OK", ["Content-Type: text/html"], "data: x\n\n") }
            try peer.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ")
            while true { try peer.say([UInt8](repeating: 120, count: 1000)) }
        }
        defer { host.close() }
        let client = try HTTPClient()
        let page = await clientFailure { _ = try await client.events(HTTPCall(.get, host.url + "/page")) }
        #expect(page?.code == .protocolError)
        let endless = await clientFailure {
            for try await _ in try await client.events(HTTPCall(.get, host.url), eventLimit: 5000) {}
        }
        #expect(endless?.code == .tooLarge)
    }

    @Test("takes proxies and authorities from the usual names, and from no field")
    func environment() {
        let options = HTTPClientOptions.reading([
            "HTTP_PROXY": "http://evil", "https_proxy": "", "HTTPS_PROXY": "http://p:1", "NO_PROXY": "a,b",
            "SSL_CERT_FILE": "/c",
        ])
        var wanted = HTTPClientOptions()
        wanted.httpsProxy = "http://p:1"
        wanted.noProxy = "a,b"
        wanted.authorities = "/c"
        #expect(options == wanted)
    }

    @Test("goes through a proxy, except where it must not")
    func proxy() async throws {
        let host = try ClientHost.open { peer, asked in try peer.answer("200 OK", [], asked.line) }
        defer { host.close() }
        var options = HTTPClientOptions()
        options.httpProxy = host.url
        options.noProxy = "127.0.0.1"
        let client = try HTTPClient(options)
        let far = try await client.fetch(HTTPCall(.get, "http://far.invalid/x"))
        #expect(far.body == Array("GET http://far.invalid/x HTTP/1.1".utf8))
        let near = try await client.fetch(HTTPCall(.get, host.url + "/x"))
        #expect(near.body == Array("GET /x HTTP/1.1".utf8))
    }
}
