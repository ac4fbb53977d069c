// AinerCLICore · pure · sees Contracts, Policies
import Contracts

/// The sheet as lines of a terminal: no wider than it is, and readable from top to bottom.
extension PlanSheet {
    package func text(width: Int = 100) -> String {
        var lines = head
        lines += ["", "CAST"] + (cast.isEmpty ? ["  nobody: the narrator tells it alone"] : cast.map(Self.line))
        lines += ["", "PLACES"] + places.map { "  " + ($0.label.isEmpty ? $0.kind : $0.label) + Self.drawn($0) }
        for (number, scene) in scenes.enumerated() { lines += [""] + Self.lines(of: scene, number + 1, width) }
        return lines.joined(separator: "\n")
    }

    private var head: [String] {
        let shots = scenes.reduce(0) { $0 + $1.shots.count }
        let making = Self.clock(max(1000, estimatedMakingMS))
        return [
            "\(title) (\(language), \(Self.count(words, "word")), read by \(readBy))",
            "about \(Self.clock(estimatedMS)) of film in \(Self.count(scenes.count, "scene")) and "
                + "\(Self.count(shots, "shot")); about \(making) to make here, \(price)",
        ]
    }

    private var price: String {
        readBy == "rules" ? "at no cost" : "at no cost but what the model's provider takes"
    }

    private static func drawn(_ place: Place) -> String {
        let paragraphs = place.paragraphs.isEmpty ? "" : ", paragraphs \(ranges(place.paragraphs))"
        return place.label == place.kind || place.label.isEmpty ? paragraphs : ", drawn as \(place.kind)" + paragraphs
    }

    private static func line(_ member: Member) -> String {
        var parts = [
            member.gender == .other ? member.age.rawValue : "\(member.age.rawValue), \(member.gender.rawValue)",
            member.lines == 0 ? "says nothing" : count(member.lines, "line"),
        ]
        // "my mother" is hers who says it.
        let others = member.aliases.filter { alias in
            alias.lowercased() != member.name.lowercased()
                && !["my ", "your ", "our "].contains { alias.lowercased().hasPrefix($0) }
        }.prefix(3)
        if !others.isEmpty { parts.append("also " + others.joined(separator: ", ")) }
        parts += member.evidence.prefix(3).map { "“\($0.text)” (\($0.segment))" }
        return "  \(member.name): " + parts.joined(separator: "; ")
    }

    private static func lines(of scene: Scene, _ number: Int, _ width: Int) -> [String] {
        var head = ["SCENE \(number)", clock(scene.startMS), scene.place, scene.time]
        if scene.weather != "clear" { head.append(scene.weather) }
        if !scene.cast.isEmpty { head.append("with " + scene.cast.joined(separator: ", ")) }
        return [head.filter { !$0.isEmpty }.joined(separator: " · ")]
            + scene.shots.flatMap { lines(of: $0, width) }
    }

    private static func lines(of shot: Shot, _ width: Int) -> [String] {
        let seconds = "\(shot.durationMS / 1000).\(shot.durationMS % 1000 / 100) s"
        let look = [shot.size, shot.move == "static" ? "" : shot.move].filter { !$0.isEmpty }.joined(separator: ", ")
        let head = "  \(shot.shotID.rawValue)  \(seconds)  \(look.split(separator: "_").joined(separator: " "))"
        return [head]
            + shot.lines.map { line in
                cut("      " + (line.speaker.map { "\($0): “\(line.text)”" } ?? line.text), width)
            }
    }

    // MARK: small words

    private static func cut(_ text: String, _ width: Int) -> String {
        text.count <= width ? text : text.prefix(width - 1) + "…"
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }

    private static func clock(_ milliseconds: Int) -> String {
        let seconds = (milliseconds + 500) / 1000
        return "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
    }

    /// 1–4, 7.
    private static func ranges(_ numbers: [Int]) -> String {
        var spans: [(first: Int, last: Int)] = []
        for number in numbers.sorted() {
            if let last = spans.last, last.last + 1 == number {
                spans[spans.count - 1].last = number
            } else {
                spans.append((number, number))
            }
        }
        return spans.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)–\($0.last)" }.joined(separator: ", ")
    }
}
