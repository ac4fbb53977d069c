// AinerCLI · wiring · sees everything a laptop needs
import AinerCLICore
import Contracts
import Entities
import Ingest
import Planning
import Wire

/// `ainer skill`: what one skill answers, as JSON. It is given a story, which the skills before it read first, or its own
/// input as JSON.
struct SkillCommand {
    let options: SkillOptions

    func run() throws -> Int32 {
        let text = try StoryFile(path: options.file).text()
        do {
            say(try answer(to: text).trimmed)
        } catch let refusal as FailureReport {
            throw Stop(refusal)
        }
        return ExitCode.done
    }

    private func answer(to text: String) throws -> String {
        func read() throws -> Story { try IngestStory.run(.init(text: text)) }
        func board() throws -> Storyboard { try Storyboard(try read(), seed: options.seed) }
        switch options.skill {
        case 1: return try told(text, IngestStory.run) { .init(text: text) }
        case 3:
            return try told(text, PlanSceneShots.run) {
                let board = try board()
                return .init(
                    story: board.story, entities: board.entities, profiles: board.profiles, seed: options.seed)
            }
        case 4: return try told(text, ExtractEntities.run) { .init(story: try read()) }
        case 6:
            return try told(text, AssembleTimeline.run) {
                let board = try board()
                return .init(plan: board.plan, takes: board.takes)
            }
        case 20:
            return try told(text, CompileDSL.run) {
                let board = try board()
                return .init(plan: board.plan, timeline: try board.timeline(), continuity: board.continuity)
            }
        case 21:
            return try told(text, ResolveContinuity.run) {
                let story = try read()
                return .init(story: story, entities: try ExtractEntities.run(.init(story: story)), seed: options.seed)
            }
        default:
            throw FailureReport(
                .requestValidation, "Skill \(options.name) is not built.", owner: .workerLLM,
                nextStep: "Built are 01, 03, 04, 06, 20 and 21.")
        }
    }

    /// A text that begins with a brace is no story.
    private func told<Input: Decodable, Output: Encodable>(
        _ text: String, _ skill: (Input) throws -> Output, from story: () throws -> Input
    ) throws -> String {
        guard text.first(where: { !$0.isWhitespace }) == "{" else {
            return String(decoding: try JSON.encodePretty(try skill(try story())), as: UTF8.self)
        }
        let input: Input
        do { input = try JSON.decode(from: text) } catch {
            throw FailureReport(
                .requestValidation, "This is no input of skill \(options.name): \(error)", owner: .workerLLM,
                nextStep: "Give it a story, or what the skill before it answered, under the names of its input.")
        }
        return String(decoding: try JSON.encodePretty(try skill(input)), as: UTF8.self)
    }
}

extension String {
    /// Without the last line break: whoever says it says one.
    fileprivate var trimmed: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}
