// DoorTests · tests · sees HTTP, HTTPServerDriver, Lanes, Telemetry
import Foundation
import HTTP
import HTTPServerDriver
import Synchronization
import Telemetry
import Testing

@Suite("a server answers") struct ServerAnswerTests {
    static let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test("a request at once, with its length and the date, and keeps the connection")
    func simple() async throws {
        try await ServerSite.open(ServerSite.echo) { server in
            let client = try RawClient(server.port)
            for _ in 0..<3 {
                let answer = try await client.ask(Self.get)
                #expect(answer.status == 200)
                #expect(answer.text == "/a")
                #expect(answer.field("Content-Length") == "2")
                #expect(answer.field("Date")?.hasSuffix(" GMT") == true)
                #expect(answer.field("Connection") == nil)
            }
        }
    }

    @Test("HEAD with the same head and nothing behind it")
    func head() async throws {
        try await ServerSite.open(ServerSite.echo) { server in
            let client = try RawClient(server.port)
            try await client.send("HEAD /abc HTTP/1.1\r\nHost: x\r\n\r\n" + Self.get)
            let answer = try await client.answer(hasBody: false)
            #expect(answer.field("Content-Length") == "4")
            let next = try await client.answer()
            #expect(next.text == "/a")
        }
    }

    @Test(
        "a body, whole or in chunks with a trailer, from a task",
        arguments: [
            "Content-Length: 5\r\n\r\nhello",
            "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\nX-Sum: 1\r\n\r\n",
        ])
    func body(_ rest: String) async throws {
        try await ServerSite.open(ServerSite.echo) { server in
            let client = try RawClient(server.port)
            let answer = try await client.ask("POST / HTTP/1.1\r\nHost: x\r\n" + rest)
            #expect(answer.text == "hello")
            let next = try await client.ask(Self.get)
            #expect(next.text == "/a")
        }
    }

    @Test("a request that drips, byte by byte")
    func bytewise() async throws {
        try await ServerSite.open(ServerSite.echo) { server in
            let client = try RawClient(server.port)
            let text =
                "POST /long HTTP/1.1\r\nHost: x\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
            for byte in text.utf8 { try await client.send([byte]) }
            let answer = try await client.answer()
            #expect(answer.text == "abc")
        }
    }

    @Test("ten requests sent at once, in their order, a slow one among them")
    func pipelined() async throws {
        let slow = Latch()
        let decide: @Sendable (RequestHead) -> Admission = { head in
            guard head.method == .post else { return ServerSite.echo(head) }
            return .handle(
                Handling { _ in
                    await slow.wait()
                    return ServerSite.text("slow")
                })
        }
        try await ServerSite.open(decide) { server in
            let client = try RawClient(server.port)
            let before = (0..<4).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
            let post = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
            let after = (5..<10).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined()
            try await client.send(before + post + after)
            for number in 0..<4 { #expect(try await client.answer().text == "/\(number)") }
            slow.open()
            #expect(try await client.answer().text == "slow")
            for number in 5..<10 { #expect(try await client.answer().text == "/\(number)") }
        }
    }

    @Test("100 only when somebody reads the body, and 417 to what else is expected")
    func expect() async throws {
        let decide: @Sendable (RequestHead) -> Admission = { head in
            head.target == "/unread" ? .handle(Handling { _ in ServerSite.text("no", 403) }) : ServerSite.echo(head)
        }
        try await ServerSite.open(decide) { server in
            let rest = " HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
            let reads = try RawClient(server.port)
            #expect(try await reads.ask("POST /" + rest).status == 100)
            #expect(try await reads.ask("abc").text == "abc")
            let refuses = try RawClient(server.port)
            let answer = try await refuses.ask("POST /unread" + rest)
            #expect(answer.status == 403)
            #expect(answer.field("Connection") == "close")
            let odd = try RawClient(server.port)
            let answer2 = try await odd.ask("POST / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 3\r\n\r\n")
            #expect(answer2.status == 417)
        }
    }

    @Test("an old client, and closes after it")
    func old() async throws {
        try await ServerSite.open(ServerSite.echo) { server in
            let client = try RawClient(server.port)
            try await client.send("GET /a HTTP/1.0\r\n\r\n")
            let all = try await client.readToEnd()
            #expect(all.hasSuffix("\r\n\r\n/a"))
            #expect(all.contains("Connection: close\r\n"))
        }
    }

    @Test("204 and 304 without a body or a length", arguments: [204, 304])
    func bodiless(_ code: Int) async throws {
        let decide: @Sendable (RequestHead) -> Admission = { head in
            head.target == "/a" ? ServerSite.echo(head) : .answer(ServerSite.text("never", HTTPStatus(code)))
        }
        try await ServerSite.open(decide) { server in
            let client = try RawClient(server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            let answer = try await client.answer(hasBody: false)
            #expect(answer.field("Content-Length") == nil)
            #expect(try await client.ask(Self.get).text == "/a")
        }
    }

    @Test(
        "500 in place of a head that a string would break",
        arguments: [
            ("X", "a\r\nSet-Cookie: b"), ("X\r\nY", "a"), ("X", "a\0b"), ("", "a"), ("X Y", "a"),
        ])
    func broken(_ name: String, _ value: String) async throws {
        let lines = Mutex<[LogLevel]>([])
        let log = Log(threshold: .debug) { line in lines.withLock { $0.append(line.level) } }
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .answer(HTTPResponse(200, HTTPFields([HTTPFields.Field(name, value)]), body: .bytes([1])))
        }
        try await ServerSite.open(decide, log: log) { server in
            let answer = try await RawClient(server.port).ask(Self.get)
            #expect(answer.status == 500)
            #expect(answer.body.isEmpty)
        }
        #expect(lines.withLock { $0 } == [.error])
    }

    @Test("503 and when to come again, when too many are being served")
    func full() async throws {
        var options = HTTPServerOptions()
        options.requestLimit = 1
        options.retryAfter = 7
        let (begun, release) = (Latch(), Latch())
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling { _ in
                    begun.open()
                    await release.wait()
                    return ServerSite.text("served")
                })
        }
        try await ServerSite.open(decide, options) { server in
            let first = try RawClient(server.port)
            try await first.send(Self.get)
            await begun.wait()
            let second = try RawClient(server.port)
            let answer = try await second.ask(Self.get)
            #expect(answer.status == 503)
            #expect(answer.field("Retry-After") == "7")
            release.open()
            #expect(try await first.answer().text == "served")
            #expect(try await second.ask(Self.get).text == "served")
        }
    }

    @Test("413 to a body that is too long, told or untold, and reads no further", arguments: [true, false])
    func tooLong(_ isTold: Bool) async throws {
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling(bodyLimit: 1 << 20) { request in
                    do {
                        return ServerSite.text("\(try await request.body.collect(upTo: 1 << 30).count)")
                    } catch {
                        return HTTPResponse(400)
                    }
                })
        }
        try await ServerSite.open(decide) { server in
            let client = try RawClient(server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\n")
            let chunk = [UInt8](repeating: 120, count: 65_536)
            if isTold {
                try await client.send("Content-Length: 67108864\r\n\r\n")
            } else {
                try await client.send("Transfer-Encoding: chunked\r\n\r\n")
                // The server closes long before all is sent; whoever goes on sending gets a reset.
                for _ in 0..<17 { try await client.send(Array("10000\r\n".utf8) + chunk + [13, 10]) }
            }
            let got = try await client.answer()
            #expect(got.status == 413)
            #expect(got.field("Connection") == "close")
        }
    }

    @Test("every answer in a line of the access log, without the query")
    func log() async throws {
        let lines = Mutex<[AccessLine]>([])
        var options = HTTPServerOptions()
        options.onAnswer = { line in lines.withLock { $0.append(line) } }
        try await ServerSite.open(ServerSite.echo, options) { server in
            let client = try RawClient(server.port)
            _ = try await client.ask("GET /a?secret=1 HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client.ask("nonsense\r\n\r\n")
        }
        let seen = lines.withLock { $0 }
        #expect(seen.map(\.path) == ["/a", ""])
        #expect(seen.map(\.status) == [200, 400])
        #expect(seen.first?.bytes == 11)
        #expect(seen.first?.peer == "127.0.0.1")
    }
}
