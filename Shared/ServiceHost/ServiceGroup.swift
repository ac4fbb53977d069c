// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver
import Glibc
package import Telemetry

/// Something that works until it is cancelled.
package struct Service: Sendable {
    package let name: String
    package let run: @Sendable () async throws -> Void

    package init(_ name: String, run: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.run = run
    }
}

package struct ServiceEnded: Error, CustomStringConvertible {
    package let name: String
    package let cause: String

    package init(name: String, cause: String) {
        self.name = name
        self.cause = cause
    }

    package var description: String { "\(name) stopped: \(cause)" }
}

/// Runs services beside a piece of work, and ends them with it.
package enum ServiceGroup {
    package enum Outcome<Value: Sendable>: Sendable {
        case finished(Value)
        case interrupted(signal: Int32)
    }

    /// Runs services until one of them ends, which none should, or the task is cancelled.
    package static func run(_ services: [Service]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await needed(service) } }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Returns when it was cancelled; whoever ends without that is missed.
    private static func needed(_ service: Service) async throws {
        do {
            try await service.run()
        } catch {
            if Task.isCancelled { return }
            throw ServiceEnded(name: service.name, cause: "\(error)")
        }
        guard Task.isCancelled else {
            throw ServiceEnded(name: service.name, cause: "it returned while it was needed")
        }
    }

    /// Returns when the body is done or a signal asked to stop; all services have ended by then.
    package static func run<Value: Sendable>(
        _ services: [Service], log: Log, body: @escaping @Sendable () async throws -> Value
    ) async throws -> Outcome<Value> {
        // Heard from before anything begins: an early signal is not lost.
        let signals = Signals.stream([SIGINT, SIGTERM])
        return try await withThrowingTaskGroup(of: Outcome<Value>?.self) { group in
            for service in services {
                group.addTask {
                    try await needed(service)
                    return nil
                }
            }
            group.addTask { try await .finished(body()) }
            group.addTask { await first(of: signals) }
            defer { group.cancelAll() }
            while let outcome = try await group.next() {
                guard let outcome else { continue }
                group.cancelAll()
                return outcome
            }
            throw ServiceEnded(name: "host", cause: "nothing was left to wait for")
        }
    }

    private static func first<Value>(of signals: AsyncStream<Int32>) async -> Outcome<Value>? {
        for await number in signals { return .interrupted(signal: number) }
        return nil
    }
}
