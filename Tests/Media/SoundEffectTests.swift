// MediaTests · tests · sees Contracts, Sound
import Contracts
import Foundation
import Sound
import Testing

@Suite("An effect")
struct SoundEffectTests {
    @Test("is the same for a seed, another for another, and begins and ends softly", arguments: Effect.allCases)
    func seeds(effect: Effect) {
        let first = effect.sound(seed: 9)
        #expect(first.left == effect.sound(seed: 9).left)
        #expect(first.left != effect.sound(seed: 10).left)
        #expect((first.left + first.right).allSatisfy { $0.isFinite && abs($0) < 0.99 })
        for channel in [first.left, first.right] {
            #expect(abs(channel[0]) < 1e-4 && abs(channel[channel.count - 1]) < 1e-4)
            #expect((channel.map(abs).max() ?? 0) > 0.3)
        }
    }

    @Test("follows the words of the text, and says which it cannot make")
    func words() {
        #expect(
            Effect(word: "Door") == .door && Effect(word: "impact_sfx") == .impact && Effect(word: "雷声") == .thunder)
        #expect(Effect(word: "kazoo") == nil && Effect(word: "") == nil)
        let cues = ["door", "kazoo", "thunder", "kazoo"].enumerated().map { EffectCue(word: $1, atMS: $0 * 1_000) }
        let sheet = CueSheet(seconds: 5, lines: [], scenes: [], effects: cues)
        #expect(Mixer.mix(sheet, dialogue: [:]).report.unavailableEffects == ["kazoo"])
    }

    @Test("happens on its sample, on its side")
    func placement() {
        let sheet = CueSheet(
            seconds: 4, lines: [], scenes: [], effects: [EffectCue(word: "knock", atMS: 1_234, pan: -1, seed: 3)])
        let stem = EffectStem.render(sheet, frames: 4 * 48_000).sound
        #expect(stem.left[..<(1_234 * 48)].allSatisfy { $0 == 0 })
        #expect(stem.left[(1_234 * 48)..<(1_300 * 48)].contains { abs($0) > 0.01 })
        #expect(stem.right.allSatisfy { $0 == 0 })
    }
}
