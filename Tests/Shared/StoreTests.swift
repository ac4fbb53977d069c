// SharedTests · tests · sees Contracts, Ports, Embedded, Kit
import Contracts
import Embedded
import Foundation
import Kit
import Ports
import Testing

@Suite("The store of a laptop")
struct StoreTests {
    @Test("keeps bytes under their own hash, once")
    func putAndFetch() async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await world.openStore()
        let file = try await store.put(Array("abc".utf8))
        #expect(file.key.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try await store.put(Array("abc".utf8)) == file)
        #expect(try Data(contentsOf: URL(fileURLWithPath: try await store.fetch(file.key))) == Data("abc".utf8))
    }

    @Test("promotes what was staged, and promoting again is success")
    func promote() async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await world.openStore()
        let staged = try await store.stage(try world.file("made", "a shot"), as: "job_1-1-1/0-shot")
        #expect(try await store.contains(staged.key) == false)
        try await store.promote("job_1-1-1/0-shot", as: staged.key)
        try await store.promote("job_1-1-1/0-shot", as: staged.key)
        #expect(try await store.contains(staged.key))
        try await store.discard(prefix: "job_1-1-1")
        #expect(try await store.contains(staged.key))
    }

    @Test("refuses to promote what is gone or is not what was announced")
    func badPromotions() async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await world.openStore()
        let real = try await store.stage(try world.file("made", "a shot"), as: "job_1-1-1/0-shot")
        let other = try await store.put(Array("abc".utf8))
        let missing = try #require(ObjectKey(hex: String(repeating: "0", count: 64)))
        await #expect(throws: StoreFailure.self) { try await store.promote("job_1-1-1/0-shot", as: missing) }
        await #expect(throws: StoreFailure.self) { try await store.promote("job_2-1-1/0-shot", as: missing) }
        await #expect(throws: StoreFailure.self) { try await store.fetch(missing) }
        #expect(real.key != other.key)
    }

    @Test(
        "takes no name that leads elsewhere",
        arguments: [
            "", "..", "../x", "a/../b", "/etc/passwd", "a//b", ".hidden", "a\0b", "a b", "ä",
            String(repeating: "x", count: 201),
        ])
    func names(_ name: String) async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await world.openStore()
        let made = try world.file("made", "x")
        await #expect(throws: StoreFailure.self) { try await store.stage(made, as: name) }
        await #expect(throws: StoreFailure.self) { try await store.workFolder(for: name) }
    }

    @Test("empties work folders at the start and leaves what is staged")
    func restart() async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await world.openStore()
        let work = try await store.workFolder(for: "job_1-1-1")
        try Data().write(to: URL(fileURLWithPath: work + "/half"))
        let staged = try await store.stage(try world.file("made", "a shot"), as: "job_1-1-1/0-shot")
        let again = try await world.openStore()
        #expect(!FileManager.default.fileExists(atPath: work))
        try await again.promote("job_1-1-1/0-shot", as: staged.key)
    }

    @Test("says that the disk is full, leaves nothing half-made, and goes on when there is room")
    func fullDisk() async throws {
        try await SmallDisk.use { disk in
            let store = try await World(at: disk).openStore()
            let failure = await #expect(throws: StoreFailure.self) {
                try await store.put([UInt8](repeating: 1, count: 6 << 20))
            }
            #expect(failure?.code == .full)
            let stream = AsyncThrowingStream<[UInt8], any Error> { feed in
                for _ in 0..<6 { feed.yield([UInt8](repeating: 2, count: 1 << 20)) }
                feed.finish()
            }
            let streamed = await #expect(throws: StoreFailure.self) {
                try await store.stage(stream, as: "job/0", announced: nil)
            }
            #expect(streamed?.code == .full)
            #expect(try await store.list(.staging, ListAsk()).entries == [])
            let small = try await store.put([UInt8](repeating: 3, count: 2 << 20))
            #expect(try await store.size(of: small.key) == 2 << 20)
        }
    }
}
