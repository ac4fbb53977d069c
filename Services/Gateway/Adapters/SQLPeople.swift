// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Contracts
import Delivery
package import GatewayCore
package import GatewayShell
package import Ports
import Wire

/// People in a database: who they are, and their coming and going.
package struct SQLPeople: PeopleStore {
    let desk: GatewayDesk
    let mint: Mint

    package init(desk: GatewayDesk, mint: Mint) {
        self.desk = desk
        self.mint = mint
    }

    // MARK: who is it?

    package func account(under email: String) async throws -> Account? {
        try await desk.transaction { tx in try await tx.row(PeopleQueries.byEmail(email)) }.map { try Account($0) }
    }

    package func account(_ user: UserID, of tenant: TenantID) async throws -> Account? {
        try await desk.transaction { tx in try await tx.row(PeopleQueries.byID(user, tenant)) }.map { try Account($0) }
    }

    package func holder(of session: SessionID, at now: Timestamp) async throws -> Holder? {
        try await desk.transaction { tx in
            guard let row = try await tx.row(SessionQueries.holder(session, now)) else { return nil }
            let person = try Account(row).person
            return Holder(person: person, projects: try await projects(of: person, in: tx))
        }
    }

    package func holder(ofToken hash: String, at now: Timestamp) async throws -> Holder? {
        try await desk.transaction { tx in
            guard let (token, user, tenant, scopes, usedAt) = try await tx.row(SessionQueries.tokenHolder(hash, now)),
                let row = try await tx.row(PeopleQueries.byID(user, tenant))
            else { return nil }
            let person = try Account(row).person
            guard person.isActive else { return nil }
            if usedAt.map({ now - $0 >= .seconds(60) }) ?? true {
                try await tx.send([Order(SessionQueries.tokenUsed(token, now))])
            }
            let projects = try await projects(of: person, in: tx)
            return Holder(person: person, projects: projects, limit: try JSON.decode(from: scopes))
        }
    }

    private func projects(of person: User, in tx: any Transaction) async throws -> [ProjectID: Role] {
        guard !person.role.isEverywhere else { return [:] }
        let rows = try await tx.rows(PeopleQueries.projects(person.userID))
        return Dictionary(rows.map { ($0.0, Role(rawValue: $0.1) ?? .viewer) }) { first, _ in first }
    }

    // MARK: coming and going

    package func begin(_ session: NewSession, _ note: AuditNote, at now: Timestamp) async throws {
        let person = session.person
        let letter = try AuthLetter(note, person).letter(.authLoginSucceeded, mint)
        try await desk.desk.send(at: now) { tx in
            let endsAt = now + RefreshVerdict.lasting
            try await tx.send([
                Order(
                    SessionQueries.open(
                        session.sessionID, person.tenantID, person.userID, session.method, now, endsAt)),
                Order(SessionQueries.addRefresh(session.refresh.hash, session.sessionID)), try note.order(),
            ])
            return ((), [letter])
        }
    }

    package func refuse(_ note: AuditNote, at now: Timestamp) async throws {
        let letter = try AuthLetter(note, nil).letter(.authLoginFailed, mint)
        try await desk.desk.send(at: now) { tx in
            try await tx.send([try note.order()])
            return ((), [letter])
        }
    }

    package func refresh(
        _ hash: String, with successor: Secret, from visitor: Visitor, at now: Timestamp
    ) async throws -> Refreshed? {
        try await desk.desk.send(at: now) { tx in
            guard
                let (session, tenant, user, spentAt, newestAt, endsAt, revokedAt) = try await tx.row(
                    SessionQueries.shown(hash))
            else { return (nil, []) }
            let shown = ShownRefresh(
                spentAt: spentAt, newestAt: newestAt, usedAt: newestAt, endsAt: endsAt, revokedAt: revokedAt)
            switch RefreshVerdict(shown, at: now) {
            case .over: return (nil, [])
            case .stolen:
                var note = AuditNote(
                    mint.name(), of: tenant, user.rawValue, "session.revoked", on: session.rawValue, from: visitor,
                    at: now)
                note.remark = "a refresh token was used twice"
                try await tx.send([Order(SessionQueries.end(session, now)), try note.order()])
                return (nil, [])
            case .renewed:
                guard let row = try await tx.row(SessionQueries.holder(session, now)) else { return (nil, []) }
                try await tx.send([
                    Order(SessionQueries.spend(session, now)),
                    Order(SessionQueries.addRefresh(successor.hash, session)),
                    Order(SessionQueries.goOn(session, now)),
                ])
                return (Refreshed(person: try Account(row).person, sessionID: session), [])
            }
        }
    }

    package func end(_ session: SessionID, _ note: AuditNote, at now: Timestamp) async throws {
        try await desk.transaction { tx in
            try await tx.send([Order(SessionQueries.end(session, now)), try note.order()])
        }
    }

    package func keep(_ entry: NewEntry, _ note: AuditNote?, at now: Timestamp) async throws {
        try await desk.transaction { tx in
            var orders = [Order(SessionQueries.keepEntry(entry.secret.hash, entry.user, entry.endsAt))]
            if let note { orders.append(try note.order()) }
            try await tx.send(orders)
        }
    }

    package func enter(_ hash: String, at now: Timestamp) async throws -> User? {
        try await desk.transaction { tx in
            guard let (user, endsAt) = try await tx.row(SessionQueries.takeEntry(hash)), let user, now < endsAt,
                let row = try await tx.row(PeopleQueries.anywhere(user))
            else { return nil }
            let person = try Account(row).person
            return person.isActive ? person : nil
        }
    }

    // MARK: the first

    package func knowsAnybody() async throws -> Bool {
        try await desk.transaction { tx in try await tx.row(PeopleQueries.anybody()) } != nil
    }

    package func setUp(_ code: String, _ owner: NewUser, _ note: AuditNote, at now: Timestamp) async throws -> User? {
        try await desk.transaction { tx in
            _ = try await tx.row(PeopleQueries.holdTenant(.local))
            guard try await tx.row(PeopleQueries.anybody()) == nil,
                let (user, endsAt) = try await tx.row(SessionQueries.takeEntry(code)), user == nil, now < endsAt
            else { return nil }
            try await tx.send([try owner.order(), try note.order(after: owner.person)])
            return owner.person
        }
    }

    package func register(
        _ owner: NewUser, as deed: Deed, _ note: AuditNote, at now: Timestamp
    ) async throws -> Once<User> {
        try await desk.once(deed, at: now) { tx in
            try await free(owner.person.email, in: tx)
            try await tx.send([
                Order(PeopleQueries.addTenant(owner.person.tenantID, owner.person.name, now)), try owner.order(),
                try note.order(after: owner.person),
            ])
            return (owner.person, [])
        }
    }

    /// Throws when somebody is known under it.
    func free(_ email: String?, in tx: any Transaction) async throws {
        guard let email, try await tx.row(PeopleQueries.byEmail(email)) != nil else { return }
        throw FailureReport(
            .requestValidation, "somebody is known under this address", owner: .gateway, nextStep: "take another one")
    }
}

extension NewUser {
    func order() throws -> Order {
        Order(
            PeopleQueries.add(
                person.userID, person.tenantID, person.email, person.name, person.role.rawValue,
                try JSON.text(person.scopes.sorted()), sealed, person.createdAt))
    }
}

/// What is said about a sign-in.
private struct AuthLetter {
    let note: AuditNote
    let person: User?

    init(_ note: AuditNote, _ person: User?) {
        self.note = note
        self.person = person
    }

    func letter(_ type: AinerEvent, _ mint: Mint) throws -> OutgoingLetter {
        let hasFailed = type == .authLoginFailed
        var members: [String: JSONValue] = ["address": .string(String(note.visitor.address.prefix(64)))]
        if let person { members["user_id"] = .string(person.userID.rawValue) }
        members["user_name"] = (person?.email ?? (hasFailed ? note.object : nil)).map { .string($0) }
        members[hasFailed ? "reason" : "method"] = note.remark.map { .string($0) }
        let id: EventID = mint.name()
        // A sign-in is of no project; the trail has to name one.
        let trail = Trail(
            tenantID: note.tenant, projectID: .local, runID: nil, traceID: note.visitor.trace,
            correlationID: CorrelationID(trusted: note.auditID.rawValue),
            idempotencyKey: .derive(note.auditID.rawValue))
        var envelope = EventEnvelope(
            eventID: id, type: .ainer(type), at: note.at, from: .gateway, trail: trail,
            payload: JSON.payload(.object(members)))
        if hasFailed { envelope.failure = FailureMark(errorCode: ErrorCode.signInRefused.rawValue, retryable: false) }
        return try OutgoingLetter(envelope)
    }
}
