// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

/// A state variable filter in trapezoidal form: stable even when its cutoff moves all the time.
struct StateFilter: Sendable {
    private var first: Float = 0
    private var second: Float = 0
    private var damping: Float = 1
    private var a1: Float = 0
    private var a2: Float = 0
    private var a3: Float = 0

    init(_ hertz: Double, q: Double = 0.707) { tune(hertz, q: q) }

    mutating func tune(_ hertz: Double, q: Double = 0.707) {
        let rate = Double(filmRate)
        let g = Float(tan(.pi * min(hertz, 0.45 * rate) / rate))
        damping = Float(1 / q)
        a1 = 1 / (1 + g * (g + damping))
        a2 = g * a1
        a3 = g * a2
    }

    @inline(__always) mutating func low(_ sample: Float) -> Float { step(sample).low }
    @inline(__always) mutating func band(_ sample: Float) -> Float { step(sample).band * damping }

    @inline(__always) mutating func high(_ sample: Float) -> Float {
        let (low, band) = step(sample)
        return sample - damping * band - low
    }

    @inline(__always) private mutating func step(_ sample: Float) -> (low: Float, band: Float) {
        let input = sample - second
        let band = a1 * first + a2 * input
        let low = second + a2 * first + a3 * input
        first = 2 * band - first
        second = 2 * low - second
        return (low, band)
    }
}

/// A slow curve between 0 and 1 that wanders: a new aim about every `period` seconds, eased between.
struct Drift: Sendable {
    private var dice: Dice
    private var from: Float
    private var to: Float
    private var at = 0
    private var span: Int
    private let period: Double

    init(_ seed: UInt64, period: Double) {
        dice = Dice(seed)
        self.period = period
        from = Float(dice.next())
        to = Float(dice.next())
        span = max(1, frames(period * dice.between(0.5, 1.5)))
    }

    @inline(__always) mutating func next() -> Float {
        if at >= span { turn() }
        let x = Float(at) / Float(span)
        at += 1
        return from + (to - from) * (x * x * (3 - 2 * x))
    }

    private mutating func turn() {
        from = to
        to = Float(dice.next())
        at = 0
        span = max(1, frames(period * dice.between(0.5, 1.5)))
    }
}

/// Noise that falls by 3 dB an octave, as wind and water do, within half a dB from 40 Hz to 16 kHz.
struct Pink: Sendable {
    private var hiss: Hiss
    private var slow: Float = 0
    private var middle: Float = 0
    private var fast: Float = 0

    init(_ seed: UInt64) { hiss = Hiss(seed) }

    @inline(__always) mutating func next() -> Float {
        let white = hiss.next()
        slow = 0.99765 * slow + white * 0.0990460
        middle = 0.96300 * middle + white * 0.2965164
        fast = 0.57000 * fast + white * 1.0526913
        return (slow + middle + fast + white * 0.1848) * 0.22
    }
}
