// SkillsTests · tests · sees Contracts, Gold
import Contracts
import Foundation
import Gold
import Testing

@Suite("What stories are understood to say")
struct GoldTests {
    private static let folder =
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Stories").path()

    @Test("is noted for eight English and four Chinese stories, of which four are strangers to every rule")
    func corpus() throws {
        let stories = try GoldStory.all(in: Self.folder)
        #expect(stories.count { $0.notes.language == "en" } == 8)
        #expect(stories.count { $0.notes.language == "zh" } == 4)
        #expect(stories.count(where: \.isHeldOut) == 4)
        for story in stories {
            let names = Set(story.notes.cast.map(\.name))
            #expect(names.isSuperset(of: story.notes.lines.map(\.speaker)), "\(story.name) names its speakers")
            for line in story.notes.lines { #expect(story.text.contains(line.text), "\(story.name): \(line.text)") }
            for opening in story.notes.scenes {
                #expect(story.text.ranges(of: opening).count == 1, "\(story.name): \(opening)")
            }
        }
    }

    @Test("counts a noted line as wrong when another says it, the narrator, or nobody")
    func speakers() throws {
        let text = "# A Test\n\n\"Wait,\" said Mara. \"It is cold.\"\n\n\"Come in,\" said Tom.\n"
        #expect(try score(text, ["Mara", "Mara", "Tom"]).speakers == 1)
        #expect(try score(text, ["Tom", "Mara", "Tom"]).speakers == 2 / 3)
        var notes = notes(["Mara", "Mara", "Tom"])
        notes.lines[2].text = "Come out,"
        #expect(try Score(Understood(text, fileName: "a"), notes).speakers == 2 / 3)
        #expect(
            try Score(Understood("# A Test\n\nWait, it is cold. Come in. Mara and Tom went.\n", fileName: "a"), notes)
                .speakers == 0)
    }

    @Test("counts a name once, whatever its article, and every name too many against it")
    func names() throws {
        let text = "# A Test\n\n\"Wait,\" said Mara. \"It is cold.\"\n\n\"Come in,\" said Tom.\n"
        #expect(try score(text, ["Mara", "Mara", "Tom"]).cast == 1)
        var notes = notes(["Mara", "Mara", "Tom"])
        notes.cast.append(.init(name: "Ann", aliases: []))
        #expect(try Score(Understood(text, fileName: "a"), notes).cast == 0.8)
        notes.cast = [.init(name: "the girl", aliases: ["Mara"])]
        #expect(abs(try Score(Understood(text, fileName: "a"), notes).cast - 2 / 3) < 1e-9)
    }

    private func score(_ text: String, _ speakers: [String]) throws -> Score {
        try Score(Understood(text, fileName: "a"), notes(speakers))
    }

    private func notes(_ speakers: [String]) -> GoldNotes {
        GoldNotes(
            language: "en", cast: ["Mara", "Tom"].map { .init(name: $0, aliases: []) }, places: [],
            lines: zip(["Wait,", "It is cold.", "Come in,"], speakers).map { .init(text: $0, speaker: $1) },
            scenes: ["\"Wait,\" said"])
    }
}
