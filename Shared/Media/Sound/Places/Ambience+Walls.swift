// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

extension Ambience {
    /// The air of a closed place, or the rumble of an open one.
    static func hum(_ bed: inout Stereo, _ seed: UInt64, _ amount: Float) {
        onBothSides(&bed, Seed.part(seed, "hum")) { channel, seed in
            var pink = Pink(seed)
            var low = StateFilter(260)
            var slow = Drift(Seed.part(seed, "slow"), period: 5)
            for frame in channel.indices {
                channel[frame] += low.low(pink.next()) * (0.22 + 0.10 * slow.next()) * amount
            }
        }
    }

    /// A rumble, and cars that come from one side and leave on the other.
    static func city(_ bed: inout Stereo, _ seed: UInt64, _ force: Double) {
        hum(&bed, seed, 1)
        var dice = Dice(seed, "cars")
        var time = dice.between(0.0, 2.0)
        while time < bed.seconds - 3 {
            bed.add(car(seconds: dice.between(3, 6), &dice), at: frames(time))
            time += dice.wait(rate: 0.18 + 0.25 * force)
        }
    }

    private static func car(seconds: Double, _ dice: inout Dice) -> Stereo {
        let way = dice.chance(0.5) ? 1.0 : -1
        let engine = dice.between(55.0, 110.0)
        var tyres = Pink(dice.seed())
        var road = StateFilter(500)
        var out = Stereo(seconds: seconds)
        var near: Float = 0
        var (toLeft, toRight): (Float, Float) = (0, 0)
        var phase = 0.0
        for frame in 0..<out.frames {
            let x = Double(frame) / Double(out.frames)
            if frame % 32 == 0 {
                let loudness = pow(sin(.pi * x), 2.4)
                let side = way * (2 * x - 1) * 0.8
                let angle = Float((side + 1) * Double.pi / 4)
                near = Float(loudness) * 0.6
                (toLeft, toRight) = (cosf(angle), sinf(angle))
                road.tune(220 + 900 * loudness)
            }
            // Higher while it comes, lower while it goes.
            let approach = min(1, max(-1, (0.5 - x) * 8))
            phase += 2 * Double.pi * engine * (1 + 0.05 * approach) / Double(filmRate)
            let sound = near * (road.low(tyres.next()) + 0.12 * Float(sin(phase)))
            out.left[frame] = sound * toLeft
            out.right[frame] = sound * toRight
        }
        out.fade(in: 0.05, out: 0.05)
        return out
    }
}
