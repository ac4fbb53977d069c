// Ports · doors · sees Contracts
import Contracts

/// What every adapter takes, so that none takes what another will not.
package enum CoordinationLimits {
    package static let nameBytes = 512
    package static let valueBytes = 1 << 20
    package static let most = 100_000
    private static let times = Duration.milliseconds(1)...Duration.seconds(366 * 86_400)

    /// Names of locks, keys, holders and the like.
    package static func check(_ names: String..., during call: String) throws(CoordinationFailure) {
        for name in names where !(1...nameBytes).contains(name.utf8.count) {
            throw misuse(call, "a name has 1 to \(nameBytes) bytes, not \(name.utf8.count)")
        }
    }

    /// Answers whole milliseconds, rounded up.
    package static func milliseconds(_ time: Duration, during call: String) throws(CoordinationFailure) -> Int64 {
        guard times.contains(time) else { throw misuse(call, "a time is 1 ms to 366 days, not \(time)") }
        return (time.microseconds + 999) / 1000
    }

    package static func check(_ bytes: [UInt8], during call: String) throws(CoordinationFailure) {
        guard bytes.count <= valueBytes else {
            throw misuse(call, "a value has at most \(valueBytes) bytes, not \(bytes.count)")
        }
    }

    package static func check(count: Int, during call: String) throws(CoordinationFailure) {
        guard (1...most).contains(count) else { throw misuse(call, "a number is 1 to \(most), not \(count)") }
    }

    package static func misuse(_ call: String, _ cause: String) -> CoordinationFailure {
        CoordinationFailure(.misuse, during: call, cause: cause)
    }
}
