// Planning · pure · sees Contracts, Policies, Ingest, Entities
package import Contracts

/// Skill 06: puts shots and lines on the film's clock, from the lengths the voices really have.
package enum AssembleTimeline {
    package struct Input: Codable, Hashable, Sendable {
        package var plan: ShotPlan
        package var takes: [TakeTiming]
        package var fps: Int

        package init(plan: ShotPlan, takes: [TakeTiming], fps: Int) {
            self.plan = plan
            self.takes = takes
            self.fps = fps
        }
    }

    private static let leadIn = 450
    private static let sceneLeadIn = 1000
    private static let betweenSpeakers = 380
    private static let sameSpeaker = 260
    private static let padding = 300
    private static let lastHold = 1500

    package static func run(_ input: Input) throws(FailureReport) -> Timeline {
        var timeline = Timeline(framesPerSecond: input.fps, shots: [], lines: [])
        let firstShots = Set(input.plan.scenes.compactMap(\.shots.first?.shotID))
        let shots = input.plan.shots
        for (index, shot) in shots.enumerated() {
            let firstFrame = timeline.frames
            let start = firstFrame * 1000 / input.fps
            var clock = firstShots.contains(shot.shotID) ? sceneLeadIn : leadIn
            var last: CharacterID?
            for id in shot.lines {
                let (speaker, length) = try length(of: id, in: input)
                if let last { clock += last == speaker ? sameSpeaker : betweenSpeakers }
                timeline.lines.append(
                    LineSpan(lineID: id, shotID: shot.shotID, startMS: start + clock, endMS: start + clock + length))
                clock += length
                last = speaker
            }
            let wanted = max(shot.minimumMS, clock + padding) + (index == shots.count - 1 ? lastHold : 0)
            let frames = (wanted * input.fps + 999) / 1000
            timeline.shots.append(ShotSpan(shotID: shot.shotID, firstFrame: firstFrame, frames: frames))
        }
        return timeline
    }

    /// A take with nothing in it still gets the time its subtitle needs to be read.
    private static func length(of id: LineID, in input: Input) throws(FailureReport) -> (CharacterID, Int) {
        guard let line = input.plan.line(id), let take = input.takes.first(where: { $0.lineID == id }) else {
            throw FailureReport(
                .planValidation, "line \(id) has no take, so the film has no clock for it", owner: .planner,
                nextStep: "look at the synth_audio job of \(id)")
        }
        return (line.speaker, take.durationMS > 0 ? take.durationMS : max(700, line.text.count * 60))
    }
}
