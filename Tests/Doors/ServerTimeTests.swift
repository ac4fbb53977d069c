// DoorTests · tests · sees HTTP, HTTPServerDriver, Kit, Telemetry
import Foundation
import HTTP
import HTTPServerDriver
import Kit
import Synchronization
import Telemetry
import Testing

@Suite("a server and time")
struct ServerTimeTests {
    private static func hasty() -> HTTPServerOptions {
        var options = HTTPServerOptions()
        options.headPatience = .milliseconds(400)
        options.idlePatience = .milliseconds(400)
        return options
    }

    /// Sends a byte every now and then until the other side has had enough.
    private static func drip(_ client: RawClient, _ bytes: [UInt8]) async -> Duration {
        let began = ContinuousClock.now
        for byte in bytes {
            do { try await client.send([byte]) } catch { break }
            var look = pollfd(fd: client.descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&look, 1, 30) > 0 { break }
        }
        return ContinuousClock.now - began
    }

    @Test("answers 408 to a head that drips, however busily")
    func headDrip() async throws {
        try await ServerSite.open(ServerSite.echo, Self.hasty()) { server in
            let client = try RawClient(server.port)
            let bytes = Array(("GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "b", count: 4000)).utf8)
            #expect(await Self.drip(client, bytes) < .seconds(10))
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test("answers 408 to a body that drips, and its handler hears of it")
    func bodyDrip() async throws {
        let heard = Latch()
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling(bodyPatience: .milliseconds(400)) { request in
                    do { _ = try await request.body.collect(upTo: 10_000) } catch { heard.open() }
                    return HTTPResponse(200)
                })
        }
        try await ServerSite.open(decide) { server in
            let client = try RawClient(server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n")
            #expect(await Self.drip(client, [UInt8](repeating: 97, count: 5000)) < .seconds(10))
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 408 "))
            await heard.wait()
        }
    }

    @Test("keeps nobody who was refused in the middle of a body and does not go")
    func lingers() async throws {
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling(bodyLimit: 1000) { request in
                    for _ in 0..<2 { _ = try? await request.body.collect(upTo: 5000) }  // the refusal is the subject
                    return HTTPResponse(200)
                })
        }
        try await ServerSite.open(decide) { server in
            let client = try RawClient(server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n")
            try await client.send([UInt8](repeating: 97, count: 2000))
            #expect(try await client.readToEnd().hasPrefix("HTTP/1.1 413 "))
            // Our side stays open; theirs ends all the same, and then a byte more is answered by a reset.
            let isGone = try await eventually {
                do { try await client.send([97]) } catch { return true }
                return false
            }
            #expect(isGone)
        }
    }

    @Test("closes a connection that says nothing, before its first request and between two")
    func silence() async throws {
        try await ServerSite.open(ServerSite.echo, Self.hasty()) { server in
            #expect(try await RawClient(server.port).readToEnd() == "")
            let client = try RawClient(server.port)
            #expect(try await client.ask("GET /a HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            #expect(try await client.readToEnd() == "")
        }
    }

    @Test("drains: what is under way ends, nothing new is taken, idle ones are let go")
    func drain() async throws {
        let (isWorking, mayEnd) = (Latch(), Latch())
        let decide: @Sendable (RequestHead) -> Admission = { head in
            guard head.method == .post else { return .answer(ServerSite.text("now")) }
            return .handle(
                Handling { _ in
                    isWorking.open()
                    await mayEnd.wait()
                    return ServerSite.text("done")
                })
        }
        try await ServerSite.open(decide) { server in
            let idle = try RawClient(server.port)
            #expect(try await idle.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").status == 200)
            let busy = try RawClient(server.port)
            try await busy.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            await isWorking.wait()
            async let drained: Void = server.drain(within: .seconds(20))
            #expect(try await idle.readToEnd() == "")
            #expect(throws: ClientFault.self) { try RawClient(server.port) }
            mayEnd.open()
            let answer = try await busy.answer()
            #expect(answer.text == "done")
            #expect(answer.field("Connection") == "close")
            await drained
        }
    }

    @Test("closes with a stream open: its writer is told")
    func closes() async throws {
        let wasTold = Latch()
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling { _ in
                    HTTPResponse(
                        200,
                        body: .stream(length: nil) { writer in
                            try await writer.write([97])
                            if await Latch().waitOrCancel() { wasTold.open() }
                        })
                })
        }
        let server = try HTTPServer.open(HTTPServerOptions(), responder: ServerSite(decide: decide), log: .silent)
        let client = try RawClient(server.port)
        try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        _ = try await client.read(until: "1\r\na\r\n")
        await server.drain(within: .milliseconds(50))
        await server.close()
        await wasTold.wait()
        _ = try await client.readToEnd()
    }
}
