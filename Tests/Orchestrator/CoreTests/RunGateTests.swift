// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies
import Testing

@Suite("A gate of a run")
struct RunGateTests {
    private static func gated(
        after stage: Stage, timeoutMS: Int? = nil, default decision: GateWish.Decision? = nil
    ) -> RunBuilder {
        RunBuilder(wishing: {
            $0.gates = [GateWish(gate: "look", after: stage, timeoutMS: timeoutMS, defaultDecision: decision)]
        })
    }

    /// Works until the run stops to ask, or is over.
    private static func reached(_ run: RunBuilder) -> RunBuilder {
        var run = run
        var dice = Dice(9)
        run.playToTheEnd(&dice)
        return run
    }

    private static func questions(_ run: RunBuilder) -> [ReviewRequested] {
        run.said { if case .asked(let word) = $0 { word } else { nil } }
    }

    @Test("stops it when its stage is done, and nothing beyond was begun", arguments: Stage.allCases)
    func asks(stage: Stage) {
        let run = Self.reached(Self.gated(after: stage))
        #expect(run.state?.status == .paused)
        #expect(Self.questions(run).map(\.gate) == ["look"])
        #expect(run.said { if case .paused(let word) = $0 { word } else { nil } }.count == 1)
        var needed = Set(run.jobs.filter { $0.stage <= stage }.map(\.jobID))
        for job in run.jobs.reversed() where needed.contains(job.jobID) { needed.formUnion(job.after) }
        #expect(run.jobs.allSatisfy { ($0.status == .succeeded) == needed.contains($0.jobID) })
        #expect(Set(run.orders.map(\.jobID)) == needed)
    }

    @Test("lets it go on to its end when somebody approves", arguments: Stage.allCases)
    func approve(stage: Stage) {
        var run = Self.reached(Self.gated(after: stage))
        run.answer(.approve)
        run = Self.reached(run)
        #expect(run.state?.status == .succeeded)
        #expect(run.state?.gates.map(\.status) == [.approved])
        #expect(run.state?.gates.first?.decidedBy == "user_1")
        #expect(run.said { if case .resumed(let word) = $0 { word } else { nil } }.count == 1)
        let before = run
        run.answer(.approve)
        #expect(run.state == before.state && run.effects == before.effects, "a second yes changes nothing")
        run.answer(.reject)
        #expect(run.state == before.state && run.refusal != nil, "and a no comes too late")
    }

    @Test("fails it when somebody says no, and a retry asks again")
    func reject() {
        var run = Self.reached(Self.gated(after: .plan))
        run.answer(.reject)
        #expect(run.state?.status == .failed)
        #expect(run.state?.failure?.errorCode == .reviewRejected)
        run.ask(.retry)
        run = Self.reached(run)
        #expect(run.state?.status == .paused && Self.questions(run).count == 2)
        run.answer(.approve)
        run = Self.reached(run)
        #expect(run.state?.status == .succeeded)
        #expect(run.state?.gates.map(\.status) == [.withdrawn, .approved])
    }

    @Test("decides by its default when nobody came in time", arguments: GateWish.Decision.allCases)
    func timeout(decision: GateWish.Decision) {
        var run = Self.reached(Self.gated(after: .plan, timeoutMS: 60_000, default: decision))
        #expect(run.state?.nextLook == run.now + .seconds(60))
        #expect(Self.questions(run).first?.deadlineAt == run.now + .seconds(60))
        run.wait(59)
        #expect(run.state?.status == .paused)
        run.wait(1)
        #expect(run.state?.gates.map(\.status) == [.expired])
        #expect(run.state?.status == (decision == .approve ? .running : .failed))
        #expect(run.state?.nextLook == nil)
    }

    @Test("waits for ever without a default")
    func patience() {
        var run = Self.reached(Self.gated(after: .plan, timeoutMS: 60_000))
        #expect(run.state?.nextLook == nil && Self.questions(run).first?.deadlineAt == nil)
        run.wait(1_000_000)
        #expect(run.state?.status == .paused)
    }

    @Test("is passed by nobody who only resumes, and a pause outlives its yes")
    func beside() {
        var run = Self.reached(Self.gated(after: .plan))
        run.ask(.resume)
        #expect(run.state?.status == .paused && run.refusal?.message.contains("gate look") == true)
        run.ask(.pause)
        run.answer(.approve)
        #expect(run.state?.status == .paused)
        run.ask(.resume)
        #expect(run.state?.status == .running)
    }

    @Test("answers nobody who asks for another gate, and is withdrawn when the run is canceled")
    func strangers() {
        var run = Self.reached(Self.gated(after: .plan, timeoutMS: 60_000, default: .approve))
        run.answer(.approve, at: "other")
        #expect(run.state?.status == .paused && run.refusal?.errorCode == .notFound)
        run.ask(.cancel)
        #expect(run.state?.status == .canceled && run.state?.gates.map(\.status) == [.withdrawn])
        run.answer(.approve)
        #expect(run.state?.status == .canceled)
    }

    @Test("is asked again when its stage is made anew, and keeps a run that is reopened")
    func anew() {
        var run = Self.reached(Self.gated(after: .plan))
        run.answer(.approve)
        run = Self.reached(run)
        run.ask(.rerun(from: .compose))
        #expect(run.state?.gates.map(\.status) == [.approved], "what was looked at is as it was")
        run = Self.reached(run)
        run.ask(.rerun(from: .plan))
        run = Self.reached(run)
        #expect(run.state?.status == .paused && Self.questions(run).count == 2)
    }
}
