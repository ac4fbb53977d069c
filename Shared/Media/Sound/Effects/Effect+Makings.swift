// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

extension Effect {
    /// The sound itself, before any room.
    func makings(seed: UInt64, force: Double) -> [Float] {
        switch self {
        case .stepStone: Footfall(thud: 0.5, body: 190, decay: 60, grit: 2_600, gritDecay: 90, grains: 2).sound(seed)
        case .stepWood: Footfall(thud: 0.9, body: 115, decay: 34, grit: 900, gritDecay: 70, grains: 1).sound(seed)
        case .stepGrass: Footfall(thud: 0.25, body: 80, decay: 40, grit: 3_800, gritDecay: 18, grains: 14).sound(seed)
        case .stepGravel: Footfall(thud: 0.3, body: 120, decay: 50, grit: 3_000, gritDecay: 40, grains: 26).sound(seed)
        case .stepSnow: Footfall(thud: 0.2, body: 90, decay: 40, grit: 1_700, gritDecay: 14, grains: 20).sound(seed)
        case .impact: Footfall(thud: 1.4, body: 62, decay: 11, grit: 700, gritDecay: 30, grains: 4).sound(seed)
        case .door: Self.door(seed)
        case .knock: Self.knock(seed)
        case .bell: Self.bell(seed)
        case .thunder: Self.thunder(seed, force, isSharp: false)
        case .explosion: Self.thunder(seed, 1, isSharp: true)
        case .splash: Self.splash(seed)
        case .whoosh: Self.whoosh(seed, force)
        case .clock: Self.clock(seed)
        case .metal: Self.metal(seed)
        case .heartbeat: Self.heartbeat(seed)
        }
    }

    private static func knock(_ seed: UInt64) -> [Float] {
        var out = [Float](repeating: 0, count: frames(1))
        let knuckle = Footfall(thud: 1, body: 165, decay: 42, grit: 1_200, gritDecay: 120, grains: 1)
        for number in 0..<3 {
            out.mix(knuckle.sound(Seed.part(seed, "knock \(number)")), at: frames(0.02 + 0.21 * Double(number)))
        }
        return out
    }

    private static func bell(_ seed: UInt64) -> [Float] {
        var dice = Dice(seed)
        return Instrument.bell(
            dice.between(50, 54), seconds: 6, seed: seed, ratios: [0.5, 1, 1.19, 1.5, 2, 2.51, 2.66, 3.01, 4.1])
    }

    private static func metal(_ seed: UInt64) -> [Float] {
        var dice = Dice(seed)
        var out = Instrument.bell(
            dice.between(82, 88), seconds: 1.4, seed: seed, ratios: [1, 1.47, 2.09, 2.56, 3.39, 4.08])
        out.mix(Grain.tick(5_000, seed: seed), at: 0)
        return out
    }

    private static func clock(_ seed: UInt64) -> [Float] {
        var out = [Float](repeating: 0, count: frames(2))
        out.mix(Grain.tick(2_600, seed: Seed.part(seed, "tick")), at: frames(0.01))
        out.mix(Grain.tick(2_050, seed: Seed.part(seed, "tock")), at: frames(1.01))
        return out
    }

    private static func heartbeat(_ seed: UInt64) -> [Float] {
        var out = [Float](repeating: 0, count: frames(1))
        for (start, level) in [(0.02, Float(1)), (0.30, 0.6)] {
            var beat = Instrument.drum(isDeep: true, seed: seed)
            var chest = StateFilter(120)
            for frame in beat.indices { beat[frame] = chest.low(beat[frame]) }
            out.mix(beat, at: frames(start), gain: level)
        }
        out.ramp(head: 0.002, tail: 0.1)
        return out
    }

    /// A creak of wood that sticks and slips, then thud and latch.
    private static func door(_ seed: UInt64) -> [Float] {
        var out = [Float](repeating: 0, count: frames(1.7))
        var modes = (StateFilter(480, q: 9), StateFilter(1_150, q: 12), StateFilter(2_300, q: 10))
        var rate = Drift(Seed.part(seed, "rate"), period: 0.12)
        var phase = 0.0
        let creak = frames(0.85)
        for frame in 0..<creak {
            let x = Double(frame) / Double(creak)
            phase += (38 + 70 * Double(rate.next()) + 40 * x) / Double(filmRate)
            let slip: Float = phase >= 1 ? 1 : 0
            if phase >= 1 { phase -= 1 }
            let wood = modes.0.band(slip) + 0.7 * modes.1.band(slip) + 0.4 * modes.2.band(slip)
            out[frame] = wood * Float(sin(.pi * x)) * 2.2
        }
        let thud = Footfall(thud: 1.1, body: 88, decay: 24, grit: 700, gritDecay: 50, grains: 2)
        out.mix(thud.sound(Seed.part(seed, "thud")), at: frames(0.95))
        out.mix(Grain.tick(1_900, seed: Seed.part(seed, "latch")), at: frames(0.97))
        out.ramp(head: 0.01, tail: 0.2)
        return out
    }
}
