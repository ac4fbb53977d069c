// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Ports
import Web

/// Chapters of a novel and their words.
struct ChapterRoutes: Sendable {
    let librarian: Librarian

    private static let id = Parameter.path("chapter_id", ChapterID.self, "the chapter")
    private static let ifMatch = Parameter.header(
        "If-Match", as: .text(atMost: 1024), "the ETag of the text that is to be changed")
    private static let longest = Int(Upload.longestStory)
    private static let said: [Field] = [
        .may("chapter_no", .integer(0...1_000_000), "its place in the novel"), .may("title", .text(atMost: 255)),
        .may("language_code", .text(atMost: 64), "BCP 47"),
    ]
    private static let example = JSONValue.string("# The Lighthouse\n\nThe keeper climbed the stairs.")
    private static let wish = JSONBody(
        Wish.self,
        Shape("NewChapter", said + [.must("markdown_text", .text(atMost: longest), "at most 1 MB of it")]),
        example: .object(["chapter_no": .integer(1), "title": .string("The stairs"), "markdown_text": example]),
        limit: longest * 2)
    private static let change = JSONBody(
        Wish.self,
        Shape("ChapterChange", said + [.may("markdown_text", .text(atMost: longest), "at most 1 MB of it")]),
        example: .object(["markdown_text": example]), limit: longest * 2)

    struct Wish: Codable, Sendable {
        let number: Int?
        let title: String?
        let language: String?
        let text: String?

        enum CodingKeys: String, CodingKey {
            case number = "chapter_no"
            case title
            case language = "language_code"
            case text = "markdown_text"
        }

        /// Held to what a story may be.
        func checked() throws -> ChapterWish {
            if let text {
                guard text.contains(where: { !$0.isWhitespace }) else { throw Self.fault("there is no story in it") }
                guard text.utf8.count <= ChapterRoutes.longest else { throw Self.fault("it is longer than 1 MB") }
            }
            var wish = ChapterWish()
            (wish.number, wish.title, wish.language, wish.text) = (number, title, language, text)
            return wish
        }

        private static func fault(_ detail: String) -> Problem {
            Problem(
                .requestValidation, "the text cannot be used",
                faults: [.init(.body(pointer: "/markdown_text"), detail)])
        }
    }

    var all: [Route] { reading + writing }

    private var reading: [Route] {
        [
            Route.get("/api/v1/novels/{novel_id}/chapters", "listChapters", "Lists the chapters of a novel")
                .tagged("chapters").needs("projects:read").takes(NovelRoutes.id, Words.limit, Words.cursor)
                .answers(
                    .json(200, Page<ChapterAnswer>.shape(of: ChapterAnswer.shape), "a page of chapters"), .notThere
                )
                .replies(list),
            Route.get("/api/v1/chapters/{chapter_id}", "getChapter", "Shows a chapter").tagged("chapters")
                .needs("projects:read").takes(Self.id)
                .answers(.json(200, ChapterAnswer.shape, "the chapter"), .notThere)
                .handles { input, context in
                    ChapterAnswer(try await librarian.chapter(input[Self.id], for: context.caller()))
                },
            Route.get("/api/v1/chapters/{chapter_id}/text", "getChapterText", "Shows the words of a chapter")
                .tagged("chapters").needs("projects:read").takes(Self.id)
                .answers(
                    .body(200, .markdown, "its words; the ETag is their checksum", example: "# The Lighthouse"),
                    .empty(304, "you have them already"), .notThere
                )
                .replies { input, context in
                    let chapter = try await librarian.chapter(input[Self.id], for: context.caller())
                    guard let key = chapter.text.key else { throw Problem(.notFound, "the chapter has no words") }
                    let bytes = try await librarian.objects.read(key)
                    return HTTPResponse(200, ["Content-Type": MediaType.markdown.description], body: .bytes(bytes))
                        .tagged(chapter.tag)
                },
        ]
    }

    private var writing: [Route] {
        [
            Route.post("/api/v1/novels/{novel_id}/chapters", "createChapter", "Adds a chapter to a novel")
                .tagged("chapters").needs("projects:edit").takes(NovelRoutes.id, Words.key, Self.wish)
                .answers(
                    .json(201, ChapterAnswer.shape, "the chapter", fields: ["Location": "where it is"]), .keyUsed,
                    .notThere
                )
                .replies { input, context in
                    let novel = try await librarian.novel(
                        input[NovelRoutes.id], for: context.caller(), to: "projects:edit")
                    let wish = try input[Self.wish].checked()
                    let done = try await librarian.addChapter(
                        to: novel, wish, wish.text ?? "", as: input.deed(context))
                    return .created(ChapterAnswer(done.value), at: "/api/v1/chapters/\(done.value.chapterID)")
                        .again(done.isAgain)
                },
            Route.put("/api/v1/chapters/{chapter_id}", "changeChapter", "Writes a chapter anew")
                .tagged("chapters").needs("projects:edit").takes(Self.id, Self.ifMatch, Words.key, Self.change)
                .described("What is not said stays. Films that were asked for before keep the words they had then.")
                .answers(
                    .json(200, ChapterAnswer.shape, "the chapter"), .keyUsed, .notThere,
                    .problem(.requestValidation, status: 412, "its words have changed")
                )
                .replies(change),
            Route.delete("/api/v1/chapters/{chapter_id}", "removeChapter", "Takes a chapter away")
                .tagged("chapters").needs("projects:edit").takes(Self.id, Words.key)
                .answers(.empty(204, "it is gone"), .keyUsed, .notThere)
                .replies { input, context in
                    let chapter = try await librarian.chapter(
                        input[Self.id], for: context.caller(), to: "projects:edit")
                    let done = try await librarian.remove(chapter.chapterID, as: input.deed(context))
                    return HTTPResponse.none.again(done.isAgain)
                },
        ]
    }

    private func list(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let caller = try context.caller()
        let (novel, limit) = (try await librarian.novel(input[NovelRoutes.id], for: caller), try input[Words.limit])
        let after = try input[Words.cursor].map { try Cursor.place(ChapterID.self, in: $0) }
        let found = try await librarian.shelves.chapters(
            of: novel.novelID, of: caller.tenant, after: after, limit: limit + 1)
        return try Page.of(found.map(ChapterAnswer.init), limit) { try Cursor.text(of: $0.chapterID) }
            .response(to: input)
    }

    private func change(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let chapter = try await librarian.chapter(input[Self.id], for: context.caller(), to: "projects:edit")
        let wish = try input[Self.change].checked()
        let fields = input.head.fields
        let done = try await librarian.change(chapter.chapterID, wish, as: input.deed(context)) { chapter in
            guard Conditional.decide(.put, fields, tag: chapter.tag) == .proceed else {
                throw Problem(.requestValidation, "the words of the chapter have changed", status: 412)
            }
        }
        return HTTPResponse.json(200, ChapterAnswer(done.value)).tagged(done.value.tag).again(done.isAgain)
    }
}

extension Chapter {
    /// Of its words.
    var tag: EntityTag { EntityTag(checksum) }
}

extension MediaType {
    static let markdown = MediaType("text/markdown", ["charset": "utf-8"])
}

/// A chapter as it is answered.
struct ChapterAnswer: Codable, Sendable {
    let chapterID: ChapterID
    let novelID: NovelID
    let projectID: ProjectID
    let number: Int
    let title: String?
    let language: String
    let version: Int
    let checksum: String
    let sizeBytes: Int64
    let createdAt: Timestamp
    let updatedAt: Timestamp

    enum CodingKeys: String, CodingKey {
        case chapterID = "chapter_id"
        case novelID = "novel_id"
        case projectID = "project_id"
        case number = "chapter_no"
        case title
        case language = "language_code"
        case version
        case checksum
        case sizeBytes = "size_bytes"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
    }

    init(_ chapter: Chapter) {
        chapterID = chapter.chapterID
        novelID = chapter.novelID
        projectID = chapter.projectID
        number = chapter.number
        title = chapter.title
        language = chapter.language
        version = chapter.version
        checksum = chapter.checksum
        sizeBytes = chapter.text.sizeBytes
        createdAt = chapter.createdAt
        updatedAt = chapter.updatedAt
    }

    static let shape = Shape(
        "Chapter",
        [
            .must("chapter_id", .id(ChapterID.prefix)), .must("novel_id", .id(NovelID.prefix)),
            .must("project_id", .opaque), .must("chapter_no", .integer(0...1_000_000)),
            .may("title", .text(atMost: 255)), .must("language_code", .text(atMost: 64)),
            .must("version", .count, "how often its words were written"),
            .must("checksum", .text(atMost: 71), "`sha256:` and the hash of its words"),
            .must("size_bytes", .count), .must("created_at", .time), .must("updated_at", .time),
        ])
}
