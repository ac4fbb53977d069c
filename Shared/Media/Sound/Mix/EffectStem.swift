// Sound · pure · sees Contracts, Policies
import Policies

/// The sounds that happen once, each on its sample.
package enum EffectStem {
    /// A sheet may ask for any number; more than this in one film is not a film.
    private static let most = 400

    /// What nobody knows how to make is named once, in order.
    package static func render(_ sheet: CueSheet, frames count: Int) -> (sound: Stereo, unavailable: [String]) {
        var stem = Stereo(frames: count)
        var unavailable: [String] = []
        for (number, cue) in sheet.effects.prefix(most).enumerated() {
            guard let effect = Effect(word: cue.word) else {
                if !unavailable.contains(cue.word) { unavailable.append(cue.word) }
                continue
            }
            let start = filmFrame(cue.atMS)
            guard start >= 0, start < count else { continue }
            var sound = effect.sound(seed: Seed.part(cue.seed, "effect \(number)"))
            place(&sound, at: cue.pan)
            stem.add(sound, at: start, gain: gain(effect.level))
        }
        return (stem, unavailable)
    }

    /// Moves a sound that already has its room to a side.
    private static func place(_ sound: inout Stereo, at pan: Double) {
        guard pan.isFinite, pan != 0 else { return }
        let side = Float(min(max(pan, -1), 1))
        sound.left.scale(min(1, 1 - side))
        sound.right.scale(min(1, 1 + side))
    }
}
