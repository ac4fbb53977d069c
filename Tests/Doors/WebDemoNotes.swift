// DoorTests · tests · sees Contracts, HTTP, Ports, Web
import Contracts
import Foundation
import HTTP
import Ports
import Synchronization
import Web

struct NoteID: Identifier {
    static let prefix = "note_"
    let rawValue: String
    init(trusted rawValue: String) { self.rawValue = rawValue }
}

struct PrintID: Identifier {
    static let prefix = "print_"
    let rawValue: String
    init(trusted rawValue: String) { self.rawValue = rawValue }
}

struct NewNote: Codable, Sendable {
    let title: String
    let text: String
    let mood: Note.Mood?
    let tags: [String]?

    static let shape = Shape(
        "NewNote",
        [
            .must("title", .opaque, "what it is about"), .must("text", .text(atMost: 2000), "what it says"),
            .may("mood", .word(of: Note.Mood.self), "how it sounds"),
            .may("tags", .list(of: .text(atMost: 40), atMost: 5), "where it belongs"),
        ])
}

struct Note: Codable, Sendable {
    enum Mood: String, CaseIterable, Codable, Sendable {
        case calm
        case merry
        case grim
    }

    let id: NoteID
    var title: String
    var text: String
    var mood: Mood?
    var tags: [String]
    var version: Int

    var tag: EntityTag { EntityTag("\(id)-\(version)") }

    static let shape = Shape(
        "Note",
        [
            .must("id", .id(NoteID.prefix), "its name"), .must("title", .opaque), .must("text", .text(atMost: 2000)),
            .may("mood", .word(of: Mood.self)), .must("tags", .list(of: .text(atMost: 40), atMost: 5)),
            .must("version", .integer(1...1_000_000), "how often it was written"),
        ])
}

struct PrintJob: Codable, Sendable {
    let id: PrintID
    let state: String

    static let shape = Shape(
        "PrintJob", [.must("id", .id(PrintID.prefix)), .must("state", .word(["queued", "printed"]))])
}

struct Receipt: Codable, Sendable {
    let bytes: Int
    static let shape = Shape("Receipt", [.must("bytes", .count, "how many have come")])
}

/// Where the notes lie.
final class NoteDesk: Sendable {
    private struct State {
        var notes: [NoteID: Note] = [:]
        var prints: [PrintID: PrintJob] = [:]
        var count = 0
    }

    private let state = Mutex(State())
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("notes-\(UUID().uuidString)")

    deinit {
        try? FileManager.default.removeItem(at: folder)  // it may never have been made
    }

    func add(_ new: NewNote) -> Note {
        state.withLock { state in
            state.count += 1
            let digits = String(state.count)
            let id = NoteID(trusted: NoteID.prefix + String(repeating: "0", count: 8 - digits.count) + digits)
            let note = Note(
                id: id, title: new.title, text: new.text, mood: new.mood, tags: new.tags ?? [], version: 1)
            state.notes[id] = note
            return note
        }
    }

    func note(_ id: NoteID) throws -> Note {
        guard let note = state.withLock({ $0.notes[id] }) else { throw Problem(.notFound, "there is no note \(id)") }
        return note
    }

    func page(after: NoteID?, limit: Int, mood: Note.Mood?, tags: [String]) throws -> Page<Note> {
        let all = state.withLock { $0.notes.values.sorted { $0.id < $1.id } }.filter { note in
            (after.map { note.id > $0 } ?? true) && (mood == nil || note.mood == mood)
                && (tags.isEmpty || !Set(tags).isDisjoint(with: note.tags))
        }
        let shown = Array(all.prefix(limit))
        return Page(shown, next: all.count > limit ? try shown.last.map { try Cursor.text(of: $0.id) } : nil)
    }

    func change(_ id: NoteID, to new: NewNote, if mayChange: (Note) throws -> Void) throws -> HTTPResponse {
        try state.withLock { state in
            guard var note = state.notes[id] else { throw Problem(.notFound, "there is no note \(id)") }
            try mayChange(note)
            (note.title, note.text, note.mood, note.tags) = (new.title, new.text, new.mood, new.tags ?? [])
            note.version += 1
            state.notes[id] = note
            return .json(200, note).tagged(note.tag)
        }
    }

    func remove(_ id: NoteID) throws {
        guard state.withLock({ $0.notes.removeValue(forKey: id) }) != nil else {
            throw Problem(.notFound, "there is no note \(id)")
        }
    }

    func begin(printing id: NoteID) throws -> PrintJob {
        let note = try note(id)
        let job = PrintJob(id: PrintID(trusted: "print_\(note.id.rawValue.dropFirst(5))"), state: "queued")
        state.withLock { $0.prints[job.id] = job }
        return job
    }

    func print(_ id: PrintID) throws -> PrintJob {
        guard let job = state.withLock({ $0.prints[id] }) else { throw Problem(.notFound, "there is no print \(id)") }
        return job
    }

    func file(_ id: NoteID) throws -> StoredFile {
        let note = try note(id)
        let path = folder.appendingPathComponent("\(id)-\(note.version)").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(note.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        var file = StoredFile(path, length: Int64(note.text.utf8.count), type: .text, tag: note.tag)
        file.name = note.title + ".txt"
        return file
    }
}

struct DemoClock: WallClock {
    func now() -> Timestamp { Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }
    func sleep(until moment: Timestamp) async throws {
        try await Task.sleep(for: max(.zero, moment - now()))  // the clock's own work, nobody waits for it
    }
}

struct DemoEntropy: Entropy {
    func bits() -> UInt64 { UInt64.random(in: .min ... .max) }
}
