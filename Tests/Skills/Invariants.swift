// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Entities
import Ingest
import Planning

/// What must hold for every plan of every text. Each check answers with what is wrong, or nothing.
struct Invariants {
    let desk: Desk

    func all() throws -> [String] {
        let timeline = try desk.timeline()
        return letters() + ordinals() + casts() + axes() + timing(timeline) + (try compiled(timeline))
            + (try subtitles(timeline))
            + jumpCuts()
    }

    // MARK: every letter is told

    private func letters(of text: String) -> String { String(text.filter { $0.isLetter || $0.isNumber }) }

    /// Story letters = letters of the lines + letters of dropped attributions, in order.
    func letters() -> [String] {
        let reading = Reading(desk.story, people: desk.entities.people, places: desk.entities.places)
        let told = reading.moments.filter { !$0.isBareAttribution }.map { letters(of: $0.segment.text) }.joined()
        let spoken = desk.plan.lines.map { letters(of: $0.text) }.joined()
        var faults = told == spoken ? [] : ["letters differ: told \(told.prefix(60))… spoken \(spoken.prefix(60))…"]
        for moment in reading.moments where moment.isBareAttribution && moment.isSpeech {
            faults.append("speech dropped: \(moment.segment.text)")
        }
        return faults
    }

    // MARK: names in order

    func ordinals() -> [String] {
        var faults: [String] = []
        let shots = desk.plan.shots
        for (index, shot) in shots.enumerated() where shot.shotID != ShotID(ordinal: index + 1) {
            faults.append("shot \(shot.shotID) stands at \(index + 1)")
        }
        for (index, line) in desk.plan.lines.enumerated() where line.lineID != LineID(ordinal: index + 1) {
            faults.append("line \(line.lineID) stands at \(index + 1)")
        }
        for (index, scene) in desk.plan.scenes.enumerated() where scene.sceneID != SceneID(ordinal: index + 1) {
            faults.append("scene \(scene.sceneID) stands at \(index + 1)")
        }
        if shots.flatMap(\.lines) != desk.plan.lines.map(\.lineID) {
            faults.append("lines are not each in one shot, in order")
        }
        if shots.contains(where: { $0.lines.count > 3 }) { faults.append("a shot with more than three lines") }
        let segments = Set(shots.flatMap(\.segments))
        let known = Set(desk.story.paragraphs.flatMap(\.segments).map(\.ordinal))
        if segments != known {
            faults.append("segments without a shot: \(known.subtracting(segments).sorted().prefix(5))")
        }
        if shots.first?.draft.text.title != desk.story.title { faults.append("the first shot bears no title") }
        return faults
    }

    // MARK: people

    func casts() -> [String] {
        var faults: [String] = []
        let known = Set(desk.entities.people.map(\.characterID))
        for shot in desk.plan.shots {
            let cast = shot.draft.cast.map(\.entityID)
            if cast.count > 8 { faults.append("\(shot.shotID) holds \(cast.count) people") }
            if Set(cast).count != cast.count { faults.append("\(shot.shotID) holds somebody twice") }
            if !known.isSuperset(of: cast) { faults.append("\(shot.shotID) holds a stranger") }
            for line in shot.lines.compactMap({ desk.plan.line($0) }) {
                if line.kind == .speech && !cast.contains(line.speaker) {
                    faults.append("\(line.lineID) is spoken off screen")
                }
                if (line.kind == .narration) != (line.speaker == .narrator) {
                    faults.append("\(line.lineID) has the wrong speaker")
                }
            }
            for actor in shot.draft.cast {
                if !(0...1).contains(actor.x ?? 0.5) { faults.append("\(shot.shotID): \(actor.label) stands outside") }
                if actor.gaze.hasPrefix(CharacterID.prefix), !cast.contains(where: { $0.rawValue == actor.gaze }) {
                    faults.append("\(shot.shotID): \(actor.label) looks at somebody who is not there")
                }
                if zip(actor.beats, actor.beats.dropFirst()).contains(where: { $0.atMS > $1.atMS }) {
                    faults.append("\(shot.shotID): beats out of order")
                }
            }
        }
        return faults
    }

    /// Left stays left: in every shot of a scene with both, the axis' left stands left of its right.
    func axes() -> [String] {
        var faults: [String] = []
        for scene in desk.plan.scenes {
            var sides: [CharacterID: [CharacterID: Bool]] = [:]
            for shot in scene.shots {
                let standing = shot.draft.cast.filter { actor in !actor.beats.contains { $0.toX != nil } }
                for one in standing {
                    for other in standing where other.entityID > one.entityID {
                        let isLeft = (one.x ?? 0) < (other.x ?? 0)
                        if let before = sides[one.entityID]?[other.entityID], before != isLeft {
                            faults.append("\(shot.shotID): \(one.label) and \(other.label) changed sides")
                        }
                        sides[one.entityID, default: [:]][other.entityID] = isLeft
                    }
                }
            }
        }
        return faults
    }

    /// Never the same people in the same size twice running.
    func jumpCuts() -> [String] {
        let shots = desk.plan.shots
        return zip(shots, shots.dropFirst()).compactMap { before, after in
            let one = before.draft.cast.map(\.entityID)
            let isSame =
                one == after.draft.cast.map(\.entityID) && before.draft.camera.framing == after.draft.camera.framing
            guard isSame, !one.isEmpty, before.draft.sceneID == after.draft.sceneID,
                before.draft.setting.placeID == after.draft.setting.placeID
            else { return nil }
            return
                "\(after.shotID) jumps: \(before.draft.camera.framing) of \(one.map(\.rawValue)), \(before.intent) then \(after.intent)"
        }
    }

    // MARK: time

    func timing(_ timeline: Timeline) -> [String] {
        var faults: [String] = []
        var frame = 0
        for (span, shot) in zip(timeline.shots, desk.plan.shots) {
            if span.firstFrame != frame { faults.append("\(span.shotID) begins at \(span.firstFrame), not \(frame)") }
            if span.frames * 1000 < shot.minimumMS * timeline.framesPerSecond {
                faults.append("\(span.shotID) is too short")
            }
            frame += span.frames
        }
        if timeline.shots.count != desk.plan.shots.count { faults.append("shots are missing on the timeline") }
        if timeline.frames != frame { faults.append("frames do not add up") }
        if timeline.lines.map(\.lineID) != desk.plan.lines.map(\.lineID) {
            faults.append("lines are missing on the timeline")
        }
        for (one, next) in zip(timeline.lines, timeline.lines.dropFirst()) where next.startMS < one.endMS + 250 {
            faults.append("\(next.lineID) follows too soon")
        }
        return faults
    }

    func compiled(_ timeline: Timeline) throws -> [String] {
        let shots = try desk.compiled(on: timeline)
        var faults: [String] = []
        for (shot, span) in zip(shots, timeline.shots) {
            let frames = (shot.timing.durationMS * timeline.framesPerSecond + 500) / 1000
            if frames != span.frames {
                faults.append("\(shot.shotID): \(shot.timing.durationMS) ms are not \(span.frames) frames")
            }
            if !(300...60_000).contains(shot.timing.durationMS) {
                faults.append("\(shot.shotID) lasts \(shot.timing.durationMS)")
            }
            if shot.seed >= 1 << 53 || shot.setting.placeSeed >= 1 << 53 {
                faults.append("\(shot.shotID): seed too large")
            }
            for line in shot.lines where line.startMS < 0 || line.endMS > shot.timing.durationMS {
                faults.append("\(shot.shotID): \(line.lineID) is heard outside its shot")
            }
            for beat in shot.cast.flatMap(\.beats) where !(0...shot.timing.durationMS).contains(beat.atMS) {
                faults.append("\(shot.shotID): a beat outside the shot")
            }
        }
        return faults
    }

    func subtitles(_ timeline: Timeline) throws -> [String] {
        let cues = try Subtitles.run(Subtitles.Input(plan: desk.plan, timeline: timeline))
        var faults: [String] = []
        for (one, next) in zip(cues, cues.dropFirst()) where next.startMS < one.endMS {
            faults.append("cue at \(next.startMS) begins before \(one.endMS)")
        }
        for cue in cues {
            let rows = cue.text.split(separator: "\n", omittingEmptySubsequences: false)
            let width = cue.text.contains(where: Language.isHan) ? 18 : 42
            if rows.count > 2 || rows.contains(where: { $0.count > width }) {
                faults.append("cue too large: \(cue.text)")
            }
            if cue.endMS <= cue.startMS { faults.append("cue without time: \(cue.text)") }
        }
        for line in desk.plan.lines {
            let shown = cues.filter { $0.lineID == line.lineID }.map { letters(of: $0.text) }.joined()
            if shown != letters(of: line.text) {
                faults.append("\(line.lineID) is not shown whole: \(shown.prefix(50))")
            }
        }
        return faults
    }
}
