// Gold · tests · sees Contracts, Ingest, Planning, Wire
import Contracts
import Ingest
import Planning

/// A story as the skills understand it, in the form the scorer compares.
package struct Understood: Sendable {
    let story: Story
    let entities: EntityPack
    let plan: ShotPlan

    package init(_ text: String, fileName: String) throws {
        let board = try Storyboard(try IngestStory.run(.init(text: text, fileName: fileName)), seed: 7)
        (story, entities, plan) = (board.story, board.entities, board.plan)
    }

    /// Everything the film says, letter by letter, each with who says it.
    var spoken: Letters<CharacterID> {
        Letters(plan.lines.map { ($0.text, $0.kind == .speech ? $0.speaker : .narrator) })
    }

    /// The whole text, letter by letter, each with the segment it stands in.
    var written: Letters<Int> { Letters(story.paragraphs.flatMap(\.segments).map { ($0.text, $0.ordinal) }) }

    /// The first segment of every scene but the first.
    var boundaries: [Int] { plan.scenes.dropFirst().compactMap { $0.shots.flatMap(\.segments).min() } }
}

/// A text reduced to its letters and digits, each with a mark: so neither quotation marks nor stops stand between a note
/// and what it is about.
struct Letters<Mark: Sendable>: Sendable {
    let letters: [Character]
    let marks: [Mark]

    init(_ pieces: [(text: String, mark: Mark)]) {
        var (letters, marks): ([Character], [Mark]) = ([], [])
        for (text, mark) in pieces {
            for letter in Self.plain(text) {
                letters.append(letter)
                marks.append(mark)
            }
        }
        (self.letters, self.marks) = (letters, marks)
    }

    static func plain(_ text: String) -> [Character] {
        text.lowercased().filter { $0.isLetter || $0.isNumber }.map { $0 }
    }

    /// Where a text stands, not before `start`.
    func find(_ text: String, from start: Int = 0) -> Range<Int>? {
        let wanted = Self.plain(text)
        guard !wanted.isEmpty, start + wanted.count <= letters.count else { return nil }
        for place in start...(letters.count - wanted.count) where letters[place] == wanted[0] {
            let range = place..<(place + wanted.count)
            if letters[range].elementsEqual(wanted) { return range }
        }
        return nil
    }
}
