// Delivery · shell · sees Contracts, Ports, Telemetry, Wire
package import Ports

/// The two tables every owner has beside its own: what it has seen, and what it has said.
///
/// The names are unqualified: on SQLite they resolve to the connection's one file, on PostgreSQL to the owner's
/// search path. One text serves every owner.
///
/// On a server both are cut into weeks: names grow with time, so what is old goes a week at once, without a delete.
/// What belongs to no week there is (foreign names, late repeats) lies in the rest.
package enum DeliveryTables {
    package static func migration(number: Int) -> Migration {
        Migration(number, "create_inbox_and_events", up: up, down: down)
    }

    private static let up: StaticString = """
        CREATE TABLE inbox (
          consumer TEXT NOT NULL,
          event_id TEXT NOT NULL,
          seen_at  INTEGER NOT NULL,
          PRIMARY KEY (consumer, event_id)
        ) STRICT;
        -- the outbox is the event log: published_at is null until the broker has confirmed
        CREATE TABLE events (
          seq          INTEGER PRIMARY KEY AUTOINCREMENT,
          id           TEXT NOT NULL UNIQUE,
          type         TEXT NOT NULL,
          address      TEXT NOT NULL,
          said_at      INTEGER NOT NULL,
          body         BLOB NOT NULL,
          published_at INTEGER
        ) STRICT;
        CREATE INDEX events_unpublished ON events (seq) WHERE published_at IS NULL;
        -- the same two once more: a table that was made whole cannot be cut into weeks              -- only postgres
        DROP TABLE inbox;                                                                            -- only postgres
        DROP TABLE events;                                                                           -- only postgres
        CREATE TABLE inbox (                                                                         -- only postgres
          consumer TEXT NOT NULL,                                                                    -- only postgres
          event_id TEXT NOT NULL,                                                                    -- only postgres
          seen_at  INTEGER NOT NULL,                                                                 -- only postgres
          PRIMARY KEY (consumer, event_id)                                                           -- only postgres
        ) PARTITION BY RANGE (event_id);                                                             -- only postgres
        CREATE TABLE inbox_rest PARTITION OF inbox DEFAULT;                                          -- only postgres
        CREATE SEQUENCE events_seq;                                                                  -- only postgres
        CREATE TABLE events (                                                                        -- only postgres
          seq          INTEGER NOT NULL DEFAULT nextval('events_seq'),                               -- only postgres
          id           TEXT PRIMARY KEY NOT NULL,                                                    -- only postgres
          type         TEXT NOT NULL,                                                                -- only postgres
          address      TEXT NOT NULL,                                                                -- only postgres
          said_at      INTEGER NOT NULL,                                                             -- only postgres
          body         BLOB NOT NULL,                                                                -- only postgres
          published_at INTEGER                                                                       -- only postgres
        ) PARTITION BY RANGE (id);                                                                   -- only postgres
        ALTER SEQUENCE events_seq OWNED BY events.seq;                                               -- only postgres
        CREATE INDEX events_unpublished ON events (seq) WHERE published_at IS NULL;                  -- only postgres
        CREATE TABLE events_rest PARTITION OF events DEFAULT;                                        -- only postgres
        -- letters that come meanwhile wait and find the week; what came before lies in the rest     -- only postgres
        CREATE FUNCTION add_week(whole text, week text, low text, high text)                         -- only postgres
        RETURNS bigint LANGUAGE plpgsql AS $$                                                        -- only postgres
        DECLARE                                                                                      -- only postgres
          key text := CASE whole WHEN 'inbox' THEN 'event_id' ELSE 'id' END;                         -- only postgres
        BEGIN                                                                                        -- only postgres
          PERFORM set_config('lock_timeout', '1s', true);                                            -- only postgres
          EXECUTE format('LOCK TABLE ONLY %I IN SHARE ROW EXCLUSIVE MODE', whole);                   -- only postgres
          EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING INDEXES)'            -- only postgres
            ' WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000,'      -- only postgres
            ' autovacuum_vacuum_cost_delay = 0)', week, whole);                                      -- only postgres
          EXECUTE format('WITH early AS ('                                                           -- only postgres
            'DELETE FROM %1$I WHERE %2$I >= %3$L AND %2$I < %4$L RETURNING *)'                       -- only postgres
            ' INSERT INTO %5$I SELECT * FROM early', whole || '_rest', key, low, high, week);        -- only postgres
          EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',          -- only postgres
            whole, week, low, high);                                                                 -- only postgres
          RETURN 1;                                                                                  -- only postgres
        END $$;                                                                                      -- only postgres
        -- nothing that somebody may still ask for or wait for: then the week stays, all of it       -- only postgres
        CREATE FUNCTION drop_week(whole text, week text, before bigint)                              -- only postgres
        RETURNS bigint LANGUAGE plpgsql AS $$                                                        -- only postgres
        DECLARE                                                                                      -- only postgres
          need text := CASE whole WHEN 'inbox' THEN 'seen_at >= $1' ELSE 'published_at IS NULL' END; -- only postgres
          question text;                                                                             -- only postgres
          needed boolean;                                                                            -- only postgres
        BEGIN                                                                                        -- only postgres
          PERFORM set_config('lock_timeout', '1s', true);                                            -- only postgres
          question := format('SELECT EXISTS (SELECT 1 FROM %I WHERE ' || need || ')', week);         -- only postgres
          EXECUTE question INTO needed USING before;                                                 -- only postgres
          IF needed THEN RETURN 0; END IF;                                                           -- only postgres
          -- the whole first, as everybody else does; once nobody can add to it, the answer holds    -- only postgres
          EXECUTE format('LOCK TABLE ONLY %I IN ACCESS EXCLUSIVE MODE', whole);                      -- only postgres
          EXECUTE question INTO needed USING before;                                                 -- only postgres
          IF needed THEN RETURN 0; END IF;                                                           -- only postgres
          EXECUTE format('DROP TABLE %I', week);                                                     -- only postgres
          RETURN 1;                                                                                  -- only postgres
        END $$;                                                                                      -- only postgres
        """

    private static let down: StaticString = """
        DROP TABLE events;
        DROP TABLE inbox;
        DROP FUNCTION add_week(text, text, text, text);                                              -- only postgres
        DROP FUNCTION drop_week(text, text, bigint);                                                 -- only postgres
        """
}
