// Contracts · pure · sees nothing

extension Stage: Worded {}

/// What was written down before a run goes back.
package enum Records: String, CaseIterable, Hashable, Sendable {
    case nothing
    case patch
    case compensation
    case patchAndCompensation = "patch and compensation"
}

/// How a run may come to another stage.
package enum StageMove: Worded {
    case enter(Stage)
    /// Back to an earlier stage, with these records.
    case reopen(Stage, with: Records)

    package static let allCases: [StageMove] =
        Stage.allCases.map(StageMove.enter)
        + Stage.allCases.flatMap { stage in Records.allCases.map { .reopen(stage, with: $0) } }

    package var word: String {
        switch self {
        case .enter(let stage): "enter \(stage.rawValue)"
        case .reopen(let stage, let records): "reopen \(stage.rawValue) with \(records.rawValue)"
        }
    }
}

extension StateMachines {
    /// The stage of a run. Work of a later stage may run early; the stage is the lowest that has unfinished work.
    package static let stage = StateTable<Stage, StageMove>(
        "stage", owner: .orchestrator, start: .ingest, finals: [.observe], rows: forward + backward)

    private typealias StageRow = StateTable<Stage, StageMove>.Row

    private static let forward: [StageRow] =
        zip(Stage.allCases, Stage.allCases.dropFirst()).map { from, to in
            StageRow(from, .enter(to), to, "nothing of an earlier stage is unfinished")
        } + skips.map { from, to in StageRow(from, .enter(to), to, "the stages between have no work") }

    private static let skips: [(Stage, Stage)] = [
        (.execute, .video), (.execute, .lipsync), (.execute, .compose), (.audio, .lipsync), (.audio, .compose),
        (.video, .compose),
    ]

    private static let backward: [StageRow] = Stage.allCases.flatMap { to in
        Stage.allCases.filter { $0 > to }.map { from in
            StageRow(
                from, .reopen(to, with: .patchAndCompensation), to,
                "earlier work is done again; a patch and a compensation are on record")
        }
    }
}
