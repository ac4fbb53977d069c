// DoorTests · tests · sees Conformance, Contracts, Embedded, FileDriver, HTTP, Kit, Ports
import Conformance
import Contracts
import Embedded
import FileDriver
import Foundation
import HTTP
import Kit
import Ports
import Testing

@Suite("Objects in files")
struct ObjectsTests {
    @Test("a store in files keeps what every store promises", arguments: ObjectPromise.all)
    func promises(_ promise: ObjectPromise) async throws {
        let world = try World()
        defer { world.clear() }
        let links = try #require(FileLinks(secret: [UInt8](repeating: 7, count: 32), base: "http://gateway"))
        let store = try await FolderStore.open(folder: world.folder + "/store", links: links)
        let objects = ObjectWorld(store: store, folder: world.folder, now: world.clock.now(), checksLinks: true) {
            link, body, now in
            try await Self.serve(link, body, now, store, links)
        }
        try await promise.check(objects)
    }

    /// What a gateway does with a link.
    private static func serve(
        _ link: ObjectLink, _ body: [UInt8], _ now: Timestamp, _ store: FolderStore, _ links: FileLinks
    ) async throws -> (status: Int, body: [UInt8]) {
        do {
            let target = String(link.url.dropFirst("http://gateway".count))
            switch try links.verify(method: link.method, target: target, now: now) {
            case .get(let key): return (200, try await store.read(key))
            case .put(let name, let announced):
                _ = try await store.stage(Drops([body]).stream, as: name, announced: announced)
                return (201, [])
            }
        } catch {
            return (error.code == .corrupt ? 422 : 403, [])
        }
    }

    @Test("leaves nothing half-made behind, and lets nobody else read")
    func manners() async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await FolderStore.open(folder: world.folder + "/store")
        let file = try await store.put([1, 2, 3])
        let path = try await store.fetch(file.key)
        #expect(Self.mode(path) == 0o600)
        #expect(Self.mode(world.folder + "/store/objects/sha256") == 0o700)
        #expect(try FileManager.default.contentsOfDirectory(atPath: world.folder + "/store/work") == [])
    }

    @Test("makes no links when nobody serves them, and none with a short secret")
    func noLinks() async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await FolderStore.open(folder: world.folder + "/store")
        let file = try await store.put([1])
        await #expect(throws: StoreFailure.self) { try await store.link(.get(file.key), until: world.clock.now()) }
        #expect(FileLinks(secret: [1, 2, 3], base: "") == nil)
    }

    private static func mode(_ path: String) -> UInt16 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)  // none is no mode
        return attributes?[.posixPermissions] as? UInt16 ?? 0
    }
}
