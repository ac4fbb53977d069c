// MediaTests · tests · sees Contracts, Sound
import Foundation
import Sound
import Testing

@Suite("The music")
struct SoundMusicTests {
    @Test("is the same for a seed, another for another, and ends in silence", arguments: Mood.allCases)
    func seeds(mood: Mood) {
        let count = 14 * 48_000 + 7
        let first = Music.bed(mood, frames: count, seed: 1)
        let again = Music.bed(mood, frames: count, seed: 1)
        let other = Music.bed(mood, frames: count, seed: 2)
        #expect(first.left == again.left && first.right == again.right && first.left != other.left)
        #expect(first.frames == count && (first.left + first.right).allSatisfy { $0.isFinite && abs($0) < 0.99 })
        for channel in [first.left, first.right] {
            #expect(abs(channel[0]) < 1e-4 && abs(channel[count - 1]) < 1e-4)
        }
        let reading = LoudnessMeter.read(first)
        #expect(abs(reading.integrated + 20) < 0.3 || reading.truePeak > -2)
    }

    @Test("is not mud: there is sound at one and two kilohertz", arguments: Mood.allCases)
    func balance(mood: Mood) {
        for seed in [UInt64(42), 7] {
            let bed = Music.bed(mood, frames: 20 * 48_000, seed: seed)
            let octaves = [62.5, 125, 250, 500, 1_000, 2_000].map { octave($0, of: bed.left) }
            let top = octaves.max() ?? 0
            #expect(octaves[4] > top - 15 && octaves[5] > top - 25, "\(octaves.map { Int($0 - top) })")
        }
    }

    @Test("fits a scene of any length", arguments: [0, 1, 24_000, 100_000, 192_000])
    func lengths(count: Int) {
        for mood in [Mood.sad, .joyful] {
            let bed = Music.bed(mood, frames: count, seed: 3, culture: "cn_ancient")
            #expect(bed.frames == count && bed.left.allSatisfy { $0.isFinite && abs($0) < 0.99 })
        }
    }

    @Test("keeps one motif through scenes of one mood")
    func words() {
        #expect(Mood(word: "tender") == .calm && Mood(word: "afraid") == .tense && Mood(word: "angry") == .dramatic)
        #expect(Mood(word: "epic") == .dramatic && Mood(word: "mysterious") == .wonder && Mood(word: "?") == .neutral)
        func sheet(_ moods: [String]) -> CueSheet {
            let scenes = moods.enumerated().map { number, mood in
                SceneCue(startMS: number * 8_000, endMS: (number + 1) * 8_000, mood: mood, words: [], seed: 1)
            }
            return CueSheet(seconds: Double(moods.count) * 8, seed: 5, lines: [], scenes: scenes)
        }
        let ducking = Ducking(lines: [])
        let one = MusicStem.render(sheet(["calm", "tender"]), ducking: ducking, frames: 16 * 48_000)
        let two = MusicStem.render(sheet(["calm", "angry"]), ducking: ducking, frames: 16 * 48_000)
        let border = (7 * 48_000 + 47_000)..<(8 * 48_000)
        func loudest(_ sound: Stereo) -> Float { sound.left[border].map(abs).max() ?? 0 }
        #expect(loudest(one) > 0.004 && loudest(two) < 0.001)
    }

    @Test("steps aside for thunder")
    func blows() {
        var sheet = CueSheet(
            seconds: 12, seed: 5, lines: [],
            scenes: [SceneCue(startMS: 0, endMS: 12_000, mood: "calm", words: [], seed: 1)])
        let ducking = Ducking(lines: [])
        let quiet = MusicStem.render(sheet, ducking: ducking, frames: 12 * 48_000)
        sheet.effects = [EffectCue(word: "thunder", atMS: 5_000), EffectCue(word: "bell", atMS: 8_000)]
        let struck = MusicStem.render(sheet, ducking: ducking, frames: 12 * 48_000)
        for (ms, depth) in [(4_000, 0.0), (5_100, -4), (5_290, -4), (6_000, 0), (8_100, 0)] {
            let ratio = Double(struck.left[ms * 48] / quiet.left[ms * 48])
            #expect(abs(20 * log10(ratio) - depth) < 0.01)
        }
    }

    /// Power in dB of the octave round a frequency, by two passes of a band filter.
    private func octave(_ hertz: Double, of sound: [Float]) -> Double {
        let turn = 2 * Double.pi * hertz / 48_000
        let width = sin(turn) / (2 * 1.414)
        let (b, a1, a2) = (width / (1 + width), -2 * cos(turn) / (1 + width), (1 - width) / (1 + width))
        var sum = 0.0
        var (x1, x2, y1, y2) = (0.0, 0.0, 0.0, 0.0)
        for sample in sound {
            let x = Double(sample)
            let y = b * (x - x2) - a1 * y1 - a2 * y2
            (x2, x1, y2, y1) = (x1, x, y1, y)
            sum += y * y
        }
        return 10 * log10(sum + 1e-12)
    }
}
