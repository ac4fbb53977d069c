// SharedTests · tests · sees Conformance, Kit, Ports, PostgresDriver, SQLiteDriver
import Conformance
import Kit
import Ports
import PostgresDriver
import SQLiteDriver
import Testing

/// The databases that keep one list of promises.
enum DatabaseKind: String, CaseIterable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    case postgres15 = "PostgreSQL 15"
    case postgres16 = "PostgreSQL 16"

    var testDescription: String { rawValue }

    var server: Servers.Postgres? {
        switch self {
        case .sqlite: nil
        case .postgres15: .v15
        case .postgres16: .v16
        }
    }

    /// Lends an empty database of its own.
    func lend(_ work: (DatabaseWorld) async throws -> Void) async throws {
        if let server {
            let url = try await Servers.postgres(server).database()
            let manners = PostgresManners(patience: .seconds(120))
            try await work(
                DatabaseWorld(capacity: manners.connections) {
                    try await PostgresDatabase.open(url: url, owner: "test", manners: manners)
                })
        } else {
            let world = try World()
            defer { world.clear() }
            try await work(
                DatabaseWorld(capacity: 1) {
                    try await SQLiteDatabase.open(path: world.folder + "/test.sqlite", owner: "test")
                })
        }
    }
}

@Suite("Every database")
struct DatabaseTests {
    @Test("keeps its promises", arguments: DatabaseKind.allCases, DatabaseConformance.promises)
    func promises(_ kind: DatabaseKind, _ promise: DatabasePromise) async throws {
        try await kind.lend(promise.check)
    }
}
