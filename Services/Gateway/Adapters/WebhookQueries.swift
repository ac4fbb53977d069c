// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
import Contracts
import GatewayCore
package import Ports

/// What is asked of the webhooks.
package enum WebhookQueries {
    package static let cards = [
        StatementCard(open), StatementCard(one), StatementCard(list), StatementCard(keep), StatementCard(secrets),
        StatementCard(rotate), StatementCard(view), StatementCard(remove), StatementCard(listeners),
    ]

    static let open = statement(
        "webhook.open", takes: WebhookID.self, TenantID.self, ProjectID?.self, String.self, String.self, String.self,
        gives: Void.self,
        """
        INSERT INTO gateway.webhooks (id, tenant_id, project_id, run_id, active, view, secret)
        VALUES ($1, $2, $3, $4, 1, $5, $6)
        """)

    static let one = statement(
        "webhook.one", takes: WebhookID.self, TenantID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.webhooks
        WHERE id = $1
          AND tenant_id = $2
        FOR UPDATE      -- only postgres
        """)

    /// `$3` is a list of projects as JSON, or nothing: then those of the whole tenant are shown too.
    static let list = statement(
        "webhook.list", takes: TenantID.self, WebhookID?.self, String?.self, Int.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.webhooks
        WHERE tenant_id = $1
          AND ($2 IS NULL OR id < $2)
          AND ($3 IS NULL OR project_id IN (SELECT value FROM json_each($3)))                        -- only sqlite
          AND ($3 IS NULL OR project_id IN (SELECT json_array_elements_text(CAST($3 AS json))))      -- only postgres
        ORDER BY id DESC
        LIMIT $4
        """)

    static let keep = statement(
        "webhook.keep", takes: WebhookID.self, Bool.self, String.self, gives: Void.self,
        """
        UPDATE gateway.webhooks
        SET active = $2,
            view = $3
        WHERE id = $1
        """)

    static let view = statement(
        "webhook.view", takes: WebhookID.self, gives: (String).self,
        """
        SELECT view
        FROM gateway.webhooks
        WHERE id = $1
        FOR UPDATE      -- only postgres
        """)

    static let secrets = statement(
        "webhook.secrets", takes: WebhookID.self, gives: (String, String?, Timestamp?).self,
        """
        SELECT secret, old_secret, old_until
        FROM gateway.webhooks
        WHERE id = $1
        """)

    /// What was the secret stays good for a while, so that nothing is refused while a client changes it.
    static let rotate = statement(
        "webhook.rotate", takes: WebhookID.self, String.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.webhooks
        SET old_secret = secret,
            secret = $2,
            old_until = $3
        WHERE id = $1
        """)

    static let remove = statement(
        "webhook.remove", takes: WebhookID.self, gives: Void.self,
        """
        DELETE FROM gateway.webhooks
        WHERE id = $1
        """)

    /// Who wants to hear of the runs in `$1`, a list as JSON. One question for a whole batch of news.
    static let listeners = statement(
        "webhook.listeners", takes: String.self, gives: (RunID, WebhookID, String).self,
        """
        SELECT runs.id, hooks.id, hooks.view
        FROM gateway.runs AS runs
        JOIN gateway.webhooks AS hooks ON hooks.tenant_id = runs.tenant_id
        WHERE runs.id IN (
            SELECT value FROM json_each($1)                                       -- only sqlite
            SELECT value FROM json_array_elements_text($1::json) AS names (value) -- only postgres
          )
          AND hooks.run_id IN ('', runs.id)
          AND hooks.active = 1
          AND (hooks.project_id IS NULL OR hooks.project_id = runs.project_id)
        """)
}

/// What is asked of the notices.
package enum NoticeQueries {
    package static let cards = [
        StatementCard(write), StatementCard(list), StatementCard(one), StatementCard(due), StatementCard(claim),
        StatementCard(keep), StatementCard(nextDue), StatementCard(pending), StatementCard(removeAll),
    ]

    static let write = statement(
        "notice.write", takes: NoticeID.self, WebhookID.self, EventID.self, String.self, String.self, String.self,
        Timestamp?.self, gives: Void.self,
        """
        INSERT INTO gateway.notices (id, webhook_id, event_id, head, body, state, course, due_at)
        VALUES ($1, $2, $3, $4, $5, 'pending', $6, $7)
        ON CONFLICT (webhook_id, event_id) DO NOTHING
        """)

    static let list = statement(
        "notice.list", takes: WebhookID.self, String?.self, NoticeID?.self, Int.self, gives: (String, String).self,
        """
        SELECT head, course
        FROM gateway.notices
        WHERE webhook_id = $1
          AND ($2 IS NULL OR state = $2)
          AND ($3 IS NULL OR id < $3)
        ORDER BY id DESC
        LIMIT $4
        """)

    static let one = statement(
        "notice.one", takes: NoticeID.self, gives: (String, String).self,
        """
        SELECT head, course
        FROM gateway.notices
        WHERE id = $1
        FOR UPDATE      -- only postgres
        """)

    /// The first that is due of every webhook that nobody is at, the oldest first: a webhook whose owner does not answer
    /// keeps one courier, never all.
    static let due = statement(
        "notice.due", takes: Timestamp.self, Int.self, gives: (NoticeID, WebhookID, String, String).self,
        """
        SELECT notices.id, notices.webhook_id, notices.body, hooks.view
        FROM gateway.notices AS notices
        JOIN gateway.webhooks AS hooks ON hooks.id = notices.webhook_id
        WHERE notices.state = 'pending'
          AND notices.due_at <= $1
          AND hooks.active = 1
          AND NOT EXISTS (
            SELECT 1
            FROM gateway.notices AS other
            WHERE other.webhook_id = notices.webhook_id
              AND other.state = 'pending'
              AND (other.claimed_until > $1
                OR other.due_at < notices.due_at
                OR (other.due_at = notices.due_at AND other.id < notices.id))
          )
        ORDER BY notices.due_at, notices.id
        LIMIT $2
        -- what another courier looks at is left to him
        FOR UPDATE OF notices SKIP LOCKED      -- only postgres
        """)

    static let claim = statement(
        "notice.claim", takes: NoticeID.self, Timestamp.self, gives: Void.self,
        """
        UPDATE gateway.notices
        SET claimed_until = $2
        WHERE id = $1
        """)

    static let keep = statement(
        "notice.keep", takes: NoticeID.self, Notice.State.self, String.self, Timestamp?.self, gives: Void.self,
        """
        UPDATE gateway.notices
        SET state = $2,
            course = $3,
            due_at = $4,
            claimed_until = NULL
        WHERE id = $1
        """)

    /// One that somebody is at falls due when he should have come back.
    static let nextDue = statement(
        "notice.next_due", takes: Timestamp.self, gives: (Timestamp?).self,
        """
        SELECT min(CASE WHEN notices.claimed_until > $1 THEN notices.claimed_until ELSE notices.due_at END)
        FROM gateway.notices AS notices
        JOIN gateway.webhooks AS hooks ON hooks.id = notices.webhook_id
        WHERE notices.state = 'pending'
          AND hooks.active = 1
          AND NOT EXISTS (
            SELECT 1
            FROM gateway.notices AS other
            WHERE other.webhook_id = notices.webhook_id
              AND other.state = 'pending'
              AND other.id <> notices.id
              AND other.claimed_until > $1
          )
        """)

    static let pending = statement(
        "notice.pending", takes: WebhookID.self, gives: (NoticeID, String).self,
        """
        SELECT id, course
        FROM gateway.notices
        WHERE webhook_id = $1
          AND state = 'pending'
        ORDER BY id
        FOR UPDATE      -- only postgres
        """)

    static let removeAll = statement(
        "notice.remove_all", takes: WebhookID.self, gives: Void.self,
        """
        DELETE FROM gateway.notices
        WHERE webhook_id = $1
        """)
}
