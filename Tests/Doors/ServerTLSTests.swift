// DoorTests · tests · sees HTTP, HTTPClientDriver, HTTPServerDriver, Ports, ProcessDriver, Telemetry
import Foundation
import HTTP
import HTTPClientDriver
import HTTPServerDriver
import Ports
import ProcessDriver
import Telemetry
import Testing

@Suite("a server over TLS, and on several loops")
struct ServerTLSTests {
    @Test("serves whoever believes its certificate: answers, bodies, streams and files")
    func tls() async throws {
        let folder = NSTemporaryDirectory() + "ainer-tls-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too
        let words = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "\(folder)/key",
            "-out", "\(folder)/certificate",
        ]
        _ = try await ChildPrograms().run(Program("openssl", words, deadline: .seconds(60)), input: [])
        let big = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try Data(big).write(to: URL(fileURLWithPath: folder + "/file"))
        var options = HTTPServerOptions()
        options.tls = HTTPServerIdentity(certificate: folder + "/certificate", key: folder + "/key")
        let decide: @Sendable (RequestHead) -> Admission = { head in
            guard head.isSecure else { return .answer(HTTPResponse(500)) }
            switch head.target {
            case "/file":
                return .answer(HTTPResponse(200, body: .file(path: folder + "/file", offset: 0, count: 3_000_000)))
            case "/stream":
                return .handle(
                    Handling { _ in
                        HTTPResponse(
                            200,
                            body: .stream(length: nil) { writer in
                                for start in stride(from: 0, to: big.count, by: 50_000) {
                                    try await writer.write(Array(big[start..<start + 50_000]))
                                }
                            })
                    })
            default: return ServerSite.echo(head)
            }
        }
        try await ServerSite.open(decide, options) { server in
            var trust = HTTPClientOptions()
            trust.authorities = folder + "/certificate"
            let client = try HTTPClient(trust)
            let place = "https://localhost:\(server.port)"
            #expect(try await client.fetch(HTTPCall(.get, place + "/a")).body == Array("/a".utf8))
            for path in ["/file", "/stream"] {
                #expect(try await client.fetch(HTTPCall(.get, place + path)).body == big)
            }
            let half = Array(big.prefix(900_000))
            let echo = try await client.fetch(HTTPCall(.post, place + "/b", body: .bytes(half)))
            #expect(echo.answer.status == 200)
            #expect(echo.body == half)
            // Somebody who does not believe it, and somebody who does not speak it.
            await #expect(throws: HTTPClientFailure.self) {
                _ = try await HTTPClient().fetch(HTTPCall(.get, place + "/a"))
            }
            let plain = try RawClient(server.port)
            try await plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await !plain.readToEnd().contains("200"))
            #expect(try await client.fetch(HTTPCall(.get, place + "/c")).answer.status == 200)
        }
    }

    @Test("says which file is no certificate, and who holds its port")
    func faults() async throws {
        var options = HTTPServerOptions()
        options.tls = HTTPServerIdentity(certificate: "/dev/null", key: "/dev/null")
        let noCertificate = #expect(throws: HTTPServerFailure.self) {
            try HTTPServer.open(options, responder: ServerSite(decide: ServerSite.echo), log: .silent)
        }
        #expect("\(String(describing: noCertificate))".contains("certificate"))
        try await ServerSite.open(ServerSite.echo) { server in
            var options = HTTPServerOptions()
            options.port = server.port
            let taken = #expect(throws: HTTPServerFailure.self) {
                try HTTPServer.open(options, responder: ServerSite(decide: ServerSite.echo), log: .silent)
            }
            #expect("\(String(describing: taken))".contains("\(server.port)"))
        }
    }

    @Test("spreads connections over its loops, and closes them all")
    func loops() async throws {
        var options = HTTPServerOptions()
        options.loops = 3
        try await ServerSite.open(ServerSite.echo, options) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let client = try RawClient(server.port)
                        for turn in 0..<5 {
                            let answer = try await client.ask("GET /\(number)/\(turn) HTTP/1.1\r\nHost: x\r\n\r\n")
                            #expect(answer.text == "/\(number)/\(turn)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            await server.drain(within: .seconds(10))
            #expect(throws: ClientFault.self) { try RawClient(server.port) }
        }
    }
}
