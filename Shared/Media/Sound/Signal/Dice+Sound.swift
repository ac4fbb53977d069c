// Sound · pure · sees Contracts, Policies
import Foundation
import Policies

extension Dice {
    mutating func chance(_ probability: Double) -> Bool { next() < probability }

    /// Seconds until the next of things that happen `rate` times a second on average, each for itself.
    mutating func wait(rate: Double) -> Double { -log(1 - next()) / rate }

    /// A seed for a part that is one of many.
    mutating func seed() -> UInt64 { Seed.mix(UInt64(next() * 0x1p53)) }

    /// A place between left and right.
    mutating func pan(_ width: Double) -> Double { between(-width, width) }
}
