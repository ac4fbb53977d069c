// SharedTests · tests · sees Delivery, Embedded, GatewayAdapters, Kit, OrchestratorAdapters, Ports, PostgresDriver, SQLiteDriver, WorkerHubAdapters
import Delivery
import Embedded
import Foundation
import GatewayAdapters
import Kit
import OrchestratorAdapters
import Ports
import PostgresDriver
import SQLiteDriver
import Testing
import WorkerHubAdapters

/// Whoever has tables, with everything he says to them.
struct StatementOwner: Sendable, CustomTestStringConvertible {
    let name: String
    let migrations: [Migration]
    let cards: [StatementCard]

    var testDescription: String { name }

    static let delivery = DeliveryTables.migration(number: 0)

    static let all = [
        StatementOwner(name: "owner", migrations: [delivery], cards: DeliveryQueries.cards + RetentionQueries.cards),
        StatementOwner(
            name: "gateway", migrations: [delivery] + GatewayTables.migrations, cards: GatewayTables.cards),
        StatementOwner(name: "orchestrator", migrations: [delivery] + RunQueries.migrations, cards: RunQueries.cards),
        StatementOwner(name: "hub", migrations: [delivery] + LeaseQueries.migrations, cards: LeaseQueries.cards),
        StatementOwner(name: "broker", migrations: BusTables.migrations, cards: BusQueries.cards),
    ]

    /// The broker's file is a laptop's only: a server has a broker.
    static let onServers = all.filter { $0.name != "broker" }
}

@Suite("Every statement of ours")
struct DatabaseStatementTests {
    @Test("is what it says it is on SQLite", arguments: StatementOwner.all)
    func sqlite(_ owner: StatementOwner) async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await SQLiteDatabase.open(path: world.folder + "/test.sqlite", owner: owner.name)
        try await database.migrate(owner.migrations)
        for card in owner.cards { #expect(await database.faults(of: card) == []) }
        await database.close()
    }

    @Test("is what it says it is on PostgreSQL", arguments: StatementOwner.onServers, Servers.Postgres.allCases)
    func postgres(_ owner: StatementOwner, _ version: Servers.Postgres) async throws {
        let url = try await Servers.postgres(version).database()
        let database = try await PostgresDatabase.open(url: url, owner: owner.name)
        try await database.migrate(owner.migrations)
        for card in owner.cards { #expect(await database.faults(of: card) == []) }
        await database.close()
    }

    @Test("is on its owner's list")
    func complete() throws {
        let listed = Set(StatementOwner.all.flatMap(\.cards).map { "\($0.name)" })
        var found = 0
        for file in try Self.files() {
            let text = try String(contentsOfFile: Self.root + file, encoding: .utf8)
            let names = text.matches(of: /= statement\(\s*"([a-z_.]+)"/).map { String($0.1) }
            found += names.count
            for name in names { #expect(listed.contains(name), "\(name) of \(file)") }
        }
        #expect(found > 60)
    }

    /// Everywhere a statement may stand.
    private static func files() throws -> [String] {
        let services = try FileManager.default.contentsOfDirectory(atPath: root + "Services")
        let folders = services.map { "Services/\($0)/Adapters" } + ["Shared/Embedded", "Shared/Delivery"]
        return folders.flatMap { folder in
            // Not every service has adapters.
            let all = FileManager.default.subpaths(atPath: root + folder) ?? []
            return all.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
        }
    }

    @Test("is caught when it says what it is not")
    func faulty() async throws {
        let world = try World()
        defer { world.clear() }
        let url = try await Servers.postgres(.v15).database()
        let sqlite = try await SQLiteDatabase.open(path: world.folder + "/test.sqlite", owner: "hub")
        let postgres = try await PostgresDatabase.open(url: url, owner: "hub")
        try await sqlite.migrate(LeaseQueries.migrations)
        try await postgres.migrate(LeaseQueries.migrations)
        for fault in Faulty.all {
            #expect(await !sqlite.faults(of: fault).isEmpty, "\(fault.name)")
            #expect(await !postgres.faults(of: fault).isEmpty, "\(fault.name)")
        }
        #expect(await !postgres.faults(of: Faulty.sum).isEmpty)
        await sqlite.close()
        await postgres.close()
    }

    private static let root =
        URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/"
}

private enum Faulty {
    static let all = [
        StatementCard(
            statement("too.few", gives: (String).self, "SELECT kind FROM hub.artifacts WHERE promoted_at = $1")),
        StatementCard(
            statement(
                "too.many", takes: Int.self, Int.self, gives: (Int).self,
                "SELECT token FROM hub.leases WHERE losses = $1")),
        StatementCard(statement("columns", gives: (Int, String).self, "SELECT token FROM hub.leases")),
        StatementCard(
            statement(
                "star", gives: (String, String, String, String, String, String, Int).self, "SELECT * FROM hub.artifacts"
            )),
        StatementCard(statement("table", gives: (Int).self, "SELECT seq FROM hub.nowhere")),
        StatementCard(
            statement("offset", takes: Int.self, gives: (Int).self, "SELECT token FROM hub.leases LIMIT 1 OFFSET $1")),
    ]

    /// SQLite knows no types of what it computes.
    static let sum = StatementCard(statement("sum", gives: (Int?).self, "SELECT sum(losses) FROM hub.leases"))
}
