// Sound · pure · sees Contracts, Policies
import Policies

/// White noise, -1…1: the same run of numbers for the same seed, at a few instructions a sample.
struct Hiss: Sendable {
    private var state: UInt64

    init(_ seed: UInt64) { state = Seed.mix(seed) }

    @inline(__always) mutating func next() -> Float {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        return Float(Int32(truncatingIfNeeded: Seed.mix(state) >> 16)) * 0x1p-31
    }
}
