// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import GatewayShell
import Ports

/// What is asked and written about sessions and tokens.
enum SessionQueries {
    static let cards = [
        StatementCard(open), StatementCard(holder), StatementCard(end), StatementCard(endAll), StatementCard(shown),
        StatementCard(addRefresh), StatementCard(spend), StatementCard(goOn), StatementCard(keepEntry),
        StatementCard(takeEntry), StatementCard(tokenHolder), StatementCard(tokenUsed), StatementCard(addToken),
        StatementCard(tokens), StatementCard(token), StatementCard(revokeToken),
    ]

    static let open = statement(
        "session.open", takes: SessionID.self, TenantID.self, UserID.self, String.self, Timestamp.self, Timestamp.self,
        gives: Void.self,
        """
        INSERT INTO gateway.sessions (id, tenant_id, user_id, method, created_at, newest_at, ends_at)
        VALUES ($1, $2, $3, $4, $5, $5, $6)
        """)

    static let holder = statement(
        "session.holder", takes: SessionID.self, Timestamp.self,
        gives: (UserID, TenantID, String?, String, String, String, Bool, Timestamp, String?).self,
        """
        SELECT users.id, users.tenant_id, users.email, users.name, users.role, users.scopes, users.is_active,
          users.created_at, users.password
        FROM gateway.sessions AS sessions
        JOIN gateway.users AS users ON users.id = sessions.user_id
        WHERE sessions.id = $1
          AND sessions.revoked_at IS NULL
          AND sessions.ends_at > $2
          AND users.is_active = 1
          AND users.removed_at IS NULL
        """)

    static let end = statement(
        "session.end", takes: SessionID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.sessions
        SET revoked_at = $2
        WHERE id = $1
          AND revoked_at IS NULL
        """)

    static let endAll = statement(
        "session.end_all", takes: UserID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.sessions
        SET revoked_at = $2
        WHERE user_id = $1
          AND revoked_at IS NULL
        """)

    /// Who shows the same token at the same time waits for the first.
    static let shown = statement(
        "refresh.shown", takes: String.self,
        gives: (SessionID, TenantID, UserID, Timestamp?, Timestamp, Timestamp, Timestamp?).self,
        """
        SELECT sessions.id, sessions.tenant_id, sessions.user_id, refresh.spent_at, sessions.newest_at,
          sessions.ends_at, sessions.revoked_at
        FROM gateway.refresh_tokens AS refresh
        JOIN gateway.sessions AS sessions ON sessions.id = refresh.session_id
        WHERE refresh.hash = $1
        FOR UPDATE      -- only postgres
        """)

    static let addRefresh = statement(
        "refresh.add", takes: String.self, SessionID.self, gives: Void.self,
        """
        INSERT INTO gateway.refresh_tokens (hash, session_id)
        VALUES ($1, $2)
        """)

    static let spend = statement(
        "refresh.spend", takes: SessionID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.refresh_tokens
        SET spent_at = $2
        WHERE session_id = $1
          AND spent_at IS NULL
        """)

    static let goOn = statement(
        "session.go_on", takes: SessionID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.sessions
        SET newest_at = $2
        WHERE id = $1
        """)

    static let keepEntry = statement(
        "entry.keep", takes: String.self, UserID?.self, Timestamp.self, gives: Void.self,
        """
        INSERT INTO gateway.entries (hash, user_id, ends_at)
        VALUES ($1, $2, $3)
        """)

    /// Once: whoever is second finds nothing.
    static let takeEntry = statement(
        "entry.take", takes: String.self, gives: (UserID?, Timestamp).self,
        """
        DELETE FROM gateway.entries
        WHERE hash = $1
        RETURNING user_id, ends_at
        """)

    static let tokenHolder = statement(
        "token.holder", takes: String.self, Timestamp.self,
        gives: (AccessTokenID, UserID, TenantID, String, Timestamp?).self,
        """
        SELECT id, user_id, tenant_id, scopes, used_at
        FROM gateway.access_tokens
        WHERE hash = $1
          AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > $2)
        """)

    static let tokenUsed = statement(
        "token.used", takes: AccessTokenID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.access_tokens
        SET used_at = $2
        WHERE id = $1
        """)

    static let addToken = statement(
        "token.add", takes: AccessTokenID.self, TenantID.self, UserID.self, String.self, String.self, String.self,
        Timestamp.self, Timestamp?.self, gives: Void.self,
        """
        INSERT INTO gateway.access_tokens (id, tenant_id, user_id, hash, name, scopes, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """)

    static let tokens = statement(
        "token.list", takes: TenantID.self, UserID?.self,
        gives: (AccessTokenID, UserID, String, String, Timestamp, Timestamp?, Timestamp?, Timestamp?).self,
        """
        SELECT id, user_id, name, scopes, created_at, expires_at, used_at, revoked_at
        FROM gateway.access_tokens
        WHERE tenant_id = $1
          AND ($2 IS NULL OR user_id = $2)
          AND revoked_at IS NULL
        ORDER BY id
        LIMIT 1000
        """)

    static let token = statement(
        "token.one", takes: AccessTokenID.self, TenantID.self,
        gives: (AccessTokenID, UserID, String, String, Timestamp, Timestamp?, Timestamp?, Timestamp?).self,
        """
        SELECT id, user_id, name, scopes, created_at, expires_at, used_at, revoked_at
        FROM gateway.access_tokens
        WHERE id = $1
          AND tenant_id = $2
          AND revoked_at IS NULL
        FOR UPDATE      -- only postgres
        """)

    static let revokeToken = statement(
        "token.revoke", takes: AccessTokenID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.access_tokens
        SET revoked_at = $2
        WHERE id = $1
        """)
}
