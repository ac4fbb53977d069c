// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

extension Ambience {
    /// A far rumble, and waves that rise slowly, break and run out.
    static func sea(_ bed: inout Stereo, _ seed: UInt64, _ force: Double) {
        onBothSides(&bed, Seed.part(seed, "rumble")) { channel, seed in
            var pink = Pink(seed)
            var low = StateFilter(145)
            for frame in channel.indices { channel[frame] += low.low(pink.next()) * 0.35 }
        }
        var dice = Dice(seed, "waves")
        var time = -4.0
        while time < bed.seconds {
            let size = dice.between(0.5, 1) * (0.6 + force)
            let crest = wave(seconds: dice.between(5, 8.5), seed: dice.seed())
            bed.add(crest, at: frames(time), gain: Float(size), pan: dice.pan(0.6))
            time += dice.between(2.6, 4.6)
        }
    }

    private static func wave(seconds: Double, seed: UInt64) -> [Float] {
        var water = Pink(seed)
        var body = StateFilter(600)
        var spray = StateFilter(3_500)
        var wave = [Float](repeating: 0, count: frames(seconds))
        var (swell, foam) = (0.0, 0.0)
        for frame in wave.indices {
            if frame % 32 == 0 {
                let x = Double(frame) / Double(wave.count)
                swell = x < 0.38 ? pow(x / 0.38, 2.2) : exp(-(x - 0.38) * 4.6)
                foam = x < 0.36 ? 0 : exp(-(x - 0.36) * 5) * smooth((x - 0.36) * 10)
                body.tune(250 + 2_600 * swell)
            }
            let noise = water.next()
            wave[frame] = body.low(noise) * Float(swell) + spray.high(noise) * Float(foam) * 0.55
        }
        wave.ramp(head: 0.3, tail: 0.6)
        return wave
    }

    /// Water over stones: a murmur and bubbles.
    static func stream(_ bed: inout Stereo, _ seed: UInt64) {
        onBothSides(&bed, Seed.part(seed, "murmur")) { channel, seed in
            var pink = Pink(seed)
            var low = StateFilter(2_200)
            for frame in channel.indices { channel[frame] += low.low(pink.next()) * 0.10 }
        }
        var dice = Dice(seed, "bubbles")
        var time = 0.0
        while time < bed.seconds {
            var bubble = Grain.chirp(
                dice.between(450, 1_900), seconds: dice.between(0.03, 0.09), rise: 3.5, decay: 55,
                amplitude: pow(dice.next(), 2) * 0.22)
            bubble.ramp(head: 0.002, tail: 0.01)
            bed.add(bubble, at: frames(time), pan: dice.pan(0.7))
            time += dice.wait(rate: 45)
        }
    }
}
