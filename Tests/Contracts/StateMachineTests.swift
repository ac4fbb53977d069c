// ContractsTests · tests · sees Contracts, Policies, Wire
import Contracts
import Policies
import Testing

/// Ten thousand walks through each table, with every move tried, legal or not.
@Suite("State machines")
struct StateMachineTests {
    static let walks = 0..<10_000 as Range<UInt64>

    private struct Turn<State: Worded, Move: Worded> {
        let walk: UInt64
        let from: State
        let move: Move
        let to: State
    }

    /// Random moves from the start, each judged when it is granted. Answers how many were; tells the first bad one.
    private func walk<State, Move>(
        _ table: StateTable<State, Move>, steps: Int, isGood: (Turn<State, Move>) -> Bool
    ) -> Int {
        let moves = Array(Move.allCases)
        let legal = Dictionary(uniqueKeysWithValues: State.allCases.map { ($0, table.legal(in: $0)) })
        var granted = 0
        for seed in Self.walks {
            var dice = Dice(seed, table.name)
            var state = table.start
            for _ in 0..<steps {
                // Mostly legal moves, and seldom the last one, so that a walk gets far.
                let here = legal[state] ?? []
                let row = here.isEmpty || dice.next() < 0.3 ? nil : dice.pick(here)
                if let row, table.finals.contains(row.to), dice.next() < 0.9 { continue }
                let move = row?.move ?? dice.pick(moves)
                guard let next = table.target(of: move, from: state) else { continue }
                let turn = Turn(walk: seed, from: state, move: move, to: next)
                if !isGood(turn) {
                    Issue.record("walk \(seed): \(state.word), \(move.word), \(next.word)")
                    return granted
                }
                granted += 1
                state = next
            }
        }
        return granted
    }

    private func expectSound<State, Move>(_ table: StateTable<State, Move>) {
        let pairs = table.rows.map { "\($0.from.word)|\($0.move.word)" }
        #expect(Set(pairs).count == pairs.count, "\(table.name): a state and a move lead to one place")
        var reached: Set<State> = [table.start]
        while true {
            let more = Set(table.rows.filter { reached.contains($0.from) }.map(\.to)).subtracting(reached)
            if more.isEmpty { break }
            reached.formUnion(more)
        }
        #expect(reached == Set(State.allCases), "\(table.name): every state can be reached")
        #expect(table.rows.allSatisfy { !$0.meaning.isEmpty && !$0.meaning.contains("|") })
        for state in State.allCases where !table.finals.contains(state) {
            #expect(!table.legal(in: state).isEmpty, "\(table.name): \(state.word) is no dead end")
        }
    }

    @Test("have one target a move, no state out of reach and no dead end")
    func sound() {
        expectSound(StateMachines.stage)
        expectSound(StateMachines.run)
        expectSound(StateMachines.job)
        expectSound(StateMachines.lease)
        expectSound(StateMachines.genesis)
    }

    /// Every state with every move: what has no row is refused with words that help.
    private func expectTotal<State, Move>(_ table: StateTable<State, Move>) {
        for state in State.allCases {
            for move in Move.allCases {
                do throws(FailureReport) {
                    let target = try table.after(state, move)
                    #expect(table.rows.contains { $0.from == state && $0.move == move && $0.to == target })
                } catch {
                    #expect(error.errorCode == .illegalTransition && error.ownerModule == table.owner)
                    #expect(error.message.contains(state.word) && error.message.contains(move.word))
                    let legal = table.legal(in: state)
                    #expect(legal.allSatisfy { error.message.contains($0.move.word) && $0.move != move })
                }
            }
        }
    }

    @Test("answer every move in every state, and say what would be legal")
    func total() {
        expectTotal(StateMachines.stage)
        expectTotal(StateMachines.run)
        expectTotal(StateMachines.job)
        expectTotal(StateMachines.lease)
        expectTotal(StateMachines.genesis)
        let refusal = StateMachines.run.refusal(of: .resume, from: .queued)
        #expect(refusal.message == "run: resume is not legal in state queued; legal here: start, fail, cancel")
    }

    @Test("a stage only rises, except with a patch and a compensation on record")
    func stages() {
        let granted = walk(StateMachines.stage, steps: 40) { turn in
            switch turn.move {
            case .enter: turn.to > turn.from
            case .reopen(let stage, let records):
                records == .patchAndCompensation && turn.to == stage && turn.to < turn.from
            }
        }
        #expect(granted > 100_000)
        #expect(StateMachines.stage.target(of: .enter(.compose), from: .ingest) == nil)
        #expect(StateMachines.stage.target(of: .enter(.compose), from: .execute) == .compose)
        #expect(StateMachines.stage.target(of: .reopen(.plan, with: .patch), from: .video) == nil)
        #expect(StateMachines.stage.rows.count == 16 + 55)
    }

    @Test("a run that is over stays over, unless it is reopened, and a canceled one never is")
    func runs() {
        let granted = walk(StateMachines.run, steps: 30) { turn in
            (!turn.from.isFinal || turn.from != .canceled && turn.move == .reopen && turn.to == .running)
                && turn.to != .queued && (turn.to != .degraded || turn.from == .running)
        }
        #expect(granted > 50_000)
        #expect(StateMachines.run.finals == Set(RunStatus.allCases.filter(\.isFinal)))
    }

    @Test("a job that is over stays over, unless another try was granted, and nobody claims what was not ordered")
    func jobs() {
        let granted = walk(StateMachines.job, steps: 30) { turn in
            (!turn.from.isFinal || turn.from == .failed && turn.move == .retry && turn.to == .retrying)
                && (turn.to != .claimed || turn.from == .enqueued || turn.from == .claimed)
                && (turn.to != .running || turn.from == .claimed)
        }
        #expect(granted > 50_000)
        #expect(StateMachines.job.finals == Set(JobStatus.allCases.filter(\.isFinal)))
    }

    @Test("a settled lease is not held again without a new order and a new offer")
    func leases() {
        var walked: UInt64 = .max
        var before: LeaseMove?
        let granted = walk(StateMachines.lease, steps: 40) { turn in
            if turn.walk != walked { (walked, before) = (turn.walk, nil) }
            defer { before = turn.move }
            if turn.move == .start { return before == .offer && turn.to == .held }
            return turn.from != .settled || turn.move == .reorder && turn.to == .waiting
        }
        #expect(granted > 100_000)
    }

    @Test("a session confirms nothing that was not proposed and finishes only after six stages")
    func sessions() {
        var story = Story(walk: .max)
        var finished = 0
        let granted = walk(StateMachines.genesis, steps: 250) { turn in
            if story.walk != turn.walk { story = Story(walk: turn.walk) }
            if turn.move == .sessionFinished { finished += 1 }
            let isOver = turn.from == .finished || turn.from == .failed
            let stays = turn.move == .branchCreated && turn.to == turn.from
            return story.allows(turn.move, to: turn.to) && (!isOver || stays)
        }
        #expect(granted > 300_000)
        #expect(finished > 50, "only \(finished) walks came to the end")
    }

    /// What a session has heard in its present stage.
    private struct Story {
        let walk: UInt64
        private var facts: [GenesisEvent: Int] = [:]
        private var stages = 0

        init(walk: UInt64) { self.walk = walk }

        private static let needs: [GenesisEvent: GenesisEvent] = [
            .conceptConfirmed: .conceptProposed, .themeConfirmed: .themeProposed, .worldConfirmed: .worldProposed,
            .characterConfirmed: .characterProposed, .plotConfirmed: .plotProposed,
            .detailsConfirmed: .detailsGenerated, .themeRevised: .themeProposed, .worldUpdated: .worldProposed,
            .plotUpdated: .plotProposed, .characterUpdated: .characterProposed, .conceptProposed: .seedRequested,
            .themeProposed: .themeRequested, .worldProposed: .worldRequested, .characterProposed: .characterRequested,
            .plotProposed: .plotRequested, .detailsGenerated: .detailsRequested,
        ]

        /// Judges a fact by all that was heard before, not by the table.
        mutating func allows(_ fact: GenesisEvent, to state: GenesisState) -> Bool {
            var isGood = Self.needs[fact].map { facts[$0] != nil } ?? true
            let characters = facts[.characterConfirmed, default: 0]
            if fact == .characterNetworkCreated { isGood = isGood && characters >= 2 }
            if fact == .stageCompleted && state == .plotOpen {
                isGood = isGood && ((1...2).contains(characters) || facts[.characterNetworkCreated] != nil)
            }
            if fact == .sessionFinished { isGood = isGood && stages == 6 }
            facts[fact, default: 0] += 1
            if fact == .stageCompleted { (facts, stages) = ([:], stages + 1) }
            return isGood
        }
    }

    @Test("a session's facts are numbered without a gap, and a refused one changes nothing")
    func versions() {
        let events = GenesisEvent.allCases
        for seed in Self.walks {
            var dice = Dice(seed, "versions")
            var course = GenesisCourse()
            var heard = 0
            for _ in 0..<30 {
                let legal = StateMachines.genesis.legal(in: course.state).map(\.move)
                let event = dice.next() < 0.7 && !legal.isEmpty ? dice.pick(legal) : dice.pick(events)
                let number = course.version + dice.between(0, 2)
                let before = course
                do throws(FailureReport) {
                    try course.apply(event, version: number)
                    heard += 1
                    if number != before.version + 1 { Issue.record("number \(number) left a gap") }
                } catch {
                    if course != before { Issue.record("a refused fact changed \(before) to \(course)") }
                }
                if course.version != heard { Issue.record("\(heard) facts, version \(course.version)") }
            }
        }
    }

    @Test("a session offers the commands of its state and no others")
    func commands() throws {
        var course = GenesisCourse()
        #expect(course.commands == [.sessionStart])
        func play(_ events: [GenesisEvent]) throws {
            for event in events { try course.apply(event, version: course.version + 1) }
        }
        try play([.sessionStarted])
        #expect(Set(course.commands) == [.seedRequest, .sessionFail, .branchCreate])
        try play([.seedRequested, .conceptProposed])
        #expect(Set(course.commands) == [.seedRequest, .conceptConfirm, .sessionFail, .branchCreate])
        try play([.conceptConfirmed])
        #expect(Set(course.commands) == [.stageComplete, .sessionFail, .branchCreate])
        try play([.stageCompleted, .themeRequested, .themeProposed, .themeConfirmed])
        #expect(
            Set(course.commands) == [
                .themeRequest, .themeRevise, .themeConfirm, .stageComplete, .sessionFail, .branchCreate,
            ])
        try play([.sessionFailed])
        #expect(course.commands == [.branchCreate])
    }
}
