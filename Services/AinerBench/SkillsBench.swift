// AinerBench · wiring · sees Contracts, Gold, Ports, Wire
import Contracts
import Foundation
import Gold

/// How well stories are understood, against what careful readers noted: twelve stories, four of which no rule was ever
/// tuned on. And what understanding costs.
enum SkillsBench {
    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        let stories = try GoldStory.all(in: "Tests/Skills/Stories")
        func scored(_ story: GoldStory) throws -> (GoldStory, Score) {
            (story, Score(try Understood(story.text, fileName: story.name), story.notes))
        }
        let scores = try stories.map(scored)
        let practice = try GoldStory.all(in: "Tests/Skills/Practice").map(scored)
        // For who tunes the rules; the strangers' faults are nobody's to look at.
        if ProcessInfo.processInfo.environment["AINER_SKILLS_REMARKS"] == "1" {
            for (story, score) in scores + practice where !story.isHeldOut {
                for remark in score.remarks { FileHandle.standardError.write(Data("\(story.name): \(remark)\n".utf8)) }
            }
        }
        var figures: [Figure] = []
        for (story, score) in scores + practice { figures += Self.figures("skills." + story.name, score) }
        figures += Self.figures("skills.tuned", .mean(scores.filter { !$0.0.isHeldOut }.map(\.1)))
        figures += Self.figures("skills.practice", .mean(practice.map(\.1)))
        figures += Self.figures("skills.held_out", .mean(scores.filter(\.0.isHeldOut).map(\.1)))
        return try figures + speed(of: stories.filter { $0.notes.language == "en" })
    }

    private static func figures(_ name: String, _ score: Score) -> [Figure] {
        [
            Figure(name: name + ".speakers", value: score.speakers, unit: "of the lines"),
            Figure(name: name + ".cast", value: score.cast, unit: "F1"),
            Figure(name: name + ".places", value: score.places, unit: "F1"),
            Figure(name: name + ".scenes", value: score.scenes, unit: "F1"),
        ]
    }

    /// The stories after one another as chapters, as often as it takes, each time with people of other names: a long text
    /// has a long cast.
    private static func speed(of stories: [GoldStory]) throws -> [Figure] {
        func milliseconds(words: Int) throws -> Double {
            var (text, count, turn) = ("", 0, 0)
            while count < words {
                let chapter = stories[turn % stories.count].renamed(turn / stories.count)
                text += chapter + "\n\n"
                count += chapter.split { $0.isWhitespace }.count
                turn += 1
            }
            let began = ContinuousClock.now
            _ = try Understood(text, fileName: "long")
            return (ContinuousClock.now - began) / .milliseconds(1)
        }
        let lengths = [3000, 10_000, 100_000]
        let times = try lengths.map(milliseconds)
        var figures = zip(lengths, times).map { words, time in
            Figure(name: "skills.plan of \(words) words", value: time, unit: "ms")
        }
        figures.append(Figure(name: "skills.plan 100,000 / 10,000 words", value: times[2] / times[1], unit: "times"))
        figures.append(Figure(name: "skills.memory at most", value: try mostMemory(), unit: "MB"))
        return figures
    }

    /// What this process has held at once, everything else of it included.
    private static func mostMemory() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Double(line.filter(\.isNumber)) ?? 0) / 1024
    }
}

extension GoldStory {
    /// The same story of other people: Mira is Miraka, and then Mirako.
    fileprivate func renamed(_ turn: Int) -> String {
        guard turn > 0 else { return text }
        let (vowels, heads) = (Array("aeiou"), Array("klmnrstvz"))
        let ending = "\(heads[turn % heads.count])\(vowels[turn / heads.count % vowels.count])"
        let names = Set(notes.cast.map(\.name)).filter { !$0.contains(" ") && $0.first?.isUppercase ?? false }
        return names.sorted().reduce(text) { $0.replacingOccurrences(of: $1, with: $1 + ending) }
    }
}
