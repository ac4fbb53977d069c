// MediaTests · tests · sees Contracts, Sound
import Contracts
import Foundation
import Sound
import Testing

@Suite("The loudness of a film")
struct SoundLoudnessTests {
    @Test("is -16 LUFS in the encoded file, however long the film", arguments: [2.0, 6, 30, 90])
    func films(seconds: Double) throws {
        let (sheet, dialogue) = SoundStage.film(seconds: seconds)
        let mix = Mixer.mix(sheet, dialogue: dialogue)
        let heard = try SoundStage.judge(mix.wave, encoded: true)
        #expect(abs(heard.loudness + 16) <= 0.5)
        #expect(heard.truePeak < -1)
        #expect(!mix.report.isOffTarget && abs(mix.report.integrated + 16) <= 0.2)
    }

    @Test("is -16 LUFS when nobody speaks, when nothing else is heard, and when all is knocks")
    func extremes() throws {
        var (sheet, dialogue) = SoundStage.film(seconds: 12, voices: false)
        var heard = try SoundStage.judge(Mixer.mix(sheet, dialogue: dialogue).wave, encoded: true)
        #expect(abs(heard.loudness + 16) <= 1 && heard.truePeak < -1)

        (sheet, dialogue) = SoundStage.film(seconds: 12)
        sheet.scenes = []
        heard = try SoundStage.judge(Mixer.mix(sheet, dialogue: dialogue).wave, encoded: true)
        #expect(abs(heard.loudness + 16) <= 1 && heard.truePeak < -1)

        sheet.lines = []
        sheet.effects = (0..<16).map { number in
            EffectCue(word: ["knock", "door", "thunder", "bell"][number % 4], atMS: number * 700, seed: UInt64(number))
        }
        heard = try SoundStage.judge(Mixer.mix(sheet, dialogue: [:]).wave, encoded: true)
        #expect(abs(heard.loudness + 16) <= 1 && heard.truePeak < -1)
    }

    @Test("of nothing but ticks is as high as its peaks allow, and the report says so")
    func ticks() {
        var ticks = Stereo(seconds: 12)
        for start in stride(from: 0, to: ticks.frames - 900, by: 24_000) {
            for frame in 0..<800 {
                let wave = Float(sin(Double(frame) * 0.2) * exp(-Double(frame) / 90))
                ticks.left[start + frame] += wave
                ticks.right[start + frame] += wave * 0.8
            }
        }
        let report = Mastering.master(&ticks)
        #expect(report.isOffTarget && report.integrated < -17 && report.truePeak <= -1.8)
    }

    @Test("is read as ffmpeg reads it", arguments: PlaceSound.allCases)
    func meter(place: PlaceSound) throws {
        var sound = Ambience.loop(place, seconds: 6, seed: 5)
        sound.scale(2.5)
        let ours = LoudnessMeter.read(sound)
        let theirs = try SoundStage.judge(Wave(sampleRate: 48_000, channels: [sound.left, sound.right]))
        #expect(abs(ours.integrated - theirs.loudness) <= 0.2)
        #expect(abs(ours.truePeak - theirs.truePeak) <= 0.2)
    }

    @Test("of silence stays silence, and is reported")
    func silence() {
        let mix = Mixer.mix(CueSheet(seconds: 3, lines: [], scenes: []), dialogue: [:])
        #expect(mix.left.count == 144_000 && mix.left.allSatisfy { $0 == 0 } && mix.right.allSatisfy { $0 == 0 })
        #expect(mix.report.isSilent && mix.report.gain == 0)
    }

    @Test("of a film of a blink is left alone, without a peak")
    func blink() {
        let (sheet, dialogue) = SoundStage.film(seconds: 0.3)
        let mix = Mixer.mix(sheet, dialogue: dialogue)
        #expect(mix.left.count == 14_400 && mix.report.isSilent && mix.report.gain == 0)
        #expect((mix.left + mix.right).allSatisfy { abs($0) < 0.8 })
    }

    @Test("is never bought with a broken peak")
    func peaks() {
        for (words, mood) in [(["forest"], "joyful"), (["market"], "angry"), (["room", "fireplace"], "sad")] {
            let (sheet, dialogue) = SoundStage.film(seconds: 9, words: words, mood: mood)
            let mix = Mixer.mix(sheet, dialogue: dialogue)
            #expect((mix.left + mix.right).allSatisfy { $0.isFinite && abs($0) < 0.99 })
            #expect(mix.report.truePeak <= -1.8)
        }
    }
}
