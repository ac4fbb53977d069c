// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
package import Contracts
import Foundation
import Ports

/// The host's own clock.
package struct SystemClock: WallClock {
    package init() {}

    package func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    package func sleep(until moment: Timestamp) async throws {
        try await Task.sleep(for: max(.zero, moment - now()))
    }
}

/// The host's own dice.
package struct SystemEntropy: Entropy {
    package init() {}
    package func bits() -> UInt64 { .random(in: .min ... .max) }
}
