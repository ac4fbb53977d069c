// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Contracts
package import Policies
package import Ports
import Synchronization
package import Telemetry

/// Which program this is.
package struct ProgramName: Sendable {
    package let name: String
    package let version: String

    package init(_ name: String, version: String) {
        self.name = name
        self.version = version
    }
}

/// What a service finds in its process: a clock, chance, somebody to tell things to, and room for its parts.
package final class Host: Sendable {
    package let program: ProgramName
    package let log: Log
    package let metrics: Metrics
    package let tracer: Tracer
    package let clock: any WallClock
    package let entropy: any Entropy
    package let health: Health
    private let parts = Mutex<[Part]>([])

    init(
        _ program: ProgramName, log: Log, clock: any WallClock, entropy: any Entropy, isTraced: Bool
    ) {
        self.program = program
        self.log = log
        self.clock = clock
        self.entropy = entropy
        metrics = Metrics()
        health = Health(of: program, metrics: metrics)
        tracer = Tracer(isHeard: isTraced, now: { clock.now().microseconds }, bits: { entropy.bits() })
    }

    /// Housed first, drained and closed last.
    package func house(_ part: Part) { parts.withLock { $0.append(part) } }

    /// Opens something that may not be there yet: tries again, more and more slowly, as long as the failure is one that
    /// passes, and says what it waits for in the log and in `/readyz`.
    package func door<Door: Sendable>(
        _ dependency: String, backoff: Backoff = Backoff(first: .milliseconds(500), longest: .seconds(15)),
        passes: @Sendable (any Error) -> Bool, open: @Sendable () async throws -> Door
    ) async throws -> Door {
        var failures = 0
        while true {
            do {
                let door = try await open()
                health.found(dependency)
                if failures > 0 { log.notice("a dependency is there", [.dependency: dependency]) }
                return door
            } catch {
                guard !Task.isCancelled, passes(error) else { throw error }
                failures += 1
                let pause = backoff.delay(after: failures)
                health.miss(dependency, "\(error)")
                log.warning(
                    "waiting for a dependency",
                    [
                        .dependency: dependency, .cause: "\(error)", .attempt: failures,
                        .seconds: pause.components.seconds,
                    ])
                try await clock.sleep(until: clock.now() + pause)
            }
        }
    }

    var housed: [Part] { parts.withLock { $0 } }
}
