// WorkerTests · tests · sees Contracts, Policies, WorkerKitCore
import Contracts
import Policies
import Testing
import WorkerKitCore

@Suite("What a worker notes")
struct JobJournalTests {
    private let start = Timestamp(microseconds: 1_000_000_000)
    private let lease = Duration.seconds(60)

    private func wake(_ attempt: Attempt) -> Duration? { AttemptMachine.wakes(attempt).map { $0 - start } }

    @Test("is told soon, but not sooner than three seconds after the last heartbeat")
    func soon() {
        let attempt = AttemptMachine.begin(at: start, lease: lease, limit: .seconds(600))
        #expect(wake(attempt) == .seconds(15))
        let early = AttemptMachine.decide(attempt, .noted, at: start + .seconds(1), lease: lease)
        #expect(early.effects.isEmpty && wake(early.state) == .seconds(3))
        let late = AttemptMachine.decide(attempt, .noted, at: start + .seconds(9), lease: lease)
        #expect(wake(late.state) == .seconds(9), "at once")
        let told = AttemptMachine.decide(late.state, .ticked, at: start + .seconds(9), lease: lease)
        #expect(told.effects == [.beat] && wake(told.state) == .seconds(24))
        let last = AttemptMachine.decide(attempt, .noted, at: start + .seconds(15), lease: lease)
        #expect(wake(last.state) == .seconds(15), "a heartbeat that is due is not put off")
    }

    @Test("moves nobody whose work is over")
    func over() {
        #expect(AttemptMachine.decide(.over, .noted, at: start, lease: lease) == Step(state: .over))
    }
}
