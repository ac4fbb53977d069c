// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts

/// Skill 20: puts the drafts on the final clock, so that every backend can draw from them.
package enum CompileDSL {
    package struct Input: Codable, Hashable, Sendable {
        package var plan: ShotPlan
        package var timeline: Timeline
        package var continuity: Continuity

        package init(plan: ShotPlan, timeline: Timeline, continuity: Continuity) {
            self.plan = plan
            self.timeline = timeline
            self.continuity = continuity
        }
    }

    /// One DSL for each shot, in the order of the film. Mouths stay shut here: the lip track comes by itself.
    package static func run(_ input: Input) throws(FailureReport) -> [ShotDSL] {
        let spans = Dictionary(input.timeline.shots.map { ($0.shotID, $0) }) { first, _ in first }
        let lines = Dictionary(input.timeline.lines.map { ($0.lineID, $0) }) { first, _ in first }
        let looks = Set(input.continuity.profiles.map(\.characterID))
        var compiled: [ShotDSL] = []
        for shot in input.plan.shots {
            guard let span = spans[shot.shotID] else {
                // Somebody left it out.
                if input.timeline.isChanged { continue }
                throw refusal("shot \(shot.shotID) is not on the timeline", "Assemble the timeline from this plan.")
            }
            if let stranger = shot.draft.cast.first(where: { !looks.contains($0.entityID) }) {
                throw refusal(
                    "\(stranger.label.isEmpty ? stranger.entityID.rawValue : stranger.label) in shot \(shot.shotID) has no look",
                    "Resolve continuity for all people of the plan.")
            }
            compiled.append(try compile(shot, span, lines, input.timeline.framesPerSecond))
        }
        return compiled
    }

    private static func compile(
        _ shot: Shot, _ span: ShotSpan, _ lines: [LineID: LineSpan], _ fps: Int
    ) throws(FailureReport) -> ShotDSL {
        var dsl = shot.draft
        let start = AssembleTimeline.milliseconds(span.firstFrame, fps)
        // From the frames, so that a reader who counts frames from milliseconds finds the same number.
        dsl.timing.durationMS = AssembleTimeline.milliseconds(span.frames, fps)
        dsl.timing.fps = fps
        dsl.seed &= Settings.seedMask
        let estimated = dsl.lines
        for index in dsl.lines.indices {
            guard let line = lines[dsl.lines[index].lineID] else {
                throw refusal(
                    "line \(dsl.lines[index].lineID) is not on the timeline", "Assemble the timeline from this plan.")
            }
            dsl.lines[index].startMS = max(0, line.startMS - start)
            dsl.lines[index].endMS = max(dsl.lines[index].startMS, line.endMS - start)
        }
        let clock = Reclocking(
            estimated: estimated, real: dsl.lines, draftMS: shot.draft.timing.durationMS, realMS: dsl.timing.durationMS)
        for index in dsl.timing.anchors.indices {
            dsl.timing.anchors[index].atMS = clock.real(dsl.timing.anchors[index].atMS)
        }
        for index in dsl.cast.indices {
            for beat in dsl.cast[index].beats.indices {
                dsl.cast[index].beats[beat].atMS = clock.real(dsl.cast[index].beats[beat].atMS)
            }
            talk(&dsl.cast[index], lines: dsl.lines)
        }
        return dsl
    }

    /// Whoever stands and speaks moves their hands while they do.
    private static func talk(_ actor: inout ShotDSL.Actor, lines: [ShotDSL.SpokenLine]) {
        for line in lines where line.speaker == actor.entityID && line.kind == .speech {
            let standing = pose(of: actor, at: line.startMS) == "stand"
            let changes = actor.beats.contains { $0.pose != nil && $0.atMS > line.startMS && $0.atMS < line.endMS }
            guard standing, !changes else { continue }
            actor.beats.append(ShotDSL.Beat(atMS: max(0, line.startMS - 80), pose: "talk"))
            let taken = actor.beats.contains { $0.pose != nil && $0.atMS >= line.endMS && $0.atMS < line.endMS + 600 }
            if !taken { actor.beats.append(ShotDSL.Beat(atMS: line.endMS + 120, pose: "stand")) }
        }
        actor.beats = inTime(actor.beats)
    }

    private static func pose(of actor: ShotDSL.Actor, at time: Int) -> String {
        inTime(actor.beats).last { $0.atMS <= time && $0.pose != nil }?.pose ?? actor.pose
    }

    /// In order of time; beats of one moment keep the order they were written in.
    private static func inTime(_ beats: [ShotDSL.Beat]) -> [ShotDSL.Beat] {
        beats.enumerated().sorted { ($0.element.atMS, $0.offset) < ($1.element.atMS, $1.offset) }.map(\.element)
    }

    private static func refusal(_ cause: String, _ nextStep: String) -> FailureReport {
        FailureReport(.planValidation, "Compiling the shots: \(cause).", owner: .planner, nextStep: nextStep)
    }
}

/// Carries moments from the estimated clock of a draft to the real one: what happened half through a line still does.
struct Reclocking {
    private var knots: [(draft: Int, real: Int)] = [(0, 0)]

    init(estimated: [ShotDSL.SpokenLine], real: [ShotDSL.SpokenLine], draftMS: Int, realMS: Int) {
        for (before, after) in zip(estimated, real) {
            add(before.startMS, after.startMS)
            add(before.endMS, after.endMS)
        }
        add(draftMS, realMS)
    }

    private mutating func add(_ draft: Int, _ real: Int) {
        guard let last = knots.last, draft > last.draft, real >= last.real else { return }
        knots.append((draft, real))
    }

    func real(_ moment: Int) -> Int {
        guard let next = knots.firstIndex(where: { $0.draft >= moment }), next > 0 else {
            return moment <= 0 ? 0 : knots.last?.real ?? 0
        }
        let low = knots[next - 1]
        let high = knots[next]
        let share = Double(moment - low.draft) / Double(high.draft - low.draft)
        return low.real + Int(share * Double(high.real - low.real))
    }
}
