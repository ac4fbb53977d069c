// DoorTests · tests · sees Embedded, Kit, Ports, RedisDriver, Telemetry
import Embedded
import Glibc
import Kit
import Ports
import RedisDriver
import Telemetry
import Testing

@Suite("The door to Redis")
struct RedisDoorTests {
    @Test("understands a URL, and says of a bad one what is wrong with it, never the password")
    func urls() throws {
        let full = try RedisAddress("redis://gu%61rded:s%3Ae%2Fc%40r%25t@host.example:7000/3")
        #expect(full.host == "host.example" && full.port == 7000 && full.database == 3)
        #expect(full.user == "guarded" && full.password == "s:e/c@r%t")
        #expect(full.label == "redis://guarded@host.example:7000/3")
        let short = try RedisAddress("redis://localhost")
        #expect(short.port == 6379 && short.database == 0 && short.user == nil && short.password == nil)
        let alone = try RedisAddress("redis://:geheim@[::1]/")
        #expect(alone.host == "::1" && alone.user == nil && alone.password == "geheim")
        let bad = [
            "rediss://:geheim@host": "TLS", "http://host": "redis://", "redis://": "no host",
            "redis://host:0": "no port", "redis://host:x": "no port", "redis://host/x": "database",
            "redis://host/-1": "database", "redis://geheim@host": "without a password",
            "redis://:geheim%4@host": "hexadecimal", "redis://:geheim@[::1": "never closed",
        ]
        for (url, word) in bad {
            let failure = #expect(throws: CoordinationFailure.self) { try RedisAddress(url) }
            #expect(failure?.code == .refused)
            #expect(failure?.cause.contains(word) == true, "\(url): \(failure?.cause ?? "")")
            #expect(failure?.cause.contains("geheim") == false, "\(url)")
        }
    }

    @Test("opens for the right password and database, and says what was wrong with others")
    func letIn() async throws {
        let server = try await Servers.redis()
        let good = try await open(server.guardedURL)
        try await good.publish([], to: "c")
        await good.close()
        let port = try server.port
        let bad = [
            "redis://guarded:wrong@127.0.0.1:\(port)/0": "WRONGPASS",
            "redis://nobody:wrong@127.0.0.1:\(port)/0": "WRONGPASS",
            "redis://127.0.0.1:\(port)/64": "database 64",
        ]
        for (url, word) in bad {
            let failure = await #expect(throws: CoordinationFailure.self) { try await open(url) }
            #expect(failure?.code == .refused)
            #expect(failure?.cause.contains(word) == true, "\(failure?.cause ?? "")")
        }
    }

    @Test("says that nobody is there, that nobody answers, and that somebody else lives there")
    func wrongHouse() async throws {
        let (silent, silentPort) = try Sockets.listen()
        let nobody = try await failure(of: "redis://127.0.0.1:1/0")
        #expect(nobody?.code == .unreachable)
        let mute = try await failure(of: "redis://127.0.0.1:\(silentPort)/0")
        #expect(mute?.code == .timeout)
        close(silent)
        let name = try await failure(of: "redis://nobody.invalid/0")
        #expect(name?.code == .unreachable)
        let postgres = try await failure(of: "redis://127.0.0.1:\(try await Servers.postgres().port)/0")
        #expect(postgres?.code != nil)
    }

    private func failure(of url: String) async throws -> CoordinationFailure? {
        await #expect(throws: CoordinationFailure.self) { try await open(url, patience: .seconds(2)) }
    }

    private func open(_ url: String, patience: Duration = .seconds(30)) async throws -> RedisCoordination {
        try await RedisCoordination.open(
            url,
            RedisCoordination.Options(
                namespace: "door", name: "test", entropy: SystemEntropy(), log: .silent, patience: patience))
    }
}
