// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Ports

/// Who wants to be told, what he is told, and what people decide about runs that exist.
package enum WebhookTables {
    package static let hooks = Migration(
        5, "create_webhooks_gates_and_timelines",
        up: """
            CREATE TABLE webhooks (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              project_id TEXT,
              -- empty: of every run
              run_id     TEXT NOT NULL,
              active     INTEGER NOT NULL CHECK (active IN (0, 1)),
              view       TEXT NOT NULL,
              secret     TEXT NOT NULL,
              old_secret TEXT,
              old_until  INTEGER,
              CHECK ((old_secret IS NULL) = (old_until IS NULL))
            ) STRICT;
            CREATE INDEX webhooks_tenant ON webhooks (tenant_id, run_id, id);
            CREATE TABLE notices (
              id            TEXT PRIMARY KEY NOT NULL,
              webhook_id    TEXT NOT NULL REFERENCES webhooks (id),
              event_id      TEXT NOT NULL,
              head          TEXT NOT NULL,
              body          TEXT NOT NULL,
              state         TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'given_up')),
              course        TEXT NOT NULL,
              due_at        INTEGER,
              claimed_until INTEGER,
              -- an event that is heard again is told once
              UNIQUE (webhook_id, event_id),
              CHECK ((due_at IS NULL) = (state <> 'pending'))
            ) STRICT;
            CREATE INDEX notices_due ON notices (webhook_id, due_at, id) WHERE state = 'pending';
            CREATE INDEX notices_hook ON notices (webhook_id, id);
            CREATE TABLE gates (
              run_id     TEXT NOT NULL REFERENCES runs (id),
              gate       TEXT NOT NULL,
              tenant_id  TEXT NOT NULL,
              project_id TEXT NOT NULL,
              -- grows with the time it was asked at
              place      TEXT NOT NULL,
              status     TEXT NOT NULL CHECK (status IN ('waiting', 'approved', 'rejected')),
              -- when nobody needs to decide any more
              default_at INTEGER,
              view       TEXT NOT NULL,
              PRIMARY KEY (run_id, gate)
            ) STRICT;
            CREATE INDEX gates_tenant ON gates (tenant_id, place);
            CREATE TABLE timelines (
              run_id     TEXT NOT NULL REFERENCES runs (id),
              version    INTEGER NOT NULL,
              patch_id   TEXT NOT NULL UNIQUE,
              view       TEXT NOT NULL,
              timeline   TEXT NOT NULL,
              PRIMARY KEY (run_id, version)
            ) STRICT;
            """,
        down: """
            DROP TABLE timelines;
            DROP TABLE gates;
            DROP TABLE notices;
            DROP TABLE webhooks;
            """)
}
