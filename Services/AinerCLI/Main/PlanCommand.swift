// AinerCLI · wiring · sees everything a laptop needs
import Advice
import AinerCLICore
import Contracts
import Embedded
import Foundation
import Ingest
import Opening
import Planning
import Settings
import Wire

/// `ainer plan`: what is understood of a story and what would be shown of it, without making anything.
struct PlanCommand {
    let options: PlanOptions
    let settings: Settings

    func run() async throws -> Int32 {
        let file = StoryFile(path: options.file)
        let sheet: PlanSheet
        do {
            sheet = try await self.sheet(of: try file.text())
        } catch let refusal as FailureReport {
            throw Stop(refusal)
        }
        say(options.isJSON ? try JSON.text(sheet) : sheet.text())
        return ExitCode.done
    }

    /// The skills in the order a run takes them, with the lengths the planner thinks the voices need.
    private func sheet(of text: String) async throws -> PlanSheet {
        do { try IngestStory.checkFilm(text) } catch { complain("\(error.message) \(error.nextStep)") }
        let story = try await advised(try IngestStory.run(.init(text: text, fileName: "")))
        let board = try Storyboard(story, seed: options.seed)
        return PlanSheet(
            story, board.entities, board.plan, try board.timeline(),
            cores: ProcessInfo.processInfo.activeProcessorCount)
    }

    /// With what the model of the settings says of it, if there is one; what went wrong with it is said.
    private func advised(_ story: Story) async throws -> Story {
        guard let adviser = try settings.model?.adviser(clock: SystemClock()) else { return story }
        let outcome = try await adviser.advise(on: story)
        for note in outcome.notes { complain(note) }
        var story = story
        story.advice = outcome.advice
        return story
    }
}
