// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

/// Something heavy on a ground: heel and ball, each a damped low mode and grains of what lies there.
struct Footfall {
    let thud: Double
    /// Hertz of the ground, and how fast it is still.
    let body: Double
    let decay: Double
    /// Hertz of the grains, how fast they are still, and how many there are.
    let grit: Double
    let gritDecay: Double
    let grains: Int

    func sound(_ seed: UInt64) -> [Float] {
        var dice = Dice(seed)
        var out = [Float](repeating: 0, count: frames(0.45))
        let ball = 0.075 + dice.between(0, 0.02)
        for (start, size, pitch) in [(0.0, 1.0, 1.0), (ball, 0.55, 1.15)] {
            out.mix(thump(body * dice.between(0.92, 1.08) * pitch, size: size), at: frames(start))
            for _ in 0..<grains {
                var grain = Grain.burst(
                    grit * dice.between(0.7, 1.4), q: 1.1, seconds: 3 / gritDecay + 0.01, decay: gritDecay,
                    seed: dice.seed())
                grain.ramp(head: 0.001, tail: 0.01)
                let late = grains > 2 ? dice.between(0, 0.07) : 0
                out.mix(grain, at: frames(start + late), gain: Float(0.5 * size / Double(grains).squareRoot()))
            }
        }
        out.ramp(head: 0.0005, tail: 0.05)
        return out
    }

    private func thump(_ hertz: Double, size: Double) -> [Float] {
        var thump: [Float] = (0..<frames(0.3)).map { frame in
            let time = Double(frame) / Double(filmRate)
            let angle = 2 * Double.pi * hertz * time
            let wave = sin(angle) + 0.4 * sin(angle * 2.3) * exp(-time * 60)
            return Float(wave * exp(-time * decay) * thud * size)
        }
        thump.ramp(head: 0.0015, tail: 0.05)
        return thump
    }
}
