// AinerCLICore · pure · sees Contracts, Policies

extension Board {
    /// One line a row, for a terminal that can redraw them.
    package func lines() -> [String] { Row.allCases.map(line) }

    private func line(_ row: Row) -> String {
        guard let tally = tallies[row] else { return "" }
        let name = row.rawValue.padded(to: 9)
        guard let expected = tally.expected else { return "  \(name) \(Self.bar(0))        waiting for the story" }
        if expected == 0 { return "  \(name) \(Self.bar(1))        nobody speaks in the picture" }
        let percent = String(Int(tally.fraction * 100)).leftPadded(to: 3)
        return "  \(name) \(Self.bar(tally.fraction)) \(percent) %  \(words(row, tally, of: expected))"
    }

    private func words(_ row: Row, _ tally: Tally, of expected: Int) -> String {
        let noun =
            switch row {
            case .story: "steps"
            case .voices: "lines spoken"
            case .lips: "lines lip-synced"
            case .pictures: "shots drawn"
            case .film: tally.isDone ? "cut and mixed" : tally.underway.isEmpty ? "waiting for the shots" : "cutting"
            }
        return row == .film ? noun : "\(min(tally.done, expected)) of \(expected) \(noun)"
    }

    /// Ten cells in eighths.
    package static func bar(_ fraction: Double) -> String {
        let eighths = Int((min(1, max(0, fraction)) * 80).rounded(.down))
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        let filled = String(repeating: "█", count: eighths / 8) + partial
        return filled.padded(to: 10)
    }
}

extension String {
    package func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
    package func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
