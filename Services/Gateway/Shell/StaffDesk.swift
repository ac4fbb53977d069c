// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
import Ports

/// Keeps people, their rights and their tokens in order. A user of another tenant is not there.
package struct StaffDesk: Sendable {
    private let tools: PeopleTools

    package init(_ tools: PeopleTools) { self.tools = tools }

    package static func nobody(_ user: UserID) -> FailureReport {
        FailureReport(
            .notFound, "there is no user \(user)", owner: .gateway, nextStep: "list them: GET /api/v1/auth/users")
    }

    // MARK: people

    package func people(after: UserID?, limit: Int, for caller: Caller) async throws -> [User] {
        try await tools.store.people(of: caller.tenant, after: after, limit: limit)
    }

    package func person(_ user: UserID, for caller: Caller) async throws -> User {
        guard let account = try await tools.store.account(user, of: caller.tenant) else { throw Self.nobody(user) }
        return account.person
    }

    package func add(
        _ wish: UserWish, by caller: Caller, as deed: Deed, from visitor: Visitor
    ) async throws -> Once<User> {
        var person = User(
            tools.mint.name(), of: caller.tenant, email: try wish.email.map(EmailName.checked), name: wish.name,
            role: wish.role, at: tools.clock.now())
        person.scopes = wish.scopes
        try caller.mustHave(person.ownScopes)
        var sealed: String?
        if let password = wish.password { sealed = try await tools.sealed(password) }
        let note = note("user.created", by: caller, on: person.userID.rawValue, visitor)
        return try await tools.store.add(NewUser(person, sealed: sealed), as: deed, note, at: note.at)
    }

    package func change(
        _ user: UserID, _ change: UserChange, by caller: Caller, as deed: Deed, from visitor: Visitor
    ) async throws -> Once<User> {
        try await tools.store.change(
            user, by: caller, change, as: deed, note("user.changed", by: caller, on: user.rawValue, visitor))
    }

    package func remove(
        _ user: UserID, by caller: Caller, as deed: Deed, from visitor: Visitor
    ) async throws -> Once<User> {
        try await tools.store.remove(
            user, by: caller, as: deed, note("user.removed", by: caller, on: user.rawValue, visitor))
    }

    /// His own with the one he has, somebody else's with the right to. All his sessions end.
    package func setPassword(
        of user: UserID, _ wish: PasswordWish, by caller: Caller, as deed: Deed, from visitor: Visitor
    ) async throws -> Once<User> {
        guard let account = try await tools.store.account(user, of: caller.tenant), account.person.email != nil else {
            throw Self.nobody(user)
        }
        if user.rawValue == caller.subject {
            guard try await tools.keeper.opens(wish.current ?? "", account.sealed) else {
                throw FailureReport(.signInRefused, "the current password is wrong", owner: .gateway)
            }
        } else {
            try caller.mustHave([.writePeople])
        }
        let sealed = try await tools.sealed(wish.new)
        return try await tools.store.setPassword(
            of: user, by: caller, sealed, as: deed,
            note("user.password.changed", by: caller, on: user.rawValue, visitor))
    }

    // MARK: tokens

    /// His own; of everybody for whoever manages people.
    package func tokens(for caller: Caller) async throws -> [AccessToken] {
        let isManager = caller.scopes.contains(Scope.readPeople.rawValue)
        return try await tools.store.tokens(of: isManager ? nil : UserID(rawValue: caller.subject), in: caller.tenant)
    }

    /// The token with its secret, which is shown now and never again.
    package func makeToken(
        _ wish: TokenWish, by caller: Caller, as deed: Deed, from visitor: Visitor
    ) async throws -> (Once<AccessToken>, secret: String) {
        let now = tools.clock.now()
        try caller.mustHave(wish.scopes)
        let user = try await owner(of: wish, for: caller)
        if let end = wish.expiresAt, end <= now {
            throw FailureReport(.requestValidation, "the token would be over before it begins", owner: .gateway)
        }
        let id: AccessTokenID = tools.mint.name()
        let secret = tools.secret(.access, named: String(id.rawValue.dropFirst(AccessTokenID.prefix.count)))
        let token = AccessToken(
            id, of: user, name: wish.name, scopes: wish.scopes, times: .init(createdAt: now, expiresAt: wish.expiresAt))
        let note = note("token.created", by: caller, on: id.rawValue, visitor)
        return (try await tools.store.keep(NewToken(token, secret: secret), as: deed, note), secret.text)
    }

    package func revoke(
        _ token: AccessTokenID, by caller: Caller, as deed: Deed, from visitor: Visitor
    ) async throws -> Once<AccessToken> {
        try await tools.store.revoke(
            token, by: caller, as: deed, note("token.revoked", by: caller, on: token.rawValue, visitor))
    }

    private func owner(of wish: TokenWish, for caller: Caller) async throws -> UserID {
        guard let user = wish.user ?? UserID(rawValue: caller.subject) else {
            throw FailureReport(.forbidden, "only somebody who is known here has tokens", owner: .gateway)
        }
        let person = try await person(user, for: caller)
        guard user.rawValue != caller.subject else { return user }
        // For a program, by whoever manages programs.
        try caller.mustHave([.writePeople])
        guard person.role == .service, wish.scopes.isSubset(of: person.scopes) else {
            throw FailureReport(
                .forbidden, "a token for somebody else is for a program, with at most its scopes", owner: .gateway)
        }
        return user
    }

    // MARK: projects and the audit

    package func members(of project: ProjectID, for caller: Caller) async throws -> [Membership] {
        try await tools.store.members(of: project, in: caller.tenant)
    }

    package func seat(
        _ user: UserID, in project: ProjectID, as role: Role?, by caller: Caller, _ asked: Asked
    ) async throws -> Once<Membership> {
        _ = try await person(user, for: caller)
        var note = note(
            role == nil ? "member.removed" : "member.seated", by: caller, on: user.rawValue, asked.visitor)
        note.remark = "\(project): \(role?.rawValue ?? "nothing")"
        return try await tools.store.seat(user, in: project, as: role, asked.deed, note)
    }

    package func audit(after: AuditID?, limit: Int, for caller: Caller) async throws -> [AuditRow] {
        try await tools.store.audit(of: caller.tenant, after: after, limit: limit)
    }

    private func note(_ action: String, by caller: Caller, on object: String, _ visitor: Visitor) -> AuditNote {
        tools.note(action, by: caller.subject, in: caller.tenant, on: object, from: visitor)
    }
}

/// A write, and where it comes from.
package struct Asked: Sendable {
    package let deed: Deed
    package let visitor: Visitor

    package init(_ deed: Deed, from visitor: Visitor) {
        self.deed = deed
        self.visitor = visitor
    }
}

package struct UserWish: Sendable {
    package let email: String?
    package let name: String
    package let role: Role
    package let scopes: Set<Scope>
    package let password: String?

    package init(email: String?, name: String, role: Role, scopes: Set<Scope> = [], password: String?) {
        self.email = email
        self.name = name
        self.role = role
        self.scopes = scopes
        self.password = password
    }
}

package struct PasswordWish: Sendable {
    package let new: String
    package let current: String?

    package init(new: String, current: String?) {
        self.new = new
        self.current = current
    }
}

package struct TokenWish: Sendable {
    package let name: String
    package let scopes: Set<Scope>
    package let expiresAt: Timestamp?
    /// Nil: for himself.
    package let user: UserID?

    package init(name: String, scopes: Set<Scope>, expiresAt: Timestamp?, user: UserID?) {
        self.name = name
        self.scopes = scopes
        self.expiresAt = expiresAt
        self.user = user
    }
}
