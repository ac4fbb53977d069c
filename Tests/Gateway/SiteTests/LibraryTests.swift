// GatewayTests · tests · sees Contracts, GatewayCore, HTTP, Wire
import Contracts
import GatewayCore
import HTTP
import Testing
import Wire

@Suite("The library")
struct LibraryTests {
    @Test("has one project on a laptop, and more for who begins them", arguments: GatewayWorld.Ground.allCases)
    func projects(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let first = try await world.ask(.get, "/api/v1/projects")
            #expect(first.body["items"]?.items.compactMap { $0["project_id"]?.text } == ["local"])
            let wish = JSONValue.object(["slug": .string("seas"), "name": .string("Seas")])
            let made = try await world.write(.post, "/api/v1/projects", wish, key: "p1")
            let id = try #require(made.body["project_id"]?.text)
            #expect(made.status == 201 && made.fields["Location"] == "/api/v1/projects/\(id)")
            let again = try await world.write(.post, "/api/v1/projects", wish, key: "p1")
            #expect(again.fields["Idempotency-Replayed"] == "true" && again.body["project_id"]?.text == id)
            let taken = try await world.write(.post, "/api/v1/projects", wish, key: "p2")
            #expect(taken.status == 409 && taken.body["errors"]?[0]?["pointer"]?.text == "#/slug")
            let refused = try await world.ask(
                .post, "/api/v1/projects", wish, as: "key-viewer", with: ["Idempotency-Key": "p3"])
            #expect(refused.status == 403)
            let name = JSONValue.object(["name": .string("All seas")])
            let changed = try await world.write(.patch, "/api/v1/projects/\(id)", name, key: "p4")
            #expect(changed.status == 200 && changed.body["name"]?.text == "All seas")
            let page = try await world.ask(.get, "/api/v1/projects?limit=1")
            let next = try #require(page.body["next_cursor"]?.text)
            let rest = try await world.ask(.get, "/api/v1/projects?limit=1&cursor=\(next)")
            #expect(rest.body["items"]?[0]?["project_id"]?.text == id && rest.body["next_cursor"] == nil)
        }
    }

    @Test(
        "takes a project away when its runs are over, and what belongs to it with it",
        arguments: GatewayWorld.Ground.allCases)
    func removal(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let id = try await world.begin(
                "/api/v1/projects", ["slug": .string("seas"), "name": .string("Seas")], "project_id", key: "p1")
            let novel = try await world.begin(
                "/api/v1/projects/\(id)/novels", ["title": .string("Waves")], "novel_id", key: "n1")
            guard case .object(let story) = GatewayWorld.story() else { return }
            let run = try await world.submit(.object(story.merging(["project_id": .string(id)]) { $1 }), key: "r1")
            let busy = try await world.write(.delete, "/api/v1/projects/\(id)", key: "d1")
            #expect(busy.status == 409 && busy.body["run_id"]?.text == run.rawValue)
            let other = try await world.begin(
                "/api/v1/projects", ["slug": .string("lakes"), "name": .string("Lakes")], "project_id", key: "p2")
            #expect(try await world.write(.delete, "/api/v1/projects/\(other)", key: "d2").status == 204)
            #expect(try await world.ask(.get, "/api/v1/projects/\(other)").status == 404)
            #expect(try await world.write(.delete, "/api/v1/novels/\(novel)", key: "d3").status == 204)
            #expect(try await world.ask(.get, "/api/v1/novels/\(novel)").status == 404)
        }
    }

    @Test(
        "keeps every chapter's words under their checksum and refuses to write over words the client has not seen",
        arguments: GatewayWorld.Ground.allCases)
    func chapters(_ ground: GatewayWorld.Ground) async throws {
        try await GatewayWorld.open(ground) { world in
            let id = try await world.chapter("# One\n\nWords.")
            let place = "/api/v1/chapters/\(id)"
            let token: HTTPFields = ["Authorization": "Bearer key-owner"]
            let text = try await world.send(.get, place + "/text", [], token)
            #expect(String(decoding: text.bytes, as: UTF8.self) == "# One\n\nWords.")
            #expect(text.fields["Content-Type"] == "text/markdown; charset=utf-8")
            let checksum = "sha256:" + SHA256.hex(of: text.bytes)
            #expect(text.fields["ETag"] == "\"\(checksum)\"")
            let shown = try await world.ask(.get, place)
            #expect(shown.body["checksum"]?.text == checksum && shown.body["version"] == .integer(1))
            let body = JSONValue.object(["markdown_text": .string("Other words.")])
            let tag: HTTPFields = ["If-Match": "\"\(checksum)\""]
            let changed = try await world.write(.put, place, body, key: "c2", with: tag)
            #expect(changed.status == 200 && changed.body["version"] == .integer(2))
            #expect(changed.body["checksum"]?.text == "sha256:" + SHA256.hex(of: Array("Other words.".utf8)))
            #expect(try await world.write(.put, place, body, key: "c3", with: tag).status == 412)
            let again = try await world.write(.put, place, body, key: "c2", with: tag)
            #expect(again.status == 200 && again.fields["Idempotency-Replayed"] == "true")
            let empty = try await world.write(
                .put, place, .object(["markdown_text": .string(" ")]), key: "c4")
            #expect(empty.status == 422 && empty.body["errors"]?[0]?["pointer"]?.text == "#/markdown_text")
            #expect(try await world.write(.delete, place, key: "c5").status == 204)
            #expect(try await world.ask(.get, place).status == 404)
        }
    }

    @Test("freezes the words a film was asked for with, whatever is written later")
    func frozen() async throws {
        try await GatewayWorld.open { world in
            let id = try await world.chapter("Old words.")
            _ = try await world.submit(.object(["chapter_id": .string(id)]), key: "r1")
            let new = JSONValue.object(["markdown_text": .string("New words.")])
            #expect(try await world.write(.put, "/api/v1/chapters/\(id)", new, key: "c2").status == 200)
            _ = try await world.submit(.object(["chapter_id": .string(id)]), key: "r2")
            let told = try await world.submissions(2).map { try JSON.typed(TaskSpec.self, $0.payload) }
            #expect(
                told.map(\.input.checksum)
                    == ["Old words.", "New words."].map { "sha256:" + SHA256.hex(of: Array($0.utf8)) })
        }
    }

    @Test("shows nothing to another tenant, and lets nobody write who may only read")
    func strangers() async throws {
        try await GatewayWorld.open { world in
            let id = try await world.chapter("Words.")
            let upload = try #require(try await world.announce([1, 2, 3]).body["upload_id"]?.text)
            for path in [
                "projects/local", "projects/local/novels", "chapters/\(id)", "chapters/\(id)/text", "uploads/\(upload)",
            ] {
                let said = try await world.ask(.get, "/api/v1/\(path)", as: "key-stranger")
                #expect(said.status == 404, "\(path)")
            }
            let body = JSONValue.object(["markdown_text": .string("Mine.")])
            for (token, status) in [("key-stranger", 404), ("key-viewer", 403)] {
                let said = try await world.ask(
                    .put, "/api/v1/chapters/\(id)", body, as: token, with: ["Idempotency-Key": "x"])
                #expect(said.status == status)
            }
        }
    }
}
