// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts
import Entities
import Ingest
import Policies

/// Skill 03: turns a story into scenes, shots and lines. Told whom the film has, it repeats its draft and binds them.
package enum PlanSceneShots {
    package struct Input: Codable, Hashable, Sendable {
        package var story: Story
        package var entities: EntityPack
        /// Empty for the draft.
        package var profiles: [Profile]
        package var seed: UInt64
        package var pack: String

        package init(story: Story, entities: EntityPack, profiles: [Profile], seed: UInt64, pack: String) {
            self.story = story
            self.entities = entities
            self.profiles = profiles
            self.seed = seed
            self.pack = pack
        }
    }

    package static func run(_ input: Input) throws(FailureReport) -> ShotPlan {
        let reading = Reading(input.story, people: input.entities.people, places: input.entities.places)
        let moments = reading.moments.filter { !$0.isBareAttribution && $0.segment.text.contains(where: \.isLetter) }
        guard !moments.isEmpty else {
            throw FailureReport(
                .planGeneration, "the story has no sentence that could be told", owner: .planner, retryable: false,
                nextStep: "give it at least one sentence")
        }
        var cutter = ShotCutter(input: input)
        let scenes = SceneCutter(places: input.entities.places).scenes(of: moments)
        let cut = scenes.enumerated().map { cutter.scene($1, ordinal: $0 + 1) }
        return ShotPlan(title: input.story.title, language: input.story.language, scenes: cut, lines: cutter.lines)
    }
}
