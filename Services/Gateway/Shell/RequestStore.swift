// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore

/// Where requests are kept: request, idempotency key and the first envelope commit together.
package protocol RequestStore: Sendable {
    /// Asks `judge` what to do with the request under its key, and stores it when it is accepted.
    func submit(
        _ spec: TaskSpec, trail: Trail, at now: Timestamp, judge: @escaping @Sendable (StoredRequest?) -> Admission
    ) async throws -> Admission
    func request(under key: IdempotencyKey) async throws -> StoredRequest?
}
