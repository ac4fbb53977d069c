// OrchestratorTests · tests · sees Contracts, OrchestratorCore
import Contracts
import OrchestratorCore
import Testing

@Suite("The pipeline")
struct PipelineTests {
    /// The main chain of the specification.
    static let chain: [JobType] = [
        .ingestStory, .routeLanguage, .planSceneShots, .extractEntities, .resolveEntityContinuity, .planAudioAssets,
        .assembleAudioTimeline, .canonicalizeEntities, .matchAssets, .manageKnowledge, .embedKnowledge, .resolvePersona,
        .managePersonaDatasetIndex, .stackPolicies, .budgetCompute, .planVisualRender, .planPrompt, .compileDSL,
    ]

    @Test("holds all 22 skills, three of them on demand")
    func allSkills() {
        let inCourse = Pipeline.complete.compactMap(\.skill)
        #expect(Set(inCourse).count == inCourse.count)
        #expect(inCourse.count + Pipeline.onDemand.count == 22)
        #expect(Set(inCourse).isSubset(of: 1...22))
    }

    @Test(
        "names only what stands before, so it has an order",
        arguments: [Pipeline.complete, Pipeline.contracted(to: built)])
    func ordered(_ steps: [PipelineStep]) {
        for (index, step) in steps.enumerated() {
            let earlier = Set(steps[..<index].map(\.jobType))
            #expect(Set(step.after).isSubset(of: earlier), "\(step.jobType) comes after what is not there yet")
        }
    }

    @Test("never runs a skill before one the main chain puts earlier and it depends on")
    func chainIsKept() {
        let place = Dictionary(uniqueKeysWithValues: Self.chain.enumerated().map { ($1, $0) })
        for step in Pipeline.complete {
            guard let mine = place[step.jobType] else { continue }
            for earlier in step.after { if let theirs = place[earlier] { #expect(theirs < mine) } }
        }
    }

    @Test("hard rules: 21 after 04 and before 07, 22 after 11, 12 and 14, constraints before 09, 10 and 20")
    func hardRules() {
        #expect(stands(.extractEntities, before: .resolveEntityContinuity))
        #expect(stands(.resolveEntityContinuity, before: .canonicalizeEntities))
        for knowledge in [JobType.manageKnowledge, .embedKnowledge, .resolvePersona] {
            #expect(stands(knowledge, before: .managePersonaDatasetIndex))
        }
        for user in [JobType.planVisualRender, .planPrompt, .compileDSL] {
            #expect(stands(.stackPolicies, before: user))
            #expect(stands(.budgetCompute, before: user))
        }
        #expect(stands(.evaluateQuality, before: .composeFinal))
    }

    @Test("without a step in the middle, what stood around it keeps its order")
    func contraction() {
        for (before, after) in pairs(of: Pipeline.complete)
        where Self.built.contains(before) && Self.built.contains(after) {
            #expect(stands(before, before: after, in: Pipeline.contracted(to: Self.built)))
        }
        let names = Pipeline.contracted(to: Self.built).map(\.jobType)
        #expect(Set(names) == Self.built)
        #expect(Set(names).isDisjoint(with: Pipeline.absent(from: Self.built)))
    }

    static let built: Set<JobType> = [
        .ingestStory, .planSceneShots, .extractEntities, .resolveEntityContinuity, .bindShotPlan,
        .assembleAudioTimeline,
        .compileDSL, .synthAudio, .renderLipsync, .renderVideo, .composeFinal,
    ]

    /// Every pair of which the first must be over before the second begins.
    private func pairs(of steps: [PipelineStep]) -> [(JobType, JobType)] {
        steps.flatMap { step in before(step.jobType, in: steps).map { ($0, step.jobType) } }
    }

    private func before(_ type: JobType, in steps: [PipelineStep]) -> Set<JobType> {
        let direct = steps.first { $0.jobType == type }?.after ?? []
        return direct.reduce(into: Set(direct)) { $0.formUnion(before($1, in: steps)) }
    }

    private func stands(_ first: JobType, before second: JobType, in steps: [PipelineStep] = Pipeline.complete) -> Bool
    {
        before(second, in: steps).contains(first)
    }
}
