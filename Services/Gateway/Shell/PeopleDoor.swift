// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
import Contracts
package import GatewayCore
import Ports

/// Knows people by the token of a session or by one of their own. Who has left, or has lost a right, is found out at his next
/// request: every one asks the database.
package struct PeopleDoor: Doorkeeper {
    private let tools: PeopleTools

    package init(_ tools: PeopleTools) { self.tools = tools }

    package func caller(bearing token: String) async throws -> Caller? {
        let now = tools.clock.now()
        if let secret = Secret(.access, token) {
            return try await tools.store.holder(ofToken: secret.hash, at: now)?.caller
        }
        guard let claims = tools.seal.claims(in: token, at: now),
            let holder = try await tools.store.holder(of: claims.sid, at: now), holder.person.userID == claims.sub
        else { return nil }
        return holder.caller
    }
}

/// Several doors: whoever is known at one of them is known.
package struct Doorkeepers: Doorkeeper {
    private let all: [any Doorkeeper]

    package init(_ all: any Doorkeeper...) { self.all = all }

    package func caller(bearing token: String) async throws -> Caller? {
        for one in all {
            if let caller = try await one.caller(bearing: token) { return caller }
        }
        return nil
    }
}
