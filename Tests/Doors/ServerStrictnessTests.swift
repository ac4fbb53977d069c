// DoorTests · tests · sees HTTP, HTTPServerDriver, Lanes, Telemetry
import HTTP
import HTTPServerDriver
import Testing

/// What a gateway must not understand otherwise than the proxy in front of it.
@Suite("a server refuses") struct ServerStrictnessTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let status: Int
        var testDescription: String { name }
    }

    private static let host = "Host: x\r\n"

    private static func post(_ name: String, _ rest: String, _ status: Int = 400) -> Case {
        Case(name: name, text: "POST / HTTP/1.1\r\n" + host + rest, status: status)
    }

    private static func get(_ name: String, _ rest: String, _ status: Int = 400) -> Case {
        Case(name: name, text: "GET / HTTP/1.1\r\n" + rest + "\r\n", status: status)
    }

    static let cases = [
        post("a length and chunks", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        post("chunks and a length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
        post("two lengths", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        post("the same length twice", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
        post("two lengths in one field", "Content-Length: 5, 5\r\n\r\nhello"),
        post("a space before the colon", "Content-Length : 5\r\n\r\nhello"),
        post("an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        post("a coding we do not know, then chunks", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
        post("two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        post("a length with a sign", "Content-Length: +4\r\n\r\nabcd"),
        post("a negative length", "Content-Length: -1\r\n\r\n"),
        post("a length without end", "Content-Length: 99999999999999999999999\r\n\r\n"),
        post("a chunk extension that ends in LF", "Transfer-Encoding: chunked\r\n\r\n5;a\nhello\r\n0\r\n\r\n"),
        post("a chunk size that is none", "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
        post("a chunk size that overflows", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"),
        post("a chunk without its end", "Transfer-Encoding: chunked\r\n\r\n2\r\nabX0\r\n\r\n"),
        Case(name: "bare LF", text: "GET / HTTP/1.1\nHost: x\n\n", status: 400),
        get("a folded line", "Host: x\r\nA: b\r\n c\r\n"),
        get("NUL in a value", "Host: x\r\nA: b\0c\r\n"),
        get("CR in a value", "Host: x\r\nA: b\rc\r\n"),
        get("a field without a name", "Host: x\r\n: b\r\n"),
        get("a space in a name", "Host: x\r\nA b: c\r\n"),
        get("no host", ""),
        get("two hosts", "Host: x\r\nHost: x\r\n"),
        get("an empty host", "Host: \r\n"),
        get("a host with a path", "Host: x/y\r\n"),
        get("a host with a space", "Host: x y\r\n"),
        get("200 fields", "Host: x\r\n" + (0..<200).map { "A\($0): b\r\n" }.joined(), 431),
        get("a field of 20 KB", "Host: x\r\nA: " + String(repeating: "b", count: 20_000) + "\r\n", 431),
        Case(
            name: "a target of 9 KB", text: "GET /" + String(repeating: "a", count: 9_000) + " HTTP/1.1\r\n\r\n",
            status: 414),
        Case(name: "a target without a path", text: "GET x HTTP/1.1\r\nHost: x\r\n\r\n", status: 400),
        Case(name: "a tunnel", text: "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", status: 501),
        Case(name: "a version that is not ours", text: "GET / HTTP/2.0\r\nHost: x\r\n\r\n", status: 505),
        Case(name: "no version", text: "GET /\r\n\r\n", status: 505),
        Case(name: "an unknown method", text: "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", status: 400),
        Case(
            name: "chunks from an old client",
            text: "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", status: 400),
    ]

    @Test("what it may not understand, closes, and serves the next", arguments: cases)
    func refuses(_ one: Case) async throws {
        try await ServerSite.open(ServerSite.echo) { server in
            let client = try RawClient(server.port)
            try await client.send(one.text + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
            let all = try await client.readToEnd()
            #expect(all.hasPrefix("HTTP/1.1 \(one.status) "), "\(all)")
            #expect(all.contains("Connection: close"))
            #expect(!all.contains("/smuggled"))
            #expect(try await RawClient(server.port).ask(ServerAnswerTests.get).status == 200)
        }
    }

    @Test("no target with the address in front, but takes its path")
    func absolute() async throws {
        try await ServerSite.open(ServerSite.echo) { server in
            let client = try RawClient(server.port)
            #expect(try await client.ask("GET http://x/a?b HTTP/1.1\r\nHost: x\r\n\r\n").text == "/a?b")
        }
    }
}
