// GatewayShell · shell · sees Contracts, Policies, Ports, Telemetry, GatewayCore
package import Contracts
package import GatewayCore

/// Where the gateway keeps people, their sessions, their tokens, and what was done to them. Whatever changes anything commits
/// with its line in the audit.
package protocol PeopleStore: Sendable {
    // Who is it?
    func account(under email: String) async throws -> Account?
    func account(_ user: UserID, of tenant: TenantID) async throws -> Account?
    /// Whoever is signed in with this session, as he is now; nil when it is over.
    func holder(of session: SessionID, at now: Timestamp) async throws -> Holder?
    /// Whoever this token is of, as he is now; nil when it is over. That it was used is noted once a minute.
    func holder(ofToken hash: String, at now: Timestamp) async throws -> Holder?

    // Coming and going.
    func begin(_ session: NewSession, _ note: AuditNote, at now: Timestamp) async throws
    func refuse(_ note: AuditNote, at now: Timestamp) async throws
    func refresh(_ hash: String, with successor: Secret, from visitor: Visitor, at now: Timestamp) async throws
        -> Refreshed?
    func end(_ session: SessionID, _ note: AuditNote, at now: Timestamp) async throws
    func keep(_ entry: NewEntry, _ note: AuditNote?, at now: Timestamp) async throws
    /// Who may come in with it, once; nil when it is not good, or not any more.
    func enter(_ hash: String, at now: Timestamp) async throws -> User?
    /// Whether anybody could sign in with a password.
    func knowsAnybody() async throws -> Bool
    /// The first owner of this house's own tenant; nil when the code is not good, or somebody was quicker.
    func setUp(_ code: String, _ owner: NewUser, _ note: AuditNote, at now: Timestamp) async throws -> User?
    func register(_ owner: NewUser, as deed: Deed, _ note: AuditNote, at now: Timestamp) async throws -> Once<User>

    // People.
    func people(of tenant: TenantID, after: UserID?, limit: Int) async throws -> [User]
    func add(_ person: NewUser, as deed: Deed, _ note: AuditNote, at now: Timestamp) async throws -> Once<User>
    func change(
        _ user: UserID, by caller: Caller, _ change: UserChange, as deed: Deed, _ note: AuditNote
    ) async throws -> Once<User>
    func remove(_ user: UserID, by caller: Caller, as deed: Deed, _ note: AuditNote) async throws -> Once<User>
    func setPassword(
        of user: UserID, by caller: Caller, _ sealed: String, as deed: Deed, _ note: AuditNote
    ) async throws -> Once<User>

    // Tokens.
    func tokens(of user: UserID?, in tenant: TenantID) async throws -> [AccessToken]
    func keep(_ token: NewToken, as deed: Deed, _ note: AuditNote) async throws -> Once<AccessToken>
    func revoke(_ token: AccessTokenID, by caller: Caller, as deed: Deed, _ note: AuditNote) async throws
        -> Once<AccessToken>

    // Projects.
    func members(of project: ProjectID, in tenant: TenantID) async throws -> [Membership]
    /// Nil: he is no member any more.
    func seat(
        _ user: UserID, in project: ProjectID, as role: Role?, _ deed: Deed, _ note: AuditNote
    ) async throws -> Once<Membership>

    /// A line in the audit for what was done elsewhere.
    func note(_ note: AuditNote) async throws
    func audit(of tenant: TenantID, after: AuditID?, limit: Int) async throws -> [AuditRow]
}

/// Somebody, and what his password was sealed to.
package struct Account: Hashable, Sendable {
    package let person: User
    package let sealed: String?

    package init(person: User, sealed: String?) {
        self.person = person
        self.sealed = sealed
    }
}

/// Whoever asks, as he is at this moment.
package struct Holder: Hashable, Sendable {
    package let person: User
    package let projects: [ProjectID: Role]
    /// What his token says at most; nil without one.
    package let limit: Set<Scope>?

    package init(person: User, projects: [ProjectID: Role], limit: Set<Scope>? = nil) {
        self.person = person
        self.projects = projects
        self.limit = limit
    }

    package var caller: Caller { person.caller(in: projects, token: limit) }
}

/// Where a request comes from.
package struct Visitor: Hashable, Sendable {
    package let address: String
    package let trace: TraceID

    package init(address: String, trace: TraceID) {
        self.address = address
        self.trace = trace
    }
}

package struct NewUser: Sendable {
    package let person: User
    package let sealed: String?

    package init(_ person: User, sealed: String?) {
        self.person = person
        self.sealed = sealed
    }
}

package struct NewSession: Sendable {
    package let sessionID: SessionID
    package let person: User
    package let refresh: Secret
    package let method: String

    package init(_ sessionID: SessionID, of person: User, refresh: Secret, method: String) {
        self.sessionID = sessionID
        self.person = person
        self.refresh = refresh
        self.method = method
    }
}

/// A code to come in with, once.
package struct NewEntry: Sendable {
    package let secret: Secret
    /// Nil: for the first owner, whoever that will be.
    package let user: UserID?
    package let endsAt: Timestamp

    package init(_ secret: Secret, for user: UserID?, until endsAt: Timestamp) {
        self.secret = secret
        self.user = user
        self.endsAt = endsAt
    }
}

package struct Refreshed: Sendable {
    package let person: User
    package let sessionID: SessionID

    package init(person: User, sessionID: SessionID) {
        self.person = person
        self.sessionID = sessionID
    }
}

/// A token of somebody, without its secret.
package struct AccessToken: Codable, Hashable, Sendable {
    package let tokenID: AccessTokenID
    package let userID: UserID
    package let name: String
    /// In order, so that the same token is always written the same.
    package let scopes: [Scope]
    package let createdAt: Timestamp
    package let expiresAt: Timestamp?
    package let usedAt: Timestamp?
    package let revokedAt: Timestamp?

    package enum CodingKeys: String, CodingKey {
        case tokenID = "token_id"
        case userID = "user_id"
        case name
        case scopes
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case usedAt = "last_used_at"
        case revokedAt = "revoked_at"
    }

    package init(
        _ tokenID: AccessTokenID, of userID: UserID, name: String, scopes: Set<Scope>, times: Times
    ) {
        self.tokenID = tokenID
        self.userID = userID
        self.name = name
        self.scopes = scopes.sorted()
        createdAt = times.createdAt
        expiresAt = times.expiresAt
        usedAt = times.usedAt
        revokedAt = times.revokedAt
    }

    package struct Times: Sendable {
        package var createdAt: Timestamp
        package var expiresAt: Timestamp?
        package var usedAt: Timestamp?
        package var revokedAt: Timestamp?

        package init(
            createdAt: Timestamp, expiresAt: Timestamp?, usedAt: Timestamp? = nil, revokedAt: Timestamp? = nil
        ) {
            self.createdAt = createdAt
            self.expiresAt = expiresAt
            self.usedAt = usedAt
            self.revokedAt = revokedAt
        }
    }
}

package struct NewToken: Sendable {
    package let token: AccessToken
    package let secret: Secret

    package init(_ token: AccessToken, secret: Secret) {
        self.token = token
        self.secret = secret
    }
}

/// What somebody is in a project.
package struct Membership: Codable, Hashable, Sendable {
    package let projectID: ProjectID
    package let userID: UserID
    package let role: Role

    package enum CodingKeys: String, CodingKey {
        case projectID = "project_id"
        case userID = "user_id"
        case role
    }

    package init(projectID: ProjectID, userID: UserID, role: Role) {
        self.projectID = projectID
        self.userID = userID
        self.role = role
    }
}

/// What will stand in the audit.
package struct AuditNote: Sendable {
    package let auditID: AuditID
    package let tenant: TenantID
    package let actor: String
    package let action: String
    package var object: String
    package let visitor: Visitor
    package let at: Timestamp
    /// Why not, or how.
    package var remark: String?

    package init(
        _ auditID: AuditID, of tenant: TenantID, _ actor: String, _ action: String, on object: String,
        from visitor: Visitor, at: Timestamp, remark: String? = nil
    ) {
        self.auditID = auditID
        self.tenant = tenant
        self.actor = actor
        self.action = action
        self.object = object
        self.visitor = visitor
        self.at = at
        self.remark = remark
    }
}

/// One line of the audit.
package struct AuditRow: Codable, Hashable, Sendable {
    package let auditID: AuditID
    package let at: Timestamp
    package let actor: String
    package let action: String
    package let object: String
    package let address: String
    package let traceID: String
    package let remark: String?
    package let before: String?
    package let after: String?

    package enum CodingKeys: String, CodingKey {
        case auditID = "audit_id"
        case at
        case actor
        case action
        case object
        case address
        case traceID = "trace_id"
        case remark
        case before
        case after
    }

    package init(
        auditID: AuditID, at: Timestamp, actor: String, action: String, object: String, address: String,
        traceID: String, remark: String?, before: String?, after: String?
    ) {
        self.auditID = auditID
        self.at = at
        self.actor = actor
        self.action = action
        self.object = object
        self.address = address
        self.traceID = traceID
        self.remark = remark
        self.before = before
        self.after = after
    }
}
