// Sound · pure · sees Contracts, Policies
import Foundation

/// The small sounds that rain, fire, water and steps are made of.
enum Grain {
    /// A sine that dies away while it rises: a drop, a bubble. `rise` and `decay` are per second.
    static func chirp(
        _ hertz: Double, seconds: Double, rise: Double, decay: Double, amplitude: Double
    ) -> [Float] {
        var phase = 0.0
        return (0..<frames(seconds)).map { frame in
            let time = Double(frame) / Double(filmRate)
            phase += 2 * .pi * hertz * (1 + rise * time) / Double(filmRate)
            return Float(sin(phase) * exp(-time * decay) * amplitude)
        }
    }

    /// A burst of noise round a frequency, falling by `decay` a second.
    static func burst(
        _ hertz: Double, q: Double, seconds: Double, decay: Double, seed: UInt64
    ) -> [Float] {
        var hiss = Hiss(seed)
        var ring = StateFilter(hertz, q: q)
        return (0..<frames(seconds)).map { frame in
            ring.band(hiss.next()) * Float(exp(-Double(frame) / Double(filmRate) * decay))
        }
    }

    /// A short knock of a hard thing: a click through a narrow band.
    static func tick(_ hertz: Double, seed: UInt64) -> [Float] {
        var hiss = Hiss(seed)
        var ring = StateFilter(hertz, q: 7)
        var tick = (0..<frames(0.06)).map { frame in
            ring.band(frame < 40 ? hiss.next() * 2 : 0) * expf(-Float(frame) / 700)
        }
        tick.ramp(head: 0.0004, tail: 0.02)
        return tick
    }
}
