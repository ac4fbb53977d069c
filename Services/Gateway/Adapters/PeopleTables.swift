// GatewayAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, GatewayCore, GatewayShell
package import Ports

/// People, how they come in, and what was done to them.
package enum PeopleTables {
    /// The owner of a laptop is there from the beginning: his key is a file, so he needs no password.
    package static let people = Migration(
        2, "create_people",
        up: """
            CREATE TABLE tenants (
              id         TEXT PRIMARY KEY NOT NULL,
              name       TEXT NOT NULL,
              created_at INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE users (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL REFERENCES tenants (id),
              email      TEXT,
              name       TEXT NOT NULL,
              role       TEXT NOT NULL CHECK (role IN ('viewer', 'editor', 'admin', 'owner', 'service')),
              scopes     TEXT NOT NULL,
              password   TEXT,
              is_active  INTEGER NOT NULL,
              created_at INTEGER NOT NULL,
              removed_at INTEGER
            ) STRICT;
            CREATE UNIQUE INDEX users_email ON users (email) WHERE removed_at IS NULL;
            CREATE INDEX users_tenant ON users (tenant_id, id);
            CREATE TABLE memberships (
              tenant_id  TEXT NOT NULL,
              project_id TEXT NOT NULL,
              user_id    TEXT NOT NULL REFERENCES users (id),
              role       TEXT NOT NULL CHECK (role IN ('viewer', 'editor')),
              PRIMARY KEY (tenant_id, project_id, user_id)
            ) STRICT;
            CREATE INDEX memberships_user ON memberships (user_id);
            CREATE TABLE sessions (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              user_id    TEXT NOT NULL REFERENCES users (id),
              method     TEXT NOT NULL,
              created_at INTEGER NOT NULL,
              newest_at  INTEGER NOT NULL,
              ends_at    INTEGER NOT NULL,
              revoked_at INTEGER
            ) STRICT;
            CREATE INDEX sessions_user ON sessions (user_id);
            CREATE INDEX sessions_end ON sessions (ends_at);
            CREATE TABLE refresh_tokens (
              hash       TEXT PRIMARY KEY NOT NULL,
              session_id TEXT NOT NULL REFERENCES sessions (id),
              spent_at   INTEGER
            ) STRICT;
            CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);
            CREATE TABLE entries (
              hash    TEXT PRIMARY KEY NOT NULL,
              user_id TEXT,
              ends_at INTEGER NOT NULL
            ) STRICT;
            CREATE TABLE access_tokens (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              user_id    TEXT NOT NULL REFERENCES users (id),
              hash       TEXT NOT NULL UNIQUE,
              name       TEXT NOT NULL,
              scopes     TEXT NOT NULL,
              created_at INTEGER NOT NULL,
              expires_at INTEGER,
              used_at    INTEGER,
              revoked_at INTEGER
            ) STRICT;
            CREATE INDEX access_tokens_tenant ON access_tokens (tenant_id, user_id, id);
            CREATE TABLE audit (
              id         TEXT PRIMARY KEY NOT NULL,
              tenant_id  TEXT NOT NULL,
              noted_at   INTEGER NOT NULL,
              actor      TEXT NOT NULL,
              action     TEXT NOT NULL,
              object     TEXT NOT NULL,
              address    TEXT NOT NULL,
              trace_id   TEXT NOT NULL,
              remark     TEXT,
              before     TEXT,
              after      TEXT
            ) STRICT;
            CREATE INDEX audit_tenant ON audit (tenant_id, id);
            INSERT INTO tenants (id, name, created_at) VALUES ('local', 'local', 0);
            INSERT INTO users (id, tenant_id, name, role, scopes, is_active, created_at)
            VALUES ('user_local', 'local', 'the owner of this machine', 'owner', '[]', 1, 0);
            """,
        down: """
            DROP TABLE audit;
            DROP TABLE access_tokens;
            DROP TABLE entries;
            DROP TABLE refresh_tokens;
            DROP TABLE sessions;
            DROP TABLE memberships;
            DROP TABLE users;
            DROP TABLE tenants;
            """)
}
