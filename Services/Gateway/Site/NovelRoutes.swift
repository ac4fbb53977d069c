// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Web

/// Novels of a project.
struct NovelRoutes: Sendable {
    let librarian: Librarian

    static let id = Parameter.path("novel_id", NovelID.self, "the novel")
    private static let wish = JSONBody(
        Wish.self,
        Shape(
            "NewNovel",
            [
                .must("title", .text(atMost: 255)), .may("summary", .text),
                .may("default_language_code", .text(atMost: 64), "BCP 47, of chapters that do not say their own"),
            ]), example: .object(["title": .string("The Lighthouse"), "default_language_code": .string("en")]))
    private static let patch = JSONBody(
        Patch.self,
        Shape(
            "NovelChange",
            [
                .may("title", .text(atMost: 255)), .may("summary", .text),
                .may("default_language_code", .text(atMost: 64), "for chapters that are still to come"),
            ]), example: .object(["summary": .string("A keeper and his light.")]))

    struct Wish: Codable, Sendable {
        let title: String
        let summary: String?
        let language: String?

        enum CodingKeys: String, CodingKey {
            case title
            case summary
            case language = "default_language_code"
        }
    }

    struct Patch: Codable, Sendable {
        let title: String?
        let summary: String?
        let language: String?

        enum CodingKeys: String, CodingKey {
            case title
            case summary
            case language = "default_language_code"
        }
    }

    var all: [Route] {
        [
            Route.get("/api/v1/projects/{project_id}/novels", "listNovels", "Lists the novels of a project")
                .tagged("novels").needs("projects:read").takes(ProjectRoutes.id, Words.limit, Words.cursor)
                .answers(.json(200, Page<Novel>.shape(of: Novel.shape), "a page of novels"), .notThere)
                .replies(list),
            Route.post("/api/v1/projects/{project_id}/novels", "createNovel", "Begins a novel").tagged("novels")
                .needs("projects:edit").takes(ProjectRoutes.id, Words.key, Self.wish)
                .answers(
                    .json(201, Novel.shape, "the novel", fields: ["Location": "where it is"]), .keyUsed, .notThere
                )
                .replies { input, context in
                    let (project, wish) = (try await project(input, context, to: "projects:edit"), try input[Self.wish])
                    let done = try await librarian.addNovel(
                        to: project, wish.title, wish.summary, language: wish.language ?? "und",
                        as: input.deed(context))
                    return .created(done.value, at: "/api/v1/novels/\(done.value.novelID)").again(done.isAgain)
                },
            Route.get("/api/v1/novels/{novel_id}", "getNovel", "Shows a novel").tagged("novels")
                .needs("projects:read").takes(Self.id).answers(.json(200, Novel.shape, "the novel"), .notThere)
                .handles { input, context in try await librarian.novel(input[Self.id], for: context.caller()) },
            Route.patch("/api/v1/novels/{novel_id}", "changeNovel", "Changes what is said of a novel")
                .tagged("novels").needs("projects:edit").takes(Self.id, Words.key, Self.patch)
                .answers(.json(200, Novel.shape, "the novel"), .keyUsed, .notThere)
                .replies(change),
            Route.delete("/api/v1/novels/{novel_id}", "removeNovel", "Takes a novel and its chapters away")
                .tagged("novels").needs("projects:edit").takes(Self.id, Words.key)
                .answers(.empty(204, "it is gone"), .keyUsed, .notThere)
                .replies { input, context in
                    let novel = try await librarian.novel(input[Self.id], for: context.caller(), to: "projects:edit")
                    let done = try await librarian.remove(novel.novelID, as: input.deed(context))
                    return HTTPResponse.none.again(done.isAgain)
                },
        ]
    }

    private func list(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let (project, limit) = (try await project(input, context, to: "projects:read"), try input[Words.limit])
        let after = try input[Words.cursor].map { try Cursor.place(NovelID.self, in: $0) }
        let found = try await librarian.shelves.novels(
            in: project, of: context.caller().tenant, after: after, limit: limit + 1)
        return try Page.of(found, limit) { try Cursor.text(of: $0.novelID) }.response(to: input)
    }

    private func change(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let novel = try await librarian.novel(input[Self.id], for: context.caller(), to: "projects:edit")
        let patch = try input[Self.patch]
        let done = try await librarian.change(novel.novelID, as: input.deed(context)) { (novel: inout Novel) in
            novel.title = patch.title ?? novel.title
            novel.summary = patch.summary ?? novel.summary
            novel.language = patch.language ?? novel.language
        }
        return HTTPResponse.json(200, done.value).again(done.isAgain)
    }

    private func project(_ input: Input, _ context: Context, to scope: String) async throws -> ProjectID {
        guard let id = ProjectID(rawValue: try input[ProjectRoutes.id]) else {
            throw Problem(.notFound, "no project is called so")
        }
        return try await librarian.project(id, for: context.caller(), to: scope).projectID
    }
}

extension Novel {
    static let shape = Shape(
        "Novel",
        [
            .must("novel_id", .id(NovelID.prefix)), .must("project_id", .opaque), .must("title", .text(atMost: 255)),
            .may("summary", .text), .must("default_language_code", .text(atMost: 64)), .must("created_at", .time),
            .must("updated_at", .time),
        ])
}
