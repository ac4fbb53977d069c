// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import FileDriver
import Foundation
import Ports
import ServiceHost
import Settings
import Synchronization
import Telemetry
import Wire

/// `ainer make` while another `ainer` serves the data folder: that one makes the film, and this one hands it out.
struct MakeThere: Sendable {
    let options: MakeOptions
    let story: StoryFile
    let text: String
    let settings: Settings

    private struct Receipt: Decodable {
        let runID: RunID

        enum CodingKeys: String, CodingKey { case runID = "run_id" }
    }

    private struct Artifacts: Decodable { let items: [ArtifactMeta] }

    func run() async throws -> Int32 {
        let began = ContinuousClock.now
        let display = Display(isJSON: options.isJSON, again: "ainer make \(options.file)")
        display.open(options, story: Array(text.utf8), on: "the ainer that serves this folder")
        let line = try Line(settings, .folder)
        let heard = Mutex<[String]>([])
        let outcome: ServiceGroup.Outcome<RunSheet>
        do {
            outcome = try await ServiceGroup.run([], log: .silent) {
                let run = try await findOrSubmit(text, as: story.name, over: line)
                display.begin(run)
                return try await Following(line: line, run: run).follow { envelope, body in
                    try display.show(envelope, body)
                    guard envelope.eventType == .ainer(.jobSucceeded) else { return }
                    let notes = try JSON.typed(JobSucceeded.self, envelope.payload).output.notes
                    heard.withLock { $0 += notes }
                }
            }
        } catch {
            display.close()
            throw error
        }
        display.close()
        guard case .finished(let sheet) = outcome else {
            display.interrupted()
            return ExitCode.interrupted
        }
        guard sheet.status == .succeeded else {
            display.notices()
            display.over(sheet)
            return sheet.exit
        }
        let made: Artifacts = try await line.get("/api/v1/runs/\(sheet.runID)/artifacts")
        let manifest = Manifest(sheet, notes: heard.withLock { $0 }, artifacts: made.items)
        // The files lie in the folder that both share.
        let objects = FolderStore.beside(folder: settings.dataFolder)
        let files = try await Export(manifest, objects: objects, folder: options.folder, name: story.name).write()
        display.done(files, after: ContinuousClock.now - began)
        display.notices()
        return ExitCode.done
    }

    /// The same text, quality and seed are the same run here too, until it fails.
    private func findOrSubmit(_ text: String, as name: String, over line: Line) async throws -> RunID {
        let wish = "\(name)\n\(options.quality.rawValue)\n\(options.seed)\n\(Version.text)\n\(text)"
        let digest = SHA256.hex(of: Array(wish.utf8))
        let body = JSONValue.object([
            "chapter_id": .string(name), "story": .object(["text": .string(text)]),
            "requested_quality": .string(options.quality.rawValue), "seed": .integer(Int64(options.seed)),
        ])
        for generation in 0... {
            // A key of its own: the gateway keeps apart what came over HTTP and what did not.
            let answer = try await line.post("/api/v1/tasks", body, key: "made-\(generation)-\(digest)")
            let run = try JSON.decode(Receipt.self, from: answer.body).runID
            guard answer.isAgain else { return run }
            let sheet: RunSheet = try await line.get("/api/v1/runs/\(run)")
            if sheet.status != .failed && sheet.status != .canceled { return run }
        }
        throw CancellationError()
    }
}
