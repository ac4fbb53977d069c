// DoorTests · tests · sees HTTP, HTTPServerDriver
import Foundation
import HTTP
import HTTPServerDriver
import Synchronization
import Testing

@Suite("a server in the middle of things")
struct ServerStreamTests {
    private static let stream = HTTPFields(dictionaryLiteral: ("Content-Type", "text/event-stream"))

    @Test("cancels the handler when its client leaves, while it works and while it streams")
    func leaves() async throws {
        let (wasCancelled, wasCut, isWorking) = (Latch(), Latch(), Latch())
        let decide: @Sendable (RequestHead) -> Admission = { head in
            .handle(
                Handling { _ in
                    if head.target == "/work" {
                        isWorking.open()
                        if await Latch().waitOrCancel() { wasCancelled.open() }
                        return ServerSite.text("nobody hears it")
                    }
                    return HTTPResponse(
                        200, Self.stream,
                        body: .stream(length: nil) { writer in
                            try await writer.write(Array("data: 1\n\n".utf8))
                            if await Latch().waitOrCancel() { wasCut.open() }
                        })
                })
        }
        try await ServerSite.open(decide) { server in
            var client: RawClient? = try RawClient(server.port)
            try await client?.send("POST /work HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            await isWorking.wait()
            client = nil
            await wasCancelled.wait()
            // An idle stream: nothing is written that could fail.
            client = try RawClient(server.port)
            try await client?.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client?.read(until: "data: 1\n\n")
            client = nil
            await wasCut.wait()
        }
    }

    @Test("tells whoever only keeps a stream open when its client goes, and when the server closes")
    func untilOver() async throws {
        let (isOver, isClosed) = (Latch(), Latch())
        let decide: @Sendable (RequestHead) -> Admission = { head in
            .handle(
                Handling { _ in
                    HTTPResponse(
                        200, Self.stream,
                        body: .stream(length: nil) { writer in
                            try await writer.write(Array("data: 1\n\n".utf8))
                            await writer.untilOver()
                            (head.target == "/goes" ? isOver : isClosed).open()
                        })
                })
        }
        try await ServerSite.open(decide) { server in
            var client: RawClient? = try RawClient(server.port)
            try await client?.send("GET /goes HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client?.read(until: "data: 1\n\n")
            client = nil
            await isOver.wait()
            client = try RawClient(server.port)
            try await client?.send("GET /stays HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = try await client?.read(until: "data: 1\n\n")
            await server.close()
            await isClosed.wait()
        }
    }

    @Test("holds a writer whose client does not read, and cuts that client when its time is over")
    func slowReader() async throws {
        var options = HTTPServerOptions()
        options.stallPatience = .milliseconds(300)
        let written = Atomic(0)
        let failed = Latch()
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling { _ in
                    HTTPResponse(
                        200,
                        body: .stream(length: nil) { writer in
                            do {
                                while true {
                                    try await writer.write([UInt8](repeating: 120, count: 65_536))
                                    written.add(65_536, ordering: .relaxed)
                                }
                            } catch {
                                failed.open()
                                throw error
                            }
                        })
                })
        }
        try await ServerSite.open(decide, options) { server in
            let client = try RawClient(server.port, receiveBuffer: 4096)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            await failed.wait()
            // What the system buffers, and a bound of ours: not what a writer could have made in that time.
            #expect(written.load(ordering: .relaxed) < 16 << 20)
        }
    }

    @Test("reads no faster than its handler: 64 MB come through whole, and little of it waits")
    func upload() async throws {
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling(bodyLimit: 100 << 20) { request in
                    var count = 0
                    var largest = 0
                    do {
                        for try await piece in request.body {
                            count += piece.count
                            largest = max(largest, piece.count)
                        }
                    } catch { return ServerSite.text("\(error)", 500) }
                    return ServerSite.text("\(count) \(largest <= 1 << 20)")
                })
        }
        try await ServerSite.open(decide) { server in
            let client = try RawClient(server.port)
            try await client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(64 << 20)\r\n\r\n")
            let piece = [UInt8](repeating: 97, count: 1 << 20)
            for _ in 0..<64 { try await client.send(piece) }
            #expect(try await client.answer().text == "\(64 << 20) true")
        }
    }

    @Test("keeps a length it was told: too little is cut, and more is not sent")
    func length() async throws {
        let decide: @Sendable (RequestHead) -> Admission = { head in
            .handle(
                Handling { _ in
                    HTTPResponse(
                        200,
                        body: .stream(length: 10) { writer in
                            let count = head.target == "/short" ? 4 : head.target == "/long" ? 14 : 10
                            try await writer.write([UInt8](repeating: 97, count: count))
                        })
                })
        }
        try await ServerSite.open(decide) { server in
            let whole = try RawClient(server.port)
            #expect(try await whole.ask("GET /whole HTTP/1.1\r\nHost: x\r\n\r\n").text == "aaaaaaaaaa")
            for target in ["/short", "/long"] {
                let client = try RawClient(server.port)
                try await client.send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
                let text = try await client.readToEnd()
                let body = text.components(separatedBy: "\r\n\r\n").dropFirst().joined()
                #expect(body.count < 10, "\(target)")
            }
        }
    }

    @Test("sends a file, and a part of it, by the system's own hand")
    func file() async throws {
        let path = NSTemporaryDirectory() + "ainer-file-" + UUID().uuidString
        try Data((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }  // the system clears it too
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        let decide: @Sendable (RequestHead) -> Admission = { head in
            switch head.target {
            case "/whole": .answer(HTTPResponse(200, body: .file(path: path, offset: 0, count: 1 << 20)))
            case "/part":
                .handle(Handling { _ in HTTPResponse(206, body: .file(path: path, offset: 1000, count: 500)) })
            default: .answer(HTTPResponse(200, body: .file(path: path + "-none", offset: 0, count: 1)))
            }
        }
        try await ServerSite.open(decide) { server in
            let client = try RawClient(server.port)
            #expect(try await client.ask("GET /whole HTTP/1.1\r\nHost: x\r\n\r\n").body == bytes)
            #expect(try await client.ask("GET /part HTTP/1.1\r\nHost: x\r\n\r\n").body == Array(bytes[1000..<1500]))
            #expect(try await client.ask("GET /none HTTP/1.1\r\nHost: x\r\n\r\n").status == 500)
        }
    }

    @Test("takes a burst of 2,000 connections, streams to all of them, and notices each that goes")
    func burst() async throws {
        var options = HTTPServerOptions()
        // A machine that is busy with something else takes longer for 2,000 than a client may take for one.
        options.headPatience = .seconds(120)
        let left = Atomic(0)
        let allLeft = Latch()
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling { _ in
                    HTTPResponse(
                        200, Self.stream,
                        body: .stream(length: nil) { writer in
                            // A client may have gone with the head alone: that is one who left, too.
                            try? await writer.write(Array("data: 1\n\n".utf8))  // see above
                            await writer.untilOver()
                            let count = left.add(1, ordering: .relaxed).newValue
                            if count == 2000 { allLeft.open() }
                        })
                })
        }
        try await ServerSite.open(decide, options) { server in
            var sockets: [Int32] = []
            for _ in 0..<2000 {
                let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                #expect(RawClient.connect(descriptor, server.port) == 0)
                sockets.append(descriptor)
            }
            let request = Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)
            for descriptor in sockets {
                #expect(Foundation.send(descriptor, request, request.count, 0) == request.count)
            }
            // Each has its first event before it goes.
            var room = [UInt8](repeating: 0, count: 4096)
            for descriptor in sockets { #expect(recv(descriptor, &room, room.count, 0) > 0) }
            for descriptor in sockets { close(descriptor) }
            await allLeft.wait()
        }
    }

    @Test("counts no stream that has begun among the requests under way, and leaves room for others")
    func room() async throws {
        var options = HTTPServerOptions()
        options.requestLimit = 2
        let decide: @Sendable (RequestHead) -> Admission = { _ in
            .handle(
                Handling { _ in
                    HTTPResponse(
                        200, Self.stream,
                        body: .stream(length: nil) { writer in
                            try await writer.write(Array("data: 1\n\n".utf8))
                            await writer.untilOver()
                        })
                })
        }
        try await ServerSite.open(decide, options) { server in
            var clients: [RawClient] = []
            for _ in 0..<10 {
                let client = try RawClient(server.port)
                try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.read(until: "data: 1").contains("200 OK"))
                clients.append(client)
            }
        }
    }
}
