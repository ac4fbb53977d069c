// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

package func mix(_ from: Double, _ to: Double, _ share: Double) -> Double { from + (to - from) * share }

package func clamp(_ value: Double, _ low: Double = 0, _ high: Double = 1) -> Double {
    // Written so that a value which is no number becomes `low`.
    value >= low ? min(value, high) : low
}

/// Ways from 0 to 1.
package enum Ease {
    package static func smooth(_ time: Double) -> Double {
        let t = clamp(time)
        return t * t * (3 - 2 * t)
    }

    /// Arrives a little too far and comes back, as a body does.
    package static func overshoot(_ time: Double) -> Double {
        let t = clamp(time) - 1
        return 1 + 2.2 * t * t * t + 1.2 * t * t
    }

    /// A change of pose: a small step back first, then over the mark and onto it.
    package static func acted(_ time: Double) -> Double {
        let t = clamp(time)
        if t < 0.18 { return -0.10 * sin(t / 0.18 * .pi) }
        return overshoot((t - 0.18) / 0.82)
    }

    /// Never at rest at either end, so that a cut does not land on a stopped camera.
    package static func lens(_ time: Double) -> Double {
        let t = clamp(time)
        return mix(t, smooth(t), 0.75)
    }
}

/// Reproducible wandering, -1 … 1.
package enum Noise {
    package static func value(_ x: Double, _ seed: UInt64) -> Double {
        let whole = floor(clamp(x, -1e9, 1e9))
        let cell = Int(whole)
        return mix(Seed.unit(seed, cell), Seed.unit(seed, cell + 1), Ease.smooth(x - whole)) * 2 - 1
    }

    /// Several sizes of wandering on top of each other: ridges, clouds' edges.
    package static func rough(_ x: Double, _ seed: UInt64, octaves: Int = 4) -> Double {
        var share = 0.5
        var sum = 0.0
        var at = x
        for octave in 0..<octaves {
            sum += share * value(at, seed &+ UInt64(octave))
            at *= 2.03
            share *= 0.5
        }
        return sum
    }
}
