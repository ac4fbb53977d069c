// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies
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

    /// What the specification's integration guide says must be over before something else begins (its edges B-P01 to
    /// B-P23, which hold its prohibitions B-N01 and B-N03 to B-N06 too).
    private static let edges: [(JobType, before: [JobType])] = [
        (.ingestStory, [.routeLanguage, .planSceneShots, .extractEntities]), (.routeLanguage, [.planSceneShots]),
        (.extractEntities, [.resolveEntityContinuity]), (.planSceneShots, [.resolveEntityContinuity]),
        (.resolveEntityContinuity, [.canonicalizeEntities, .matchAssets]), (.routeLanguage, [.canonicalizeEntities]),
        (.planSceneShots, [.planAudioAssets, .planVisualRender, .planPrompt]), (.planAudioAssets, [.synthAudio]),
        (.synthAudio, [.assembleAudioTimeline]), (.canonicalizeEntities, [.matchAssets]),
        (.manageKnowledge, [.embedKnowledge]), (.manageKnowledge, [.managePersonaDatasetIndex]),
        (.embedKnowledge, [.managePersonaDatasetIndex, .planPrompt]), (.resolvePersona, [.managePersonaDatasetIndex]),
        (.assembleAudioTimeline, [.stackPolicies, .budgetCompute, .planVisualRender]),
        (.canonicalizeEntities, [.stackPolicies, .planPrompt]), (.resolvePersona, [.stackPolicies, .planPrompt]),
        (.managePersonaDatasetIndex, [.stackPolicies, .planPrompt]), (.stackPolicies, [.budgetCompute]),
        (.planSceneShots, [.budgetCompute]), (.matchAssets, [.planVisualRender, .planPrompt]),
        (.budgetCompute, [.planVisualRender, .compileDSL]), (.stackPolicies, [.planVisualRender, .compileDSL]),
        (.planVisualRender, [.planPrompt]), (.planPrompt, [.compileDSL]), (.compileDSL, [.renderVideo]),
        (.synthAudio, [.renderLipsync]), (.renderVideo, [.evaluateQuality]), (.planSceneShots, [.evaluateQuality]),
        (.assembleAudioTimeline, [.evaluateQuality]), (.stackPolicies, [.evaluateQuality]),
        (.evaluateQuality, [.composeFinal]),
    ]

    /// Where we go another way on purpose: 04 reads the story beside the draft of 03, which is bound afterwards (decision
    /// 5), and mouths are drawn in the one pass of a shot, from a track that is there before it.
    private static let reversed: [(JobType, JobType)] = [(.renderLipsync, .renderVideo)]
    private static let beside: [(JobType, JobType)] = [(.planSceneShots, .extractEntities)]

    @Test("keeps every edge of the guide, but for two that are another way on purpose")
    func guide() {
        for (first, others) in Self.edges {
            for second in others { #expect(stands(first, before: second), "\(first) before \(second)") }
        }
        for (first, second) in Self.reversed { #expect(stands(first, before: second)) }
        for (one, other) in Self.beside {
            #expect(!stands(one, before: other) && !stands(other, before: one))
            #expect(stands(one, before: .bindShotPlan) && stands(other, before: .bindShotPlan))
        }
    }

    @Test("keeps them whatever is not built, and what is left has an order")
    func anyContraction() {
        var dice = Dice(11, "contraction")
        for _ in 0..<500 {
            let built = Set(Pipeline.complete.map(\.jobType).filter { _ in dice.between(0, 1) == 1 })
            let steps = Pipeline.contracted(to: built)
            #expect(Set(steps.map(\.jobType)) == built)
            ordered(steps)
            for (first, others) in Self.edges where built.contains(first) {
                for second in others where built.contains(second) {
                    #expect(stands(first, before: second, in: steps), "\(first) before \(second) in \(built)")
                }
            }
            #expect(Set(Pipeline.absent(from: built)).isDisjoint(with: built))
        }
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

    /// Along the steps in their order, so that each is looked at once.
    private func before(_ type: JobType, in steps: [PipelineStep]) -> Set<JobType> {
        var known: [JobType: Set<JobType>] = [:]
        for step in steps {
            known[step.jobType] = step.after.reduce(into: Set(step.after)) { $0.formUnion(known[$1] ?? []) }
        }
        return known[type] ?? []
    }

    private func stands(_ first: JobType, before second: JobType, in steps: [PipelineStep] = Pipeline.complete) -> Bool
    {
        before(second, in: steps).contains(first)
    }
}
