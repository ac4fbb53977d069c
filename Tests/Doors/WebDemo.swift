// DoorTests · tests · sees Contracts, HTTP, Ports, Telemetry, Web
import Contracts
import Foundation
import HTTP
import Ports
import Synchronization
import Telemetry
import Web

/// A small service that uses everything a route can be: what a stranger's test tool is let loose on.
struct WebDemo: Sendable {
    static let token = "demo-token"

    let site: Site

    init(clock: any WallClock = DemoClock(), log: Log = .silent) throws {
        let desk = NoteDesk()
        var manners = Manners()
        manners.authenticate = { head in
            guard let field = head.fields["Authorization"], Credentials(field) == .bearer(Self.token) else {
                throw Problem(.tokenRefused, "the token is not one of ours")
            }
            return Principal("demo", tenant: "demo", scopes: ["notes:write"])
        }
        site = try Site(
            SiteTitle("Notes", version: "1.0.0", "Keeps notes, to show what a route can be."),
            Self.reading(desk) + Self.writing(desk) + Self.streaming(desk, clock), manners,
            on: Ground(owner: .gateway, clock: clock, entropy: DemoEntropy(), log: log))
    }

    // MARK: what the routes take

    static let noteID = Parameter.path("note_id", NoteID.self, "the note")
    static let printID = Parameter.path("print_id", PrintID.self, "the print")
    static let limit = Parameter.query("limit", 1...100, usually: 20, "at most so many")
    static let cursor = Parameter.query("cursor", String.self, as: .text(atMost: Cursor.longest), "where to go on")
    static let mood = Parameter.query("mood", wordOf: Note.Mood.self, "only notes of this mood")
    static let tags = Parameter.query("tag", listOf: .text(atMost: 40), atMost: 5, "only notes with one of these")
    static let newNote = JSONBody(NewNote.self, NewNote.shape, limit: 65_536)
    /// In a form `true` is a text like any other, so a stranger's tool can only tell a wrong word from a right one.
    static let form = Shape(
        "Upload", [.must("kind", .word(["picture", "sound"]), "what it is"), .must("file", .any, "the file")])
    static let upload = StreamedBody.form(form, limit: 1 << 20)
    static let ifMatch = Parameter.header("If-Match", "the state that is to be changed")

    // MARK: the routes

    private static func reading(_ desk: NoteDesk) -> [Route] {
        [
            Route.get("/healthz", "getHealth", "Says that the service is alive").open().tagged("service")
                .answers(.json(200, Shape("Health", [.must("status", .text)]), "alive"))
                .now { _ in .json(200, ["status": "ok"]) },
            Route.get("/api/v1/notes", "listNotes", "Lists notes, oldest first").tagged("notes")
                .takes(limit, cursor, mood, tags)
                .answers(.json(200, Page<Note>.shape(of: Note.shape), "a page of notes"), .problem(.notFound))
                .replies { input, _ in
                    let after = try input[cursor].map { try Cursor.place(NoteID.self, in: $0) }
                    let page = try desk.page(
                        after: after, limit: input[limit], mood: input[mood], tags: input[tags])
                    return page.response(to: input)
                },
            Route.get("/api/v1/notes/{note_id}", "getNote", "Shows a note").tagged("notes")
                .takes(noteID)
                .answers(.json(200, Note.shape, "the note"), .empty(304, "the client has it already"))
                .replies { input, _ in
                    let note = try desk.note(input[noteID])
                    return .json(200, note).tagged(note.tag)
                },
            Route.get("/api/v1/prints/{print_id}", "getPrint", "Shows what became of a print").tagged("prints")
                .takes(printID)
                .answers(.json(200, PrintJob.shape, "the print"))
                .handles { input, _ in try desk.print(input[printID]) },
        ]
    }

    private static func writing(_ desk: NoteDesk) -> [Route] {
        [
            Route.post("/api/v1/notes", "createNote", "Writes a note").tagged("notes").needs("notes:write")
                .takes(Parameter.idempotencyKey, newNote)
                .answers(.json(201, Note.shape, "the note", fields: ["Location": "where it is"]))
                .replies { input, _ in
                    let note = try desk.add(input[newNote])
                    return .created(note, at: "/api/v1/notes/\(note.id)")
                },
            Route.put("/api/v1/notes/{note_id}", "replaceNote", "Writes a note anew").tagged("notes")
                .needs("notes:write")
                .takes(noteID, ifMatch, newNote)
                .answers(
                    .json(200, Note.shape, "the note"), .problem(.requestValidation, status: 412, "it has changed")
                )
                .replies { input, _ in
                    try desk.change(input[noteID], to: input[newNote]) { note in
                        guard Conditional.decide(.put, input.head.fields, tag: note.tag) == .proceed else {
                            throw Problem(.requestValidation, "the note has changed", status: 412)
                        }
                    }
                },
            Route.delete("/api/v1/notes/{note_id}", "deleteNote", "Throws a note away").tagged("notes")
                .needs("notes:write").takes(noteID).answers(.empty(204, "it is gone"))
                .replies { input, _ in
                    try desk.remove(input[noteID])
                    return .none
                },
            Route.post("/api/v1/notes/{note_id}/print", "printNote", "Prints a note, which takes a while")
                .tagged("prints").needs("notes:write").takes(noteID)
                .answers(.json(202, PrintJob.shape, "it has begun", fields: ["Location": "where to look"]))
                .replies { input, _ in
                    let job = try desk.begin(printing: input[noteID])
                    return .accepted(job, at: "/api/v1/prints/\(job.id)")
                },
            Route.post("/api/v1/uploads", "upload", "Takes a file").tagged("files").needs("notes:write")
                .takes(upload)
                .answers(.json(201, Receipt.shape, "what has come"))
                .replies { input, _ in
                    let form = try await input.wholeForm()
                    return .json(201, Receipt(bytes: form.files["file"]?.bytes.count ?? 0))
                },
        ]
    }

    private static func streaming(_ desk: NoteDesk, _ clock: any WallClock) -> [Route] {
        [
            Route.get("/api/v1/notes/{note_id}/file", "getNoteFile", "Hands out a note as a file").tagged("files")
                .takes(noteID)
                .answers(
                    .body(200, .text, "the file", example: "Hello"), .body(206, .text, "a part of it", example: "He"),
                    .empty(304, "the client has it already")
                )
                .replies { input, _ in .file(try desk.file(input[noteID]), for: input.head) },
            Route.get("/api/v1/notes/{note_id}/events", "followNote", "Tells what happens to a note").tagged("notes")
                .takes(noteID, Parameter.lastEventID)
                .answers(.events("its events", example: StreamEvent("{}", name: "note.written", id: "1")))
                .replies { input, _ in
                    let note = try desk.note(input[noteID])
                    let seen = try input[Parameter.lastEventID].flatMap { Int($0) } ?? 0
                    return .events(clock: clock) { sender in
                        for version in 1...note.version where version > seen {
                            try await sender.send(StreamEvent("{}", name: "note.written", id: "\(version)"))
                        }
                    }
                },
        ]
    }
}
