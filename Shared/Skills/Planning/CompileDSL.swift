// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts

/// Skill 20: the final word on every shot, its length and its lines exact.
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

    package static func run(_ input: Input) throws(FailureReport) -> [ShotDSL] {
        var shots: [ShotDSL] = []
        for shot in input.plan.shots {
            guard let span = input.timeline.shots.first(where: { $0.shotID == shot.shotID }) else {
                throw FailureReport(
                    .planValidation, "shot \(shot.shotID) is not on the timeline", owner: .planner,
                    nextStep: "the plan and the timeline are of different versions: run again")
            }
            shots.append(compile(shot, span, input))
        }
        return shots
    }

    private static func compile(_ shot: Shot, _ span: ShotSpan, _ input: Input) -> ShotDSL {
        let fps = input.timeline.framesPerSecond
        var dsl = shot.draft
        // Rounded up to the millisecond, so that reading it back gives exactly these frames.
        dsl.timing = ShotDSL.Timing(durationMS: (span.frames * 1000 + fps - 1) / fps, fps: fps)
        let start = span.firstFrame * 1000 / fps
        dsl.lines = shot.lines.compactMap { id in
            guard let line = input.plan.line(id), let heard = input.timeline.lines.first(where: { $0.lineID == id })
            else {
                return nil
            }
            return ShotDSL.SpokenLine(
                lineID: id, speaker: line.speaker, text: line.text, startMS: heard.startMS - start,
                endMS: heard.endMS - start, kind: line.kind)
        }
        return dsl
    }
}
