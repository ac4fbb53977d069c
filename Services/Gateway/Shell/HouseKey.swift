// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
import Contracts
package import GatewayCore

/// The key of a house that one person lives in: whoever can read its file owns everything.
package struct HouseKey: Doorkeeper {
    private let hash: [UInt8]
    private let owner: Caller

    /// Keeps no more of the key than its hash.
    package init(key: String, owner: Caller) {
        hash = Self.hash(key)
        self.owner = owner
    }

    package func caller(bearing token: String) async throws -> Caller? {
        HMAC.isEqual(Self.hash(token), hash) ? owner : nil
    }

    private static func hash(_ key: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(Array(key.utf8))
        return hash.digest()
    }
}
