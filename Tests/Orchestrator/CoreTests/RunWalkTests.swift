// OrchestratorTests · tests · sees Contracts, OrchestratorCore, Policies
import Contracts
import OrchestratorCore
import Policies
import Testing

/// Anything may be asked at any time, and anything may be heard, late or twice.
@Suite("Ten thousand facts and wishes")
struct RunWalkTests {
    @Test("break none of a run's promises")
    func promises() {
        var seen: Set<String> = []
        for seed in 0..<200 as Range<UInt64> {
            var dice = Dice(seed, "wishes")
            var run = RunBuilder(wishing: { Self.wish(&$0, &dice) })
            var watch = Watch(of: run)
            for _ in 0..<50 {
                Self.happen(to: &run, &dice)
                if let fault = watch.fault(in: run) { return _ = Issue.record("walk \(seed): \(fault)") }
            }
            #expect(Set(run.orders.map { "\($0.jobID)/\($0.attempt)" }).count == run.orders.count)
            seen.formUnion(watch.seen)
        }
        let wanted: Set = [
            "queued-running", "queued-canceled", "queued-failed", "running-paused", "running-failed",
            "running-canceled", "running-succeeded", "paused-running", "paused-failed", "paused-canceled",
            "failed-running", "succeeded-running",
        ]
        #expect(seen.isSuperset(of: wanted), "the walks went everywhere but \(wanted.subtracting(seen))")
    }

    static func wish(_ spec: inout TaskSpec, _ dice: inout Dice) {
        if dice.next() < 0.3 { spec.deadlineMS = dice.between(1, 60) * 1000 }
        if dice.next() < 0.3 { spec.startAfter = Timestamp(microseconds: Int64(dice.between(0, 60)) * 1_000_000) }
        guard dice.next() < 0.6 else { return }
        spec.gates = (0..<dice.between(1, 2)).map { number in
            GateWish(
                gate: number == 0 ? "look" : "listen", after: dice.pick(Stage.allCases),
                timeoutMS: dice.next() < 0.5 ? 30_000 : nil, defaultDecision: dice.pick([.approve, .reject, nil]))
        }
    }

    static func happen(to run: inout RunBuilder, _ dice: inout Dice) {
        let known = run.jobs + (run.state?.retired ?? [])
        let job = dice.pick(known)
        let open = run.jobs.filter { $0.status == .enqueued || $0.status == .claimed }
        switch dice.between(0, 19) {
        case 0: run.tell(.claimed(job.jobID))
        case 1: run.tell(.failed(job.jobID, dice.next() < 0.3 ? RunMachineTests.fault : RunMachineTests.mishap))
        case 2, 3: run.wait(dice.between(0, 9))
        case 4: run.ask(.pause)
        case 5, 6: run.ask(.resume)
        case 7: run.ask(.retry)
        case 8: run.ask(.rerun(from: dice.pick(Stage.allCases)))
        case 9: run.ask(.regenerate([ShotID(ordinal: dice.between(1, 4))]))
        case 10: if dice.next() < 0.1 { run.ask(.cancel) }
        case 11, 12: run.answer(dice.next() < 0.9 ? .approve : .reject, at: dice.pick(["look", "listen"]))
        default: run.succeed(open.isEmpty ? job : dice.pick(open))
        }
    }

    /// Looks at each step and remembers what it needs of the last.
    private struct Watch {
        private static let rows = Set(StateMachines.run.rows.map { "\($0.from)-\($0.to)" })
        private(set) var seen: Set<String> = []
        private var last: RunBuilder

        init(of run: RunBuilder) { last = run }

        mutating func fault(in run: RunBuilder) -> String? {
            defer { last = run }
            guard let before = last.state, let after = run.state else { return "the run is gone" }
            if before.status != after.status { seen.insert("\(before.status)-\(after.status)") }
            let new = Array(run.effects[last.effects.count...])
            let isAmended = new.contains { if case .amended = $0 { true } else { false } }
            return statusFault(before, after, new) ?? orderFault(before, after, new)
                ?? progressFault(run, isAmended) ?? stateFault(after)
        }

        /// Every end is told once and moves are rows; a wish and its result may be two of them.
        private func statusFault(_ before: RunState, _ after: RunState, _ new: [RunEffect]) -> String? {
            let ends = new.count {
                switch $0 {
                case .succeeded, .failed, .canceled: true
                default: false
                }
            }
            let isEnd = after.status.isFinal && !before.status.isFinal
            if ends != (isEnd ? 1 : 0) { return "\(before.status) to \(after.status) was told by \(ends) ends" }
            guard before.status != after.status else { return nil }
            let row = "\(before.status)-\(after.status)"
            let isTwoRows =
                Self.rows.contains("\(before.status)-running") && Self.rows.contains("running-\(after.status)")
            return Self.rows.contains(row) || isTwoRows ? nil : "\(row) is no row"
        }

        private func orderFault(_ before: RunState, _ after: RunState, _ new: [RunEffect]) -> String? {
            let orders = new.count {
                switch $0 {
                case .ordered, .reordered: true
                default: false
                }
            }
            guard orders > 0, !after.isAtWork else { return nil }
            // What was ready may be handed out in the moment in which a gate asks.
            return before.isAtWork && after.status == .paused && !after.isHeld ? nil : "an order while \(after.status)"
        }

        private func progressFault(_ run: RunBuilder, _ isAmended: Bool) -> String? {
            func progress(_ run: RunBuilder) -> Double {
                run.said { if case .progressed(let word) = $0 { word.progress } else { nil } }.last ?? 0
            }
            return isAmended || progress(run) >= progress(last) ? nil : "progress fell to \(progress(run))"
        }

        private func stateFault(_ state: RunState) -> String? {
            if (state.status == .failed) != (state.failure != nil) {
                return "\(state.status) with a failure, or without"
            }
            let isStopped = state.isHeld || state.gates.contains(where: \.isWaiting)
            if (state.status == .paused) != isStopped { return "\(state.status), though held is \(isStopped)" }
            if !state.retired.allSatisfy(\.status.isFinal) { return "a retired job is at work" }
            if state.status.isFinal && !state.jobs.allSatisfy(\.status.isFinal) { return "over, and a job is not" }
            let places = Dictionary(uniqueKeysWithValues: state.jobs.enumerated().map { ($1.jobID, $0) })
            for (index, job) in state.jobs.enumerated() {
                if !job.after.allSatisfy({ places[$0, default: .max] < index }) { return "\(job.jobID) before its own" }
            }
            return nil
        }
    }
}
