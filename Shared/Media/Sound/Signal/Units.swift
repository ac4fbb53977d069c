// Sound · pure · sees Contracts, Policies
import Foundation

/// The film's own sample rate; only the voice program has another.
package let filmRate = 48_000

/// Seconds in whole samples of the film, nearest.
func frames(_ seconds: Double) -> Int { Int((seconds * Double(filmRate)).rounded()) }

/// A frequency on a keyboard where 69 is the A of 440 Hz.
func hertz(_ note: Int) -> Double { 440 * pow(2, Double(note - 69) / 12) }

/// A factor for a level in dB.
func gain(_ decibels: Double) -> Float { Float(pow(10, decibels / 20)) }

/// A level in dB for a factor; -180 for silence.
func decibels(_ factor: Double) -> Double { 20 * log10(max(factor, 1e-9)) }

/// From 0 to 1 without a corner at either end.
@inline(__always) func smooth(_ x: Double) -> Double {
    let x = min(1, max(0, x))
    return x * x * (3 - 2 * x)
}
