// SharedTests · tests · sees CryptoDriver, Kit
import CryptoDriver
import Kit
import Testing

@Suite("A secure conversation")
struct TLSTests {
    @Test("carries ten megabytes each way, in whatever pieces the network makes of them")
    func pieces() async throws {
        try await withAuthority { authority in
            let (client, server) = try await pair(authority)
            var chance = Chance(7)
            try talk(client, server) { Int.random(in: 1...5000, using: &chance) }
            #expect(client.session.state == .open && server.session.state == .open)
            #expect(client.session.manner.hasPrefix("TLSv1.3 "))
            let bytes = (0..<10_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 11) }
            while server.heard.count < bytes.count || client.heard.count < bytes.count {
                for (end, other) in [(client, server), (server, client)] {
                    let count = Int.random(in: 0...100_000, using: &chance)
                    try end.send(Array(bytes[other.heard.count...].prefix(count)))
                }
                try talk(client, server) { Int.random(in: 1...40_000, using: &chance) }
            }
            #expect(server.heard == bytes)
            #expect(client.heard == bytes)
        }
    }

    @Test("is ended by either side with a word, and the other knows that nothing is missing")
    func closing() async throws {
        try await withAuthority { authority in
            let (client, server) = try await pair(authority)
            try talk(client, server)
            try client.send([1, 2])
            client.session.close()
            try talk(client, server)
            #expect(server.heard == [1, 2])
            #expect(server.session.state == .ended)
            try server.session.networkEnded()
            try server.send([3])
            server.session.close()
            try talk(client, server)
            #expect(client.heard == [3])
            try client.session.networkEnded()
        }
    }

    @Test("that is cut off says so, at whatever moment")
    func truncation() async throws {
        try await withAuthority { authority in
            let (client, server) = try await pair(authority)
            let hello = client.pour()
            try server.take(hello.dropLast())
            #expect(failure { try server.session.networkEnded() }?.code == .truncated)
            let (second, other) = try await pair(authority)
            try talk(second, other)
            try second.send([1, 2, 3])
            try other.take(second.pour().dropLast())
            #expect(other.heard == [])
            #expect(failure { try other.session.networkEnded() }?.code == .truncated)
            #expect(failure { try other.send([1]) }?.code == .truncated)
        }
    }

    @Test("is refused to whoever shows a certificate that nobody we trust has signed")
    func stranger() async throws {
        try await withAuthority { authority in
            try await withAuthority { stranger in
                let server = try await stranger.server()
                for context in [try authority.client(), try TLSContext(trusting: .system)] {
                    let found = try refusal(End(TLSSession(calling: "localhost", with: context)), server)
                    #expect(found.client?.code == .untrusted)
                    #expect(
                        found.client?.description.contains("certificate of localhost: \"test authority\" did") == true)
                    #expect(found.server?.code == .refused)
                }
            }
        }
    }

    @Test("says for whom the certificate is when it is for somebody else")
    func wrongName() async throws {
        try await withAuthority { authority in
            let server = try await authority.server("DNS:localhost,DNS:*.farm.example,IP:127.0.0.1,IP:::1")
            for host in ["broker.example", "127.0.0.2", "a.b.farm.example", "farm.example"] {
                let found = try refusal(End(TLSSession(calling: host, with: try authority.client())), server)
                #expect(found.client?.code == .wrongName, "\(host)")
                let words = "TLS: the certificate of \(host) is for localhost, *.farm.example, 127.0.0.1, ::1; "
                #expect(found.client?.description.hasPrefix(words) == true)
            }
            for host in ["localhost", "LOCALHOST", "127.0.0.1", "::1", "node.farm.example"] {
                let client = End(try TLSSession(calling: host, with: try authority.client()))
                try talk(client, End(try TLSSession(answeringWith: server)))
                #expect(client.session.state == .open, "\(host)")
            }
        }
    }

    @Test("is refused when the certificate's time is over")
    func expired() async throws {
        try await withAuthority { authority in
            let server = try await authority.server(days: -1)
            let found = try refusal(End(TLSSession(calling: "localhost", with: try authority.client())), server)
            #expect(found.client?.code == .expired)
            #expect(found.client?.cause.contains("it was good until 20") == true)
        }
    }

    @Test(
        "is not begun with something that speaks another language",
        arguments: [
            "AMQP\u{0}\u{0}\u{9}\u{1}", "HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
            "\u{1}\u{2}\u{3}\u{4}\u{5}",
        ])
    func garbage(words: String) async throws {
        try await withAuthority { authority in
            let client = End(try TLSSession(calling: "localhost", with: try authority.client()))
            let found = failure { try client.take(words.utf8) }
            #expect(found?.code == .notTLS)
            #expect(found?.description.contains("check the port") == true)
            #expect(client.session.state == found.map(TLSSession.State.failed))
        }
    }

    @Test("is not had with a version before 1.2")
    func old() async throws {
        try await withAuthority { authority in
            let client = End(try TLSSession(calling: "localhost", with: try authority.client()))
            // A server's hello in version 1.1: a record of 42 bytes, in it a message of 38.
            let record: [UInt8] = [22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2]
            let chance = [UInt8](repeating: 9, count: 32)
            #expect(failure { try client.take(record + chance + [0, 0, 47, 0]) }?.code == .noCommonWay)
        }
    }

    @Test("in version 1.2 is as good, and is not begun anew in the middle")
    func renegotiation() async throws {
        try await withAuthority { authority in
            let server = try await TypedServer(authority, ["-tls1_2"])
            defer { server.close() }
            let client = End(try TLSSession(calling: "localhost", with: try authority.client()))
            let line = try await Caller(server.port)
            while client.session.state == .shakingHands { try await turn(client, line) }
            #expect(client.session.manner.hasPrefix("TLSv1.2 "))
            try await line.say(client.pour())
            try server.type("hello")
            while client.heard.count < 6 { try await turn(client, line) }
            #expect(client.heard == Array("hello\n".utf8))
            try server.type("R")
            let end = await #expect(throws: TLSFailure.self) {
                while true { try await turn(client, line) }
            }
            #expect(end?.code == .refused)
        }
    }

    @Test("does not believe bytes that were changed on their way")
    func changed() async throws {
        try await withAuthority { authority in
            let (client, server) = try await pair(authority)
            try talk(client, server)
            try client.send([1, 2, 3])
            var bytes = client.pour()
            bytes[bytes.count - 1] ^= 1
            #expect(failure { try server.take(bytes) }?.code == .broken)
            #expect(server.heard == [])
            #expect(failure { try talk(client, server) }?.code == .refused)
        }
    }

    @Test("is not asked for what cannot be")
    func misuse() async throws {
        try await withAuthority { authority in
            let context = try authority.client()
            #expect(failure { try TLSSession(answeringWith: context) }?.code == .misuse)
            #expect(failure { try TLSSession(calling: "", with: context) }?.code == .misuse)
            #expect(
                failure { try TLSSession(calling: String(repeating: "a", count: 300), with: context) }?.code == .misuse)
            #expect(failure { try End(TLSSession(calling: "localhost", with: context)).send([1]) }?.code == .misuse)
            #expect(failure { try TLSContext(trusting: .authority(file: "/nowhere")) }?.code == .settings)
            #expect(failure { try TLSContext(certificate: authority.file, key: authority.file) }?.code == .settings)
        }
    }

    @Test("survives whatever is made of its records")
    func mutations() async throws {
        try await withAuthority { authority in
            let (context, answer) = (try authority.client(), try await authority.server())
            var chance = Chance(11)
            var outcomes: [TLSFailure.Code: Int] = [:]
            for round in 0..<10_000 {
                let client = End(try TLSSession(calling: "localhost", with: context))
                let server = End(try TLSSession(answeringWith: answer))
                // Every fifth is opened before; a handshake costs most of the time.
                if round.isMultiple(of: 5) {
                    try talk(client, server)
                    try client.send([UInt8](repeating: 5, count: Int.random(in: 1...300, using: &chance)))
                }
                let found = failure { try server.take(chance.damage(client.pour())) }
                if let found { outcomes[found.code, default: 0] += 1 }
                // What it answers goes back damaged as well; whatever it is, it is told by a failure or not at all.
                _ = failure { try client.take(chance.damage(server.pour())) }
            }
            #expect(outcomes.values.reduce(0, +) > 5000, "\(outcomes)")
        }
    }
}

// MARK: words of these tests

private func withAuthority(_ body: (Authority) async throws -> Void) async throws {
    let authority = try await Authority()
    defer { authority.clear() }
    try await body(authority)
}

private func pair(_ authority: Authority) async throws -> (End, End) {
    let client = End(try TLSSession(calling: "localhost", with: try authority.client()))
    return (client, End(try TLSSession(answeringWith: try await authority.server())))
}

private func failure<Value>(_ work: () throws -> Value) -> TLSFailure? {
    do {
        _ = try work()
        return nil
    } catch {
        return error as? TLSFailure
    }
}

/// Says what is to be said over the network, and hears what comes.
private func turn(_ end: End, _ line: Caller) async throws {
    try await line.say(end.pour())
    try end.take(try await line.hearSome())
}

/// How both ends see a handshake that must not succeed.
private func refusal(_ client: End, _ context: TLSContext) throws -> (client: TLSFailure?, server: TLSFailure?) {
    let server = End(try TLSSession(answeringWith: context))
    let first = failure { try talk(client, server) }
    return (first, failure { try server.take(client.pour()) })
}

/// The same draws every time.
private struct Chance: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Bits turned, bytes cut out, put in, or written over.
    mutating func damage(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...9, using: &self)))
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &self), at: place)
            case 3: bytes[place] = UInt8.random(in: 0...255, using: &self)
            default: bytes = Array(bytes[..<place]) + bytes
            }
        }
        return bytes
    }
}
