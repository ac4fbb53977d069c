// WorkerLLMEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Ingest, Entities, Planning, Sound
import Contracts
import Entities
import Ingest
import Planning
import Sound
import Wire
import WorkerKitShell

/// One skill job: reads what the order references, runs the skill, lays the result on the bench.
struct SkillDesk {
    static let lineage = ["engine": "ainer-rules", "engine_version": "1"]

    let order: JobOrder
    let bench: Workbench

    func ingestStory() async throws -> Produce {
        let text = String(decoding: try LocalFile.read(try await bench.file(.sourceText)), as: UTF8.self)
        let story = try IngestStory.run(.init(text: text, fileName: ""))
        return Produce(products: [try lay(story, .story)])
    }

    func extractEntities() async throws -> Produce {
        let pack = try ExtractEntities.run(.init(story: try await bench.read(.story)))
        let found = EntitiesFound(people: pack.people.count, places: pack.places.count)
        let earned = EarnedEvent(.entityExtractionCompleted, from: .entityCore, payload: try JSON.value(found))
        return Produce(products: [try lay(pack, .entityPack)], emits: [earned])
    }

    /// Plans by its own reading of the people; `bindPlan` repeats it with the ones that were settled.
    func draftPlan() async throws -> Produce {
        let story: Story = try await bench.read(.story)
        let plan = try plan(story, try ExtractEntities.run(.init(story: story)), profiles: [])
        return Produce(products: [try lay(plan, .shotPlan)], output: JobOutput(shots: plan.units))
    }

    func resolveContinuity() async throws -> Produce {
        let story: Story = try await bench.read(.story)
        let entities: EntityPack = try await bench.read(.entityPack)
        let plan: ShotPlan = try await bench.read(.shotPlan)
        let profiles = try ResolveContinuity.run(.init(story: story, entities: entities, seed: order.seed))
        let voices = CastVoices.run(
            .init(
                people: entities.people, language: story.language, speakingOrder: plan.speakersByWords, seed: order.seed
            ))
        let continuity = Continuity(profiles: profiles, voices: voices)
        let locked = EntitiesFound(people: profiles.count, places: entities.places.count)
        let earned = EarnedEvent(.entityContinuityLocked, from: .entityCore, payload: try JSON.value(locked))
        return Produce(products: [try lay(continuity, .continuity)], emits: [earned])
    }

    func bindPlan() async throws -> Produce {
        let draft: ShotPlan = try await bench.read(.shotPlan)
        let continuity: Continuity = try await bench.read(.continuity)
        let plan = try plan(
            try await bench.read(.story), try await bench.read(.entityPack), profiles: continuity.profiles)
        guard plan.units == draft.units else {
            throw FailureReport(
                .planGeneration, "the bound plan has other shots than the draft", owner: .planner, retryable: false,
                nextStep: "report this story: the planner contradicts itself")
        }
        let counted = PlanMade(scenes: plan.scenes.count, shots: plan.shots.count, lines: plan.lines.count)
        let earned = EarnedEvent(.planShotGenerated, from: .planner, payload: try JSON.value(counted))
        return Produce(products: [try lay(plan, .shotPlan)], emits: [earned])
    }

    func assembleTimeline() async throws -> Produce {
        let plan: ShotPlan = try await bench.read(.shotPlan)
        let takes: [TakeTiming] = try await bench.readAll(.takeTiming)
        let timeline = try AssembleTimeline.run(.init(plan: plan, takes: takes, fps: 24))
        let timed = TimelineMade(durationMS: timeline.durationMS, frames: timeline.frames)
        let earned = EarnedEvent(.timelineProvisionalGenerated, from: .planner, payload: try JSON.value(timed))
        return Produce(products: [try lay(timeline, .timeline)], emits: [earned])
    }

    func compileShots() async throws -> Produce {
        let shots = try CompileDSL.run(
            .init(
                plan: try await bench.read(.shotPlan), timeline: try await bench.read(.timeline),
                continuity: try await bench.read(.continuity)))
        let compiled = PlanMade(scenes: 0, shots: shots.count, lines: shots.reduce(0) { $0 + $1.lines.count })
        let earned = EarnedEvent(.shotDSLCompiled, from: .planner, payload: try JSON.value(compiled))
        return Produce(products: [try lay(shots, .dslBundle)], emits: [earned])
    }

    private func plan(_ story: Story, _ entities: EntityPack, profiles: [Profile]) throws -> ShotPlan {
        try PlanSceneShots.run(
            .init(story: story, entities: entities, profiles: profiles, seed: order.seed, pack: "flat_vector"))
    }

    private func lay(_ value: some Encodable, _ type: ArtifactType) throws -> Product {
        var product = try bench.product(value, type)
        product.lineage = Self.lineage
        return product
    }
}
