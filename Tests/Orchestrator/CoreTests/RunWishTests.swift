// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies
import Testing

@Suite("What somebody asks of a run")
struct RunWishTests {
    /// A run in each status, come by in an honest way; nothing makes a run degraded yet.
    static func run(_ status: RunStatus) -> RunBuilder {
        var run =
            status == .queued
            ? RunBuilder(wishing: { $0.startAfter = Timestamp(microseconds: 1 << 50) }) : RunBuilder()
        guard status != .queued else { return run }
        run.succeed(.ingestStory)
        switch status {
        case .queued, .running, .degraded: break
        case .paused: run.ask(.pause)
        case .canceled: run.ask(.cancel)
        case .failed:
            if let job = run.job(.planSceneShots) { run.tell(.failed(job.jobID, RunMachineTests.fault)) }
        case .succeeded:
            var dice = Dice(1)
            run.playToTheEnd(&dice)
        }
        return run
    }

    /// Every status with every wish: where it leads, or nil where it is refused.
    static let table: [(RunStatus, RunWish, RunStatus?)] = {
        let shot = RunWish.regenerate([ShotID(ordinal: 1)])
        return [
            (.queued, .cancel, .canceled), (.queued, .pause, nil), (.queued, .resume, nil), (.queued, .retry, nil),
            (.queued, .rerun(from: .ingest), nil), (.queued, shot, nil),
            (.running, .cancel, .canceled), (.running, .pause, .paused), (.running, .resume, .running),
            (.running, .retry, nil), (.running, .rerun(from: .ingest), .running), (.running, shot, nil),
            (.paused, .cancel, .canceled), (.paused, .pause, .paused), (.paused, .resume, .running),
            (.paused, .retry, nil), (.paused, .rerun(from: .ingest), .paused), (.paused, shot, nil),
            (.succeeded, .cancel, nil), (.succeeded, .pause, nil), (.succeeded, .resume, nil),
            (.succeeded, .retry, nil), (.succeeded, .rerun(from: .audio), .running), (.succeeded, shot, .running),
            (.failed, .cancel, nil), (.failed, .pause, nil), (.failed, .resume, nil), (.failed, .retry, .running),
            (.failed, .rerun(from: .ingest), .running), (.failed, shot, nil),
            (.canceled, .cancel, .canceled), (.canceled, .pause, nil), (.canceled, .resume, nil),
            (.canceled, .retry, nil), (.canceled, .rerun(from: .ingest), nil), (.canceled, shot, nil),
        ]
    }()

    @Test("is granted or refused by its status, and what is refused changes nothing", arguments: table)
    func everyStatusWithEveryWish(status: RunStatus, wish: RunWish, target: RunStatus?) {
        var run = Self.run(status)
        #expect(run.state?.status == status)
        let before = run
        run.ask(wish)
        #expect(run.state?.status == target ?? status)
        if target == nil {
            #expect(run.state == before.state)
            #expect(run.refusal != nil && run.effects.count == before.effects.count + 1)
        } else {
            #expect(run.refusal == nil)
        }
    }

    @Test("of a run that does not exist is refused")
    func stranger() {
        let step = RunMachine.decide(nil, .asked(.cancel, Asker()), on: Occasion(at: RunBuilder().now, chance: 1))
        #expect(step.state == nil)
        guard case .refused? = step.effects.first else { return fail("nobody said no") }
    }

    // MARK: cancel

    @Test("stops it once: every job is canceled, those that were ordered are told, and late results are harmless")
    func cancel() {
        var run = Self.run(.running)
        let ordered = Set(run.orders.map(\.jobID)).subtracting(
            run.jobs.filter { $0.status == .succeeded }.map(\.jobID))
        guard let open = run.jobs.first(where: { $0.status == .enqueued }) else { return fail("nothing is open") }
        run.tell(.claimed(open.jobID))
        run.ask(.cancel, reason: "wrong story")
        #expect(run.jobs.allSatisfy { $0.status == .canceled || $0.status == .succeeded })
        let told = run.said { if case .jobCanceled(let word) = $0 { word.head.jobID } else { nil } }
        #expect(Set(told) == ordered && told.count == ordered.count)
        let ends = run.said { if case .canceled(let word) = $0 { word } else { nil } }
        #expect(ends.map(\.reason) == ["wrong story"])
        let before = run
        run.succeed(open)
        run.tell(.failed(open.jobID, RunMachineTests.mishap))
        run.ask(.cancel)
        run.wait(60)
        #expect(run.state == before.state && run.effects == before.effects)
    }

    // MARK: pause and resume

    @Test("pauses it: nothing new is handed out, what is under way is kept, and resuming hands out what became ready")
    func pause() {
        var run = RunBuilder()
        run.ask(.pause, reason: "lunch")
        run.ask(.pause)
        #expect(run.said { if case .paused(let word) = $0 { word.reason } else { nil } } == ["lunch"])
        let orders = run.orders.count
        run.succeed(.ingestStory)
        #expect(run.job(.ingestStory)?.status == .succeeded)
        #expect(run.orders.count == orders)
        run.ask(.resume)
        run.ask(.resume)
        #expect(run.orders.count > orders)
        #expect(run.said { if case .resumed(let word) = $0 { word } else { nil } }.count == 1)
        var dice = Dice(2)
        run.playToTheEnd(&dice)
        #expect(run.state?.status == .succeeded)
    }

    @Test("pauses retries too: their time may pass, they start when it is resumed")
    func pausedRetry() {
        var run = RunBuilder()
        guard let job = run.job(.ingestStory)?.jobID else { return fail("no first job") }
        run.tell(.failed(job, RunMachineTests.mishap))
        run.ask(.pause)
        run.wait(100)
        #expect(run.orders.count == 1)
        run.ask(.resume)
        #expect(run.orders.map(\.attempt) == [1, 2])
    }

    @Test("lets it end when it is resumed, though its last job was done in the pause")
    func lastJobInThePause() {
        var run = Self.run(.running)
        var dice = Dice(5)
        while run.job(.composeFinal)?.status != .enqueued {
            guard let open = run.jobs.first(where: { $0.status == .enqueued }) else { return fail("it stands still") }
            run.succeed(open)
        }
        run.ask(.pause)
        run.succeed(.composeFinal)
        #expect(run.state?.status == .paused)
        run.ask(.resume)
        #expect(run.state?.status == .succeeded)
        run.playToTheEnd(&dice)
        #expect(run.said { if case .succeeded(let word) = $0 { word } else { nil } }.count == 1)
    }

    // MARK: the clock

    @Test("by a deadline: it fails when that has passed, and its workers are stopped")
    func deadline() {
        var run = RunBuilder(wishing: { $0.deadlineMS = 60_000 })
        #expect(run.state?.nextLook == run.now + .seconds(60))
        run.wait(59)
        #expect(run.state?.status == .running)
        run.wait(1)
        #expect(run.state?.status == .failed && run.state?.nextLook == nil)
        #expect(run.state?.failure?.errorCode == .orchestrationTimeout)
        #expect(run.said { if case .jobCanceled(let word) = $0 { word } else { nil } }.count == 1)
        let failed = run.said { if case .failed(let word) = $0 { word } else { nil } }
        #expect(failed.count == 1 && failed.first?.jobID == nil)
    }

    @Test("by a deadline holds for one that is paused or has not begun too", arguments: [true, false])
    func deadlineOfTheIdle(isPaused: Bool) {
        var run = RunBuilder(wishing: {
            $0.deadlineMS = 1000
            if !isPaused { $0.startAfter = Timestamp(microseconds: 1 << 50) }
        })
        if isPaused { run.ask(.pause) }
        run.wait(1)
        #expect(run.state?.failure?.errorCode == .orchestrationTimeout)
    }

    @Test("by a start: it is queued and orders nothing before, and begins then")
    func startAfter() {
        let start = RunBuilder().now + .seconds(10)
        var run = RunBuilder(wishing: { $0.startAfter = start })
        #expect(run.state?.status == .queued && run.state?.nextLook == start)
        #expect(run.said { if case .created(let word) = $0 { word.startAfter } else { nil } } == [start])
        run.wait(9)
        #expect(run.orders.isEmpty)
        run.wait(1)
        #expect(run.state?.status == .running && run.state?.nextLook == nil)
        #expect(run.orders.map(\.jobType) == [.ingestStory])
        #expect(run.said { if case .resumed(let word) = $0 { word } else { nil } }.count == 1)
    }

    @Test("by a start that has passed begins at once")
    func startInThePast() {
        let run = RunBuilder(wishing: { $0.startAfter = Timestamp(microseconds: 1) })
        #expect(run.state?.status == .running && run.orders.count == 1)
    }
}

private func fail(_ what: Comment) { Issue.record(what) }
