// Contracts · pure · sees nothing

extension StateMachines {
    /// The page `docs/state-machines.md`, drawn from the tables.
    package static func page() -> String {
        """
        # State machines

        Drawn from the tables in `Contracts/States`; `AINER_DRAW_PAGES=1 ./ainer test --filter drawings` draws it anew, and
        a test compares. A move that has no row is refused with `ORCH-STATE-001`, which names the state, the move and what
        would be legal. What is late or repeated changes nothing. A row that leaves a final state is one of its declared
        exits. The diagrams leave out moves that stay where they are.

        \(chapter(stage, "The stage of a run", opening: stageWords))
        \(chapter(run, "A run", opening: runWords))
        \(chapter(job, "A job", opening: jobWords))
        \(chapter(lease, "A lease", opening: leaseWords))
        \(chapter(genesis, "A creation session", opening: genesisWords))
        """
    }

    private static let stageWords = """
        The lowest stage that has unfinished work. It only rises; it goes back when a patch and a compensation are on
        record, and not with less.
        """
    private static let runWords = "Moved by `RunMachine` in the orchestrator, and by nobody else."
    private static let jobWords = """
        The orchestrator's record of a job; the hub says what happened to it. A job that is made anew on a person's wish is
        a new job.
        """
    private static let leaseWords =
        "Moved by `LeaseMachine` in the hub. Whoever shows the newest token speaks for the job."
    private static let genesisWords = """
        Its moves are the 28 facts of `GenesisEvent`. A command is granted when its fact is legal. Which proposal is
        confirmed, how many rounds a stage takes and how good it must be is judged by the session, not by this table.
        """

    private static func chapter<State, Move>(
        _ table: StateTable<State, Move>, _ title: String, opening: String
    ) -> String {
        """
        ## \(title)

        \(opening)

        ```mermaid
        stateDiagram-v2
        \(table.diagram().map { "    " + $0 }.joined(separator: "\n"))
        ```

        | from | move | to | meaning |
        |---|---|---|---|
        \(table.cells().map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n"))

        """
    }
}

extension StateTable {
    /// Rows that differ only in where they come from, as one; also those that lead back to where they come from.
    private struct Group {
        let row: Row
        var from: [State]

        var staysPut: Bool { row.from == row.to }

        func takes(_ other: Row) -> Bool {
            other.move == row.move && other.meaning == row.meaning && (other.from == other.to) == staysPut
                && (staysPut || other.to == row.to)
        }
    }

    private var groups: [Group] {
        rows.reduce(into: []) { groups, row in
            if let known = groups.firstIndex(where: { $0.takes(row) }) {
                groups[known].from.append(row.from)
            } else {
                groups.append(Group(row: row, from: [row.from]))
            }
        }
    }

    /// More arrows than these for one move are told in a note.
    private static var mostArrows: Int { 4 }

    /// The lines of a Mermaid state diagram. Moves that stay where they are stand in the table only.
    package func diagram() -> [String] {
        let leading = groups.filter { !$0.staysPut }
        let arrows = leading.filter { $0.from.count <= Self.mostArrows }.flatMap { group in
            group.from.map { "\($0.word) --> \(group.row.to.word): \(group.row.move.word)" }
        }
        let notes = leading.filter { $0.from.count > Self.mostArrows }.map { group in
            "note right of \(group.row.to.word): \(group.row.move.word), from \(group.from.count) states"
        }
        return ["[*] --> \(start.word)"] + arrows + State.allCases.filter(finals.contains).map { "\($0.word) --> [*]" }
            + notes
    }

    /// The cells of the table, a row a group.
    package func cells() -> [[String]] {
        groups.map { group in
            let target = group.staysPut && group.from.count > 1 ? "the same" : "`\(group.row.to.word)`"
            return [sources(group.from), group.row.move.word, target, group.row.meaning]
        }
    }

    /// States by name; most of them by those that are missing.
    private func sources(_ states: [State]) -> String {
        func names(_ states: [State]) -> String { states.map { "`\($0.word)`" }.joined(separator: " ") }
        let others = State.allCases.filter { !states.contains($0) }
        return states.count > 2 * others.count ? "all but \(names(others))" : names(states)
    }
}
