// Ports · doors · sees Contracts
package import Contracts

/// The only way a room learns what time it is, or waits.
package protocol WallClock: Sendable {
    func now() -> Timestamp
    /// Returns at the moment, or throws when cancelled.
    func sleep(until moment: Timestamp) async throws
}

/// The only way a room gets chance.
package protocol Entropy: Sendable {
    func bits() -> UInt64
}

/// Mints names from a clock and chance.
package struct Mint: Sendable {
    private let clock: any WallClock
    private let entropy: any Entropy

    package init(clock: any WallClock, entropy: any Entropy) {
        self.clock = clock
        self.entropy = entropy
    }

    package func name<Name: Identifier>(_: Name.Type = Name.self) -> Name {
        let milliseconds = UInt64(max(0, clock.now().microseconds / 1000))
        let body = ULID.text(
            milliseconds: milliseconds, high: UInt16(truncatingIfNeeded: entropy.bits()), low: entropy.bits())
        return Name(trusted: Name.prefix + body)
    }
}
