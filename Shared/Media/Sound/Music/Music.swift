// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

/// Composes and plays.
package enum Music {
    /// Every bed is brought to this, in LUFS.
    static let loudness = -20.0

    /// A bed of exactly this many samples that arrives on its last chord and dies away. `culture` "cn" bends melody, plucks
    /// and bells to the five tones.
    package static func bed(
        _ mood: Mood, frames count: Int, seed: UInt64, intensity: Double = 0.5, culture: String = ""
    ) -> Stereo {
        let recipe = Recipe.of(mood)
        let seed = Seed.part(seed, mood.rawValue)
        let seconds = Double(count) / Double(filmRate)
        guard seconds > 0.5 else { return Stereo(frames: count) }
        let form = Form(recipe, seconds: seconds, seed: seed, intensity: intensity)
        let melodic = culture.hasPrefix("cn") ? Scale.pentatonic(of: recipe.scale) : recipe.scale
        var band = Band(recipe: recipe, form: form, melodic: melodic, seed: seed, frames: count)
        band.play()
        return finished(band, recipe: recipe, seed: seed, intensity: intensity)
    }

    private static func finished(_ band: Band, recipe: Recipe, seed: UInt64, intensity: Double) -> Stereo {
        var pads = band.pads
        filter(&pads, within: recipe.cutoff, seed: seed, intensity: intensity)
        var sound = band.dry
        var send = band.send
        sound.add(pads, at: 0)
        send.add(pads, at: 0, gain: 0.35)
        var room = Room(seconds: recipe.room, damping: 0.4)
        sound.add(room.reflections(of: send), at: 0, gain: 0.42)
        sound.onEach { channel in
            channel.unbias()
            tilt(&channel)
        }
        sound.fade(in: 0.25, out: min(2.5, band.form.tail * 0.8))
        sound.level(to: loudness)
        return sound
    }

    /// A filter whose cutoff wanders, so that a held chord lives.
    private static func filter(
        _ pads: inout Stereo, within cutoff: ClosedRange<Double>, seed: UInt64, intensity: Double
    ) {
        let ratio = cutoff.upperBound / cutoff.lowerBound
        var turns: [Double] = []
        var drift = Drift(Seed.part(seed, "cutoff"), period: 6)
        for frame in 0..<pads.frames {
            let place = drift.next()
            if frame % 64 == 0 { turns.append(cutoff.lowerBound * pow(ratio, Double(place) * 0.7 + 0.3 * intensity)) }
        }
        pads.onEach { channel in
            var filter = StateFilter(1_000)
            for frame in channel.indices {
                if frame % 64 == 0 { filter.tune(turns[frame / 64]) }
                channel[frame] = filter.low(channel[frame])
            }
        }
    }

    /// Air, and less mud: 5 dB more over 1 kHz, 4 dB less under 110 Hz. Without it the beds buried the voices.
    private static func tilt(_ channel: inout [Float]) {
        let (fast, slow) = (share(1_000), share(110))
        var (middle, low): (Float, Float) = (0, 0)
        for frame in channel.indices {
            middle += (channel[frame] - middle) * fast
            low += (channel[frame] - low) * slow
            channel[frame] += 0.78 * (channel[frame] - middle) - 0.37 * low
        }
    }

    private static func share(_ hertz: Double) -> Float { Float(1 - exp(-2 * .pi * hertz / Double(filmRate))) }
}
