// GatewayTests · tests · sees Contracts, Embedded, FileDriver, GatewayHouse, HTTP, Kit, Ports, Wire
import Contracts
import Embedded
import FileDriver
import GatewayHouse
import HTTP
import Kit
import Ports
import Testing
import Wire

@Suite("Files of the library")
struct LibraryFileTests {
    private static let story = Array("# A keeper\n\nHe climbed.".utf8)

    @Test(
        "an upload goes to its link, is complete when it is what was announced, and becomes a film",
        arguments: GatewayWorld.Ground.allCases)
    func upload(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let announced = try await world.announce(Self.story)
            let (id, url) = (
                try #require(announced.body["upload_id"]?.text), try #require(announced.body["send"]?["url"]?.text)
            )
            let place = "/api/v1/uploads/\(id)/complete"
            #expect(try await world.write(.post, place, key: "e1").status == 409, "nothing has come")
            let wish = JSONValue.object(["story": .object(["upload_id": .string(id)])])
            let early = try await world.write(.post, "/api/v1/tasks", wish, key: "r1")
            #expect(early.status == 422 && early.body["errors"]?[0]?["pointer"]?.text == "#/story/upload_id")
            #expect(try await world.send(.put, url, Array("# A keeper\n\nHe descended".utf8)).status >= 400)
            #expect(try await world.send(.put, url, Array("x".utf8)).status == 422)
            #expect(try await world.send(.put, url, Self.story).status == 201)
            let done = try await world.write(.post, place, key: "e2")
            #expect(
                done.status == 200 && done.body["status"]?.text == "complete" && done.body["is_story"] == .bool(true))
            #expect(try await world.write(.post, place, key: "e3").status == 200, "it is complete already")
            _ = try await world.submit(wish, key: "r2")
            let told = try JSON.typed(TaskSpec.self, try await world.submissions(1)[0].payload)
            #expect(told.input.checksum == "sha256:" + SHA256.hex(of: Self.story))
        }
    }

    @Test("a checksum alone opens nothing: bytes that somebody else sent are not an upload's")
    func checksumAlone() async throws {
        try await GatewayWorld.open { world in
            _ = try await world.chapter("Secret words.")
            let announced = try await world.announce(Array("Secret words.".utf8))
            let id = try #require(announced.body["upload_id"]?.text)
            #expect(try await world.write(.post, "/api/v1/uploads/\(id)/complete", key: "e1").status == 409)
        }
    }

    @Test("a picture may be kept, and no film is made of it")
    func picture() async throws {
        try await GatewayWorld.open { world in
            let said = try await world.announce([0xFF, 0xD8, 0], "a.jpg", type: "image/jpeg")
            let (id, url) = (
                try #require(said.body["upload_id"]?.text), try #require(said.body["send"]?["url"]?.text)
            )
            #expect(try await world.send(.put, url, [0xFF, 0xD8, 0]).status == 201)
            let done = try await world.write(.post, "/api/v1/uploads/\(id)/complete", key: "e1")
            #expect(done.body["status"]?.text == "complete" && done.body["is_story"] == .bool(false))
        }
    }

    @Test("a form brings its file at once, the same form under the same key once")
    func form() async throws {
        try await GatewayWorld.open { world in
            let fields: HTTPFields = [
                "Authorization": "Bearer key-owner", "Content-Type": "multipart/form-data; boundary=xyz",
                "Idempotency-Key": "f1",
            ]
            let body = Array(
                ("--xyz\r\nContent-Disposition: form-data; name=\"project_id\"\r\n\r\nlocal\r\n"
                    + "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.md\"\r\n"
                    + "Content-Type: text/markdown\r\n\r\nA keeper.\r\n--xyz--\r\n").utf8)
            let first = try await world.send(.post, "/api/v1/uploads/form", body, fields)
            let said = try JSON.value(of: first.bytes)
            #expect(first.status == 201 && said["status"]?.text == "complete" && said["name"]?.text == "a.md")
            #expect(said["sha256"]?.text == SHA256.hex(of: Array("A keeper.".utf8)))
            let again = try await world.send(.post, "/api/v1/uploads/form", body, fields)
            #expect(try JSON.value(of: again.bytes)["upload_id"] == said["upload_id"])
        }
    }

    @Test("a link that was changed, is too late or climbs is refused")
    func links() async throws {
        try await GatewayWorld.open { world in
            let announced = try await world.announce(Self.story)
            let url = try #require(announced.body["send"]?["url"]?.text)
            let links = try GatewayWorld.links()
            let key = try #require(ObjectKey(hex: SHA256.hex(of: Self.story)))
            let late = try links.link(.get(key), until: Timestamp(microseconds: 1_000_000))
            let tampered = [
                url.replacing("&size=", with: "&size=1"), url.replacing("/uploads/", with: "/elsewhere/"),
                url.replacing("/staging/uploads/", with: "/staging/../objects/"), String(url.dropLast()) + "g",
                GatewayWorld.linkBase + "/objects/../token", GatewayWorld.linkBase + "/objects/staging/a?expires=9",
            ]
            for url in tampered { #expect(try await world.send(.put, url, Self.story).status == 403, "\(url)") }
            #expect(try await world.send(.get, late.url).status == 403)
            #expect(try await world.send(.get, url).status == 403, "a link to send is none to read")
        }
    }

    @Test("an artifact is handed out whole, in part, or by a link that anybody may follow")
    func artifact() async throws {
        try await GatewayWorld.open { world in
            let run = try await world.submit()
            let stored = try await world.objects.put(Array("0123456789".utf8))
            let meta = ArtifactMeta(
                artifactID: world.mint.name(), type: .finalVideo, key: stored.key, sizeBytes: 10,
                createdAt: SystemClock().now(), runID: run, mimeType: "video/mp4")
            try await world.say(
                .runSucceeded, RunSucceeded(runID: run, outcome: .success, artifacts: [meta]), about: run)
            #expect(try await world.becomes(run, "succeeded"))
            let place = "/api/v1/artifacts/\(meta.artifactID)"
            #expect(try await world.ask(.get, place).body["checksum"]?.text == meta.checksum)
            let token: HTTPFields = ["Authorization": "Bearer key-owner"]
            let whole = try await world.send(.get, place + "/content", [], token)
            #expect(whole.status == 200 && whole.bytes == Array("0123456789".utf8))
            #expect(whole.fields["Content-Disposition"] == "inline; filename=\"lighthouse-final_video.mp4\"")
            #expect(whole.fields["Content-Type"] == "video/mp4" && whole.fields["ETag"] == "\"\(meta.checksum)\"")
            let part = try await world.send(
                .get, place + "/content", [], ["Authorization": "Bearer key-owner", "Range": "bytes=2-4"])
            #expect(part.status == 206 && part.bytes == Array("234".utf8))
            #expect(part.fields["Content-Range"] == "bytes 2-4/10")
            let known = try await world.send(
                .get, place + "/content", [],
                ["Authorization": "Bearer key-owner", "If-None-Match": "\"\(meta.checksum)\""])
            #expect(known.status == 304)
            for method in [HTTPMethod.get, .post] {
                let link = try await world.ask(method, place + "/download-url")
                let url = try #require(link.body["url"]?.text)
                let fetched = try await world.send(.get, url, [], ["Range": "bytes=-3"])
                #expect(fetched.status == 206 && fetched.bytes == Array("789".utf8))
                #expect(try await world.send(.head, url).status == 200)
            }
            #expect(try await world.ask(.get, place, as: "key-stranger").status == 404)
        }
    }
}
