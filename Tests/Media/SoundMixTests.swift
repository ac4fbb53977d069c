// MediaTests · tests · sees Contracts, Sound
import Contracts
import Foundation
import Sound
import Testing

@Suite("The mix")
struct SoundMixTests {
    @Test("is as long as the film, to the sample", arguments: [0, 0.001, 1, 2.0833, 7.7777, 13.25])
    func length(seconds: Double) {
        let (sheet, dialogue) = SoundStage.film(seconds: seconds)
        let mix = Mixer.mix(sheet, dialogue: dialogue)
        #expect(mix.left.count == Int((seconds * 48_000).rounded()) && mix.right.count == mix.left.count)
    }

    @Test("is the same twice, and another with another seed")
    func determinism() {
        let (sheet, dialogue) = SoundStage.film(seconds: 8)
        let first = Mixer.mix(sheet, dialogue: dialogue)
        let second = Mixer.mix(sheet, dialogue: dialogue)
        #expect(first.left == second.left && first.right == second.right)
        var other = sheet
        other.scenes[0].seed = 12
        #expect(Mixer.mix(other, dialogue: dialogue).left != first.left)
    }

    @Test("puts a line on its sample, on its side, at its level")
    func placement() {
        let id = LineID(ordinal: 1)
        var click = [Float](repeating: 0, count: 24_000)
        for frame in 4_800..<19_200 { click[frame] = frame % 96 < 48 ? 0.1 : -0.1 }
        func stem(pan: Double, level: Double = 0) -> Stereo {
            let cue = LineCue(lineID: id, startMS: 1_003, endMS: 1_503, pan: pan, level: level)
            return DialogueStem.render(
                CueSheet(seconds: 3, lines: [cue], scenes: []), voices: [id: click], frames: 144_000
            ).sound
        }
        let middle = stem(pan: 0)
        #expect(middle.left.firstIndex { abs($0) > 1e-4 } == 1_003 * 48 + 4_800)
        #expect(zip(middle.left, middle.right).allSatisfy { abs($0 - $1) < 1e-5 })
        let right = stem(pan: 9)
        #expect(power(right.right) > power(right.left) * 2 && power(right.left) > 0)
        #expect(abs(power(right.left) + power(right.right) - power(middle.left) * 2) < power(middle.left) * 0.01)
        #expect(abs(10 * log10(power(stem(pan: 0, level: -4).left) / power(middle.left)) + 4) < 0.01)
    }

    @Test("brings a whisper and a shout to one loudness")
    func levels() {
        let (sheet, _) = SoundStage.film(seconds: 3)
        let readings = [Float(0.004), 0.05, 0.7].map { level in
            let voices = [sheet.lines[0].lineID: SoundStage.voice(seconds: 1.8, level: level)]
            return LoudnessMeter.read(DialogueStem.render(sheet, voices: voices, frames: 144_000).sound).integrated
        }
        #expect(readings.allSatisfy { abs($0 + 20) < 0.7 })
    }

    @Test("keeps speech ten and more over all that plays under it")
    func speechOverBed() {
        for (words, mood) in [
            (["sea", "storm"], "calm"), (["forest"], "joyful"), (["city"], "epic"), (["room"], "sad"),
        ] {
            let (sheet, dialogue) = SoundStage.film(seconds: 20, words: words, mood: mood)
            let count = 20 * 48_000
            let ducking = Ducking(lines: sheet.lines)
            let speech = DialogueStem.render(sheet, voices: dialogue, frames: count).sound
            var bed = AmbienceStem.render(sheet, ducking: ducking, frames: count)
            bed.add(MusicStem.render(sheet, ducking: ducking, frames: count), at: 0)
            for line in sheet.lines {
                let span = (line.startMS * 48)..<(line.endMS * 48)
                let ratio = power(speech.left[span]) + power(speech.right[span])
                let over = 10 * log10(ratio / (power(bed.left[span]) + power(bed.right[span])))
                #expect(over >= 10, "\(words), \(line.lineID): \(over) dB")
            }
        }
    }

    @Test("gives way by the asked depth, before the first word, and holds through short pauses")
    func ducking() {
        let lines = [(1_000, 2_000), (2_400, 3_000), (5_000, 6_000)].enumerated().map {
            LineCue(lineID: LineID(ordinal: $0.offset), startMS: $0.element.0, endMS: $0.element.1)
        }
        for start in [0, 24_000] {
            let flat = [Float](repeating: 1, count: 8 * 48_000)
            var bed = Stereo(left: flat, right: flat)
            Ducking(lines: lines).duck(&bed, at: start, by: -8)
            func depth(_ ms: Int) -> Double { 20 * log10(Double(bed.left[ms * 48 - start])) }
            #expect((1_000...3_000).allSatisfy { abs(depth($0) + 8) < 0.01 })
            #expect((5_000...5_999).allSatisfy { abs(depth($0) + 8) < 0.01 })
            #expect([600, 870, 3_400, 4_000, 4_870, 6_400, 7_000].allSatisfy { abs(depth($0)) < 0.5 })
            let steps = zip(bed.left, bed.left.dropFirst()).map { abs($0 - $1) }
            #expect((steps.max() ?? 1) < 0.001)
        }
    }

    @Test("begins and ends in silence, and cuts nothing off at once")
    func ends() {
        let (sheet, dialogue) = SoundStage.film(seconds: 11)
        let mix = Mixer.mix(sheet, dialogue: dialogue)
        for channel in [mix.left, mix.right] {
            #expect(abs(channel[0]) < 1e-3 && abs(channel[channel.count - 1]) < 1e-3)
        }
    }

    @Test("says which voices were not there")
    func missing() {
        let (sheet, dialogue) = SoundStage.film(seconds: 9)
        let mix = Mixer.mix(sheet, dialogue: dialogue.filter { $0.key != LineID(ordinal: 2) })
        #expect(mix.report.missingLines == ["L0002"])
    }

    @Test("never traps on a sheet of nonsense")
    func nonsense() {
        let ids = (0..<4).map { LineID(ordinal: $0) }
        let times = [Int.min, -5_000, 0, 1, 1_500, 999_999_999, .max]
        for (index, start) in times.enumerated() {
            let end = times[(index * 3 + 1) % times.count]
            let lines = ids.map { LineCue(lineID: $0, startMS: start, endMS: end, pan: .nan, level: -1) }
            let scene = SceneCue(startMS: start, endMS: end, mood: "?", words: ["", "<>", "海"], seed: .max)
            let sheet = CueSheet(
                seconds: 2, lines: lines, scenes: [scene, scene], effects: [EffectCue(word: "door", atMS: start)])
            let mix = Mixer.mix(sheet, dialogue: [ids[0]: [.nan, .infinity, 1], ids[1]: [], ids[2]: [0.5]])
            #expect(mix.left.count == 96_000 && mix.left.allSatisfy { $0.isFinite })
        }
        #expect(Mixer.mix(CueSheet(seconds: .nan, lines: [], scenes: []), dialogue: [:]).left.isEmpty)
        #expect(Mixer.mix(CueSheet(seconds: -4, lines: [], scenes: []), dialogue: [:]).left.isEmpty)
    }

    private func power(_ sound: some Collection<Float>) -> Double {
        sound.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(1, sound.count))
    }
}
