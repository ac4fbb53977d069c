// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies
import Testing

@Suite("A run")
struct RunMachineTests {
    @Test("begins by ordering what waits for nothing")
    func begins() {
        let run = RunBuilder()
        #expect(run.state?.status == .running)
        #expect(run.orders.map(\.jobType) == [.ingestStory])
        #expect(run.orders.first?.inputs.map(\.artifactType) == [.sourceText])
    }

    @Test("grows one branch a line and a shot when the plan stands")
    func grows() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        run.succeed(.planSceneShots)
        #expect(run.jobs.count { $0.jobType == .synthAudio } == 3)
        #expect(run.jobs.count { $0.jobType == .renderLipsync } == 2)
        #expect(run.jobs.count { $0.jobType == .renderVideo } == 3)
        let second = run.job(.renderVideo, "S0002")
        let lips = run.jobs.filter { $0.jobType == .renderLipsync }.map(\.jobID)
        #expect(Set(lips).isSubset(of: second?.after ?? []))
        let first = Set(run.job(.renderVideo, "S0001")?.after ?? [])
        #expect(first.isDisjoint(with: lips))
    }

    @Test("gives a shot the mouths of its own lines and no others")
    func inputsOfAShot() {
        var run = RunBuilder()
        var dice = Dice(3)
        run.playToTheEnd(&dice)
        let order = run.orders.first { $0.unit == "S0002" }
        #expect(
            order?.inputs.filter { $0.artifactType == .visemeTrack }.compactMap(\.unit).sorted() == ["L0002", "L0003"])
        #expect(run.orders.first { $0.unit == "S0003" }?.inputs.contains { $0.artifactType == .visemeTrack } == false)
    }

    @Test("gives the cut every shot and every line")
    func inputsOfTheCut() {
        var run = RunBuilder()
        var dice = Dice(4)
        run.playToTheEnd(&dice)
        let inputs = run.orders.last { $0.jobType == .composeFinal }?.inputs ?? []
        #expect(inputs.count { $0.artifactType == .shotVideo } == 3)
        #expect(inputs.count { $0.artifactType == .dialogueWav } == 3)
    }

    @Test("ends well in whatever order its jobs end", arguments: 0..<50)
    func endsWell(seed: UInt64) {
        var run = RunBuilder()
        var dice = Dice(seed)
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded)
        #expect(run.state?.stage == .observe)
        #expect(run.effects.count { if case .succeeded = $0 { true } else { false } } == 1)
        #expect(run.orders.count == run.jobs.count, "every job is ordered once")
    }

    @Test("passes every stage once and never goes back", arguments: 0..<20)
    func stagesOnlyRise(seed: UInt64) {
        var run = RunBuilder()
        var dice = Dice(seed)
        run.playToTheEnd(&dice)
        let changes = run.effects.compactMap { if case .stageChanged(let change) = $0 { change } else { nil } }
        #expect(changes.map(\.newStage) == Array(Stage.allCases.dropFirst()))
        #expect(changes.map(\.oldStage) == Array(Stage.allCases.dropLast()))
    }

    @Test("does nothing when it is told the same thing twice")
    func repeatsAreHarmless() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        let before = run
        guard let job = run.job(.ingestStory) else { return fail("the job is gone") }
        run.tell(.succeeded(job.jobID, artifacts: [], output: JobOutput()))
        run.tell(.failed(job.jobID, RunMachineTests.mishap))
        run.tell(.submitted(RunBuilder.spec, trail: RunBuilder.trail, built: PipelineTests.built))
        #expect(run.state == before.state)
        #expect(run.effects == before.effects)
    }

    static let mishap = FailureReport(.executionFailed, "the engine fell over", owner: .workerVideo)
    static let fault = FailureReport(.requestValidation, "the story is empty", owner: .workerLLM)

    @Test("tries a job that failed again after five seconds, and gives up after three")
    func retries() {
        var run = RunBuilder()
        guard let job = run.job(.ingestStory)?.jobID else { return fail("no first job") }
        run.tell(.failed(job, Self.mishap))
        #expect(run.job(.ingestStory)?.status == .retrying)
        run.tell(.ticked)
        #expect(run.orders.count == 1, "not before its time")
        run.now = run.now + .seconds(5)
        run.tell(.ticked)
        #expect(run.orders.map(\.attempt) == [1, 2])
        run.tell(.failed(job, Self.mishap))
        run.now = run.now + .seconds(10)
        run.tell(.ticked)
        run.tell(.failed(job, Self.mishap))
        #expect(run.state?.status == .failed)
        #expect(run.state?.failure == Self.mishap)
    }

    @Test("fails at once when trying again cannot help, and starts nothing more")
    func finalFailure() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        guard let job = run.job(.extractEntities)?.jobID else { return fail("no such job") }
        run.tell(.failed(job, Self.fault))
        #expect(run.state?.status == .failed)
        #expect(run.jobs.allSatisfy { $0.status.isFinal })
        let told = run.effects.count
        run.succeed(.planSceneShots)
        #expect(run.effects.count == told, "a late success of a failed run says nothing")
    }

    @Test("refuses a plan without shots")
    func emptyPlan() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        guard let job = run.job(.planSceneShots)?.jobID else { return fail("no such job") }
        run.tell(.succeeded(job, artifacts: [], output: JobOutput(shots: [])))
        #expect(run.state?.failure?.errorCode == .planGeneration)
    }

    @Test("refuses news of a job it does not have, and of a run that does not exist")
    func strangers() {
        var run = RunBuilder()
        let before = run.state
        run.tell(.succeeded(JobID(trusted: "job_other"), artifacts: [], output: JobOutput()))
        #expect(run.state == before)
        #expect(run.effects.contains { if case .refused = $0 { true } else { false } })
        let lone = RunMachine.decide(nil, .ticked, on: Occasion(at: run.now, chance: 1))
        #expect(lone.state == nil)
    }

    @Test("survives ten thousand random facts with its promises kept")
    func randomWalks() {
        for seed in 0..<200 as Range<UInt64> {
            var dice = Dice(seed)
            var run = RunBuilder()
            for _ in 0..<50 {
                guard let job = run.jobs.isEmpty ? nil : dice.pick(run.jobs) else { break }
                let wasFinal = run.state?.status.isFinal ?? false
                let before = run.state
                switch dice.between(0, 4) {
                case 0: run.tell(.claimed(job.jobID))
                case 1: run.tell(.failed(job.jobID, dice.next() < 0.05 ? Self.fault : Self.mishap))
                case 2:
                    run.now = run.now + .seconds(dice.between(0, 9))
                    run.tell(.ticked)
                default: if job.status == .enqueued || job.status == .claimed { run.succeed(job) }
                }
                if wasFinal { #expect(run.state == before) }
            }
            let orders = run.orders
            #expect(Set(orders.map { "\($0.jobID)/\($0.attempt)" }).count == orders.count, "an attempt is ordered once")
            #expect(orders.allSatisfy { $0.attempt <= RunMachine.mostAttempts })
        }
    }

    @Test("changes no status in ten thousand walks but by a row of its table")
    func movesByTheTable() {
        var seen = Seen()
        for seed in 0..<10_000 as Range<UInt64> {
            var dice = Dice(seed, "by the table")
            var run = RunBuilder()
            for _ in 0..<25 {
                guard let before = run.state, !before.jobs.isEmpty else { break }
                // Any fact about any job, in any order: late, early, repeated.
                let job = dice.pick(before.jobs)
                switch dice.between(0, 5) {
                case 0: run.tell(.claimed(job.jobID))
                case 1: run.tell(.failed(job.jobID, dice.next() < 0.02 ? Self.fault : Self.mishap))
                case 2:
                    run.now = run.now + .seconds(dice.between(0, 9))
                    run.tell(.ticked)
                default: run.succeed(dice.pick(before.jobs.filter { $0.status == .enqueued } + [job]))
                }
                guard let after = run.state else { return fail("the run is gone") }
                expectRows(from: before, to: after, &seen)
            }
        }
        #expect(seen.runs == [Row(.running, .failed), Row(.running, .succeeded)])
        #expect(
            seen.jobs.isSuperset(of: [
                Row(.queued, .enqueued), Row(.enqueued, .claimed), Row(.enqueued, .succeeded),
                Row(.claimed, .succeeded), Row(.claimed, .retrying), Row(.retrying, .enqueued),
                Row(.retrying, .succeeded), Row(.enqueued, .failed), Row(.enqueued, .canceled),
            ]), "the walks went everywhere: \(seen.jobs)")
    }

    private struct Row<Status: Hashable & Sendable>: Hashable, Sendable {
        let from: Status
        let to: Status

        init(_ from: Status, _ to: Status) {
            self.from = from
            self.to = to
        }
    }

    private struct Seen {
        var runs: Set<Row<RunStatus>> = []
        var jobs: Set<Row<JobStatus>> = []
    }

    private static let runRows = Set(StateMachines.run.rows.map { Row($0.from, $0.to) })
    /// One row, or a failure and the retry granted for it in the same decision.
    private static let jobRows = Set(
        StateMachines.job.rows.flatMap { row in
            [Row(row.from, row.to)] + (row.to == .failed ? [Row(row.from, .retrying)] : [])
        })

    private func expectRows(from before: RunState, to after: RunState, _ seen: inout Seen) {
        if before.status != after.status, seen.runs.insert(Row(before.status, after.status)).inserted {
            #expect(Self.runRows.contains(Row(before.status, after.status)))
        }
        if after.stage < before.stage { Issue.record("the stage fell from \(before.stage) to \(after.stage)") }
        for (index, job) in after.jobs.enumerated() {
            // Jobs are only added, behind those that are there.
            let from = index < before.jobs.count ? before.jobs[index].status : StateMachines.job.start
            if (job.status == .retrying) != (job.dueAt != nil) { Issue.record("\(job.status) with a wait, or without") }
            guard from != job.status, seen.jobs.insert(Row(from, job.status)).inserted else { continue }
            #expect(Self.jobRows.contains(Row(from, job.status)), "\(from) to \(job.status)")
        }
    }

    @Test("refuses a move that its job does not allow, and stays as it was")
    func illegalMoves() {
        var run = RunBuilder()
        run.succeed(.ingestStory)
        guard let waiting = run.jobs.first(where: { $0.status == .queued }) else { return fail("nothing waits") }
        let before = run.state
        run.succeed(waiting)
        #expect(run.state == before)
        guard case .refused(let refusal)? = run.effects.last else { return fail("nothing was refused") }
        #expect(refusal.errorCode == .illegalTransition)
        #expect(refusal.message == "job: succeed is not legal in state queued; legal here: enqueue, cancel")
    }

    @Test("takes no claim of an earlier try for the next one")
    func lateClaim() {
        var run = RunBuilder()
        guard let job = run.job(.ingestStory)?.jobID else { return fail("no first job") }
        run.tell(.failed(job, Self.mishap))
        let before = run.state
        run.tell(.claimed(job))
        #expect(run.state == before, "it still waits for its second try")
    }
}

private func fail(_ what: Comment) { Issue.record(what) }
