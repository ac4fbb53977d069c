// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Ports

/// What the gateway keeps of runs, and of what clients have done.
package enum RunTables {
    /// The first form of the requests; the third migration turned to runs and deeds.
    package static let requests = Migration(
        1, "create_requests",
        up: """
            CREATE TABLE requests (
              idempotency_key TEXT PRIMARY KEY NOT NULL,
              task_id         TEXT NOT NULL UNIQUE,
              run_id          TEXT NOT NULL UNIQUE,
              spec            TEXT NOT NULL,
              created_at      INTEGER NOT NULL
            ) STRICT;
            """,
        down: """
            DROP TABLE requests;
            """)

    package static let runs = Migration(
        3, "create_runs_and_deeds",
        up: """
            DROP TABLE requests;
            CREATE TABLE deeds (
              tenant_id TEXT NOT NULL,
              key       TEXT NOT NULL,
              operation TEXT NOT NULL,
              digest    TEXT NOT NULL,
              outcome   TEXT NOT NULL,
              done_at   INTEGER NOT NULL,
              PRIMARY KEY (tenant_id, key)
            ) STRICT;
            CREATE INDEX deeds_done ON deeds (done_at);
            CREATE TABLE runs (
              id              TEXT PRIMARY KEY NOT NULL,
              tenant_id       TEXT NOT NULL,
              project_id      TEXT NOT NULL,
              chapter_id      TEXT NOT NULL,
              status          TEXT NOT NULL CHECK (status IN
                ('queued', 'running', 'paused', 'degraded', 'succeeded', 'failed', 'canceled')),
              idempotency_key TEXT NOT NULL,
              spec            TEXT NOT NULL,
              view            TEXT NOT NULL,
              last_event      INTEGER NOT NULL,
              created_at      INTEGER NOT NULL,
              changed_at      INTEGER NOT NULL
            ) STRICT;
            -- names grow with time: newest first is from the end of these
            CREATE INDEX runs_tenant ON runs (tenant_id, id);
            CREATE INDEX runs_key ON runs (tenant_id, idempotency_key);
            CREATE INDEX runs_changed ON runs (changed_at);
            CREATE TABLE run_tags (
              tenant_id TEXT NOT NULL,
              tag       TEXT NOT NULL,
              run_id    TEXT NOT NULL REFERENCES runs (id),
              PRIMARY KEY (tenant_id, tag, run_id)
            ) STRICT;
            CREATE TABLE run_jobs (
              run_id TEXT NOT NULL REFERENCES runs (id),
              id     TEXT NOT NULL,
              view   TEXT NOT NULL,
              PRIMARY KEY (run_id, id)
            ) STRICT;
            CREATE TABLE run_events (
              run_id   TEXT NOT NULL REFERENCES runs (id),
              number   INTEGER NOT NULL,
              event_id TEXT NOT NULL,
              type     TEXT NOT NULL,
              body     TEXT NOT NULL,
              PRIMARY KEY (run_id, number)
            ) STRICT;
            CREATE TABLE artifacts (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              project_id TEXT NOT NULL,
              run_id     TEXT NOT NULL REFERENCES runs (id),
              meta       TEXT NOT NULL
            ) STRICT;
            CREATE INDEX artifacts_run ON artifacts (run_id, id);
            """,
        down: """
            DROP TABLE artifacts;
            DROP TABLE run_events;
            DROP TABLE run_jobs;
            DROP TABLE run_tags;
            DROP TABLE runs;
            DROP TABLE deeds;
            CREATE TABLE requests (
              idempotency_key TEXT PRIMARY KEY NOT NULL,
              task_id         TEXT NOT NULL UNIQUE,
              run_id          TEXT NOT NULL UNIQUE,
              spec            TEXT NOT NULL,
              created_at      INTEGER NOT NULL
            ) STRICT;
            """)
}

/// Everything the gateway stores, in the order it came to be.
package enum GatewayTables {
    package static let migrations = [
        RunTables.requests, PeopleTables.people, RunTables.runs, LibraryTables.library, WebhookTables.hooks,
    ]

    /// Every statement, for the test that holds each against both databases.
    package static let cards =
        DeedQueries.cards + ViewQueries.cards + NewsQueries.cards + PeopleQueries.cards + SessionQueries.cards
        + ShelfQueries.cards + TextQueries.cards + WebhookQueries.cards + NoticeQueries.cards + GateQueries.cards
        + TimelineQueries.cards + SweepQueries.cards
}
