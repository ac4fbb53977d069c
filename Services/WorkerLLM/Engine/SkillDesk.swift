// WorkerLLMEngine · engine · sees Contracts, Policies, Ports, Telemetry, Wire, WorkerKitShell, Ingest, Entities, Planning, Advice, Sound
import Advice
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

    /// A model is asked here and nowhere else: draft, people and plan all follow from the one story that is laid down.
    func ingestStory(asking adviser: Adviser?) async throws -> Produce {
        let text = String(decoding: try LocalFile.read(try await bench.file(.sourceText)), as: UTF8.self)
        try IngestStory.checkFilm(text)
        var story = try IngestStory.run(.init(text: text, fileName: ""))
        guard let adviser else { return Produce(products: [try lay(story, .story)]) }
        // The rules need their time too, and the job has so much in all.
        let patience = Duration.milliseconds(order.timeoutMS) * 2 / 3
        let outcome = try await adviser.advise(on: story, within: patience)
        story.advice = outcome.advice
        for note in outcome.notes { bench.note(note) }
        var product = try lay(story, .story)
        if let advice = outcome.advice { product.lineage["model"] = advice.model }
        return Produce(
            products: [product, try lay(outcome.calls, .modelCalls)],
            output: JobOutput(notes: outcome.notes, metrics: outcome.metrics))
    }

    func extractEntities() async throws -> Produce {
        var pack = try ExtractEntities.run(.init(story: try await bench.read(.story)))
        pack.chapterID = order.chapterID
        let found = EntitiesFound(people: pack.people.count, places: pack.places.count)
        return try told(pack, .entityPack, .entityExtractionCompleted, by: .entityCore, found)
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
        return try told(continuity, .continuity, .entityContinuityLocked, by: .entityCore, locked)
    }

    func bindPlan() async throws -> Produce {
        let draft: ShotPlan = try await bench.read(.shotPlan)
        let continuity: Continuity = try await bench.read(.continuity)
        var plan = try plan(
            try await bench.read(.story), try await bench.read(.entityPack), profiles: continuity.profiles)
        plan.planVersion = ShotPlan.bound
        guard plan.units == draft.units else {
            throw FailureReport(
                .planGeneration, "the bound plan has other shots than the draft", owner: .planner, retryable: false,
                nextStep: "report this story: the planner contradicts itself")
        }
        return try told(plan, .shotPlan, .planShotGenerated, by: .planner, PlanMade(plan))
    }

    func assembleTimeline() async throws -> Produce {
        let plan: ShotPlan = try await bench.read(.shotPlan)
        let takes: [TakeTiming] = try await bench.readAll(.takeTiming)
        var timeline = try AssembleTimeline.run(.init(plan: plan, takes: takes, fps: 24))
        timeline.timelineID = order.own("timeline")
        timeline.chapterID = order.chapterID
        let timed = TimelineMade(durationMS: timeline.durationMS, frames: timeline.frames)
        return try told(timeline, .timeline, .timelineProvisionalGenerated, by: .planner, timed)
    }

    func compileShots() async throws -> Produce {
        let shots = try CompileDSL.run(
            .init(
                plan: try await bench.read(.shotPlan), timeline: try await bench.read(.timeline),
                continuity: try await bench.read(.continuity)))
        for shot in shots {
            if let refusal = ShotDSL.refusal(of: try JSON.value(shot)) { throw refusal }
        }
        let compiled = ShotsCompiled(shots: shots.count, lines: shots.reduce(0) { $0 + $1.lines.count })
        return try told(shots, .dslBundle, .shotDSLCompiled, by: .planner, compiled)
    }

    private func plan(_ story: Story, _ entities: EntityPack, profiles: [Profile]) throws -> ShotPlan {
        var plan = try PlanSceneShots.run(
            .init(story: story, entities: entities, profiles: profiles, seed: order.seed, pack: "flat_vector"))
        plan.planID = order.own("plan")
        plan.chapterID = order.chapterID
        return plan
    }

    /// The product and the event it earns; the event says where the product is.
    private func told(
        _ value: some Encodable, _ type: ArtifactType, _ event: AinerEvent, by module: Module,
        _ payload: some Encodable & Sendable
    ) throws -> Produce {
        Produce(products: [try lay(value, type)]) { [order] artifacts in
            let told = Told(
                payload: payload, runID: order.runID, chapterID: order.chapterID, artifact: artifacts.first)
            return [EarnedEvent(event, from: module, payload: try JSON.value(told))]
        }
    }

    private func lay(_ value: some Encodable, _ type: ArtifactType) throws -> Product {
        var product = try bench.product(value, type)
        product.lineage = Self.lineage
        return product
    }
}

extension JobOrder {
    /// A name that comes from what the film is made of: the same story and seed, the same plan.
    fileprivate func own(_ kind: String) -> String {
        let source = inputs.first { $0.artifactType == .sourceText }?.checksum ?? chapterID
        return "\(kind)_\(SHA256.hex(of: Array("\(source)|\(seed)".utf8)).prefix(24))"
    }
}

extension Adviser.Outcome {
    fileprivate var metrics: [String: Double] {
        [
            "model_calls": Double(calls.count),
            "prompt_tokens": Double(calls.reduce(0) { $0 + $1.promptTokens }),
            "completion_tokens": Double(calls.reduce(0) { $0 + $1.answerTokens }),
        ]
    }
}
