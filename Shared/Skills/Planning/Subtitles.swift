// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts

/// The lines as subtitles: short enough to read, on screen while they are heard.
package enum Subtitles {
    package struct Cue: Hashable, Sendable {
        package var startMS: Int
        package var endMS: Int
        package var text: String
    }

    private static let latinWidth = 42
    private static let hanWidth = 18

    package static func cues(of plan: ShotPlan, on timeline: Timeline) -> [Cue] {
        var cues: [Cue] = []
        for span in timeline.lines {
            guard let line = plan.line(span.lineID) else { continue }
            let blocks = blocks(of: line.text)
            let letters = max(1, blocks.reduce(0) { $0 + $1.count })
            var passed = 0
            for block in blocks {
                let from = span.startMS + (span.endMS - span.startMS) * passed / letters
                passed += block.count
                let until = span.startMS + (span.endMS - span.startMS) * passed / letters
                cues.append(Cue(startMS: from, endMS: until, text: block))
            }
        }
        return cues
    }

    package static func srt(of cues: [Cue]) -> String {
        cues.enumerated().map { index, cue in
            "\(index + 1)\n\(clock(cue.startMS)) --> \(clock(cue.endMS))\n\(cue.text)\n\n"
        }.joined()
    }

    /// At most two rows a block.
    private static func blocks(of text: String) -> [String] {
        let rows = rows(of: text)
        return stride(from: 0, to: rows.count, by: 2).map { rows[$0..<min(rows.count, $0 + 2)].joined(separator: "\n") }
    }

    private static func rows(of text: String) -> [String] {
        let isHan = text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
        let width = isHan ? hanWidth : latinWidth
        let pieces = isHan ? text.map(String.init) : text.split(whereSeparator: \.isWhitespace).map(String.init)
        var rows: [String] = []
        for piece in pieces {
            let joint = isHan ? "" : " "
            if let last = rows.last, last.count + joint.count + piece.count <= width {
                rows[rows.count - 1] = last + joint + piece
            } else {
                rows.append(piece)
            }
        }
        return rows
    }

    private static func clock(_ milliseconds: Int) -> String {
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000)
        return
            "\(padded(seconds / 3600, to: 2)):\(padded(seconds / 60 % 60, to: 2)):\(padded(seconds % 60, to: 2)),\(padded(rest, to: 3))"
    }
}
