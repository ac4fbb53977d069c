// Picture · pure · sees Contracts, Policies
import Contracts

/// Who goes where, and who looks at whom.
extension Casting {
    /// Ways with a goal come from beats; a walk without one goes as far as the picture lets it.
    func send(_ performers: inout [Performer], _ index: Int, _ role: ShotDSL.Actor) {
        let leg = performers[index].figure.leg
        var goes = false
        let beats = orderedBeats(role)
        for (number, beat) in beats.enumerated() {
            guard let goal = beat.toX else { continue }
            let start = Double(beat.atMS) / 1000
            let end = number + 1 < beats.count ? Double(beats[number + 1].atMS) / 1000 : seconds
            let x = (0.5 + (clamp(goal, -0.1, 1.1) - 0.5) * breadth) * 1280
            let name = beat.pose ?? role.pose
            performers[index].travel.go(to: x, from: start, until: end, running: isRun(name), legLength: leg)
            goes = true
        }
        let pose = performers[index].poses[0].value
        guard pose.isTravelling, !goes else { return }
        wander(&performers[index], alone: isMovingTogether(performers))
    }

    private func orderedBeats(_ role: ShotDSL.Actor) -> [ShotDSL.Beat] {
        let last = Int(seconds * 1000)
        let kept = role.beats.prefix(64).map { beat in
            var kept = beat
            kept.atMS = min(max(0, beat.atMS), last)
            return kept
        }
        return kept.enumerated().sorted { ($0.element.atMS, $0.offset) < ($1.element.atMS, $1.offset) }.map(\.element)
    }

    private func isRun(_ word: String) -> Bool { Vocabularies.poses.find(word).meaning == .run }

    private func isMovingTogether(_ performers: [Performer]) -> Bool {
        performers.allSatisfy { $0.poses[0].value.isTravelling }
    }

    /// Half the way before the mark, half behind it; among people who stand it is only a step or two.
    private func wander(_ performer: inout Performer, alone: Bool) {
        let isRun = performer.poses[0].value == .run
        let natural = performer.figure.leg * (isRun ? 2.6 : 1.25) * seconds
        let way = min(natural, alone ? 620 * breadth : 150 * breadth)
        let side: Double = performer.facing == .left ? -1 : 1
        let middle = performer.travel.start
        let start = clamp(middle - side * way / 2, 90, 1190)
        let end = clamp(start + side * way, 60, 1220)
        performer.travel = Travel(at: start)
        performer.travel.go(
            to: end, from: 0, until: seconds, running: isRun, legLength: performer.figure.leg)
    }

    /// Poses, faces and looks that change on the way.
    mutating func direct(_ performer: inout Performer, _ actors: [ShotDSL.Actor], _ index: Int) {
        let role = actors[index]
        let path = "$.cast[\(index)]"
        performer.gazes = [Cue(at: 0, value: gaze(role.gaze, index, actors, at: path + ".gaze"))]
        if role.gaze.isEmpty { addTurnsOfTalk(&performer, index, actors) }
        for (number, beat) in orderedBeats(role).enumerated() {
            let at = Double(beat.atMS) / 1000
            let place = path + ".beats[\(number)]"
            if let word = beat.pose {
                let pose = Vocabularies.poses.read(word, at: place + ".pose", &record)
                performer.poses.append(Cue(at: at, value: pose))
            }
            if let word = beat.expression {
                let face = Vocabularies.expressions.read(word, at: place + ".expression", &record)
                performer.expressions.append(Cue(at: at, value: face))
            }
            if let word = beat.gaze {
                performer.gazes.append(Cue(at: at, value: gaze(word, index, actors, at: place + ".gaze")))
                performer.gazes.sort { $0.at < $1.at }
            }
        }
    }

    /// Who listens looks at who speaks.
    private func addTurnsOfTalk(_ performer: inout Performer, _ index: Int, _ actors: [ShotDSL.Actor]) {
        guard actors.count > 2 else { return }
        for line in dsl.lines where line.kind == .speech {
            guard let speaker = actors.firstIndex(where: { $0.entityID == line.speaker }), speaker != index else {
                continue
            }
            let start = Double(min(max(0, line.startMS), 3_600_000)) / 1000
            performer.gazes.append(Cue(at: start + 0.12, value: .person(speaker)))
        }
        performer.gazes.sort { $0.at < $1.at }
    }

    private mutating func gaze(_ word: String, _ index: Int, _ actors: [ShotDSL.Actor], at path: String) -> Gaze {
        switch word {
        case "": return partner(of: index, actors)
        case "forward": return .ahead
        case "up": return .up
        case "down": return .down
        case "back", "away": return .back
        case "camera": return .lens
        case "closed": return .closed
        default: break
        }
        if let other = actors.firstIndex(where: { $0.entityID.rawValue == word }) {
            return other == index ? .ahead : .person(other)
        }
        if let prop = dsl.props.first(where: { $0.id == word || $0.kind == word }) {
            let depth = clamp(prop.depth)
            return .spot(Point(clamp(prop.x) * 1280, Casting.ground - depth * place.rise - 70))
        }
        record.note(path, word, used: "the partner", .dangling)
        return partner(of: index, actors)
    }

    /// The nearest other person of the cast, by their number.
    private func partner(of index: Int, _ actors: [ShotDSL.Actor]) -> Gaze {
        guard actors.count > 1 else { return .ahead }
        if let speaker = dsl.lines.first(where: { $0.kind == .speech })?.speaker,
            let other = actors.firstIndex(where: { $0.entityID == speaker }), other != index
        {
            return .person(other)
        }
        return .person(index == 0 ? 1 : 0)
    }
}
