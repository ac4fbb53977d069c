// Contracts · pure · sees nothing

/// What a page, a message and a stored row call a state or a move.
package protocol Worded: CaseIterable, Hashable, Sendable {
    var word: String { get }
}

extension Worded where Self: RawRepresentable, RawValue == String {
    package var word: String { rawValue }
}

/// A state machine as data: what may follow what, and why. Total: a move without a row is refused, never a trap.
package struct StateTable<State: Worded, Move: Worded>: Sendable {
    /// One legal move.
    package struct Row: Hashable, Sendable {
        package let from: State
        package let move: Move
        package let to: State
        package let meaning: String

        package init(_ from: State, _ move: Move, _ to: State, _ meaning: String) {
            self.from = from
            self.move = move
            self.to = to
            self.meaning = meaning
        }
    }

    package let name: String
    package let owner: Module
    package let start: State
    /// Where it may stay for good; a row that leaves one is a declared exit.
    package let finals: Set<State>
    package let rows: [Row]
    private let targets: [State: [Move: State]]

    package init(_ name: String, owner: Module, start: State, finals: Set<State>, rows: [Row]) {
        self.name = name
        self.owner = owner
        self.start = start
        self.finals = finals
        self.rows = rows
        targets = rows.reversed().reduce(into: [:]) { $0[$1.from, default: [:]][$1.move] = $1.to }
    }

    /// Where the move leads, or a refusal that says what would be legal here.
    package func after(_ state: State, _ move: Move) throws(FailureReport) -> State {
        guard let target = target(of: move, from: state) else { throw refusal(of: move, from: state) }
        return target
    }

    /// Where the move leads; `nil` when it is not legal here.
    package func target(of move: Move, from state: State) -> State? { targets[state]?[move] }

    /// Everything that may happen in a state, in the order of the table.
    package func legal(in state: State) -> [Row] { rows.filter { $0.from == state } }

    package func refusal(of move: Move, from state: State) -> FailureReport {
        let legal = legal(in: state).map(\.move.word)
        let choice = legal.isEmpty ? "nothing is legal here" : "legal here: \(legal.joined(separator: ", "))"
        return FailureReport(
            .illegalTransition, "\(name): \(move.word) is not legal in state \(state.word); \(choice)", owner: owner,
            nextStep: ErrorCode.illegalTransition.entry.nextStep)
    }
}

/// The machines of the house. Each table stands in a file of its own.
package enum StateMachines {}
