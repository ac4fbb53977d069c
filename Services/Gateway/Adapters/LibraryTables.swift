// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Ports

/// What the gateway keeps of projects, novels, chapters and uploads.
package enum LibraryTables {
    package static let library = Migration(
        4, "create_library",
        up: """
            CREATE TABLE projects (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              slug       TEXT NOT NULL,
              view       TEXT NOT NULL,
              removed_at INTEGER
            ) STRICT;
            CREATE INDEX projects_tenant ON projects (tenant_id, id);
            -- a name that was given up may be taken again
            CREATE UNIQUE INDEX projects_slug ON projects (tenant_id, slug) WHERE removed_at IS NULL;
            -- a laptop has one project, and always has it
            INSERT INTO projects (id, tenant_id, slug, view)
            VALUES ('local', 'local', 'local', '{"created_at":"2026-01-01T00:00:00.000000Z","name":"This computer",'
              || '"project_id":"local","slug":"local","updated_at":"2026-01-01T00:00:00.000000Z"}');
            CREATE TABLE novels (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              project_id TEXT NOT NULL REFERENCES projects (id),
              view       TEXT NOT NULL,
              removed_at INTEGER
            ) STRICT;
            CREATE INDEX novels_project ON novels (project_id, id);
            CREATE TABLE chapters (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              project_id TEXT NOT NULL REFERENCES projects (id),
              novel_id   TEXT NOT NULL REFERENCES novels (id),
              view       TEXT NOT NULL,
              removed_at INTEGER
            ) STRICT;
            CREATE INDEX chapters_novel ON chapters (novel_id, id);
            CREATE TABLE chapter_texts (
              chapter_id TEXT NOT NULL REFERENCES chapters (id),
              version    INTEGER NOT NULL,
              checksum   TEXT NOT NULL,
              meta       TEXT NOT NULL,
              written_at INTEGER NOT NULL,
              PRIMARY KEY (chapter_id, version)
            ) STRICT;
            CREATE TABLE uploads (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              project_id TEXT NOT NULL REFERENCES projects (id),
              view       TEXT NOT NULL
            ) STRICT;
            """,
        down: """
            DROP TABLE uploads;
            DROP TABLE chapter_texts;
            DROP TABLE chapters;
            DROP TABLE novels;
            DROP TABLE projects;
            """)
}
