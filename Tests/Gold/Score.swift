// Gold · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts

/// How far the understanding of a story agrees with its notes.
///
/// - speakers: the share of the noted lines whose letters are spoken, for the most part, by the person the notes name.
///   A line that nobody speaks, or the narrator, is wrong.
/// - cast, places: F1 of the two sets of canonical names. A name is right when the notes have it for that person or place,
///   as the name or as another word for them, whatever its article; of two names for one, one is wrong.
/// - scenes: F1 of where scenes begin, after the first. A boundary is right within one segment of a noted one that no
///   other boundary has taken.
package struct Score: Sendable {
    package var speakers: Double
    package var cast: Double
    package var places: Double
    package var scenes: Double
    /// What was wrong, for who tunes the rules.
    package var remarks: [String]

    package init(_ understood: Understood, _ notes: GoldNotes) {
        let cast = NameMatch(understood.entities.people.map(\.name), notes.cast)
        let places = NameMatch(understood.entities.places.map(\.label), notes.places)
        let speakers = SpeakerMatch(understood, notes)
        let scenes = SceneMatch(understood, notes)
        self.cast = cast.f1
        self.places = places.f1
        self.speakers = speakers.share
        self.scenes = scenes.f1
        remarks =
            cast.remarks.map { "cast: " + $0 } + places.remarks.map { "places: " + $0 }
            + speakers.remarks.map { "speakers: " + $0 } + scenes.remarks.map { "scenes: " + $0 }
    }

    private init(speakers: Double, cast: Double, places: Double, scenes: Double) {
        (self.speakers, self.cast, self.places, self.scenes, remarks) = (speakers, cast, places, scenes, [])
    }

    /// Each story counts the same.
    package static func mean(_ scores: [Score]) -> Score {
        func mean(_ part: (Score) -> Double) -> Double {
            scores.isEmpty ? 0 : scores.map(part).reduce(0, +) / Double(scores.count)
        }
        return Score(
            speakers: mean(\.speakers), cast: mean(\.cast), places: mean(\.places), scenes: mean(\.scenes))
    }

    static func f1(right: Int, found: Int, noted: Int) -> Double {
        found + noted == 0 ? 1 : 2 * Double(right) / Double(found + noted)
    }
}

extension GoldNotes.Named {
    func isCalled(_ other: String) -> Bool {
        ([name] + aliases).contains { Self.bare($0) == Self.bare(other) }
    }

    private static let articles: Set<String> = [
        "the", "a", "an", "his", "her", "my", "our", "their", "its", "this", "that",
    ]

    /// Without article, case and marks.
    private static func bare(_ name: String) -> [Character] {
        let words = name.lowercased().split { $0 == " " || $0 == "-" }
        return Letters<Int>.plain(words.drop { articles.contains(String($0)) }.joined())
    }
}

/// Names found against names noted.
private struct NameMatch {
    let f1: Double
    let remarks: [String]

    init(_ found: [String], _ noted: [GoldNotes.Named]) {
        var left = noted
        var extra: [String] = []
        for name in found {
            if let index = left.firstIndex(where: { $0.isCalled(name) }) {
                left.remove(at: index)
            } else {
                extra.append(name)
            }
        }
        f1 = Score.f1(right: noted.count - left.count, found: found.count, noted: noted.count)
        remarks = extra.map { "\"\($0)\" is one too many" } + left.map { "\"\($0.name)\" is missing" }
    }
}

/// Who speaks each noted line.
private struct SpeakerMatch {
    let share: Double
    let remarks: [String]

    init(_ understood: Understood, _ notes: GoldNotes) {
        let spoken = understood.spoken
        var cursor = 0
        var right = 0
        var remarks: [String] = []
        for line in notes.lines {
            guard let range = spoken.find(line.text, from: cursor) else {
                remarks.append("\"\(line.text)\" is not in the film")
                continue
            }
            cursor = range.upperBound
            let speaker = Self.most(spoken.marks[range])
            let name = understood.entities.people.first { $0.characterID == speaker }?.name
            let noted = notes.cast.first { $0.name == line.speaker }
            if let name, let noted, noted.isCalled(name) {
                right += 1
            } else {
                remarks.append("\"\(line.text)\" is \(line.speaker)'s, not \(name ?? "the narrator's")")
            }
        }
        share = notes.lines.isEmpty ? 1 : Double(right) / Double(notes.lines.count)
        self.remarks = remarks
    }

    /// Who has most of the letters; of equals the first.
    private static func most(_ marks: ArraySlice<CharacterID>) -> CharacterID {
        var counts: [CharacterID: Int] = [:]
        for mark in marks { counts[mark, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? .narrator
    }
}

/// Where scenes begin.
private struct SceneMatch {
    let f1: Double
    let remarks: [String]

    init(_ understood: Understood, _ notes: GoldNotes) {
        let written = understood.written
        var remarks: [String] = []
        var left: [(segment: Int, opening: String)] = notes.scenes.dropFirst().compactMap { opening in
            guard let range = written.find(opening) else {
                remarks.append("\"\(opening)\" is not in the text")
                return nil
            }
            return (written.marks[range.lowerBound], opening)
        }
        let noted = notes.scenes.dropFirst().count
        let found = understood.boundaries
        var right = 0
        for boundary in found {
            if let index = left.firstIndex(where: { abs($0.segment - boundary) <= 1 }) {
                left.remove(at: index)
                right += 1
            } else {
                let text = understood.story.paragraphs.flatMap(\.segments).first { $0.ordinal == boundary }?.text ?? ""
                remarks.append("no scene begins at \"\(text.prefix(50))\"")
            }
        }
        remarks += left.map { "a scene begins at \"\($0.opening)\"" }
        f1 = Score.f1(right: right, found: found.count, noted: noted)
        self.remarks = remarks
    }
}
