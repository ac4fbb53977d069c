// Sound · pure · sees Contracts, Policies
package import Contracts
import Policies

extension CueSheet {
    /// The cue sheet of a planned film. Lines are heard from where their speakers stand, places sound like what is drawn,
    /// and what the story says is heard is heard when it is said.
    package init(plan: ShotPlan, timeline: Timeline, seed: UInt64) {
        let rate = max(1, timeline.framesPerSecond)
        let lines = timeline.lines.map { span in
            LineCue(
                lineID: span.lineID, startMS: span.startMS, endMS: span.endMS,
                pan: plan.line(span.lineID).map { Self.pan(of: $0, in: span.shotID, of: plan) } ?? 0,
                level: plan.line(span.lineID).map(Speech.level) ?? 0)
        }
        let scenes = Self.scenes(of: plan, timeline)
        self.init(
            seconds: Double(timeline.frames) / Double(rate), seed: seed,
            culture: plan.scenes.first?.setting.culture ?? "",
            lines: lines, scenes: scenes,
            effects: Self.told(in: plan, timeline) + Self.storms(in: scenes))
    }

    /// The narrator is everywhere; others are half as far to a side as they stand in the picture.
    private static func pan(of line: Line, in shot: ShotID, of plan: ShotPlan) -> Double {
        guard line.kind == .speech, line.speaker != .narrator else { return 0 }
        let cast = plan.shots.first { $0.shotID == shot }?.draft.cast ?? []
        guard let place = cast.firstIndex(where: { $0.entityID == line.speaker }) else { return 0 }
        let standing = cast[place].x ?? (Double(place) + 0.5) / Double(cast.count)
        return (standing - 0.5) * 0.8
    }

    /// A scene lasts from its first shot to the first of the next one.
    private static func scenes(of plan: ShotPlan, _ timeline: Timeline) -> [SceneCue] {
        let rate = max(1, timeline.framesPerSecond)
        var starts: [ShotID: Int] = [:]
        for span in timeline.shots { starts[span.shotID] = span.firstFrame * 1000 / rate }
        let begun = plan.scenes.compactMap { scene in
            scene.shots.compactMap { starts[$0.shotID] }.min().map { (scene: scene, start: $0) }
        }.sorted { $0.start < $1.start }
        return begun.enumerated().map { number, entry in
            let end = number + 1 < begun.count ? begun[number + 1].start : timeline.frames * 1000 / rate
            // The film opens with its title: the first scene is heard under it.
            return SceneCue(
                startMS: number == 0 ? 0 : entry.start, endMS: end, mood: entry.scene.light.mood,
                words: words(of: entry.scene), seed: entry.scene.setting.placeSeed)
        }
    }

    /// The story's own word for a place says more only where the picture has none.
    private static func words(of scene: Scene) -> [String] {
        let setting = scene.setting
        let known = [setting.kind, setting.variant] + setting.features
        let told = Soundscape(words: known).isGuess ? [setting.label] : []
        return known + told + [scene.light.weather, scene.light.time]
    }

    private static func told(in plan: ShotPlan, _ timeline: Timeline) -> [EffectCue] {
        var heard: [Effect: Int] = [:]
        return timeline.lines.flatMap { span -> [EffectCue] in
            guard let line = plan.line(span.lineID), line.kind == .narration else { return [] }
            return SoundWords.heard(in: line.text).compactMap { effect, share in
                let time = span.startMS + Int(Double(max(0, span.endMS - span.startMS)) * share)
                // Said twice in a breath, it still happened once.
                if let last = heard[effect], time - last < 15_000 { return nil }
                heard[effect] = time
                return EffectCue(word: effect.rawValue, atMS: time, seed: Seed.hash(span.lineID.rawValue))
            }
        }
    }

    /// A storm thunders, now and then.
    private static func storms(in scenes: [SceneCue]) -> [EffectCue] {
        scenes.filter { $0.words.contains("storm") }.flatMap { scene in
            var dice = Dice(scene.seed, "storm")
            var cues: [EffectCue] = []
            var time = scene.startMS + dice.between(1_500, 4_000)
            while time < scene.endMS - 4_000 {
                cues.append(
                    EffectCue(
                        word: "thunder", atMS: time, pan: dice.between(-0.4, 0.4),
                        seed: scene.seed &+ UInt64(cues.count)))
                time += dice.between(14_000, 26_000)
            }
            return cues
        }
    }
}
