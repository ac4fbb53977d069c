// DoorTests · tests · sees Contracts, Embedded, FileDriver, HTTP, HTTPClientDriver, Kit, Ports, S3Driver
import Contracts
import Embedded
import FileDriver
import Foundation
import HTTP
import HTTPClientDriver
import Kit
import Ports
import S3Driver
import Synchronization
import Testing

@Suite("Objects in S3, when S3 is not well")
struct S3FaultTests {
    /// A store whose server says what the test wants.
    private static func store(
        _ world: World, _ change: (inout S3Options) -> Void = { _ in },
        _ answer: @escaping @Sendable (ClientPeer, ClientHost.Asked) throws -> Void
    ) async throws -> (S3Store, ClientHost) {
        let host = try ClientHost.open(answer)
        var options = S3Options(
            endpoint: host.url, region: "us-east-1", bucket: "bucket", accessKey: "AKIDEXAMPLE", secret: "s3cret")
        change(&options)
        let local = try await FolderStore.open(folder: world.folder + "/local")
        return (try S3Store(options, local: local, client: try HTTPClient(), clock: world.clock), host)
    }

    private static let busy =
        "<?xml version=\"1.0\"?>\n<Error><Code>SlowDown</Code><Message>a &amp; b</Message><RequestId/></Error>"

    @Test("asks again when the store is busy or hangs up, sends the file again, and says so in the end")
    func busy() async throws {
        let world = try World()
        defer { world.clear() }
        let count = Mutex(0)
        let (store, host) = try await Self.store(world) { peer, _ in
            let number = count.withLock { count in
                count += 1
                return count
            }
            switch number {
            case 1: try peer.answer("503 Slow Down", [], Self.busy)
            case 2: throw ClientPeer.Gone()
            case 3: try peer.answer("500 Internal Server Error")
            case 4: try peer.answer()
            default: try peer.answer("503 Slow Down", ["Retry-After: 0"], Self.busy)
            }
        }
        defer { host.close() }
        let staged = try await store.stage(try world.file("made", "a shot"), as: "job/0")
        #expect(host.asked.count == 4)
        #expect(host.asked.allSatisfy { $0.body == Array("a shot".utf8) && $0.path == "/bucket/staging/job/0" })
        #expect(host.asked.allSatisfy { $0.fields["X-Amz-Content-Sha256"] == staged.key.hex })
        let failure = await #expect(throws: StoreFailure.self) { try await store.discard(prefix: "job") }
        #expect(failure?.code == .unreachable)
        #expect(failure?.cause.contains("SlowDown: a & b") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: world.folder + "/local/staging") == [])
    }

    @Test(
        "tells a store's failures apart",
        arguments: [
            ("403 Forbidden", "<Error><Code>SignatureDoesNotMatch</Code></Error>", StoreFailure.Code.refused),
            ("404 Not Found", "<Error><Code>NoSuchKey</Code></Error>", .missing),
            ("404 Not Found", "<Error><Code>NoSuchBucket</Code></Error>", .refused),
            ("400 Bad Request", "<Error><Code>BadDigest</Code></Error>", .corrupt),
            ("507 Insufficient Storage", "<Error><Code>XMinioStorageFull</Code></Error>", .full),
            ("400 Bad Request", "no XML <at all", .refused), ("301 Moved", "", .refused), ("501 No", "", .unreachable),
        ])
    func codes(_ status: String, _ body: String, _ code: StoreFailure.Code) async throws {
        let world = try World()
        defer { world.clear() }
        let (store, host) = try await Self.store(world) { peer, _ in try peer.answer(status, [], body) }
        defer { host.close() }
        let failure = await #expect(throws: StoreFailure.self) { try await store.discard(prefix: "job") }
        #expect(failure?.code == code)
    }

    @Test("believes no bytes whose hash is another, and no copy that only began well")
    func lies() async throws {
        let world = try World()
        defer { world.clear() }
        let key = try #require(ObjectKey(hex: SHA256.hex(of: Array("a shot".utf8))))
        let (store, host) = try await Self.store(world) { peer, asked in
            switch (asked.line.prefix(3), asked.path.contains("/sha256/")) {
            case ("PUT", _): try peer.answer("200 OK", [], "<Error><Code>InternalError</Code></Error>")
            case ("HEA", true): try peer.answer("404 Not Found")
            case ("HEA", false): try peer.say("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nETag: \"t\"\r\n\r\n")
            case ("GET", false): try peer.answer("200 OK", [], "a shot")
            default: try peer.answer("200 OK", [], "other")
            }
        }
        defer { host.close() }
        var codes: [StoreFailure.Code?] = []
        codes.append(await #expect(throws: StoreFailure.self) { _ = try await store.read(key) }?.code)
        codes.append(await #expect(throws: StoreFailure.self) { _ = try await store.fetch(key) }?.code)
        codes.append(await #expect(throws: StoreFailure.self) { try await store.promote("job/0", as: key) }?.code)
        #expect(codes == [.corrupt, .corrupt, .unreachable])
        let copy = try #require(host.asked.last)
        #expect(copy.fields["x-amz-copy-source"] == "/bucket/staging/job/0")
        #expect(copy.fields["x-amz-copy-source-if-match"] == "\"t\"")
        #expect(!host.asked.contains { $0.line.hasPrefix("DELETE") })
    }

    @Test("names the bucket in the host when it is told to")
    func hostStyle() async throws {
        let world = try World()
        defer { world.clear() }
        let (store, host) = try await Self.store(world) { options in
            options.isPathStyle = false
            options.sessionToken = "token"
            // Every name below localhost is this machine to the client.
            options.endpoint = options.endpoint.replacing("127.0.0.1", with: "localhost")
        } _: { peer, asked in
            try peer.answer(asked.line.hasPrefix("HEAD") ? "404 Not Found" : "200 OK")
        }
        defer { host.close() }
        let file = try await store.put([1, 2, 3])
        let put = try #require(host.asked.last)
        #expect(put.fields["Host"] == "bucket.localhost:\(host.port)")
        #expect(put.path == "/" + file.key.path)
        #expect(put.fields["X-Amz-Security-Token"] == "token")
        #expect(put.fields["Authorization"]?.contains("x-amz-security-token") == true)
        let link = try await store.link(.get(file.key), until: world.clock.now() + .seconds(100))
        #expect(link.url.hasPrefix("http://bucket.localhost:\(host.port)/sha256/"))
        #expect(link.url.contains("X-Amz-Security-Token=token"))
    }

    @Test("reads no list that is not one, however it is broken")
    func brokenLists() async throws {
        let world = try World()
        defer { world.clear() }
        let good =
            "<?xml version='1.0' encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3\"><IsTruncated>true</IsTruncated>"
            + "<Contents><Key>staging/a&#x2d;&amp;b</Key><Size>3</Size></Contents></ListBucketResult>\n"
        let text = Mutex(good)
        let (store, host) = try await Self.store(world) { peer, _ in
            try peer.answer("200 OK", [], text.withLock { $0 })
        }
        defer { host.close() }
        let page = try await store.list(.staging, ListAsk())
        #expect(page.entries == [ObjectPage.Entry(name: "a-&b", sizeBytes: 3)])
        #expect(page.next == "a-&b")
        let bad = [
            "", "<", "<ListBucketResult>", "<ListBucketResult></Other>", good + "<more/>", "<!DOCTYPE x>" + good,
            good.replacing("&amp;", with: "&evil;"), good.replacing("&#x2d;", with: "&#0;"),
            good.replacing("&#x2d;", with: "&#xD800;"), good.replacing("<Size>3", with: "<Size>many"),
            good.replacing("<Key>staging/", with: "<Key>elsewhere/"), good.replacing("<Size>3</Size>", with: ""),
            good.replacing("xmlns=\"http://s3\"", with: "xmlns"), good.replacing("ListBucketResult", with: "Result"),
            String(repeating: "<a>", count: 100_000), good.replacing("3", with: "\u{1}"),
        ]
        for broken in bad {
            text.withLock { $0 = broken }
            await #expect(throws: StoreFailure.self) { _ = try await store.list(.staging, ListAsk()) }
        }
    }
}
