// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts
import Ingest

/// The lines as text under the picture.
package enum Subtitles {
    package struct Input: Codable, Hashable, Sendable {
        package var plan: ShotPlan
        package var timeline: Timeline

        package init(plan: ShotPlan, timeline: Timeline) {
            self.plan = plan
            self.timeline = timeline
        }
    }

    package struct Cue: Codable, Hashable, Sendable {
        package var lineID: LineID
        package var startMS: Int
        package var endMS: Int
        /// One line or two, with a line feed between.
        package var text: String

        package enum CodingKeys: String, CodingKey {
            case lineID = "line_id"
            case startMS = "start_ms"
            case endMS = "end_ms"
            case text
        }

        package init(lineID: LineID, startMS: Int, endMS: Int, text: String) {
            self.lineID = lineID
            self.startMS = startMS
            self.endMS = endMS
            self.text = text
        }
    }

    /// Cues in time, never two at once; every line is covered.
    package static func run(_ input: Input) throws(FailureReport) -> [Cue] {
        let texts = Dictionary(input.plan.lines.map { ($0.lineID, $0.text) }) { first, _ in first }
        let spans = input.timeline.lines.sorted { ($0.startMS, $0.lineID) < ($1.startMS, $1.lineID) }
        var cues: [Cue] = []
        for (index, span) in spans.enumerated() {
            guard let text = texts[span.lineID] else { continue }
            let next = index + 1 < spans.count ? spans[index + 1].startMS : input.timeline.durationMS
            // Words may stay a little after the voice, if nobody else begins.
            let end = max(span.endMS, min(span.endMS + 500, next - 80))
            cues += self.cues(for: text, from: span, until: end)
        }
        return cues
    }

    private static func cues(for text: String, from span: LineSpan, until end: Int) -> [Cue] {
        let pages = Caption.pages(of: text)
        let weights = pages.map { max(1, Estimate.speech($0)) }
        let whole = max(1, weights.reduce(0, +))
        var cues: [Cue] = []
        var spoken = 0
        for (order, page) in pages.enumerated() {
            let start = span.startMS + (span.endMS - span.startMS) * spoken / whole
            spoken += weights[order]
            let stop = order == pages.count - 1 ? end : span.startMS + (span.endMS - span.startMS) * spoken / whole
            cues.append(Cue(lineID: span.lineID, startMS: start, endMS: max(start + 1, stop), text: page))
        }
        return cues
    }

    /// The cues as an SRT file.
    package static func srt(_ cues: [Cue]) -> String {
        cues.enumerated().map { index, cue in
            "\(index + 1)\n\(clock(cue.startMS)) --> \(clock(cue.endMS))\n\(cue.text)\n"
        }.joined(separator: "\n")
    }

    private static func clock(_ milliseconds: Int) -> String {
        let value = max(0, milliseconds)
        return padded(value / 3_600_000, to: 2) + ":" + padded(value / 60_000 % 60, to: 2) + ":"
            + padded(value / 1000 % 60, to: 2) + "," + padded(value % 1000, to: 3)
    }
}

/// Text in the measure of a subtitle.
enum Caption {
    static let latinWidth = 42
    static let hanWidth = 18

    /// Pages of at most two lines.
    static func pages(of text: String) -> [String] {
        let lines = lines(of: text)
        guard lines.count > 2 else { return [balanced(text, lines)] }
        return stride(from: 0, to: lines.count, by: 2).map {
            lines[$0..<min($0 + 2, lines.count)].joined(separator: "\n")
        }
    }

    /// Two lines of like length read better than a full one and a stump.
    private static func balanced(_ text: String, _ lines: [String]) -> String {
        guard lines.count == 2, !text.contains(where: Language.isHan) else { return lines.joined(separator: "\n") }
        let words = text.split(separator: " ").map(String.init)
        var best = lines
        for cut in words.indices.dropFirst() {
            let pair = [words[..<cut].joined(separator: " "), words[cut...].joined(separator: " ")]
            guard pair.allSatisfy({ $0.count <= latinWidth }) else { continue }
            if abs(pair[0].count - pair[1].count) < abs(best[0].count - best[1].count) { best = pair }
        }
        return best.joined(separator: "\n")
    }

    private static func lines(of text: String) -> [String] {
        let isHan = text.contains(where: Language.isHan)
        let width = isHan ? hanWidth : latinWidth
        var lines: [String] = []
        var line = ""
        for word in units(of: text, isHan: isHan, width: width) {
            let both = line.isEmpty ? word.text : line + (word.isSpaced ? " " : "") + word.text
            if both.count <= width || line.isEmpty {
                line = both
            } else {
                lines.append(line)
                line = word.text
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines.isEmpty ? [text] : lines
    }

    /// What may not be torn: words, and Han characters with the marks after them.
    private static func units(of text: String, isHan: Bool, width: Int) -> [(text: String, isSpaced: Bool)] {
        var units: [(text: String, isSpaced: Bool)] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            var isSpaced = true
            var part = ""
            for character in word {
                let breaks = isHan && Language.isHan(character) || part.count >= width
                if breaks, !part.isEmpty {
                    units.append((part, isSpaced))
                    isSpaced = false
                    part = ""
                }
                part.append(character)
            }
            if !part.isEmpty { units.append((part, isSpaced)) }
        }
        return units
    }
}
