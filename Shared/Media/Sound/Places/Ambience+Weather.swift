// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

extension Ambience {
    /// Air in gusts, and the whistle that comes with the strong ones.
    static func wind(_ bed: inout Stereo, _ seed: UInt64, _ force: Double) {
        onBothSides(&bed, Seed.part(seed, "wind")) { channel, seed in
            var pink = Pink(seed)
            var gust = Drift(Seed.part(seed, "gust"), period: 2.8)
            var tone = Drift(Seed.part(seed, "tone"), period: 1.7)
            var body = StateFilter(400, q: 0.8)
            var whistle = StateFilter(700, q: 9)
            let howl = Float(0.18 + 0.5 * force)
            for frame in channel.indices {
                let g = gust.next()
                let t = tone.next()
                if frame % 32 == 0 {
                    body.tune(180 + Double(g) * (500 + 900 * force), q: 0.9)
                    whistle.tune(420 + Double(t) * 700, q: 11)
                }
                let air = pink.next()
                channel[frame] += body.low(air) * (0.25 + 1.1 * g * g) + whistle.band(air) * g * g * g * howl
            }
        }
    }

    /// A swelling hiss, and drops near enough to be told apart.
    static func rain(_ bed: inout Stereo, _ seed: UInt64, _ force: Double) {
        onBothSides(&bed, Seed.part(seed, "sheet")) { channel, seed in
            var hiss = Hiss(seed)
            var high = StateFilter(1_800)
            var low = StateFilter(7_500)
            var swell = Drift(Seed.part(seed, "swell"), period: 4)
            let level = Float(0.5 + force)
            for frame in channel.indices {
                channel[frame] += low.low(high.high(hiss.next())) * (0.10 + 0.05 * swell.next()) * level
            }
        }
        var dice = Dice(seed, "drops")
        var time = 0.0
        while time < bed.seconds {
            var drop = Grain.chirp(
                dice.between(1_400, 5_200), seconds: 0.02, rise: 6, decay: 260, amplitude: pow(dice.next(), 3) * 0.35)
            drop.ramp(head: 0.0006, tail: 0.004)
            bed.add(drop, at: frames(time), pan: dice.pan(0.9))
            time += dice.wait(rate: 30 + 120 * force)
        }
    }

    /// Flames that flap, wood that cracks, now and then in a burst.
    static func fire(_ bed: inout Stereo, _ seed: UInt64, _ force: Double) {
        onBothSides(&bed, Seed.part(seed, "flames")) { channel, seed in
            var pink = Pink(seed)
            var low = StateFilter(320)
            var flap = Drift(Seed.part(seed, "flap"), period: 0.16)
            for frame in channel.indices { channel[frame] += low.low(pink.next()) * (0.25 + 0.45 * flap.next()) }
        }
        var dice = Dice(seed, "cracks")
        var time = 0.0
        while time < bed.seconds {
            for _ in 0..<(dice.chance(0.12) ? 6 : 1) {
                let length = dice.between(0.004, 0.016)
                var crack = Grain.burst(
                    dice.between(900, 6_500), q: 2, seconds: length, decay: 5 / length, seed: dice.seed())
                crack.ramp(head: 0.0004, tail: 0.002)
                let level = Float(pow(dice.next(), 2.5)) * 0.9
                bed.add(crack, at: frames(time + dice.between(0, 0.08)), gain: level, pan: dice.pan(0.5))
            }
            time += dice.wait(rate: 6 + 12 * force)
        }
    }
}
