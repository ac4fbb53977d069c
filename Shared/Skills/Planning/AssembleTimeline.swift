// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts

/// Skill 06: when everything happens, from the lengths the voices really have.
package enum AssembleTimeline {
    package struct Input: Codable, Hashable, Sendable {
        package var plan: ShotPlan
        package var takes: [TakeTiming]
        package var fps: Int

        package init(plan: ShotPlan, takes: [TakeTiming], fps: Int = 24) {
            self.plan = plan
            self.takes = takes
            self.fps = fps
        }
    }

    /// The silences of a film, in milliseconds.
    enum Pause {
        /// Before the first line of a scene.
        static let scene = 1000
        /// Before the first words after a picture without any.
        static let afterSilence = 400
        /// Before a shot's first line, after a shot that spoke; with the pad it makes a pause of 450.
        static let turn = 150
        /// The same where narration is on one side.
        static let narration = 300
        /// Between two lines of one shot, by one speaker and by two.
        static let breath = 300
        static let speakers = 400
        /// After the last word of a shot.
        static let pad = 300
        /// The last picture stays.
        static let end = 1500
        /// Under the name of the film nobody speaks at once.
        static let title = 1200
    }

    private static let longestShot = 60_000

    /// Whole frames, shot after shot. A line whose take is empty keeps the time it takes to read it.
    package static func run(_ input: Input) throws(FailureReport) -> Timeline {
        guard [12, 24, 25, 30].contains(input.fps) else {
            throw refusal(.requestValidation, "\(input.fps) frames a second", "Use 12, 24, 25 or 30.")
        }
        let lengths = try lengths(of: input)
        let lines = Dictionary(input.plan.lines.map { ($0.lineID, $0) }) { first, _ in first }
        var timeline = Timeline(framesPerSecond: input.fps, shots: [], lines: [])
        let shots = input.plan.scenes.flatMap { scene in scene.shots.map { (scene: scene.sceneID, shot: $0) } }
        var previous: (scene: SceneID, shot: Shot)?
        var frame = 0
        for (index, entry) in shots.enumerated() {
            let start = milliseconds(frame, input.fps)
            let lead = lead(
                entry.shot, opensScene: previous?.scene != entry.scene, after: previous?.shot, lines)
            let (spans, spoken) = place(entry.shot, from: start, lead: lead, lengths, lines)
            let isLast = index == shots.count - 1
            let wanted = max(spoken, entry.shot.minimumMS) + (isLast ? Pause.end : 0)
            guard wanted <= longestShot else {
                throw refusal(
                    .planValidation,
                    "shot \(entry.shot.shotID) would last \(wanted / 1000) seconds, and 60 is the most",
                    "Shorten the sentences of its lines \(entry.shot.lines.map(\.rawValue).joined(separator: ", ")).")
            }
            let frames = (wanted * input.fps + 999) / 1000
            timeline.shots.append(ShotSpan(shotID: entry.shot.shotID, firstFrame: frame, frames: frames))
            timeline.lines += spans
            frame += frames
            previous = entry
        }
        return timeline
    }

    /// The exact start of a frame, rounded to the nearest millisecond.
    static func milliseconds(_ frame: Int, _ fps: Int) -> Int { (frame * 1000 + fps / 2) / fps }

    private static func lengths(of input: Input) throws(FailureReport) -> [LineID: Int] {
        var takes: [LineID: Int] = [:]
        for take in input.takes { takes[take.lineID] = max(0, take.durationMS) }
        var lengths: [LineID: Int] = [:]
        var missing: [String] = []
        for line in input.plan.lines {
            guard let take = takes[line.lineID] else {
                missing.append(line.lineID.rawValue)
                continue
            }
            lengths[line.lineID] = take > 0 ? take : Estimate.reading(line.text)
        }
        guard missing.isEmpty else {
            let names =
                missing.prefix(12).joined(separator: ", ")
                + (missing.count > 12 ? " and \(missing.count - 12) more" : "")
            throw refusal(
                .planValidation, "nobody has spoken \(names)", "Speak the missing lines, then assemble again.")
        }
        return lengths
    }

    private static func lead(_ shot: Shot, opensScene: Bool, after previous: Shot?, _ lines: [LineID: Line]) -> Int {
        if !shot.draft.text.title.isEmpty { return Pause.title }
        // A silent picture has already opened the scene.
        if opensScene { return Pause.scene }
        guard let previous, !previous.lines.isEmpty else { return Pause.afterSilence }
        let ends = previous.lines.last.flatMap { lines[$0] }
        let begins = shot.lines.first.flatMap { lines[$0] }
        return ends?.kind == .speech && begins?.kind == .speech ? Pause.turn : Pause.narration
    }

    /// The lines of one shot on the film's clock, and how long they make the shot.
    private static func place(
        _ shot: Shot, from start: Int, lead: Int, _ lengths: [LineID: Int], _ lines: [LineID: Line]
    ) -> (spans: [LineSpan], length: Int) {
        var spans: [LineSpan] = []
        var time = start + lead
        var speaker: CharacterID?
        for id in shot.lines {
            let line = lines[id]
            if let speaker { time += speaker == line?.speaker ? Pause.breath : Pause.speakers }
            let end = time + (lengths[id] ?? 0)
            spans.append(LineSpan(lineID: id, shotID: shot.shotID, startMS: time, endMS: end))
            time = end
            speaker = line?.speaker
        }
        return (spans, spans.isEmpty ? 0 : time - start + Pause.pad)
    }

    private static func refusal(_ code: ErrorCode, _ cause: String, _ nextStep: String) -> FailureReport {
        FailureReport(code, "Assembling the timeline: \(cause).", owner: .planner, nextStep: nextStep)
    }
}
