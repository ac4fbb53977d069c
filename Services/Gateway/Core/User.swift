// GatewayCore · pure · sees Contracts, Policies
package import Contracts

/// Somebody who can sign in, or a program that can.
package struct User: Codable, Hashable, Sendable {
    package let userID: UserID
    package let tenantID: TenantID
    /// Nil for a program.
    package let email: String?
    package var name: String
    package var role: Role
    /// Of a program; a person has those of his role.
    package var scopes: Set<Scope> = []
    package var isActive = true
    package let createdAt: Timestamp

    package enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case tenantID = "tenant_id"
        case email
        case name
        case role
        case scopes
        case isActive = "is_active"
        case createdAt = "created_at"
    }

    package init(
        _ userID: UserID, of tenantID: TenantID, email: String?, name: String, role: Role, at createdAt: Timestamp
    ) {
        self.userID = userID
        self.tenantID = tenantID
        self.email = email
        self.name = name
        self.role = role
        self.createdAt = createdAt
    }

    /// What he may do everywhere in his tenant.
    package var ownScopes: Set<Scope> { role == .service ? scopes : role.scopes }

    /// How the rest of the gateway sees him: with a token, at most what the token says.
    package func caller(in projects: [ProjectID: Role], token: Set<Scope>? = nil) -> Caller {
        let limit = { (scopes: Set<Scope>) in token.map(scopes.intersection) ?? scopes }
        let own = limit(ownScopes).words
        guard !role.isEverywhere else {
            return Caller(subject: userID.rawValue, tenant: tenantID, role: role.rawValue, scopes: own)
        }
        let there = projects.mapValues { limit($0.scopes).words }
        return Caller(
            subject: userID.rawValue, tenant: tenantID, role: role.rawValue,
            scopes: there.values.reduce(own) { $0.union($1) }, projects: there)
    }
}

extension Caller {
    /// One rule for whoever gives rights, takes them or resets a password: he has himself whatever the other has.
    package func mustHave(_ scopes: Set<Scope>) throws(FailureReport) {
        guard let missing = scopes.sorted().first(where: { !self.scopes.contains($0.rawValue) }) else { return }
        var failure = FailureReport(
            .forbidden, "nobody gives or takes what he does not have himself: \(missing.rawValue)", owner: .gateway,
            nextStep: "ask an owner of your tenant")
        failure.details = ["required_scope": .string(missing.rawValue), "actual_role": .string(role)]
        if let needed = Role.needed(for: missing.rawValue) {
            failure.details?["required_role"] = .string(needed.rawValue)
        }
        throw failure
    }
}

/// What may be changed of somebody.
package struct UserChange: Hashable, Sendable {
    package var name: String?
    package var role: Role?
    package var isActive: Bool?

    package init(name: String? = nil, role: Role? = nil, isActive: Bool? = nil) {
        self.name = name
        self.role = role
        self.isActive = isActive
    }

    /// Whoever he is afterwards. A program stays a program, a tenant keeps an owner, and nobody changes what he has not.
    package func made(
        of person: User, by caller: Caller, otherOwners: Int
    ) throws(FailureReport) -> User {
        var changed = person
        changed.name = name ?? person.name
        changed.role = role ?? person.role
        changed.isActive = isActive ?? person.isActive
        guard (person.role == .service) == (changed.role == .service) else {
            throw FailureReport(.requestValidation, "a program stays a program, and a person a person", owner: .gateway)
        }
        try caller.mustHave(person.ownScopes.union(changed.ownScopes))
        if person.isOwning, !changed.isOwning, otherOwners == 0 { throw User.lastOwner }
        return changed
    }
}

extension User {
    package var isOwning: Bool { role == .owner && isActive }

    package static let lastOwner = FailureReport(
        .illegalTransition, "a tenant keeps at least one owner", owner: .gateway,
        nextStep: "make somebody else an owner first")
}
