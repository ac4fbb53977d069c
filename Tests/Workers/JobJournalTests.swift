// WorkerTests · tests · sees Contracts, Policies, Wire, WorkerKitCore, WorkerKitShell
import Contracts
import Policies
import Testing
import Wire
import WorkerKitCore
import WorkerKitShell

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

    @Test("fits into a heartbeat, whatever is in it, and moves no cursor")
    func fits() throws {
        let family = "👩‍👩‍👧‍👦", clusters = "क्षि", colours = "\u{1B}[31mred\u{1B}[0m \"quoted\" C:\\new"
        for piece in [family, clusters, colours, "e" + String(repeating: "\u{301}", count: 300), "plain"] {
            let journal = JobJournal()
            journal.write(String(repeating: piece, count: 200))
            let line = try #require(journal.newest)
            #expect(try JSON.encode([line]).count <= 404 && !line.isEmpty)
            #expect(!line.unicodeScalars.contains("\u{1B}"))
        }
    }

    @Test("is kept from its beginning and to its end, a line a line")
    func kept() {
        let journal = JobJournal()
        #expect(journal.text == nil)
        for number in 0..<3000 { journal.write("line \(number)\n") }
        let lines = journal.text?.split(separator: "\n") ?? []
        #expect(lines.first == "line 0" && lines.last == "line 2999" && lines.count == 2001)
        #expect(lines[500] == "… 1000 lines are not kept")
    }

    @Test("moves nobody whose work is over")
    func over() {
        #expect(AttemptMachine.decide(.over, .noted, at: start, lease: lease) == Step(state: .over))
    }
}
