// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
package import GatewayCore
package import GatewayShell
import Ports
import Wire

/// Keeping people, their tokens and their projects in order.
extension SQLPeople {
    package func people(of tenant: TenantID, after: UserID?, limit: Int) async throws -> [User] {
        try await desk.transaction { tx in try await tx.rows(PeopleQueries.ofTenant(tenant, after, limit)) }
            .map { try Account($0).person }
    }

    package func add(
        _ person: NewUser, as deed: Deed, _ note: AuditNote, at now: Timestamp
    ) async throws -> Once<User> {
        try await desk.once(deed, at: now) { tx in
            try await free(person.person.email, in: tx)
            try await tx.send([try person.order(), try note.order(after: person.person)])
            return (person.person, [])
        }
    }

    package func change(
        _ user: UserID, by caller: Caller, _ change: UserChange, as deed: Deed, _ note: AuditNote
    ) async throws -> Once<User> {
        try await desk.once(deed, at: note.at) { tx in
            let (person, changed) = try await self.changed(user, by: caller, change, in: tx)
            var orders = [
                Order(PeopleQueries.keep(user, changed.name, changed.role.rawValue, changed.isActive)),
                try note.order(before: person, after: changed),
            ]
            if !changed.isActive { orders.append(Order(SessionQueries.endAll(user, note.at))) }
            try await tx.send(orders)
            return (changed, [])
        }
    }

    package func remove(
        _ user: UserID, by caller: Caller, as deed: Deed, _ note: AuditNote
    ) async throws -> Once<User> {
        try await desk.once(deed, at: note.at) { tx in
            let (person, gone) = try await changed(user, by: caller, UserChange(isActive: false), in: tx)
            try await tx.send([
                Order(PeopleQueries.remove(user, note.at)), Order(SessionQueries.endAll(user, note.at)),
                try note.order(before: person),
            ])
            return (gone, [])
        }
    }

    package func setPassword(
        of user: UserID, by caller: Caller, _ sealed: String, as deed: Deed, _ note: AuditNote
    ) async throws -> Once<User> {
        try await desk.once(deed, at: note.at) { tx in
            let person = try await person(user, caller.tenant, in: tx)
            if user.rawValue != caller.subject { try caller.mustHave(person.ownScopes) }
            try await tx.send([
                Order(PeopleQueries.setPassword(user, sealed)), Order(SessionQueries.endAll(user, note.at)),
                try note.order(),
            ])
            return (person, [])
        }
    }

    private func changed(
        _ user: UserID, by caller: Caller, _ change: UserChange, in tx: any Transaction
    ) async throws -> (User, User) {
        _ = try await tx.row(PeopleQueries.holdTenant(caller.tenant))
        let person = try await person(user, caller.tenant, in: tx)
        let others = try await tx.row(PeopleQueries.otherOwners(caller.tenant, user)) ?? 0
        return (person, try change.made(of: person, by: caller, otherOwners: others))
    }

    private func person(_ user: UserID, _ tenant: TenantID, in tx: any Transaction) async throws -> User {
        guard let row = try await tx.row(PeopleQueries.byID(user, tenant)) else { throw StaffDesk.nobody(user) }
        return try Account(row).person
    }

    // MARK: tokens

    package func tokens(of user: UserID?, in tenant: TenantID) async throws -> [AccessToken] {
        try await desk.transaction { tx in try await tx.rows(SessionQueries.tokens(tenant, user)) }.map {
            try AccessToken($0)
        }
    }

    package func keep(_ token: NewToken, as deed: Deed, _ note: AuditNote) async throws -> Once<AccessToken> {
        let new = token.token
        return try await desk.once(deed, at: note.at) { tx in
            try await tx.send([
                Order(
                    SessionQueries.addToken(
                        new.tokenID, deed.tenant, new.userID, token.secret.hash, new.name,
                        try JSON.text(new.scopes.sorted()), new.createdAt, new.expiresAt)),
                try note.order(),
            ])
            return (new, [])
        }
    }

    package func revoke(
        _ token: AccessTokenID, by caller: Caller, as deed: Deed, _ note: AuditNote
    ) async throws -> Once<AccessToken> {
        try await desk.once(deed, at: note.at) { tx in
            guard let row = try await tx.row(SessionQueries.token(token, caller.tenant)),
                row.1.rawValue == caller.subject || caller.scopes.contains(Scope.writePeople.rawValue)
            else { throw FailureReport(.notFound, "there is no token \(token)", owner: .gateway) }
            try await tx.send([Order(SessionQueries.revokeToken(token, note.at)), try note.order()])
            return (try AccessToken(row), [])
        }
    }

    // MARK: projects and the audit

    package func members(of project: ProjectID, in tenant: TenantID) async throws -> [Membership] {
        try await desk.transaction { tx in try await tx.rows(PeopleQueries.members(tenant, project)) }
            .map { Membership(projectID: project, userID: $0.0, role: Role(rawValue: $0.1) ?? .viewer) }
    }

    package func seat(
        _ user: UserID, in project: ProjectID, as role: Role?, _ deed: Deed, _ note: AuditNote
    ) async throws -> Once<Membership> {
        try await desk.once(deed, at: note.at) { tx in
            guard let role else {
                guard let word = try await tx.row(PeopleQueries.unseat(deed.tenant, project, user)) else {
                    throw FailureReport(.notFound, "\(user) is no member of \(project)", owner: .gateway)
                }
                try await tx.send([try note.order()])
                return (Membership(projectID: project, userID: user, role: Role(rawValue: word) ?? .viewer), [])
            }
            try await tx.send([
                Order(PeopleQueries.seat(deed.tenant, project, user, role.rawValue)), try note.order(),
            ])
            return (Membership(projectID: project, userID: user, role: role), [])
        }
    }

    package func note(_ note: AuditNote) async throws {
        try await desk.transaction { tx in try await tx.send([try note.order()]) }
    }

    package func audit(of tenant: TenantID, after: AuditID?, limit: Int) async throws -> [AuditRow] {
        try await desk.transaction { tx in try await tx.rows(PeopleQueries.audit(tenant, after, limit)) }
            .map {
                AuditRow(
                    auditID: $0.0, at: $0.1, actor: $0.2, action: $0.3, object: $0.4, address: $0.5, traceID: $0.6,
                    remark: $0.7, before: $0.8, after: $0.9)
            }
    }
}

extension AccessToken {
    fileprivate init(
        _ row: (AccessTokenID, UserID, String, String, Timestamp, Timestamp?, Timestamp?, Timestamp?)
    ) throws {
        self.init(
            row.0, of: row.1, name: row.2, scopes: try JSON.decode(from: row.3),
            times: Times(createdAt: row.4, expiresAt: row.5, usedAt: row.6, revokedAt: row.7))
    }
}
