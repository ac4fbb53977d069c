// SharedTests · tests · sees Contracts, Ports, SQLiteDriver, Kit
import Contracts
import Foundation
import Kit
import Ports
import SQLiteDriver
import Synchronization
import Testing

@Suite("What a laptop's database calls done")
struct DatabaseDurabilityTests {
    @Test("is what a loss of power would leave")
    func powerCut() async throws {
        let disk = try Disk()
        defer { disk.clear() }
        let database = try await disk.open()
        try await database.migrate(Self.tables)
        let promises = try await withThrowingTaskGroup(of: (number: Int, snapshot: Int).self) { group in
            for number in 0..<60 {
                group.addTask {
                    try await database.transaction { tx in _ = try await tx.run(Self.keep(number)) }
                    return (number, disk.snapshots)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        await database.close()
        #expect(disk.snapshots < 60, "those who wait share a sync")
        for (snapshot, promised) in Dictionary(grouping: promises, by: \.snapshot) {
            let kept = Set(try await disk.rows(of: snapshot, Self.kept()))
            #expect(kept.isSuperset(of: promised.map(\.number)), "what was called done before the power went")
        }
    }

    @Test("is nothing any more once the disk has failed")
    func brokenDisk() async throws {
        let disk = try Disk()
        defer { disk.clear() }
        let database = try await disk.open()
        try await database.migrate(Self.tables)
        disk.isBroken.store(true, ordering: .relaxed)
        for number in 0..<2 {
            await #expect(throws: DatabaseFailure.self) {
                try await database.transaction { tx in _ = try await tx.run(Self.keep(number)) }
            }
            disk.isBroken.store(false, ordering: .relaxed)  // what it says now nobody can believe
        }
        await database.close()
    }

    @Test("is told to everybody, however readers and writers come and go")
    func crowd() async throws {
        let disk = try Disk()
        defer { disk.clear() }
        let database = try await SQLiteDatabase.open(path: disk.path, owner: "durable")
        try await database.migrate(Self.tables)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    for round in 0..<50 {
                        // Readers wait for what they have read, and come at any moment of a sync.
                        _ = try await database.transaction { tx in
                            if (number + round) % 3 == 0 { try await tx.run(Self.keep(number)) }
                            return try await tx.rows(Self.kept()).count
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        await database.close()
    }

    @Test("is not waited for where it may be done again, and is durable with the next that is")
    func lightly() async throws {
        let disk = try Disk()
        defer { disk.clear() }
        let database = try await disk.open()
        try await database.migrate(Self.tables)
        let before = disk.snapshots
        try await database.lightly { tx in _ = try await tx.run(Self.keep(1)) }
        #expect(disk.snapshots == before)
        try await database.settle()
        #expect(try await disk.rows(of: disk.snapshots, Self.kept()) == [1])
        await database.close()
    }

    private static let tables = [
        Migration(1, "create_kept", up: "CREATE TABLE kept (number INTEGER NOT NULL) STRICT;", down: "DROP TABLE kept;")
    ]
    private static let keep = statement(
        "test.keep", takes: Int.self, gives: Void.self,
        """
        INSERT INTO durable.kept (number)
        VALUES ($1)
        """)
    private static let kept = statement(
        "test.kept", gives: (Int).self,
        """
        SELECT number
        FROM durable.kept
        """)
}

/// A disk of which only what was synced survives: each sync leaves a copy.
private final class Disk: Sendable {
    var path: String { folder + "/now.sqlite" }
    private let folder = NSTemporaryDirectory() + "ainer-disk-" + UUID().uuidString
    private let count = Mutex(0)
    let isBroken = Atomic(false)

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    var snapshots: Int { count.withLock { $0 } }

    func open() async throws -> SQLiteDatabase {
        return try await SQLiteDatabase.open(path: path, owner: "durable") { [self] () throws(DatabaseFailure) in
            guard !isBroken.load(ordering: .relaxed) else {
                throw DatabaseFailure(.unreachable, during: "commit", cause: "Input/output error")
            }
            do {
                try copy(to: snapshots + 1)
            } catch {
                throw DatabaseFailure(.unreachable, during: "commit", cause: "\(error)")
            }
            count.withLock { $0 += 1 }
        }
    }

    private func copy(to number: Int) throws {
        for end in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: path + end, toPath: folder + "/\(number).sqlite" + end)
        }
    }

    /// What a start after the cut would find.
    func rows<Row: Sendable>(of snapshot: Int, _ call: Call<Row>) async throws -> [Row] {
        let database = try await SQLiteDatabase.open(path: folder + "/\(snapshot).sqlite", owner: "durable")
        let rows = try await database.transaction { tx in try await tx.rows(call) }
        await database.close()
        return rows
    }

    func clear() { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too
}
