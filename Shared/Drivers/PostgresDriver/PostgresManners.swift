// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
package import Policies

/// How we behave towards a server, and how long we wait for what.
package struct PostgresManners: Sendable {
    /// How many connections do transactions; those who are alone at something have their own beside them.
    package var connections: Int
    /// How long somebody waits for a connection.
    package var patience: Duration
    /// How long the server may take to let us in.
    package var connecting: Duration
    /// How long one statement may run.
    package var statement: Duration
    /// How long a server may say nothing before it counts as gone: it would have ended the statement itself by then.
    package var silence: Duration
    /// How long a statement waits for a row that another one holds.
    package var lock: Duration
    /// How long a transaction may do nothing before the server ends it.
    package var idleness: Duration
    package var backoff: Backoff

    package init(
        connections: Int = 4, patience: Duration = .seconds(15), connecting: Duration = .seconds(10),
        statement: Duration = .seconds(30), silence: Duration = .seconds(35), lock: Duration = .seconds(10),
        idleness: Duration = .seconds(30),
        backoff: Backoff = Backoff(first: .milliseconds(100), longest: .seconds(5))
    ) {
        self.connections = connections
        self.patience = patience
        self.connecting = connecting
        self.statement = statement
        self.silence = silence
        self.lock = lock
        self.idleness = idleness
        self.backoff = backoff
    }

    /// What the server is told at the start of every session.
    func options(owner: String) -> String {
        [
            ("search_path", "\"\(owner)\""),
            // One plan for all arguments: the same everywhere, and a test can look at it.
            ("plan_cache_mode", "force_generic_plan"),
            ("statement_timeout", "\(statement.milliseconds)"),
            ("lock_timeout", "\(lock.milliseconds)"),
            ("idle_in_transaction_session_timeout", "\(idleness.milliseconds)"),
        ].map { "-c \($0.0)=\($0.1)" }.joined(separator: " ")
    }

    /// What libpq is told, unless the URL says otherwise.
    func words(owner: String) -> [String: String] {
        [
            "application_name": "ainer-\(owner)",
            "client_encoding": "UTF8",
            "gssencmode": "disable",
            // A server that is gone without a word is noticed by the network within half a minute.
            "keepalives_idle": "10",
            "keepalives_interval": "5",
            "keepalives_count": "3",
            "tcp_user_timeout": "20000",
        ]
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
