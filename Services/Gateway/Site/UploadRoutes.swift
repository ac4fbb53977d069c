// GatewaySite · site · sees Contracts, HTTP, Policies, Ports, Telemetry, Web, Wire, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import HTTP
import Ports
import Synchronization
import Web
import Wire

/// Files of clients.
struct UploadRoutes: Sendable {
    let librarian: Librarian

    private static let id = Parameter.path("upload_id", UploadID.self, "the upload")
    private static let wish = JSONBody(
        Wish.self,
        Shape(
            "NewUpload",
            [
                .may("project_id", .opaque, "where it belongs; the token's first project when absent"),
                .must("name", .text(atMost: 255), "what people call the file"),
                .must("size_bytes", .integer(1...Upload.longest), "at most 5 GB"),
                .must("sha256", .text(atMost: 64), "of its bytes, 64 small hexadecimal digits"),
                .must("content_type", .text(atMost: 128), "a story is text/plain or text/markdown"),
            ]),
        example: .object([
            "name": .string("lighthouse.md"), "size_bytes": .integer(5), "content_type": .string("text/markdown"),
            "sha256": .string("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
        ]))
    private static let form = StreamedBody.form(
        Shape("UploadForm", [.may("project_id", .opaque, "where it belongs"), .must("file", .any, "the file")]),
        limit: 64 << 20)

    struct Wish: Codable, Sendable {
        let projectID: ProjectID?
        let name: String
        let sizeBytes: Int64
        let sha256: String
        let contentType: String

        enum CodingKeys: String, CodingKey {
            case projectID = "project_id"
            case name
            case sizeBytes = "size_bytes"
            case sha256
            case contentType = "content_type"
        }
    }

    var all: [Route] {
        [
            Route.post("/api/v1/uploads", "announceUpload", "Announces a file and answers where to send it")
                .tagged("uploads").needs("runs:write").takes(Words.key, Self.wish)
                .answers(
                    .json(201, UploadAnswer.shape, "send it there", fields: ["Location": "where it is"]), .keyUsed,
                    .notThere
                )
                .replies(announce),
            Route.post("/api/v1/uploads/form", "sendUpload", "Takes a file at once, up to 64 MB").tagged("uploads")
                .needs("runs:write").takes(Words.key, Self.form).within(.seconds(300))
                .answers(
                    .json(201, UploadAnswer.shape, "it is complete", fields: ["Location": "where it is"]), .keyUsed,
                    .notThere
                )
                .replies(send),
            Route.post("/api/v1/uploads/{upload_id}/complete", "completeUpload", "Says that the file was sent")
                .tagged("uploads").needs("runs:write").takes(Self.id, Words.key).within(.seconds(300))
                .answers(
                    .json(200, UploadAnswer.shape, "it is what was announced"), .keyUsed, .notThere,
                    .problem(.dependencyMissing, "nothing has come yet")
                )
                .replies { input, context in
                    let upload = try await librarian.upload(input[Self.id], for: context.caller(), to: "runs:write")
                    let done = try await librarian.complete(upload, as: input.deed(context))
                    return HTTPResponse.json(200, UploadAnswer(done.value, nil)).again(done.isAgain)
                },
            Route.get("/api/v1/uploads/{upload_id}", "getUpload", "Shows an upload").tagged("uploads")
                .needs("projects:read").takes(Self.id)
                .answers(.json(200, UploadAnswer.shape, "the upload"), .notThere)
                .handles { input, context in
                    UploadAnswer(try await librarian.upload(input[Self.id], for: context.caller()), nil)
                },
        ]
    }

    private func announce(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let (wish, caller) = (try input[Self.wish], try context.caller())
        let project = try await project(wish.projectID, for: caller)
        guard let key = ObjectKey(hex: wish.sha256) else {
            throw Self.fault("/sha256", "64 small hexadecimal digits")
        }
        guard MediaType(field: wish.contentType) != nil else {
            throw Self.fault("/content_type", "a media type such as text/markdown")
        }
        let file = AnnouncedFile(
            project: project, name: wish.name, sizeBytes: wish.sizeBytes, key: key, contentType: wish.contentType)
        let done = try await librarian.announce(file, as: input.deed(context))
        let answer = UploadAnswer(done.value, try await librarian.link(to: done.value))
        return .created(answer, at: "/api/v1/uploads/\(answer.uploadID)").again(done.isAgain)
    }

    private func send(_ input: Input, _ context: Context) async throws -> HTTPResponse {
        let caller = try context.caller()
        let heard = FormWords()
        let (id, staged) = try await staged(FormFile(form: try input.form(), heard: heard))
        do {
            guard let head = heard.file else { throw Self.fault("/file", "it must be there") }
            guard staged.sizeBytes > 0 else { throw Self.fault("/file", "there is nothing in it") }
            let said = try heard.project.map { said in
                guard let id = ProjectID(rawValue: said) else {
                    throw Self.fault("/project_id", "no project is called so")
                }
                return id
            }
            let file = AnnouncedFile(
                project: try await project(said, for: caller), name: head.fileName ?? "file",
                sizeBytes: staged.sizeBytes, key: staged.key,
                contentType: head.type?.description ?? MediaType.bytes.description)
            let meaning = JSONValue.array([
                .string(file.project.rawValue), .string(file.name), .string(file.key.hex), .string(file.contentType),
            ])
            let deed = try input.deed(context, under: input[Words.key], asking: JSON.text(of: meaning))
            let done = try await librarian.keep(file, id, as: deed)
            return .created(UploadAnswer(done.value, nil), at: "/api/v1/uploads/\(done.value.uploadID)")
                .again(done.isAgain)
        } catch {
            try await librarian.discard(id)
            throw error
        }
    }

    private func staged(_ file: FormFile) async throws -> (UploadID, StagedFile) {
        do { return try await librarian.stage(file) } catch { throw file.heard.fault ?? error }
    }

    private func project(_ said: ProjectID?, for caller: Caller) async throws -> ProjectID {
        guard let project = said ?? caller.usualProject else {
            throw Self.fault("/project_id", "say which project the file is for")
        }
        return try await librarian.project(project, for: caller, to: "runs:write").projectID
    }

    private static func fault(_ pointer: String, _ detail: String) -> Problem {
        Problem(
            .requestValidation, "the upload cannot be taken as it is",
            faults: [.init(.body(pointer: pointer), detail)])
    }
}

/// What a form says beside its file.
private final class FormWords: Sendable {
    private struct Said {
        var file: MultipartHead?
        var project: [UInt8]?
        var fault: (any Error)?
    }

    private let said = Mutex(Said())

    var file: MultipartHead? { said.withLock(\.file) }
    var project: String? { said.withLock { $0.project.map { String(decoding: $0, as: UTF8.self) } } }

    /// What was wrong with the form: the store that reads it would only say that its source broke off.
    var fault: (any Error)? { said.withLock(\.fault) }

    func fail(_ error: any Error) { said.withLock { $0.fault = error } }

    func begin(_ head: MultipartHead) throws {
        try said.withLock { said in
            switch head.name {
            case "file" where said.file == nil: said.file = head
            case "project_id" where said.project == nil: said.project = []
            default:
                let pointer = head.name == "file" || head.name == "project_id" ? "/\(head.name)" : ""
                throw Problem(
                    .requestValidation, "the form cannot be used as it is",
                    faults: [.init(.body(pointer: pointer), "it has a part nobody asked for, or one twice")])
            }
        }
    }

    /// More than a name can have is no name.
    func add(_ bytes: [UInt8]) { said.withLock { if ($0.project?.count ?? 0) <= 128 { $0.project? += bytes } } }
}

/// The bytes of the file in a form; whatever else the form says is heard on the way.
private struct FormFile: AsyncSequence, Sendable {
    let form: FormStream
    let heard: FormWords

    struct AsyncIterator: AsyncIteratorProtocol {
        var pieces: FormStream.AsyncIterator
        let heard: FormWords
        var isFile = false

        mutating func next() async throws -> [UInt8]? {
            do { return try await read() } catch {
                heard.fail(error)
                throw error
            }
        }

        private mutating func read() async throws -> [UInt8]? {
            while let piece = try await pieces.next() {
                switch piece {
                case .begins(let head):
                    try heard.begin(head)
                    isFile = head.name == "file"
                case .bytes(let bytes):
                    if isFile { return bytes }
                    heard.add(bytes)
                case .ends: isFile = false
                }
            }
            return nil
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pieces: form.makeAsyncIterator(), heard: heard) }
}

/// An upload as it is answered.
struct UploadAnswer: Codable, Sendable {
    let uploadID: UploadID
    let projectID: ProjectID
    let name: String
    let sizeBytes: Int64
    let sha256: String
    let contentType: String
    let status: Upload.Status
    let isStory: Bool
    let createdAt: Timestamp
    let completedAt: Timestamp?
    let send: FileLinkAnswer?

    enum CodingKeys: String, CodingKey {
        case uploadID = "upload_id"
        case projectID = "project_id"
        case name
        case sizeBytes = "size_bytes"
        case sha256
        case contentType = "content_type"
        case status
        case isStory = "is_story"
        case createdAt = "created_at"
        case completedAt = "completed_at"
        case send
    }

    init(_ upload: Upload, _ link: TimedLink?) {
        uploadID = upload.uploadID
        projectID = upload.projectID
        name = upload.name
        sizeBytes = upload.sizeBytes
        sha256 = upload.sha256
        contentType = upload.contentType
        status = upload.status
        isStory = upload.isStory
        createdAt = upload.createdAt
        completedAt = upload.completedAt
        send = link.map(FileLinkAnswer.init)
    }

    static let shape = Shape(
        "Upload",
        [
            .must("upload_id", .id(UploadID.prefix)), .must("project_id", .opaque),
            .must("name", .text(atMost: 255)), .must("size_bytes", .count), .must("sha256", .text(atMost: 64)),
            .must("content_type", .text(atMost: 128)), .must("status", .word(of: Upload.Status.self)),
            .must("is_story", .bool, "whether a film can be made of it: text in UTF-8, at most 1 MB"),
            .must("created_at", .time), .may("completed_at", .time),
            .may("send", .object(FileLinkAnswer.shape), "where its bytes go, then say that they were sent"),
        ])
}
