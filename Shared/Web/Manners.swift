// Web · web · sees Contracts, HTTP, Policies, Ports, Telemetry, Wire
package import Contracts
package import HTTP
package import Ports
package import Telemetry

/// How a site behaves towards everybody.
package struct Manners: Sendable {
    /// Answers who shows these credentials, or throws the problem. Called for every route that is not open.
    package typealias Authenticate = @Sendable (RequestHead) async throws -> Principal
    /// Something around every handler: it calls `next` or answers by itself.
    package typealias Middleware =
        @Sendable (
            _ input: Input, _ context: Context, _ next: (Context) async throws -> HTTPResponse
        ) async throws -> HTTPResponse

    /// Names we answer to, without port; empty: every name.
    package var hosts: Set<String> = []
    /// Origins beside our own whose pages may ask; empty: CORS is off.
    package var origins: Set<String> = []
    package var proxies: Set<IPAddress> = []
    package var authenticate: Authenticate?
    /// What a client is told beside the words when he lacks a scope.
    package var lacking: @Sendable (Principal, String) -> [String: JSONValue] = { _, scope in
        ["required_scope": .string(scope)]
    }
    /// The first is the outermost.
    package var middleware: [Middleware] = []
    package var bodyPatience: Duration = .seconds(30)
    /// Hears of every answer: for counters and the access log.
    package var heard: @Sendable (Served) -> Void = { _ in }

    package init() {}
}

/// One request that was answered.
package struct Served: Sendable {
    /// The route's name, or what kept it from being found: never a client's words, so a counter may carry it.
    package let operation: String
    package let method: HTTPMethod
    package let status: HTTPStatus
    package let took: Duration
    package let trace: TraceContext
    package let client: String
}

/// What a site needs from its house.
package struct Ground: Sendable {
    package let owner: Module
    package let clock: any WallClock
    package let entropy: any Entropy
    package let log: Log
    package let tracer: Tracer

    package init(
        owner: Module, clock: any WallClock, entropy: any Entropy, log: Log, tracer: Tracer = .silent
    ) {
        self.owner = owner
        self.clock = clock
        self.entropy = entropy
        self.log = log
        self.tracer = tracer
    }
}
