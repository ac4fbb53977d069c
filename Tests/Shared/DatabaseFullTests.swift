// SharedTests · tests · sees Conformance, Kit, Ports, SQLiteDriver
import Conformance
import Foundation
import Kit
import Ports
import SQLiteDriver
import Testing

@Suite("A disk that is full")
struct DatabaseFullTests {
    @Test(
        "fails what does not fit as full, keeps what did, and goes on once there is room",
        .enabled(if: SmallDisk.isAllowed))
    func smallDisk() async throws {
        try await SmallDisk.use { disk in
            // The ballast leaves room for a little.
            let ballast = disk + "/ballast"
            try Data(count: 1_000_000).write(to: URL(filePath: ballast))
            let database = try await SQLiteDatabase.open(path: disk + "/test.sqlite", owner: "test")
            try await database.migrate([People.migration])
            let kept = try await Self.fill(database)
            #expect(kept > 0)
            #expect(try await Self.count(in: database) == kept)
            // Somebody makes room. A child that is just being started holds the file open for a moment more.
            try FileManager.default.removeItem(atPath: ballast)
            #expect(try await eventually { SmallDisk.room(in: disk) > 500_000 })
            _ = try await database.transaction { tx in try await tx.run(Pages.keep(Self.page)) }
            #expect(try await Self.count(in: database) == kept + 1)
            await database.close()
            let again = try await SQLiteDatabase.open(path: disk + "/test.sqlite", owner: "test")
            #expect(try await Self.count(in: again) == kept + 1)
            await again.close()
        }
    }

    @Test("is felt the same where the file itself may not grow")
    func fullFile() async throws {
        let world = try World()
        defer { world.clear() }
        let database = try await SQLiteDatabase.open(path: world.folder + "/test.sqlite", owner: "test")
        let bounded = Migration(2, "bound", up: "PRAGMA max_page_count = 40;", down: "PRAGMA max_page_count = 4000;")
        try await database.migrate([People.migration, bounded])
        let kept = try await Self.fill(database)
        #expect(kept > 0)
        #expect(try await Self.count(in: database) == kept)
        try await database.revert([People.migration, bounded], downTo: 1)
        _ = try await database.transaction { tx in try await tx.run(Pages.keep(Self.page)) }
        #expect(try await Self.count(in: database) == kept + 1)
        await database.close()
    }

    /// Writes until nothing fits any more, two rows at a time so that a half would show. Answers how many are kept.
    private static func fill(_ database: SQLiteDatabase) async throws -> Int {
        for round in 0..<10_000 {
            do {
                try await database.transaction { tx in
                    try await tx.run(Pages.keep(page))
                    try await tx.run(Pages.keep(page))
                }
            } catch let failure as DatabaseFailure {
                #expect(failure.code == .full)
                return round * 2
            }
        }
        Issue.record("it was never full")
        return 0
    }

    private static func count(in database: SQLiteDatabase) async throws -> Int {
        try await database.transaction { tx in try await tx.row(Pages.count()) } ?? -1
    }

    private static let page = (0..<6000).map { UInt8(truncatingIfNeeded: $0 &* 131) }
}

/// A file system of four megabytes, for whoever may mount one.
enum SmallDisk {
    static let isAllowed = geteuid() == 0

    static func use(_ work: (String) async throws -> Void) async throws {
        let world = try World()
        defer { world.clear() }
        // Where even root may not mount, the other test has to do.
        guard mount("tmpfs", world.folder, "tmpfs", 0, "size=4m") == 0 else { return }
        defer { umount2(world.folder, Int32(MNT_DETACH)) }
        try await work(world.folder)
    }

    static func room(in folder: String) -> UInt {
        var figures = statvfs()
        return statvfs(folder, &figures) == 0 ? figures.f_bavail * figures.f_bsize : 0
    }
}

private enum Pages {
    static let keep = statement(
        "pages.keep", takes: [UInt8].self, gives: Void.self,
        """
        INSERT INTO test.cells (id, bytes)
        SELECT count(*), $1
        FROM test.cells
        """)

    static let count = statement("pages.count", gives: (Int).self, "SELECT count(*) FROM test.cells")
}
