// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts
import Entities
import Ingest

/// What a run finds in a story and decides to show, skill by skill in its order, before anybody has spoken.
package struct Storyboard: Sendable {
    package let story: Story
    package let entities: EntityPack
    package let profiles: [Profile]
    package let plan: ShotPlan

    package init(_ story: Story, seed: UInt64) throws(FailureReport) {
        self.story = story
        entities = try ExtractEntities.run(.init(story: story))
        profiles = try ResolveContinuity.run(.init(story: story, entities: entities, seed: seed))
        plan = try PlanSceneShots.run(.init(story: story, entities: entities, profiles: profiles, seed: seed))
    }

    /// Looks without voices: nobody speaks yet.
    package var continuity: Continuity { Continuity(profiles: profiles, voices: []) }

    /// As long as the planner thinks every line takes.
    package var takes: [TakeTiming] {
        plan.lines.map { line in
            TakeTiming(
                lineID: line.lineID, sampleRate: 1000, samples: Estimate.speech(line.text), words: [], phones: [])
        }
    }

    package func timeline(fps: Int = 24) throws(FailureReport) -> Timeline {
        try AssembleTimeline.run(.init(plan: plan, takes: takes, fps: fps))
    }
}
