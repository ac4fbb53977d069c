// Embedded · adapters · sees Contracts, Ports, Policies, Telemetry, Wire, Lanes, SQLiteDriver
package import Contracts
import Foundation
import Ports
import Synchronization

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

/// The host's own dice, of which the system is asked for many throws at a time.
package struct SystemEntropy: Entropy {
    private static let throwsAtOnce = 32
    private static let thrown = Mutex<[UInt64]>([])

    package init() {}

    package func bits() -> UInt64 {
        Self.thrown.withLock { thrown in
            if thrown.isEmpty { thrown = Self.more() }
            return thrown.removeLast()
        }
    }

    /// As few bytes as this (256) the system gives whole.
    private static func more() -> [UInt64] {
        [UInt64](unsafeUninitializedCapacity: throwsAtOnce) { buffer, count in
            let size = throwsAtOnce * MemoryLayout<UInt64>.size
            precondition(getentropy(buffer.baseAddress, size) == 0, "the system has no chance to give")
            count = throwsAtOnce
        }
    }
}
