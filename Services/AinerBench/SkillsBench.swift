// AinerBench · wiring · sees Contracts, Gold, Ports, Wire
import Contracts
import Foundation
import Gold

/// How well stories are understood, against what careful readers noted: twelve stories, four of which no rule was ever
/// tuned on. And what understanding costs.
enum SkillsBench {
    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        let stories = try GoldStory.all(in: "Tests/Skills/Stories")
        let scores = try stories.map { story in
            (story, Score(try Understood(story.text, fileName: story.name), story.notes))
        }
        // For who tunes the rules; the strangers' faults are nobody's to look at.
        if ProcessInfo.processInfo.environment["AINER_SKILLS_REMARKS"] == "1" {
            for (story, score) in scores where !story.isHeldOut {
                for remark in score.remarks { FileHandle.standardError.write(Data("\(story.name): \(remark)\n".utf8)) }
            }
        }
        var figures: [Figure] = []
        for (story, score) in scores { figures += Self.figures("skills." + story.name, score) }
        figures += Self.figures("skills.tuned", .mean(scores.filter { !$0.0.isHeldOut }.map(\.1)))
        figures += Self.figures("skills.held_out", .mean(scores.filter(\.0.isHeldOut).map(\.1)))
        return try figures + speed(of: stories.filter { $0.notes.language == "en" }.map(\.text))
    }

    private static func figures(_ name: String, _ score: Score) -> [Figure] {
        [
            Figure(name: name + ".speakers", value: score.speakers, unit: "of the lines"),
            Figure(name: name + ".cast", value: score.cast, unit: "F1"),
            Figure(name: name + ".places", value: score.places, unit: "F1"),
            Figure(name: name + ".scenes", value: score.scenes, unit: "F1"),
        ]
    }

    /// The stories after one another as chapters, as often as it takes.
    private static func speed(of texts: [String]) throws -> [Figure] {
        func milliseconds(words: Int) throws -> Double {
            var (text, count, turn) = ("", 0, 0)
            while count < words {
                text += texts[turn % texts.count] + "\n\n"
                count += texts[turn % texts.count].split { $0.isWhitespace }.count
                turn += 1
            }
            let began = ContinuousClock.now
            _ = try Understood(text, fileName: "long")
            return (ContinuousClock.now - began) / .milliseconds(1)
        }
        return try [3000, 10_000].map { words in
            Figure(name: "skills.plan of \(words) words", value: try milliseconds(words: words), unit: "ms")
        }
    }
}
