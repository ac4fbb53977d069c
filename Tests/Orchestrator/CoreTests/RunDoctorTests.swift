// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies
import Testing

@Suite("Why a run is where it is")
struct RunDoctorTests {
    private let now = Timestamp(microseconds: 1_700_000_000_000_000)

    private func causes(_ run: RunBuilder, _ witness: RunWitness = RunWitness()) throws -> [RunCause] {
        RunDoctor.diagnose(try #require(run.state), witness, at: now).findings.map(\.cause)
    }

    private func why(_ job: Job, _ state: LeaseState, _ code: WaitingReason.Code? = nil) -> JobWhy {
        let order = JobOrder(
            jobID: job.jobID, runID: RunBuilder.runID, jobType: job.jobType, pool: job.pool, attempt: 1, unit: job.unit,
            inputs: [], quality: .draft, seed: 1, timeoutMS: 1000)
        var why = JobWhy(order, state: state, since: now, nodeID: state == .held ? NodeID(trusted: "node_1") : nil)
        why.reason = code.map { WaitingReason($0, "because") }
        return why
    }

    @Test("is told with the hub's own words while its jobs wait, one cause for each of the hub's reasons")
    func waiting() throws {
        let run = RunBuilder()
        let state = try #require(run.state)
        let job = try #require(state.jobs.first { $0.status == .enqueued })
        #expect(RunDoctor.patients(state) == [job.jobID])
        let expected: [(WaitingReason.Code, RunCause)] = [
            (.noNode, .noWorker), (.noneReady, .workersAway), (.noneCapable, .noSuitableWorker),
            (.tenantCap, .tenantCap), (.behindOthers, .workersBusy), (.allBusy, .workersBusy),
            (.nextInTurn, .moving), (.ticketOut, .moving),
        ]
        #expect(expected.count == WaitingReason.Code.allCases.count)
        for (code, cause) in expected {
            let witness = RunWitness(jobs: [job.jobID: why(job, .waiting, code)])
            #expect(try causes(run, witness) == [cause])
        }
        #expect(try causes(run, RunWitness(jobs: [job.jobID: why(job, .held)])) == [.working])
        #expect(try causes(run, RunWitness(jobs: [:])) == [.notDispatched])
        #expect(try causes(run, RunWitness(jobs: nil)) == [.hubSilent])
    }

    @Test("puts what weighs most first: a dead letter before a pause before a slot that is taken")
    func order() throws {
        var run = RunBuilder()
        let job = try #require(run.state?.jobs.first { $0.status == .enqueued })
        run.ask(.pause)
        var letter = DeadLetter(
            EventID(trusted: "evt_1"),
            DeathNotice(queue: "ainer.job.status.orchestrator", reason: "no", deliveries: 5, code: .dependencyDown),
            at: now)
        letter.runID = RunBuilder.runID
        let witness = RunWitness(jobs: [job.jobID: why(job, .waiting, .allBusy)], dead: [letter])
        let findings = RunDoctor.diagnose(try #require(run.state), witness, at: now).findings
        #expect(findings.map(\.cause) == [.deadLetter, .paused, .workersBusy])
        #expect(
            findings.map(\.remedy) == ["ainer dlq replay evt_1", "ainer resume \(RunBuilder.runID)", "ainer queues"])
        letter.state = .dropped
        #expect(try causes(run, RunWitness(jobs: [:], dead: [letter])) == [.paused, .notDispatched])
    }

    @Test("says of many jobs that one thing keeps how many they are")
    func many() throws {
        var run = RunBuilder()
        var dice = Dice(3)
        while run.jobs.count(where: { $0.status == .enqueued }) < 3 {
            run.succeed(dice.pick(run.jobs.filter { $0.status == .enqueued }))
        }
        let jobs = run.jobs.filter { $0.status == .enqueued }
        let pool = try #require(jobs.first).pool
        let same = jobs.filter { $0.pool == pool }
        let witness = RunWitness(
            jobs: Dictionary(uniqueKeysWithValues: jobs.map { ($0.jobID, why($0, .waiting, .noNode)) }))
        let findings = RunDoctor.diagnose(try #require(run.state), witness, at: now).findings
        #expect(findings.count == Set(jobs.map(\.pool)).count)
        if same.count > 1 { #expect(findings.contains { $0.message.hasSuffix("(and \(same.count - 1) more jobs)") }) }
    }

    @Test("asks nobody about a run that is over, and says how it ended")
    func over() throws {
        var run = RunBuilder()
        var dice = Dice(1)
        run.playToTheEnd(&dice)
        let state = try #require(run.state)
        #expect(RunDoctor.patients(state).isEmpty)
        #expect(try causes(run, RunWitness(jobs: nil)) == [state.status == .succeeded ? .succeeded : .failed])
        var stopped = RunBuilder()
        stopped.ask(.cancel)
        #expect(try causes(stopped) == [.canceled])
    }

    @Test("says when a failed job is tried again, and which gate waits for whom")
    func ownTimes() throws {
        var later = RunBuilder(wishing: { $0.startAfter = now + .seconds(60) })
        #expect(try causes(later) == [.startsLater])
        later.ask(.pause)
        let job = try #require(RunBuilder().state?.jobs.first { $0.status == .enqueued })
        var failing = RunBuilder()
        failing.tell(.failed(job.jobID, FailureReport(.executionFailed, "broke", owner: .workerLLM, retryable: true)))
        #expect(try causes(failing) == [.backoff])
    }
}
