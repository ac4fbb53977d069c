// OrchestratorAdapters · adapters · sees Contracts, Policies, Ports, Telemetry, Wire, Delivery, OrchestratorCore, OrchestratorShell
import Contracts
import Ports

/// Letters that nobody could handle, and what was decided about them.
enum DeadQueries {
    static let migration = Migration(
        3, "keep_dead_letters",
        up: """
            CREATE TABLE dead_letters (
              event_id        TEXT NOT NULL,
              queue           TEXT NOT NULL,
              event_type      TEXT NOT NULL,
              run_id          TEXT,
              -- everything an operator is shown
              letter          TEXT NOT NULL,
              error_code      TEXT NOT NULL,
              state           TEXT NOT NULL CHECK (state IN ('dead', 'replaying', 'replayed', 'dropped')),
              first_failed_at INTEGER NOT NULL,
              last_failed_at  INTEGER NOT NULL,
              replay_count    INTEGER NOT NULL DEFAULT 0,
              replayed_by     TEXT,
              replayed_at     INTEGER,
              dropped_because TEXT,
              body            BLOB NOT NULL,
              -- one event may die at two readers
              PRIMARY KEY (event_id, queue),
              CHECK ((state = 'dropped') = (dropped_because IS NOT NULL))
            ) STRICT;
            CREATE INDEX dead_letters_waiting ON dead_letters (event_type, last_failed_at) WHERE state = 'dead';
            CREATE INDEX dead_letters_leaving ON dead_letters (replayed_at) WHERE state = 'replaying';
            CREATE INDEX dead_letters_run ON dead_letters (run_id) WHERE run_id IS NOT NULL;
            """,
        down: "DROP TABLE dead_letters;")

    static let cards = [
        StatementCard(record), StatementCard(letters), StatementCard(kinds),
        StatementCard(replay), StatementCard(drop), StatementCard(leaving), StatementCard(left),
        StatementCard(excerpt),
    ]

    /// One that was dropped stays dropped: it can only come again from before.
    static let record = statement(
        "dead.record", takes: EventID.self, String.self, String.self, RunID?.self, String.self, ErrorCode.self,
        Timestamp.self, Timestamp.self, [UInt8].self, gives: Void.self,
        """
        INSERT INTO orchestrator.dead_letters
          (event_id, queue, event_type, run_id, letter, error_code, state, first_failed_at, last_failed_at, body)
        VALUES ($1, $2, $3, $4, $5, $6, 'dead', $7, $8, $9)
        ON CONFLICT (event_id, queue) DO UPDATE
        SET state = 'dead',
            letter = excluded.letter,
            error_code = excluded.error_code,
            last_failed_at = excluded.last_failed_at
        WHERE dead_letters.state <> 'dropped'
        """)

    /// A narrowing that is null narrows nothing. Each row says how many there are in all.
    static let letters = statement(
        "dead.letters", takes: String?.self, String?.self, String?.self, ErrorCode?.self, RunID?.self,
        DeadState?.self, Int.self,
        gives: (Int, String, DeadState, Timestamp, Timestamp, Int, String?, Timestamp?, String?).self,
        """
        SELECT count(*) OVER (), letter, state, first_failed_at, last_failed_at, replay_count, replayed_by, replayed_at,
          dropped_because
        FROM orchestrator.dead_letters
        WHERE ($1 IS NULL OR event_id IN (
            SELECT value FROM json_each($1)                                       -- only sqlite
            SELECT value FROM json_array_elements_text($1::json) AS e (value)     -- only postgres
          ))
          AND ($2 IS NULL OR queue = $2)
          AND ($3 IS NULL OR event_type = $3)
          AND ($4 IS NULL OR error_code = $4)
          AND ($5 IS NULL OR run_id = $5)
          AND ($6 IS NULL OR state = $6)
        ORDER BY last_failed_at, event_id, queue
        LIMIT $7
        """)

    static let kinds = statement(
        "dead.kinds", gives: (String, Int, Timestamp).self,
        """
        SELECT event_type, count(*), min(last_failed_at)
        FROM orchestrator.dead_letters
        WHERE state = 'dead'
        GROUP BY event_type
        ORDER BY event_type
        """)

    static let replay = statement(
        "dead.replay", takes: EventID.self, String.self, String.self, Timestamp.self, gives: Void.self,
        """
        UPDATE orchestrator.dead_letters
        SET state = 'replaying',
            replay_count = replay_count + 1,
            replayed_by = $3,
            replayed_at = $4
        WHERE event_id = $1
          AND queue = $2
          AND state = 'dead'
        """)

    static let drop = statement(
        "dead.drop", takes: EventID.self, String.self, String.self, gives: Void.self,
        """
        UPDATE orchestrator.dead_letters
        SET state = 'dropped',
            dropped_because = $3
        WHERE event_id = $1
          AND queue = $2
          AND state = 'dead'
        """)

    static let leaving = statement(
        "dead.leaving", takes: Int.self, gives: (String, [UInt8]).self,
        """
        SELECT letter, body
        FROM orchestrator.dead_letters
        WHERE state = 'replaying'
        ORDER BY replayed_at, event_id, queue
        LIMIT $1
        """)

    static let left = statement(
        "dead.left", takes: EventID.self, String.self, gives: Void.self,
        """
        UPDATE orchestrator.dead_letters
        SET state = 'replayed'
        WHERE event_id = $1
          AND queue = $2
          AND state = 'replaying'
        """)

    static let excerpt = statement(
        "dead.excerpt", takes: EventID.self, String.self, Int.self, gives: ([UInt8]).self,
        """
        SELECT substr(body, 1, $3)          -- only sqlite
        SELECT substr(body, 1, $3::integer) -- only postgres
        FROM orchestrator.dead_letters
        WHERE event_id = $1
          AND queue = $2
        """)
}

extension DeadState: SQLValue {}
extension ErrorCode: SQLValue {}
