// WorkerKitCore · pure · sees Contracts, Policies
package import Contracts

/// How graphics cards are, read from what their own program prints: a line a card, values with commas between.
package enum GPUReading {
    /// What the program is asked for, in the order in which `loads` reads it.
    package static let question = [
        "--query-gpu=name,utilization.gpu,memory.used,memory.total,temperature.gpu", "--format=csv,noheader,nounits",
    ]

    /// A value that a card does not know is left out; a line that is no card at all is skipped.
    package static func loads(in text: String) -> [GPULoad] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
            guard cells.count == 5, !cells[0].isEmpty else { return nil }
            var load = GPULoad(name: String(cells[0].prefix(128)))
            load.utilization = number(cells[1]).map { min(1, max(0, $0 / 100)) }
            load.memoryUsedBytes = number(cells[2]).map(bytes)
            load.memoryTotalBytes = number(cells[3]).map(bytes)
            load.temperatureC = number(cells[4]).flatMap { $0 <= 1000 ? $0 : nil }
            return load
        }
    }

    private static func trimmed(_ cell: Substring) -> String {
        var rest = cell.drop { $0.isWhitespace }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// `[N/A]` and the like are none. No card has a petabyte, and none is as hot as the sun.
    private static func number(_ cell: String) -> Double? {
        Double(cell).flatMap { (-100...1_000_000_000).contains($0) ? $0 : nil }
    }

    /// The program counts in mebibytes.
    private static func bytes(_ mebibytes: Double) -> Int64 { Int64(max(0, mebibytes)) * 1_048_576 }
}
