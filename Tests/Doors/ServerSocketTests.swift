// DoorTests · tests · sees HTTP, HTTPServerDriver
import HTTP
import HTTPServerDriver
import Synchronization
import Testing

@Suite("a socket of the server")
struct ServerSocketTests {
    private static let upgrade =
        "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

    /// Says every message back, until the other side says goodbye.
    private static let echo: @Sendable (RequestHead) -> Admission = { head in
        guard head.target == "/ws" else { return .answer(ServerSite.text("here")) }
        return .handle(
            Handling { _ in
                HTTPResponse(
                    101,
                    body: .socket { talk in
                        while let message = try await talk.next() { try await talk.send(message) }
                    })
            })
    }

    /// A frame as a client sends it.
    private static func frame(_ code: UInt8, _ body: [UInt8], isLast: Bool = true) -> [UInt8] {
        let mask: [UInt8] = [1, 2, 3, 4]
        var frame: [UInt8] = [(isLast ? 0x80 : 0) | code]
        switch body.count {
        case ..<126: frame.append(0x80 | UInt8(body.count))
        case ..<65_536: frame += [0x80 | 126, UInt8(body.count >> 8), UInt8(body.count & 255)]
        default: frame += [0x80 | 127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: body.count >> ($0 * 8)) }
        }
        return frame + mask + body.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    private static func read(_ client: RawClient) async throws -> (code: UInt8, body: [UInt8]) {
        let head = try await client.receive(2, exactly: true)
        var count = Int(head[1] & 127)
        if count >= 126 {
            let bytes = try await client.receive(count == 126 ? 2 : 8, exactly: true)
            count = bytes.reduce(0) { $0 << 8 | Int($1) }
        }
        return (head[0], try await client.receive(count, exactly: true))
    }

    private static func open(_ server: HTTPServer) async throws -> RawClient {
        let client = try RawClient(server.port)
        try await client.send(upgrade)
        let head = try await client.read(until: "\r\n\r\n")
        #expect(head.hasPrefix("HTTP/1.1 101 "))
        #expect(head.contains("\r\nConnection: Upgrade\r\n"))
        // The example of the standard.
        #expect(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
        return client
    }

    @Test("says back what it hears: text, binary, half a megabyte, a message in pieces, and answers pings")
    func messages() async throws {
        try await ServerSite.open(Self.echo) { server in
            let client = try await Self.open(server)
            try await client.send(Self.frame(1, Array("hello".utf8)))
            #expect(try await Self.read(client) == (0x81, Array("hello".utf8)))
            let big = (0..<500_000).map { UInt8(truncatingIfNeeded: $0) }
            try await client.send(Self.frame(2, big))
            let answer = try await Self.read(client)
            #expect(answer.code == 0x82)
            #expect(answer.body == big)
            try await client.send(Self.frame(1, Array("a".utf8), isLast: false))
            try await client.send(Self.frame(9, Array("ping".utf8)))
            try await client.send(Self.frame(0, Array("b".utf8)))
            #expect(try await Self.read(client) == (0x8A, Array("ping".utf8)))
            #expect(try await Self.read(client) == (0x81, Array("ab".utf8)))
            try await client.send(Self.frame(8, [0x03, 0xE8]))
            let goodbye = try await Self.read(client)
            #expect(goodbye.code == 0x88)
            #expect(try await client.readToEnd() == "")
        }
    }

    @Test("refuses a message beyond its limit with 1009, and text that is none with 1007")
    func limits() async throws {
        try await ServerSite.open(Self.echo) { server in
            for (frame, code) in [
                (Self.frame(2, [UInt8](repeating: 0, count: 2 << 20)), [0x03, 0xF1]),
                (Self.frame(1, [0xFF, 0xFE]), [0x03, 0xEF]),
            ] as [([UInt8], [UInt8])] {
                let client = try await Self.open(server)
                try? await client.send(frame)  // it may be cut before it has said everything
                let goodbye = try await Self.read(client)
                #expect(goodbye.code == 0x88)
                #expect(Array(goodbye.body.prefix(2)) == code)
            }
        }
    }

    @Test("is refused to a request that asks for none, and a request without an upgrade is served")
    func refused() async throws {
        try await ServerSite.open(Self.echo) { server in
            let client = try RawClient(server.port)
            #expect(try await client.ask("GET /ws HTTP/1.1\r\nHost: x\r\n\r\n").status >= 400)
            let other = try RawClient(server.port)
            #expect(try await other.ask(Self.upgrade.replacing("/ws", with: "/here")).text == "here")
        }
    }
}
