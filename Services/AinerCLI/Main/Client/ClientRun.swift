// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import HTTP
import ServiceHost
import Settings
import Telemetry
import Wire

/// Does what was asked of an `ainer` that serves.
struct ClientRun: Sendable {
    let command: ClientCommand
    let settings: Settings

    func run() async throws -> Int32 {
        do {
            let outcome = try await ServiceGroup.run([], log: .silent) { try await act() }
            guard case .finished(let status) = outcome else { return ExitCode.interrupted }
            return status
        } catch let refusal as Refusal where command.isJSON {
            FileHandle.standardError.write(Data((try JSON.text(refusal) + "\n").utf8))
            return refusal.exit
        } catch  where command.isJSON {
            let words = LastWords(error)
            try words.sayJSON()
            return words.status
        }
    }

    private func act() async throws -> Int32 {
        switch command.deed {
        case .login(let server, let email): return try await signIn(at: server, as: email)
        case .logout: return try await signOut()
        default: break
        }
        let line = try Line(settings, .server(command.server))
        switch command.deed {
        case .submit(let options): return try await Submitting(options: options, line: line, isJSON: isJSON).run()
        case .runs(let filter): try await list(filter, line)
        case .show(let run): try await show(run, line)
        case .watch(let run): return try await Watching(line: line, run: run, isJSON: isJSON).run()
        case .tail(let run): return try await tail(run, line)
        case .why(let run): try await why(run, line)
        case .jobs(let run): try await jobs(of: run, line)
        case .operate(let wish): try await operate(wish, line)
        case .artifacts(let run, let type, let folder): try await artifacts(run, type, folder, line)
        default: try await wish(line)
        }
        return ExitCode.done
    }

    var isJSON: Bool { command.isJSON }

    /// A document of the API as it is, or the words for a person.
    func tell(_ document: [UInt8], _ words: () throws -> [String]) rethrows {
        say(isJSON ? String(decoding: document, as: UTF8.self) : try words().joined(separator: "\n"))
    }

    // MARK: wishes about a run

    private func wish(_ line: Line) async throws {
        switch command.deed {
        case .order(let order, let run, let reason):
            let body = JSONValue.object(reason.map { ["reason": .string($0)] } ?? [:])
            let answer = try await line.post("/api/v1/runs/\(run)/\(order.rawValue)", body)
            tell(answer.body) { ["\(order.rawValue) is asked for; see it happen: ainer watch \(run)"] }
        case .decide(let verdict, let run, let gate, let comment):
            let body = JSONValue.object(comment.map { ["comment": .string($0)] } ?? [:])
            let place = "/api/v1/runs/\(run)/gates/\(PercentCoding.encoded(gate))/\(verdict.rawValue)"
            let answer = try await line.post(place, body)
            tell(answer.body) { ["\(gate) is \(verdict == .approve ? "approved" : "rejected")"] }
        case .retake(let run, let shots, let isDry):
            let body = JSONValue.object(["shot_ids": .array(shots.map(JSONValue.string))])
            let answer = try await line.post("/api/v1/runs/\(run)/regenerate" + (isDry ? "?dry_run=true" : ""), body)
            try tell(answer.body) { isDry ? try Retake.lines(answer.body) : ["it is made again: ainer watch \(run)"] }
        case .open:
            let answer = try await line.post("/api/v1/auth/links", .object([:]))
            let link = try JSON.decode(EntryLink.self, from: answer.body)
            let place = try line.url()
            tell(answer.body) { [place + link.url, "  good once, for \(link.expiresIn / 60) minutes"] }
        default: try await token(line)
        }
    }

    private struct EntryLink: Decodable {
        let url: String
        let expiresIn: Int

        enum CodingKeys: String, CodingKey {
            case url
            case expiresIn = "expires_in"
        }
    }

    // MARK: looking

    private func show(_ run: RunID, _ line: Line) async throws {
        let document = try await line.get("/api/v1/runs/\(run)")
        try tell(document) { try JSON.decode(RunSheet.self, from: document).lines() }
    }

    /// As many pages as it takes, told as one.
    private func list(_ filter: RunFilter, _ line: Line) async throws {
        var items: [JSONValue] = []
        var next: String?
        repeat {
            var query = URLQuery()
            query.add("limit", "\(min(200, filter.limit - items.count))")
            if let status = filter.status { query.add("status", status.rawValue) }
            if let tag = filter.tag { query.add("tag", tag) }
            if let next { query.add("cursor", next) }
            let page = try JSON.value(of: try await line.get("/api/v1/runs?\(query.text)"))
            if case .array(let more)? = page["items"] { items += more }
            if case .string(let cursor)? = page["next_cursor"] { next = cursor } else { next = nil }
        } while next != nil && items.count < filter.limit
        var whole = ["items": JSONValue.array(items)]
        if let next { whole["next_cursor"] = .string(next) }
        try tell(JSON.text(of: .object(whole))) {
            RunSheet.table(try JSON.decode([RunSheet].self, from: JSON.text(of: .array(items))))
        }
    }

    private func tail(_ run: RunID?, _ line: Line) async throws -> Int32 {
        let isJSON = isJSON
        let tell: @Sendable (EventEnvelope, [UInt8]) -> Void = { envelope, body in
            say(isJSON ? String(decoding: body, as: UTF8.self) : EventLine.text(envelope))
        }
        guard let run else {
            try await Tail(line: line, tell: tell).run()
            return ExitCode.done
        }
        return try await Following(line: line, run: run).follow(tell).exit
    }

    private struct Artifacts: Decodable { let items: [ArtifactMeta] }

    private func artifacts(_ run: RunID, _ type: ArtifactType?, _ folder: String?, _ line: Line) async throws {
        let all: Artifacts = try await line.get("/api/v1/runs/\(run)/artifacts")
        let chosen = all.items.filter { type == nil || $0.artifactType == type }
        guard let folder else {
            return try tell(JSON.encode(["items": chosen])) { ArtifactSheet.table(chosen) }
        }
        let download = Download(line: line, folder: folder)
        try download.makeFolder()
        var files: [JSONValue] = []
        for (meta, name) in zip(chosen, ArtifactSheet.names(chosen)) {
            let path = try await download.fetch(meta, as: name)
            if !isJSON { say("  \(path)") }
            files.append(
                .object([
                    "artifact_id": .string(meta.artifactID.rawValue), "checksum": .string(meta.checksum),
                    "artifact_type": .string(meta.artifactType.rawValue), "path": .string(path),
                    "size_bytes": .integer(meta.sizeBytes),
                ]))
        }
        if isJSON { say(String(decoding: JSON.text(of: .object(["items": .array(files)])), as: UTF8.self)) }
    }
}
