// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Foundation
import Wire

/// `ainer submit`: a story in, the name of a run out.
struct Submitting: Sendable {
    let options: SubmitOptions
    let line: Line
    let isJSON: Bool

    private struct Receipt: Decodable {
        let runID: RunID

        enum CodingKeys: String, CodingKey { case runID = "run_id" }
    }

    func run() async throws -> Int32 {
        let story = StoryFile(path: options.file)
        let text = try story.text()
        let answer = try await line.post("/api/v1/tasks", wish(story.name, text), key: options.key)
        let run = try JSON.decode(Receipt.self, from: answer.body).runID
        guard options.isWaiting else {
            let place = try line.url()
            say(
                isJSON
                    ? String(decoding: answer.body, as: UTF8.self)
                    : "\(run)\n  ainer watch \(run)\n  \(place)/api/v1/runs/\(run)")
            return ExitCode.done
        }
        guard isJSON else { return try await Watching(line: line, run: run, isJSON: false).run() }
        let sheet = try await Following(line: line, run: run).follow { _, _ in }
        say(String(decoding: try await line.get("/api/v1/runs/\(run)"), as: UTF8.self))
        return sheet.exit
    }

    private func wish(_ name: String, _ text: String) -> JSONValue {
        var wish: [String: JSONValue] = [
            "chapter_id": .string(name), "story": .object(["text": .string(text)]),
            "requested_quality": .string(options.quality.rawValue), "seed": .integer(Int64(options.seed)),
        ]
        if let project = options.project { wish["project_id"] = .string(project) }
        if !options.tags.isEmpty { wish["tags"] = .array(options.tags.map(JSONValue.string)) }
        if let priority = options.priority { wish["priority"] = .integer(Int64(priority)) }
        if options.isSandbox { wish["mode"] = .string("sandbox") }
        if let webhook = options.webhook { wish["webhook"] = .object(["url": .string(webhook)]) }
        return .object(wish)
    }
}

/// `ainer watch`: the display of `make`, over the API.
struct Watching: Sendable {
    let line: Line
    let run: RunID
    let isJSON: Bool

    func run() async throws -> Int32 {
        let display = Display(isJSON: isJSON, again: "ainer watch \(run)")
        display.begin(run)
        let sheet: RunSheet
        do {
            sheet = try await Following(line: line, run: run).follow { envelope, body in
                try display.show(envelope, body)
            }
        } catch {
            display.close()
            if Task.isCancelled { display.interrupted() }
            throw error
        }
        display.close()
        display.over(sheet)
        display.notices()
        return sheet.exit
    }
}
