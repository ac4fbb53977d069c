// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies
import Testing

@Suite("Work made anew")
struct RunAnewTests {
    private static func finished() -> RunBuilder {
        var run = RunBuilder()
        var dice = Dice(11)
        run.playToTheEnd(&dice)
        return run
    }

    private static func amendments(_ run: RunBuilder) -> [Amendment] {
        run.said { if case .amended(let amendment) = $0 { amendment } else { nil } }
    }

    private static func kinds(_ jobs: some Sequence<Job>) -> [String] {
        jobs.map { "\($0.jobType) \($0.unit ?? "film")" }.sorted()
    }

    @Test("by a retry is what failed or was stopped, with fresh tries; what succeeded is kept")
    func retry() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        guard let job = run.job(.planSceneShots)?.jobID else { return fail("no such job") }
        run.tell(.failed(job, RunMachineTests.fault))
        let progress = run.said { if case .progressed(let word) = $0 { word.progress } else { nil } }.last
        let before = run.jobs
        run.ask(.retry, reason: "mended")
        #expect(run.state?.status == .running && run.state?.failure == nil)
        #expect(run.job(.ingestStory) == before.first { $0.jobType == .ingestStory })
        #expect(run.job(.planSceneShots)?.status == .enqueued && run.job(.planSceneShots)?.failures == 0)
        #expect(run.job(.planSceneShots)?.jobID != job)
        #expect(Self.kinds(run.jobs) == Self.kinds(before))
        #expect(run.said { if case .resumed(let word) = $0 { word.reason } else { nil } } == ["mended"])
        #expect(run.said { if case .progressed(let word) = $0 { word.progress } else { nil } }.last == progress)
        let told = run
        run.tell(.failed(job, RunMachineTests.mishap))
        run.tell(.succeeded(job, artifacts: [], output: JobOutput()))
        #expect(run.state == told.state && run.effects == told.effects, "the old job is nobody any more")
        var dice = Dice(1)
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded)
    }

    @Test(
        "by another timeline is the cut alone, or the shots that look otherwise too; all others are kept, and rest on what is new"
    )
    func recut() {
        var run = Self.finished()
        let before = run.jobs
        var patched = RunBuilder.artifact(.timeline)
        patched.lineage["version"] = "v2"
        run.ask(.recut(patched, redrawing: []))
        #expect(run.state?.status == .running)
        #expect(Self.kinds(run.jobs.filter { $0.status != .succeeded }) == ["composeFinal film"])
        #expect(run.orders.last?.inputs.filter { $0.artifactType == .timeline } == [patched])
        var dice = Dice(2)
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded)
        run.ask(.recut(patched, redrawing: [ShotID(ordinal: 2)]))
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded)
        func job(_ type: JobType, _ unit: String?, _ jobs: [Job]) -> Job? {
            jobs.first { $0.jobType == type && $0.unit == unit }
        }
        for shot in 1...3 {
            let unit = ShotID(ordinal: shot).rawValue
            let isNew = job(.renderVideo, unit, run.jobs)?.jobID != job(.renderVideo, unit, before)?.jobID
            #expect(isNew == (shot == 2), "shot \(shot)")
        }
        #expect(Self.kinds(run.jobs) == Self.kinds(before))
        // What was kept rests on the new words for the shots: who makes those anew makes all of it anew.
        run.ask(.rerun(from: .route))
        let drawn = run.jobs.filter { $0.jobType == .renderVideo }
        #expect(drawn.count == 3 && drawn.allSatisfy { $0.status == .queued })
        var early = RunBuilder()
        early.ask(.recut(patched, redrawing: []))
        #expect(early.refusal?.errorCode == .notFound)
    }

    @Test("goes on record: who, why, which jobs, and what was done about the old ones")
    func onRecord() {
        var run = Self.finished()
        run.ask(.rerun(from: .audio), reason: "another voice")
        guard let amendment = Self.amendments(run).first else { return fail("nothing on record") }
        #expect(amendment.kind == .rerun && amendment.stage == .audio)
        #expect(amendment.asker == Asker("user_1", reason: "another voice"))
        #expect(Set(amendment.jobs) == Set(run.state?.retired.map(\.jobID) ?? []))
        #expect(amendment.compensations.map(\.stage).contains(.compose))
        #expect(amendment.compensations.first { $0.stage == .audio }?.action == "cleanup_audio_artifacts")
    }

    @Test("by a rerun is a stage and all that rests on it, and nothing else", arguments: Stage.allCases)
    func rerun(stage: Stage) {
        var run = Self.finished()
        let before = run.jobs
        run.ask(.rerun(from: stage))
        guard stage <= .compose else {
            return #expect(run.refusal?.errorCode == .notFound, "nothing is done in observe")
        }
        #expect(run.state?.status == .running)
        let first = before.map(\.stage).filter { $0 >= stage }.min()
        var old = Set(before.filter { $0.stage == first }.map(\.jobID))
        for job in before where !old.isDisjoint(with: job.after) { old.insert(job.jobID) }
        #expect(Set(run.state?.retired.map(\.jobID) ?? []) == old)
        #expect(Set(before.map(\.jobID)).subtracting(old).isSubset(of: run.jobs.map(\.jobID)))
        var dice = Dice(7)
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded && run.state?.stage == .observe)
        #expect(Self.kinds(run.jobs) == Self.kinds(before))
        #expect(run.said { if case .succeeded(let word) = $0 { word } else { nil } }.count == 2)
    }

    @Test("goes back to its stage, and from there forward again")
    func goesBack() {
        var run = Self.finished()
        run.ask(.rerun(from: .video))
        let change = run.said { if case .stageChanged(let word) = $0 { word } else { nil } }.last
        #expect(change?.oldStage == .observe && change?.newStage == .video && change?.reason == "rerun")
        #expect(run.state?.stage == .video)
    }

    @Test("stops the old jobs that somebody is at, and starts theirs in their place")
    func whileAtWork() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        guard let old = run.job(.planSceneShots)?.jobID else { return fail("no such job") }
        run.tell(.claimed(old))
        run.ask(.rerun(from: .ingest))
        let stopped = run.said { if case .jobCanceled(let word) = $0 { word.head.jobID } else { nil } }
        #expect(stopped.contains(old))
        #expect(run.jobs.allSatisfy { $0.jobID != old })
        #expect(run.orders.last?.jobType == .ingestStory)
        var dice = Dice(3)
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded)
    }

    @Test("by shots is their own chain and the cut, in another take")
    func regenerate() {
        var run = Self.finished()
        run.ask(.regenerate([ShotID(ordinal: 2)]))
        #expect(Self.kinds(run.state?.retired ?? []) == ["composeFinal film", "renderVideo S0002"])
        let order = run.orders.last
        #expect(order?.unit == "S0002" && order?.take == 1)
        #expect(run.state?.retired.allSatisfy { $0.take == nil } == true)
        var dice = Dice(3)
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded)
        #expect(run.orders.last?.inputs.count { $0.artifactType == .shotVideo } == 3)
        #expect(run.orders.last?.jobType == .composeFinal && run.orders.last?.take == nil)
        run.ask(.regenerate([ShotID(ordinal: 9)]))
        #expect(run.state?.status == .succeeded && run.refusal?.errorCode == .notFound)
    }

    @Test("has a new deadline when it was over")
    func newDeadline() {
        var run = RunBuilder(wishing: { $0.deadlineMS = 1000 })
        run.wait(1)
        run.ask(.retry)
        #expect(run.state?.status == .running && run.state?.nextLook == run.now + .seconds(1))
    }

    @Test("waits when the run is paused")
    func whilePaused() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        run.ask(.pause)
        let orders = run.orders.count
        run.ask(.rerun(from: .ingest))
        #expect(run.state?.status == .paused && run.orders.count == orders)
        run.ask(.resume)
        #expect(run.orders.last?.jobType == .ingestStory)
    }
}

private func fail(_ what: Comment) { Issue.record(what) }
