// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Entities
import Foundation
import Ingest
import Planning
import Wire

/// `ainer plan`: what is understood of a story and what would be shown of it, without making anything.
struct PlanCommand {
    let options: PlanOptions

    func run() throws -> Int32 {
        let file = StoryFile(path: options.file)
        let sheet: PlanSheet
        do {
            sheet = try Self.sheet(of: try file.text(), named: file.name, seed: options.seed)
        } catch let refusal as FailureReport {
            throw Stop(
                refusal.errorCode, status: ExitCode.failed,
                [refusal.message, refusal.nextStep].filter { !$0.isEmpty }.joined(separator: "\n"))
        }
        say(options.isJSON ? try JSON.text(sheet) : sheet.text())
        return ExitCode.done
    }

    /// The skills in the order a run takes them, with the lengths the planner thinks the voices need.
    private static func sheet(of text: String, named name: String, seed: UInt64) throws -> PlanSheet {
        let story = try IngestStory.run(.init(text: text, fileName: ""))
        let entities = try ExtractEntities.run(.init(story: story))
        let profiles = try ResolveContinuity.run(.init(story: story, entities: entities, seed: seed))
        let plan = try PlanSceneShots.run(
            .init(story: story, entities: entities, profiles: profiles, seed: seed, pack: "flat_vector"))
        let takes = plan.lines.map { line in
            TakeTiming(
                lineID: line.lineID, sampleRate: 1000, samples: Estimate.speech(line.text), words: [], phones: [])
        }
        let timeline = try AssembleTimeline.run(.init(plan: plan, takes: takes, fps: 24))
        return PlanSheet(story, entities, plan, timeline, cores: ProcessInfo.processInfo.activeProcessorCount)
    }
}
