// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

extension Effect {
    /// Air torn open: a crack, then a roll that gets duller with distance. Sharp and short, it is an explosion.
    static func thunder(_ seed: UInt64, _ force: Double, isSharp: Bool) -> [Float] {
        var air = Pink(seed)
        var low = StateFilter(160)
        var crack = StateFilter(2_200)
        var roll = Drift(Seed.part(seed, "roll"), period: 0.22)
        let (rise, fall, top) = isSharp ? (0.004, 1.7, 900.0) : (0.12, 0.75, 420)
        var out = [Float](repeating: 0, count: frames(isSharp ? 3 : 5.5))
        for frame in out.indices {
            let time = Double(frame) / Double(filmRate)
            if frame % 32 == 0 { low.tune(90 + top * exp(-time * 1.6)) }
            let noise = air.next()
            let body = Float(min(1, time / rise) * exp(-time * fall)) * (0.35 + 1.3 * roll.next())
            let edge = Float(exp(-time * 9) * min(1, time / 0.004) * force * 0.9)
            out[frame] = low.low(noise) * body + crack.low(noise) * edge
        }
        out.ramp(head: 0.003, tail: 1)
        return out
    }

    static func splash(_ seed: UInt64) -> [Float] {
        var hiss = Hiss(seed)
        var spray = StateFilter(1_200, q: 0.8)
        var out = [Float](repeating: 0, count: frames(1.4))
        for frame in out.indices {
            let time = Double(frame) / Double(filmRate)
            if frame % 16 == 0 { spray.tune(700 + 3_800 * exp(-time * 7), q: 0.8) }
            let level = min(1, time / 0.006) * (exp(-time * 9) + 0.15 * exp(-time * 2.6))
            out[frame] = spray.band(hiss.next()) * Float(level)
        }
        var dice = Dice(seed, "bubbles")
        for _ in 0..<16 {
            var bubble = Grain.chirp(dice.between(380, 1_500), seconds: 0.06, rise: 5, decay: 60, amplitude: 0.16)
            bubble.ramp(head: 0.002, tail: 0.01)
            out.mix(bubble, at: frames(dice.between(0.06, 0.9)))
        }
        out.ramp(head: 0.002, tail: 0.3)
        return out
    }

    static func whoosh(_ seed: UInt64, _ force: Double) -> [Float] {
        var hiss = Hiss(seed)
        var air = StateFilter(500, q: 2.2)
        var out = [Float](repeating: 0, count: frames(0.75 - 0.3 * force))
        var level = 0.0
        for frame in out.indices {
            if frame % 16 == 0 {
                level = pow(sin(.pi * pow(Double(frame) / Double(out.count), 0.8)), 3)
                air.tune(260 + 2_400 * level, q: 2.2)
            }
            out[frame] = air.band(hiss.next()) * Float(level)
        }
        out.ramp(head: 0.01, tail: 0.05)
        return out
    }
}
