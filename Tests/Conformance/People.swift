// Conformance · tests · sees Contracts, Ports
package import Ports

/// The tables the promises are tried on.
package enum People {
    package static let migration = Migration(
        1, "create_people",
        up: """
            CREATE TABLE people (
              name TEXT PRIMARY KEY NOT NULL,
              rank INTEGER NOT NULL DEFAULT 0 CHECK (rank >= 0),
              boss TEXT REFERENCES people (name)
            ) STRICT;
            CREATE TABLE cells (
              id    INTEGER PRIMARY KEY NOT NULL,
              text  TEXT,
              count INTEGER,
              ratio REAL,
              bytes BLOB
            ) STRICT;
            """,
        down: """
            DROP TABLE cells;
            DROP TABLE people;
            """)

    package static let add = statement(
        "people.add", takes: String.self, gives: Void.self,
        """
        INSERT INTO test.people (name)
        VALUES ($1)
        """)

    static let hire = statement(
        "people.hire", takes: String.self, String.self, gives: Void.self,
        """
        INSERT INTO test.people (name, boss)
        VALUES ($1, $2)
        """)

    static let meet = statement(
        "people.meet", takes: String.self, gives: Void.self,
        """
        INSERT INTO test.people (name)
        VALUES ($1)
        ON CONFLICT DO NOTHING
        """)

    package static let names = statement(
        "people.names", gives: (String).self,
        """
        SELECT name
        FROM test.people
        ORDER BY name
        """)

    static let rankOf = statement(
        "people.rank_of", takes: String.self, gives: (Int).self,
        """
        SELECT rank
        FROM test.people
        WHERE name = $1
        """)

    static let rank = statement(
        "people.rank", takes: String.self, Int?.self, gives: Void.self,
        """
        UPDATE test.people
        SET rank = $2
        WHERE name = $1
        """)

    package static let rise = statement(
        "people.rise", takes: String.self, gives: Void.self,
        """
        UPDATE test.people
        SET rank = rank + 1
        WHERE name = $1
        """)

    static let promote = statement(
        "people.promote", gives: Void.self,
        """
        UPDATE test.people
        SET rank = rank + 1
        """)

    static let dismiss = statement(
        "people.dismiss", takes: String.self, gives: (String).self,
        """
        DELETE FROM test.people
        WHERE name = $1
        RETURNING name
        """)

    static let clear = statement("people.clear", gives: Void.self, "DELETE FROM test.people WHERE 1 = 1")

    static let elsewhere = statement(
        "people.elsewhere", gives: (String).self,
        """
        SELECT name
        FROM test.elsewhere
        """)

    static let wrongType = statement(
        "people.wrong_type", gives: (Int).self,
        """
        SELECT name
        FROM test.people
        """)
}
