// Policies · pure · sees Contracts

/// Reproducible chance. Everything random in a film comes from one seed through these, so a film is the same twice.
package enum Seed {
    /// SplitMix64's finisher: spreads any number over all 64 bits.
    @inlinable package static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// FNV-1a of a name, spread. Never `Hasher`: that one changes with every process.
    package static func hash(_ name: String) -> UInt64 {
        mix(name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
    }

    /// The seed of a part by its name: adding a part never changes another's.
    package static func part(_ seed: UInt64, _ name: String) -> UInt64 { mix(seed ^ hash(name)) }

    /// 0 ..< 1 for a numbered thing.
    @inlinable package static func unit(_ seed: UInt64, _ first: Int, _ second: Int = 0) -> Double {
        let inner = mix(UInt64(bitPattern: Int64(second)) &+ 77)
        let number = mix(seed ^ mix(UInt64(bitPattern: Int64(first)) &* 0x9E37_79B1 ^ inner))
        return Double(number >> 11) * 0x1p-53
    }
}

/// A run of reproducible numbers.
package struct Dice: Sendable {
    private var state: UInt64

    package init(_ seed: UInt64) { state = seed }
    package init(_ seed: UInt64, _ name: String) { state = Seed.part(seed, name) }

    /// 0 ..< 1.
    package mutating func next() -> Double {
        state = state &+ 0x9E37_79B9_7F4A_7C15
        return Double(Seed.mix(state) >> 11) * 0x1p-53
    }

    package mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * next() }
    package mutating func between(_ low: Int, _ high: Int) -> Int { low + Int(next() * Double(high - low + 1)) }

    /// One of the choices; there must be one.
    package mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[min(choices.count - 1, Int(next() * Double(choices.count)))]
    }
}
