// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

/// A sound that happens once.
package enum Effect: String, CaseIterable, Sendable {
    case stepStone
    case stepWood
    case stepGrass
    case stepGravel
    case stepSnow
    case door
    case knock
    case bell
    case thunder
    case splash
    case whoosh
    case clock
    case metal
    case impact
    case explosion
    case heartbeat

    /// One occurrence, at about -3 dBFS; the seed varies it, so that no two steps are the same.
    package func sound(seed: UInt64, force: Double = 0.5) -> Stereo {
        let dry = makings(seed: Seed.part(seed, rawValue), force: force)
        let (wet, space) = walls
        var sound = dry
        sound.unbias()
        var out = Stereo(frames: sound.count + frames(space))
        out.add(sound, at: 0)
        var room = Room(seconds: space, damping: 0.45, size: 0.8)
        let echo = room.reflections(of: Stereo(left: sound, right: sound), tail: space)
        out.add(echo, at: 0, gain: Float(wet * 0.35))
        out.fade(in: 0.001, out: space * 0.6)
        let top = out.peak
        if top > 0 { out.scale(gain(-3) / top) }
        return out
    }

    /// How loud it is in a mix, in dB.
    var level: Double {
        switch self {
        case .stepStone, .stepWood, .stepGrass, .stepGravel, .stepSnow: -20
        case .door, .knock, .whoosh, .metal, .splash: -13
        case .bell, .clock, .heartbeat: -16
        case .thunder: -9
        case .impact: -10
        case .explosion: -7
        }
    }

    /// Sudden and loud: the music steps aside for it.
    var isTransient: Bool {
        switch self {
        case .thunder, .impact, .explosion, .metal, .door: true
        default: false
        }
    }

    private var walls: (wet: Double, seconds: Double) {
        switch self {
        case .stepStone, .stepWood, .knock, .splash, .clock, .heartbeat: (0.15, 0.8)
        case .stepGrass, .stepSnow: (0.03, 0.8)
        case .stepGravel: (0.05, 0.8)
        case .door: (0.3, 0.8)
        case .bell: (0.5, 2.6)
        case .thunder: (0.5, 3.2)
        case .whoosh: (0.1, 0.8)
        case .metal: (0.3, 1.4)
        case .impact: (0.4, 1.8)
        case .explosion: (0.4, 2.4)
        }
    }
}
