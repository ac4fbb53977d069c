// DoorTests · tests · sees HTTP, HTTPClientDriver, Kit, Ports, ProcessDriver
import Foundation
import HTTP
import HTTPClientDriver
import Kit
import Ports
import ProcessDriver
import Testing

@Suite("The HTTP client over TLS")
struct ClientTLSTests {
    @Test("believes the authority it is told to, for the name it called, and nobody else")
    func trust() async throws {
        try await SecureHost.use { host in
            var options = HTTPClientOptions()
            options.authorities = host.authority
            let client = try HTTPClient(options)
            let body = try await client.fetch(HTTPCall(.get, "https://localhost:\(host.port)/hello")).body
            #expect(body == Array("hello\n".utf8))
            let wrongName = await clientFailure {
                _ = try await client.fetch(HTTPCall(.get, "https://127.0.0.1:\(host.port)/hello"))
            }
            #expect(wrongName?.code == .tls)
            let stranger = try HTTPClient()
            let untrusted = await clientFailure {
                _ = try await stranger.fetch(HTTPCall(.get, "https://localhost:\(host.port)/hello"))
            }
            #expect(untrusted?.code == .tls)
            options.authorities = "/nowhere"
            let blind = try HTTPClient(options)
            let unread = await clientFailure {
                _ = try await blind.fetch(HTTPCall(.get, "https://localhost:\(host.port)/hello"))
            }
            #expect(unread?.code == .tls)
        }
    }

    @Test("is led from http to https, and never back")
    func redirects() async throws {
        try await SecureHost.use { host in
            let port = host.port
            let plain = try ClientHost.open { peer, asked in
                try peer.answer("302 Found", ["Location: https://localhost:\(port)\(asked.path)"])
            }
            defer { plain.close() }
            try Data("HTTP/1.0 302 Found\r\nLocation: \(plain.url)/x\r\nContent-Length: 0\r\n\r\n".utf8)
                .write(to: URL(fileURLWithPath: host.folder + "/back"))
            var options = HTTPClientOptions()
            options.authorities = host.authority
            let client = try HTTPClient(options)
            var call = HTTPCall(.get, plain.url + "/hello")
            call.redirects = 3
            #expect(try await client.fetch(call).body == Array("hello\n".utf8))
            call.url = plain.url + "/back"
            let sent = call
            let failure = await clientFailure { _ = try await client.fetch(sent) }
            #expect(failure?.code == .refusedRedirect)
            #expect(plain.asked.map(\.path) == ["/hello", "/back"])
        }
    }
}

/// OpenSSL's own server in a folder: a file is the answer to its name, head and all.
struct SecureHost {
    let folder: String
    let port: Int
    let authority: String

    static func use(_ work: (SecureHost) async throws -> Void) async throws {
        let world = try World()
        defer { world.clear() }
        let host = try await make(world.folder)
        let server = Task {
            try await ChildPrograms().run(
                Program(
                    "/bin/sh",
                    [
                        "-c",
                        "cd \(host.folder) && exec openssl s_server -quiet -HTTP -accept 127.0.0.1:\(host.port) "
                            + "-cert cert.pem -key key.pem",
                    ], deadline: .seconds(60)), input: [])
        }
        #expect(
            try await eventually {
                guard let socket = Sockets.connect(to: host.port) else { return false }
                close(socket)
                return true
            })
        do { try await work(host) } catch {
            server.cancel()
            throw error
        }
        server.cancel()
        _ = await server.result
    }

    private static func make(_ folder: String) async throws -> SecureHost {
        // A port that was free a moment ago.
        let (listener, port) = try Sockets.listen()
        close(listener)
        let words = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", folder + "/key.pem", "-out",
            folder + "/cert.pem",
        ]
        _ = try await ChildPrograms().run(Program("openssl", words, deadline: .seconds(30)), input: [])
        try Data("HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nhello\n".utf8)
            .write(to: URL(fileURLWithPath: folder + "/hello"))
        return SecureHost(folder: folder, port: port, authority: folder + "/cert.pem")
    }
}
