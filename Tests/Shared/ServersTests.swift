// SharedTests · tests · sees Kit
import Foundation
import Kit
import Testing

@Suite("A real server for tests")
struct ServersTests {
    @Test("gives every test a database of its own", arguments: Servers.Postgres.allCases)
    func databases(version: Servers.Postgres) async throws {
        let server = try await Servers.postgres(version)
        let names = try await [server.freshDatabase(), server.freshDatabase()]
        for name in names {
            #expect(
                try await server.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", of: name) == "0\n")
        }
        #expect(names[0] != names[1])
        let number = try await server.ask("SHOW server_version_num", of: names[0])
        #expect(number.hasPrefix(version == .v15 ? "15" : "16"))
    }

    @Test("gives every test a vhost of its own, also when those it began with are used up")
    func vhosts() async throws {
        let server = try await Servers.ownRabbit()
        var names: Set<String> = []
        for _ in 0..<42 { names.insert(try await server.freshVhost()) }
        #expect(names.count == 42)
        #expect(try await server.listQueues(of: "test-42") == [:])
        await #expect(throws: (any Error).self) { try await server.deleteQueue("none", of: "test-42") }
        try await server.end()
    }

    @Test("loses nothing by a power cut, and is found where it was", arguments: Servers.Postgres.allCases)
    func powerCut(version: Servers.Postgres) async throws {
        let server = try await Servers.ownPostgres(version)
        let name = try await server.freshDatabase()
        _ = try await server.ask("CREATE TABLE notes AS SELECT 7 AS note", of: name)
        try await server.kill()
        await #expect(throws: (any Error).self) { try await server.ask("SELECT note FROM notes", of: name) }
        try await server.restart()
        #expect(try await server.ask("SELECT note FROM notes", of: name) == "7\n")
        try await server.stop()
        try await server.restart()
        #expect(try await server.ask("SELECT note FROM notes", of: name) == "7\n")
        try await server.end()
        #expect(!FileManager.default.fileExists(atPath: server.server.folder))
    }

    @Test("that others use too is not broken")
    func shared() async throws {
        let server = try await Servers.postgres()
        await #expect(throws: ServerFault.self) { try await server.kill() }
        await #expect(throws: ServerFault.self) { try await server.end() }
    }

    @Test("ends with whoever it was started for, however he ended, and leaves nothing")
    func owner() async throws {
        let owner = Process()
        owner.executableURL = URL(filePath: "/bin/sleep")
        owner.arguments = ["1000"]
        try owner.run()
        let server = try await Servers.ownPostgres(for: owner.processIdentifier)
        let name = try await server.freshDatabase()
        kill(owner.processIdentifier, SIGKILL)
        let folder = server.server.folder
        #expect(try await eventually(within: .seconds(60)) { !FileManager.default.fileExists(atPath: folder) })
        await #expect(throws: (any Error).self) { try await server.ask("SELECT 1", of: name) }
    }

    @Test("that cannot be started says why")
    func fault() async throws {
        let fault = await #expect(throws: (any Error).self) { try await Servers.ownPostgres(for: 2_000_000_000) }
        #expect("\(fault, default: "")".contains("there is no process 2000000000"))
    }
}
