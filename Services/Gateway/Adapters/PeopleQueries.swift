// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import GatewayCore
import GatewayShell
import Ports
import Wire

/// Somebody as he stands in a row.
typealias UserRow = (UserID, TenantID, String?, String, String, String, Bool, Timestamp, String?)

/// What is asked and written about people.
enum PeopleQueries {
    static let cards = [
        StatementCard(byEmail), StatementCard(byID), StatementCard(anywhere), StatementCard(ofTenant),
        StatementCard(holdTenant),
        StatementCard(otherOwners), StatementCard(anybody), StatementCard(addTenant), StatementCard(add),
        StatementCard(keep), StatementCard(remove), StatementCard(setPassword), StatementCard(projects),
        StatementCard(members), StatementCard(seat), StatementCard(unseat), StatementCard(note), StatementCard(audit),
    ]

    static let byEmail = statement(
        "person.by_email", takes: String.self,
        gives: (UserID, TenantID, String?, String, String, String, Bool, Timestamp, String?).self,
        """
        SELECT id, tenant_id, email, name, role, scopes, is_active, created_at, password
        FROM gateway.users
        WHERE email = $1
          AND removed_at IS NULL
        """)

    static let byID = statement(
        "person.by_id", takes: UserID.self, TenantID.self,
        gives: (UserID, TenantID, String?, String, String, String, Bool, Timestamp, String?).self,
        """
        SELECT id, tenant_id, email, name, role, scopes, is_active, created_at, password
        FROM gateway.users
        WHERE id = $1
          AND tenant_id = $2
          AND removed_at IS NULL
        """)

    static let anywhere = statement(
        "person.anywhere", takes: UserID.self,
        gives: (UserID, TenantID, String?, String, String, String, Bool, Timestamp, String?).self,
        """
        SELECT id, tenant_id, email, name, role, scopes, is_active, created_at, password
        FROM gateway.users
        WHERE id = $1
          AND removed_at IS NULL
        """)

    static let ofTenant = statement(
        "person.of_tenant", takes: TenantID.self, UserID?.self, Int.self,
        gives: (UserID, TenantID, String?, String, String, String, Bool, Timestamp, String?).self,
        """
        SELECT id, tenant_id, email, name, role, scopes, is_active, created_at, password
        FROM gateway.users
        WHERE tenant_id = $1
          AND ($2 IS NULL OR id > $2)
          AND removed_at IS NULL
        ORDER BY id
        LIMIT $3
        """)

    /// Whoever changes owners waits here for whoever does the same.
    static let holdTenant = statement(
        "tenant.hold", takes: TenantID.self, gives: (TenantID).self,
        """
        SELECT id
        FROM gateway.tenants
        WHERE id = $1
        FOR UPDATE      -- only postgres
        """)

    /// Only those who can sign in.
    static let otherOwners = statement(
        "person.other_owners", takes: TenantID.self, UserID.self, gives: (Int).self,
        """
        SELECT count(*)
        FROM gateway.users
        WHERE tenant_id = $1
          AND id <> $2
          AND role = 'owner'
          AND is_active = 1
          AND password IS NOT NULL
          AND removed_at IS NULL
        """)

    static let anybody = statement(
        "person.anybody", gives: (UserID).self,
        """
        SELECT id
        FROM gateway.users
        WHERE password IS NOT NULL
        LIMIT 1
        """)

    static let addTenant = statement(
        "tenant.add", takes: TenantID.self, String.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO gateway.tenants (id, name, created_at)
        VALUES ($1, $2, $3)
        """)

    static let add = statement(
        "person.add", takes: UserID.self, TenantID.self, String?.self, String.self, String.self, String.self,
        String?.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO gateway.users (id, tenant_id, email, name, role, scopes, password, is_active, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8)
        """)

    static let keep = statement(
        "person.keep", takes: UserID.self, String.self, String.self, Bool.self, gives: Void.self,
        """
        UPDATE gateway.users
        SET name = $2,
            role = $3,
            is_active = $4
        WHERE id = $1
        """)

    static let remove = statement(
        "person.remove", takes: UserID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.users
        SET removed_at = $2,
            is_active = 0
        WHERE id = $1
        """)

    static let setPassword = statement(
        "person.set_password", takes: UserID.self, String.self, gives: Void.self,
        """
        UPDATE gateway.users
        SET password = $2
        WHERE id = $1
        """)

    static let projects = statement(
        "person.projects", takes: UserID.self, gives: (ProjectID, String).self,
        """
        SELECT project_id, role
        FROM gateway.memberships
        WHERE user_id = $1
        """)

    static let members = statement(
        "project.members", takes: TenantID.self, ProjectID.self, gives: (UserID, String).self,
        """
        SELECT user_id, role
        FROM gateway.memberships
        WHERE tenant_id = $1
          AND project_id = $2
        ORDER BY user_id
        """)

    static let seat = statement(
        "project.seat", takes: TenantID.self, ProjectID.self, UserID.self, String.self, gives: Void.self,
        """
        INSERT INTO gateway.memberships (tenant_id, project_id, user_id, role)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (tenant_id, project_id, user_id) DO UPDATE SET role = excluded.role
        """)

    static let unseat = statement(
        "project.unseat", takes: TenantID.self, ProjectID.self, UserID.self, gives: (String).self,
        """
        DELETE FROM gateway.memberships
        WHERE tenant_id = $1
          AND project_id = $2
          AND user_id = $3
        RETURNING role
        """)

    static let note = statement(
        "audit.note", takes: AuditID.self, TenantID.self, Timestamp.self, String.self, String.self, String.self,
        String.self, String.self, String?.self, String?.self, String?.self, gives: Void.self,
        """
        INSERT INTO gateway.audit (id, tenant_id, noted_at, actor, action, object, address, trace_id, remark, before,
          after)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """)

    static let audit = statement(
        "audit.list", takes: TenantID.self, AuditID?.self, Int.self,
        gives: (AuditID, Timestamp, String, String, String, String, String, String?, String?, String?).self,
        """
        SELECT id, noted_at, actor, action, object, address, trace_id, remark, before, after
        FROM gateway.audit
        WHERE tenant_id = $1
          AND ($2 IS NULL OR id < $2)
        ORDER BY id DESC
        LIMIT $3
        """)
}

extension Account {
    init(_ row: UserRow) throws {
        guard let role = Role(rawValue: row.4) else {
            throw FailureReport(.programFault, "the role \(row.4) of \(row.0) is none of ours", owner: .gateway)
        }
        var person = User(row.0, of: row.1, email: row.2, name: row.3, role: role, at: row.7)
        person.scopes = try JSON.decode(from: row.5)
        person.isActive = row.6
        self.init(person: person, sealed: row.8)
    }
}

extension AuditNote {
    func order(before: User? = nil, after: User? = nil) throws -> Order {
        Order(
            PeopleQueries.note(
                auditID, tenant, at, actor, action, object, visitor.address, visitor.trace.rawValue, remark,
                try before.map { try JSON.text($0) }, try after.map { try JSON.text($0) }))
    }
}
