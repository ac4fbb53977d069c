// DoorTests · tests · sees Conformance, Contracts, Embedded, FileDriver, HTTP, HTTPClientDriver, Kit, Ports, S3Driver
import Conformance
import Contracts
import Embedded
import FileDriver
import Foundation
import HTTP
import HTTPClientDriver
import Kit
import Ports
import S3Driver
import Testing

@Suite("Objects in S3")
struct S3Tests {
    @Test("a store in S3 keeps what every store promises", arguments: ObjectPromise.all)
    func promises(_ promise: ObjectPromise) async throws {
        let world = try World()
        defer { world.clear() }
        let corner = try await S3Corner(world)
        let objects = ObjectWorld(
            store: corner.store, folder: world.folder, now: world.clock.now(), checksLinks: false
        ) { link, body, _ in
            let fields = HTTPFields(link.fields.map { HTTPFields.Field($0.key, $0.value) })
            let call = HTTPCall(
                HTTPMethod(rawValue: link.method), link.url, fields, body: link.method == "PUT" ? .bytes(body) : .none)
            let (answer, bytes) = try await corner.client.fetch(call)
            return (answer.status.code, bytes)
        }
        try await promise.check(objects)
    }

    @Test("keeps its promises while the network breaks under it")
    func brokenNetwork() async throws {
        let world = try World()
        defer { world.clear() }
        let proxy = try await Proxy.open(to: try await Servers.moto().port)
        let corner = try await S3Corner(world, at: "http://127.0.0.1:\(proxy.port)")
        let store = corner.store
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<30 {
                group.addTask {
                    let staged = try await store.stage(
                        try world.file("made-\(number)", "shot \(number)"), as: "job/\(number)")
                    try await store.promote("job/\(number)", as: staged.key)
                    #expect(try await store.read(staged.key) == Array("shot \(number)".utf8))
                }
                if number % 10 == 9 { await proxy.reset() }
            }
            try await group.waitForAll()
        }
        #expect(try await store.list(.objects, ListAsk()).entries.count == 30)
        #expect(try await store.list(.staging, ListAsk()).entries == [])
        await proxy.close()
    }

    @Test("goes on after a crash between copy and delete")
    func promotion() async throws {
        let world = try World()
        defer { world.clear() }
        let corner = try await S3Corner(world)
        let staged = try await corner.store.stage(try world.file("made", "a shot"), as: "job/0")
        _ = try await corner.store.put(Array("a shot".utf8))
        try await corner.store.promote("job/0", as: staged.key)
        #expect(try await corner.store.list(.staging, ListAsk()).entries == [])
    }

    @Test("keeps no more copies than it is told to, and gets them again")
    func copies() async throws {
        let world = try World()
        defer { world.clear() }
        let store = try await S3Corner(world).store
        var files: [StagedFile] = []
        for number in 0..<6 { files.append(try await store.put([UInt8](repeating: UInt8(number), count: 1000))) }
        for file in files { _ = try await store.fetch(file.key) }
        try await store.trim(to: 3500)
        let kept = FileManager.default.enumerator(atPath: world.folder + "/local/objects")?.compactMap { $0 as? String }
        #expect(kept?.filter { $0.count > 64 }.count == 3)
        for file in files {
            #expect(FileManager.default.contents(atPath: try await store.fetch(file.key))?.count == 1000)
        }
    }

    @Test("says who must do what when the store will not")
    func failures() async throws {
        let world = try World()
        defer { world.clear() }
        let corner = try await S3Corner(world, makesBucket: false)
        let failure = await #expect(throws: StoreFailure.self) { _ = try await corner.store.put([1]) }
        #expect(failure?.code == .refused)
        #expect(failure.map { "\($0)".contains("s3cret") } == false)
        let client = try HTTPClient()
        let local = try await FolderStore.open(folder: world.folder + "/x")
        for endpoint in ["", "127.0.0.1:1", "ftp://h", "http://", "http://h/path"] {
            let options = S3Options(endpoint: endpoint, region: "r", bucket: "abc", accessKey: "a", secret: "s3cret")
            let failure = #expect(throws: StoreFailure.self) {
                try S3Store(options, local: local, client: client, clock: world.clock)
            }
            #expect(failure.map { "\($0)".contains("s3cret") } == false)
        }
    }
}

/// A bucket of its own on the stand-in for S3.
struct S3Corner: Sendable {
    let store: S3Store
    let client: HTTPClient
    let options: S3Options

    init(_ world: World, at endpoint: String? = nil, makesBucket: Bool = true) async throws {
        let moto = try await Servers.moto()
        var options = HTTPClientOptions()
        options.name = "s3"
        client = try HTTPClient(options)
        let bucket = "b-" + UUID().uuidString.lowercased()
        self.options = S3Options(
            endpoint: try endpoint ?? moto.url, region: "us-east-1", bucket: bucket, accessKey: "AKIDEXAMPLE",
            secret: "s3cret")
        let local = try await FolderStore.open(folder: world.folder + "/local")
        store = try S3Store(self.options, local: local, client: client, clock: world.clock)
        guard makesBucket else { return }
        let made = try await client.fetch(HTTPCall(.put, "\(try moto.url)/\(bucket)"))
        #expect(made.answer.status == 200)
    }
}
