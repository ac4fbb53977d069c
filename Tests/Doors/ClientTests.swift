// DoorTests · tests · sees Contracts, HTTP, HTTPClientDriver, Kit, Policies
import Contracts
import Foundation
import HTTP
import HTTPClientDriver
import Kit
import Policies
import Testing

@Suite("The HTTP client")
struct ClientTests {
    @Test("asks and hands out the answer: status, fields in their order, body")
    func plain() async throws {
        let host = try ClientHost.open { peer, _ in
            try peer.answer("201 Created", ["X-One: 1", "X-Two:", "x-one:  again  "], "hello")
        }
        defer { host.close() }
        let client = try HTTPClient()
        let call = HTTPCall(.get, host.url + "/a%20b/../c?q=%2F#part", ["X-Empty": "", "X-Mine": "ä"])
        let (answer, body) = try await client.fetch(call)
        #expect(answer.status == 201)
        #expect(answer.fields.values(of: "X-One") == ["1", "again"])
        #expect(answer.fields["x-two"] == "")
        #expect(body == Array("hello".utf8))
        let asked = try #require(host.asked.first)
        #expect(asked.line == "GET /a%20b/../c?q=%2F HTTP/1.1")
        #expect(asked.fields["X-Empty"] == "")
        #expect(asked.fields["X-Mine"] == "ä")
        #expect(asked.fields["Accept-Encoding"] == nil)
        #expect(asked.fields["User-Agent"] == "ainer")
        #expect(answer.place == host.url + "/a%20b/../c")
    }

    @Test("sends bytes, a file and a stream with their length, and nothing where there is nothing")
    func bodies() async throws {
        let world = try World()
        defer { world.clear() }
        let host = try ClientHost.open { peer, asked in try peer.answer("200 OK", [], "\(asked.body.count)") }
        defer { host.close() }
        let client = try HTTPClient()
        let big = [UInt8]((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let path = world.folder + "/big"
        try Data(big).write(to: URL(fileURLWithPath: path))
        let pieces = Drops([Array(big[..<10]), Array(big[10..<2_000_000]), Array(big[2_000_000...])])
        let bodies: [HTTPCall.Body] = [
            .bytes(big), .file(path: path, length: 3_000_000), .stream(length: 3_000_000, pieces.stream), .none,
        ]
        for body in bodies { _ = try await client.fetch(HTTPCall(.put, host.url, body: body)) }
        _ = try await client.fetch(HTTPCall(.delete, host.url))
        #expect(host.asked.map(\.body) == [big, big, big, [], []])
        #expect(host.asked.map { $0.fields["Content-Length"] } == ["3000000", "3000000", "3000000", "0", nil])
        #expect(host.asked.allSatisfy { $0.fields["Expect"] == nil && $0.fields["Transfer-Encoding"] == nil })
    }

    @Test("fails when what it is to send is longer or shorter than was said")
    func wrongLengths() async throws {
        let world = try World()
        defer { world.clear() }
        let host = try ClientHost.open { peer, _ in try peer.answer() }
        defer { host.close() }
        let client = try HTTPClient()
        let path = try world.file("short", "abc")
        let bodies: [HTTPCall.Body] = [
            .stream(length: 4, Drops([[1, 2, 3]]).stream), .stream(length: 2, Drops([[1, 2, 3]]).stream),
            .file(path: path, length: 4), .file(path: path + "-none", length: 4),
            .stream(length: 4, ByteStream { throw ClientPeer.Gone() }),
        ]
        for body in bodies {
            let failure = await clientFailure { _ = try await client.fetch(HTTPCall(.put, host.url, body: body)) }
            #expect(failure?.code == .cannotRead)
        }
    }

    @Test("refuses to say what is not HTTP", arguments: ClientTests.unsayableCalls)
    func unsayable(_ method: String, _ url: String, _ name: String, _ value: String) async throws {
        let client = try HTTPClient()
        let failure = await clientFailure {
            let fields = HTTPFields(name.isEmpty ? [] : [.init(name, value)])
            _ = try await client.send(HTTPCall(HTTPMethod(rawValue: method), url, fields))
        }
        #expect(failure?.code == .misuse)
        #expect(failure.map { "\($0)".contains("s3cret") } == false)
    }

    @Test("refuses a HEAD with a body")
    func headWithBody() async throws {
        let client = try HTTPClient()
        let failure = await clientFailure { _ = try await client.send(HTTPCall(.head, "http://h/", body: .bytes([1]))) }
        #expect(failure?.code == .misuse)
    }

    static let unsayableCalls: [(String, String, String, String)] = [
        ("GET", "http://127.0.0.1:1/", "X-A", "b\r\nX-C: d"), ("GET", "http://127.0.0.1:1/", "X-A", "b\nc"),
        ("GET", "http://127.0.0.1:1/", "X-A", "b\0c"), ("GET", "http://127.0.0.1:1/", "X A", "b"),
        ("GET", "http://127.0.0.1:1/", "X-A:", "b"), ("GET", "http://127.0.0.1:1/", "Content-Length", "3"),
        ("GET", "http://127.0.0.1:1/", "transfer-encoding", "chunked"), ("GET", "http://127.0.0.1:1/", "X\r\nY", ""),
        ("G T", "http://127.0.0.1:1/", "", ""), ("GET\r\n", "http://127.0.0.1:1/", "", ""), ("", "http://h/", "", ""),
        ("GET", "http://127.0.0.1:1/a b", "", ""), ("GET", "http://127.0.0.1:1/\r\nX: y", "", ""),
        ("GET", "file:///etc/passwd", "", ""), ("GET", "ftp://h/s3cret", "", ""), ("GET", "gopher://h/", "", ""),
        ("GET", "http://u:s3cret@h/", "", ""), ("GET", "/path", "", ""), ("GET", "", "", ""),
        ("GET", "http://h:99999/", "", ""), ("GET", "http://ä/", "", ""),
    ]

    @Test("tells failures apart, and never a query")
    func failures() async throws {
        let host = try ClientHost.open { peer, asked in
            switch asked.path.prefix(3) {
            case "/a?": try peer.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            case "/b?": try peer.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
            case "/c?": try peer.say("SSH-2.0-OpenSSH_9.2\r\n\r\n")
            case "/e?": try peer.say("HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 200_000) + "\r\n\r\n")
            default: break
            }
            throw ClientPeer.Gone()
        }
        defer { host.close() }
        let client = try HTTPClient()
        let expected: [(String, HTTPClientFailure.Code)] = [
            (host.url + "/a?s3cret", .truncated), (host.url + "/b?s3cret", .truncated),
            (host.url + "/c?s3cret", .protocolError), (host.url + "/d?s3cret", .truncated),
            (host.url + "/e?s3cret", .protocolError), ("http://127.0.0.1:1/?s3cret", .cannotConnect),
            ("https://127.0.0.1:\(host.port)/?s3cret", .tls), ("http://nobody.invalid/?s3cret", .cannotResolve),
        ]
        for (url, code) in expected {
            var call = HTTPCall(.get, url)
            call.retries = .never
            let sent = call
            let failure = await clientFailure { _ = try await client.fetch(sent) }
            #expect(failure?.code == code, "\(String(describing: failure))")
            #expect(failure.map { "\($0)".contains("s3cret") } == false)
        }
    }

    @Test("reads chunks, bodies that end with the connection, and heads that only announce another")
    func shapes() async throws {
        let host = try ClientHost.open { peer, asked in
            switch asked.path {
            case "/chunks":
                try peer.say("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
                try peer.say(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: 1\r\n\r\n"
                )
            case "/end":
                try peer.say("HTTP/1.0 200 OK\r\n\r\nuntil the end")
                throw ClientPeer.Gone()
            default: try peer.say("HTTP/1.1 200 OK\r\nContent-Length: 900000000000\r\nX: a\r\n b\r\n\r\n")
            }
        }
        defer { host.close() }
        let client = try HTTPClient()
        let chunks = try await client.fetch(HTTPCall(.get, host.url + "/chunks"))
        #expect(chunks.body == Array("abcdefg".utf8))
        #expect(chunks.answer.fields["Link"] == nil)
        #expect(chunks.answer.fields["T"] == nil)
        let end = try await client.fetch(HTTPCall(.get, host.url + "/end"))
        #expect(end.body == Array("until the end".utf8))
        let head = try await client.fetch(HTTPCall(.head, host.url))
        #expect(head.body == [])
        #expect(head.answer.fields["Content-Length"] == "900000000000")
        #expect(head.answer.fields["X"] == "a b")
    }

    @Test("takes no longer body than it is allowed to, whether its length is said or not")
    func limits() async throws {
        let host = try ClientHost.open { peer, asked in
            if asked.path == "/said" { return try peer.answer("200 OK", [], String(repeating: "x", count: 1001)) }
            try peer.say("HTTP/1.1 200 OK\r\n\r\n")
            while true { try peer.say([UInt8](repeating: 1, count: 500)) }
        }
        defer { host.close() }
        let client = try HTTPClient()
        for path in ["/said", "/unsaid"] {
            var call = HTTPCall(.get, host.url + path)
            call.bodyLimit = 1000
            let sent = call
            let failure = await clientFailure { _ = try await client.fetch(sent) }
            #expect(failure?.code == .tooLarge)
        }
        var call = HTTPCall(.get, host.url + "/said")
        call.bodyLimit = 1001
        #expect(try await client.fetch(call).body.count == 1001)
    }

    @Test("makes 2,000 calls over as many connections as it may have at once")
    func many() async throws {
        let host = try ClientHost.open { peer, asked in try peer.answer("200 OK", [], asked.path) }
        defer { host.close() }
        var options = HTTPClientOptions()
        options.mostAtOnce = 8
        let client = try HTTPClient(options)
        let url = host.url
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    try await client.fetch(HTTPCall(.get, "\(url)/\(number)")).body == Array("/\(number)".utf8)
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(right == 2000)
        #expect(host.connections <= 8)
    }
}

/// The client's failure, if there is one.
func clientFailure(_ work: () async throws -> Void) async -> HTTPClientFailure? {
    do {
        try await work()
        return nil
    } catch { return error as? HTTPClientFailure }
}

/// A stream of these pieces.
struct Drops {
    let stream: ByteStream

    init(_ pieces: [[UInt8]]) {
        let reader = Reader(pieces)
        stream = ByteStream { await reader.next() }
    }

    private actor Reader {
        private var rest: ArraySlice<[UInt8]>

        init(_ pieces: [[UInt8]]) { rest = pieces[...] }

        func next() -> [UInt8]? { rest.popFirst() }
    }
}
