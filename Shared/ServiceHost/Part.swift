// ServiceHost · host · sees Contracts, HTTP, Policies, Ports, Settings, Telemetry, Wire, HTTPClientDriver, HTTPServerDriver

/// Something that lives in a process: a door, an inbox, a server.
package struct Part: Sendable {
    package let name: String
    /// Works until it is cancelled. A part that only stands there has none.
    package let run: (@Sendable () async throws -> Void)?
    /// Takes nothing new, and returns when what is under way has finished.
    package let drain: (@Sendable () async -> Void)?
    package let close: (@Sendable () async -> Void)?

    package init(
        _ name: String, run: (@Sendable () async throws -> Void)? = nil, drain: (@Sendable () async -> Void)? = nil,
        close: (@Sendable () async -> Void)? = nil
    ) {
        self.name = name
        self.run = run
        self.drain = drain
        self.close = close
    }
}
