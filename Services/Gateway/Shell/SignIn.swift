// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore
package import Ports
package import Telemetry

/// Writes and reads the token of a session.
package protocol SessionSeal: Sendable {
    func token(of claims: Claims) throws -> String
    /// Nil for whatever we did not sign, or is out of date.
    func claims(in token: String, at now: Timestamp) -> Claims?
}

/// What the people's desks work with.
package struct PeopleTools: Sendable {
    package let store: any PeopleStore
    package let seal: any SessionSeal
    package let keeper: any PasswordKeeper
    package let coordination: any Coordination
    package let clock: any WallClock
    package let entropy: any Entropy
    package let log: Log

    package init(
        store: any PeopleStore, seal: any SessionSeal, keeper: any PasswordKeeper, coordination: any Coordination,
        clock: any WallClock, entropy: any Entropy, log: Log
    ) {
        self.store = store
        self.seal = seal
        self.keeper = keeper
        self.coordination = coordination
        self.clock = clock
        self.entropy = entropy
        self.log = log
    }

    package var mint: Mint { Mint(clock: clock, entropy: entropy) }

    func secret(_ kind: Secret.Kind, named name: String = "") -> Secret {
        Secret(kind, named: name) { entropy.bits() }
    }

    func note(
        _ action: String, by actor: String, in tenant: TenantID, on object: String, from visitor: Visitor
    ) -> AuditNote {
        AuditNote(mint.name(), of: tenant, actor, action, on: object, from: visitor, at: clock.now())
    }

    /// Sealed, if it may be a password at all.
    func sealed(_ password: String) async throws -> String {
        guard (PasswordRule.shortest...PasswordRule.longest).contains(password.unicodeScalars.count) else {
            throw FailureReport(
                .requestValidation,
                "a password has \(PasswordRule.shortest) to \(PasswordRule.longest) characters", owner: .gateway)
        }
        return try await keeper.seal(password)
    }
}

/// Too many tries: nobody has looked at this one.
package struct TooOften: Error, Hashable {
    package let retryAfter: Duration
}

/// A session that has begun or goes on, as its client is told.
package struct SignedIn: Sendable {
    package let person: User
    package let token: String
    package let lasting: Duration
    /// Nil for a browser, which comes in with a link.
    package let refresh: String?

    package init(person: User, token: String, lasting: Duration, refresh: String?) {
        self.person = person
        self.token = token
        self.lasting = lasting
        self.refresh = refresh
    }
}

/// Lets people in and out.
package struct SignIn: Sendable {
    private let tools: PeopleTools

    package init(_ tools: PeopleTools) { self.tools = tools }

    private static let refused = FailureReport(
        .signInRefused, "name or password is wrong", owner: .gateway, nextStep: "try again, or ask an administrator")
    private static let over = FailureReport(
        .tokenRefused, "the session is over", owner: .gateway, nextStep: "sign in again: POST /api/v1/auth/login")

    /// An unknown name and a wrong password are the same answer in the same time.
    package func signIn(_ email: String, _ password: String, from visitor: Visitor) async throws -> SignedIn {
        let email = EmailName.folded(email)
        try await spend(email, visitor)
        let account = try await tools.store.account(under: email)
        let opens = try await tools.keeper.opens(password, account?.sealed)
        guard opens, let person = account?.person, person.isActive else {
            var note = tools.note(
                AinerEvent.authLoginFailed.rawValue, by: account?.person.userID.rawValue ?? "nobody",
                in: account?.person.tenantID ?? .local, on: email, from: visitor)
            note.remark = "name or password is wrong"
            try await tools.store.refuse(note, at: tools.clock.now())
            throw Self.refused
        }
        return try await begin(person, by: "password", from: visitor)
    }

    package func refresh(_ text: String, from visitor: Visitor) async throws -> SignedIn {
        let now = tools.clock.now()
        let successor = tools.secret(.refresh)
        guard let shown = Secret(.refresh, text),
            let refreshed = try await tools.store.refresh(shown.hash, with: successor, from: visitor, at: now)
        else { throw Self.over }
        return try signedIn(refreshed.person, in: refreshed.sessionID, refresh: successor.text)
    }

    /// Ends the session of this token; a token of another kind has none, and goes on until it is revoked.
    package func signOut(_ token: String, _ caller: Caller, from visitor: Visitor) async throws {
        guard let claims = tools.seal.claims(in: token, at: tools.clock.now()) else { return }
        let note = tools.note(
            "auth.logout", by: caller.subject, in: caller.tenant, on: claims.sid.rawValue, from: visitor)
        try await tools.store.end(claims.sid, note, at: note.at)
    }

    // MARK: links

    /// A code that brings a browser in once, within five minutes. It gives no more than whoever asks has.
    package func link(for caller: Caller, from visitor: Visitor) async throws -> String {
        guard let user = UserID(rawValue: caller.subject),
            let account = try await tools.store.account(user, of: caller.tenant)
        else { throw FailureReport(.forbidden, "only somebody who is known here gets a link", owner: .gateway) }
        try caller.mustHave(account.person.ownScopes)
        let secret = tools.secret(.entry)
        let note = tools.note("auth.link.made", by: caller.subject, in: caller.tenant, on: user.rawValue, from: visitor)
        try await tools.store.keep(NewEntry(secret, for: user, until: note.at + .seconds(300)), note, at: note.at)
        return secret.text
    }

    /// Nil when the link is not good, or not any more.
    package func enter(_ code: String, from visitor: Visitor) async throws -> SignedIn? {
        guard let secret = Secret(.entry, code),
            let person = try await tools.store.enter(secret.hash, at: tools.clock.now())
        else { return nil }
        return try await begin(person, by: "link", from: visitor, lasting: Claims.browserLasting)
    }

    // MARK: the first

    /// The code with which the first owner comes; nil when somebody is known already. An earlier code stays good.
    package func setupCode() async throws -> String? {
        guard try await !tools.store.knowsAnybody() else { return nil }
        let secret = tools.secret(.entry)
        let now = tools.clock.now()
        try await tools.store.keep(NewEntry(secret, for: nil, until: now + .seconds(86_400)), nil, at: now)
        return secret.text
    }

    package func setUp(_ code: String, _ email: String, _ password: String, from visitor: Visitor) async throws
        -> SignedIn
    {
        let email = try EmailName.checked(email)
        try await spend("setup", visitor)
        let owner = person(email, of: .local)
        let sealed = try await tools.sealed(password)
        let note = tools.note(
            "user.created", by: owner.userID.rawValue, in: .local, on: owner.userID.rawValue, from: visitor)
        guard let secret = Secret(.entry, code),
            let known = try await tools.store.setUp(secret.hash, NewUser(owner, sealed: sealed), note, at: note.at)
        else { throw FailureReport(.signInRefused, "the code is not good, or not any more", owner: .gateway) }
        return try await begin(known, by: "setup", from: visitor)
    }

    /// A tenant of its own, with its owner.
    package func register(_ email: String, _ password: String, as deed: Deed, from visitor: Visitor) async throws
        -> Once<User>
    {
        let email = try EmailName.checked(email)
        try await spend("register", visitor)
        let tenant = TenantID(trusted: "t_" + tools.mint.name(UserID.self).rawValue.dropFirst(UserID.prefix.count))
        let owner = person(email, of: tenant)
        let sealed = try await tools.sealed(password)
        let note = tools.note(
            "tenant.created", by: owner.userID.rawValue, in: tenant, on: tenant.rawValue, from: visitor)
        return try await tools.store.register(NewUser(owner, sealed: sealed), as: deed, note, at: note.at)
    }

    private func person(_ email: String, of tenant: TenantID) -> User {
        User(tools.mint.name(), of: tenant, email: email, name: email, role: .owner, at: tools.clock.now())
    }

    // MARK: sessions

    private func begin(
        _ person: User, by method: String, from visitor: Visitor, lasting: Duration = Claims.lasting
    ) async throws -> SignedIn {
        let (refresh, session) = (tools.secret(.refresh), tools.mint.name(SessionID.self))
        var note = tools.note(
            AinerEvent.authLoginSucceeded.rawValue, by: person.userID.rawValue, in: person.tenantID,
            on: session.rawValue, from: visitor
        )
        note.remark = method
        let new = NewSession(session, of: person, refresh: refresh, method: method)
        try await tools.store.begin(new, note, at: note.at)
        return try signedIn(person, in: session, refresh: refresh.text, lasting: lasting)
    }

    private func signedIn(
        _ person: User, in session: SessionID, refresh: String?, lasting: Duration = Claims.lasting
    ) throws -> SignedIn {
        let jti = tools.mint.name(SessionID.self).rawValue.dropFirst(SessionID.prefix.count)
        let claims = Claims(person, in: session, as: String(jti), at: tools.clock.now(), lasting: lasting)
        return SignedIn(person: person, token: try tools.seal.token(of: claims), lasting: lasting, refresh: refresh)
    }

    /// Two buckets: one for the name, one for the address. Without coordination nobody counts, and the benches of the
    /// password keeper are all that slows a guesser down.
    private func spend(_ name: String, _ visitor: Visitor) async throws {
        let buckets = [
            ("signin:name:" + SHA256.hex(of: Array(name.utf8)), SignInLimits.perName),
            ("signin:address:" + visitor.address, SignInLimits.perAddress),
        ]
        for (bucket, limit) in buckets {
            let allowance = Allowance(limit.tokens, every: limit.period, burst: limit.burst)
            do {
                guard case .refused(let wait) = try await tools.coordination.spend(1, from: bucket, of: allowance)
                else { continue }
                throw TooOften(retryAfter: wait)
            } catch let failure as CoordinationFailure {
                tools.log.warning("nobody counts who tries to sign in", [.cause: "\(failure)"])
            }
        }
    }
}
