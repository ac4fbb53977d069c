// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import CSQLite
import Glibc
package import Ports

/// One open database file. It belongs to one lane: whoever holds it never lets it leave that thread.
@safe
package final class SQLiteConnection {
    private let raw: OpaquePointer
    /// SQLite keeps this name by reference, so it is freed after the connection.
    private let name: UnsafeMutablePointer<CChar>
    /// By the address of the literal, which never moves: no text is hashed on the way.
    private var prepared: [UInt: PreparedStatement] = [:]
    private var brokenBy: DatabaseFailure?
    private var changesBefore: Int64 = 0

    /// Opens or creates the file; its tables are spelled `<owner>.<table>`.
    package init(path: String, owner: String) throws(DatabaseFailure) {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let status = unsafe sqlite3_open_v2(path, &handle, flags, nil)
        guard let opened = unsafe handle, let copy = unsafe strdup(owner) else {
            throw DatabaseFailure(.unreachable, during: "open", cause: "no memory for a connection to \(path)")
        }
        unsafe raw = opened
        unsafe name = copy
        guard status == SQLITE_OK else { throw failure(status, during: "open \(path)") }
        try check(unsafe ainer_sqlite_name_main(raw, name), during: "naming of main")
        try check(unsafe ainer_sqlite_strict_quotes(raw), during: "strict quotes")
        try check(unsafe sqlite3_extended_result_codes(raw, 1), during: "extended codes")
        for pragma in Self.manners { try script(pragma, during: "open") }
    }

    deinit {
        prepared = [:]
        unsafe sqlite3_close_v2(raw)
        unsafe free(name)
    }

    /// The measured settings of `docs`: bigger pages, fewer checkpoints. A commit is visible at once and durable when
    /// `logPath` has been synced.
    private static let manners = [
        // Before anything that may find another process at the file.
        "PRAGMA busy_timeout = 5000",
        "PRAGMA page_size = 8192",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA wal_autocheckpoint = 4000",
        "PRAGMA foreign_keys = ON",
        "PRAGMA case_sensitive_like = ON",
        "PRAGMA trusted_schema = OFF",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA cache_size = -16384",
    ]

    /// Where commits are written first; nil for a database that is in memory only.
    package var logPath: String? {
        guard let file = unsafe sqlite3_db_filename(raw, name), unsafe file.pointee != 0 else { return nil }
        return unsafe String(cString: file) + "-wal"
    }

    /// Empties the write-ahead log into the file, so that a closed database is one file.
    package func truncateLog() throws(DatabaseFailure) {
        try script("PRAGMA wal_checkpoint(TRUNCATE)", during: "checkpoint")
    }

    /// Runs text that gives no rows: pragmas and migrations.
    package func script(_ text: String, during: String) throws(DatabaseFailure) {
        try check(unsafe sqlite3_exec(raw, text, nil, nil, nil), during: during)
    }
}

// MARK: statements

extension SQLiteConnection {
    package func rows<Row>(_ call: Call<Row>) throws(DatabaseFailure) -> [Row] {
        var found: [Row] = []
        try perform(Order(call)) { (cells) throws(DatabaseFailure) in
            var reader = RowReader(name: call.name, cells: cells)
            found.append(try call.row(&reader))
        }
        return found
    }

    @discardableResult
    package func run<Row>(_ call: Call<Row>) throws(DatabaseFailure) -> Int { try run(Order(call)) }

    @discardableResult
    package func run(_ order: Order) throws(DatabaseFailure) -> Int {
        let statement = try perform(order) { (_) throws(DatabaseFailure) in }
        // After a read SQLite still tells the changes of the write before it.
        return statement.isReadOnly ? 0 : Int(unsafe sqlite3_changes(raw))
    }

    /// Any failure breaks the transaction it happens in, as it would on PostgreSQL: half a change is never committed.
    @discardableResult
    private func perform(
        _ order: Order, onRow: ([SQLCell]) throws(DatabaseFailure) -> Void
    ) throws(DatabaseFailure) -> PreparedStatement {
        if let brokenBy { throw brokenBy }
        do throws(DatabaseFailure) {
            let statement = try statement(order.text, name: order.name)
            defer { statement.reset() }
            try statement.bind(order)
            while true {
                let status = statement.step()
                if status == SQLITE_DONE { return statement }
                guard status == SQLITE_ROW else { throw failure(status, during: "\(order.name)") }
                try onRow(statement.row())
            }
        } catch {
            brokenBy = isInTransaction ? error : nil
            throw error
        }
    }

    func statement(_ text: StaticString, name: StaticString) throws(DatabaseFailure) -> PreparedStatement {
        let key = UInt(bitPattern: unsafe text.utf8Start)
        if let known = prepared[key] { return known }
        var handle: OpaquePointer?
        let spelled = Dialect.sqlite.spelling(text)
        let status = unsafe sqlite3_prepare_v3(raw, spelled, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        try check(status, during: "\(name)")
        guard let made = unsafe handle else {
            throw DatabaseFailure(.misuse, during: "\(name)", cause: "the statement is empty")
        }
        let statement = unsafe PreparedStatement(made)
        prepared[key] = statement
        return statement
    }
}

// MARK: transactions

extension SQLiteConnection {
    /// A deferred transaction that reads and then writes can fail at once however long it would wait; an immediate one
    /// takes its place in the queue of writers first.
    package func begin() throws(DatabaseFailure) {
        try script("BEGIN IMMEDIATE", during: "begin")
        brokenBy = nil
        changesBefore = unsafe sqlite3_total_changes64(raw)
    }

    /// Commits, unless something failed since the beginning: then it takes everything back and throws that failure. Answers
    /// whether anything was changed.
    @discardableResult
    package func commit() throws(DatabaseFailure) -> Bool {
        if let brokenBy {
            rollback()
            throw brokenBy
        }
        do {
            try script("COMMIT", during: "commit")
            return unsafe sqlite3_total_changes64(raw) != changesBefore
        } catch {
            rollback()
            throw error
        }
    }

    package func rollback() {
        brokenBy = nil
        // Some failures have rolled back already. A rollback itself only fails when there is nothing to take back.
        if isInTransaction { unsafe sqlite3_exec(raw, "ROLLBACK", nil, nil, nil) }
    }

    /// Runs the work in one transaction without leaving the lane.
    package func transaction<Value>(_ work: () throws(DatabaseFailure) -> Value) throws(DatabaseFailure) -> Value {
        try begin()
        do {
            let value = try work()
            try commit()
            return value
        } catch {
            rollback()
            throw error
        }
    }

    private var isInTransaction: Bool { unsafe sqlite3_get_autocommit(raw) == 0 }
}

// MARK: failures

extension SQLiteConnection {
    private func check(_ status: Int32, during: String) throws(DatabaseFailure) {
        guard status == SQLITE_OK else { throw failure(status, during: during) }
    }

    /// Reads the connection's error at once: the next call overwrites it.
    private func failure(_ status: Int32, during: String) -> DatabaseFailure {
        let message = unsafe sqlite3_errmsg(raw).map { unsafe String(cString: $0) } ?? "no message"
        return DatabaseFailure(.sqlite(status), during: during, cause: "\(message) (\(status))")
    }
}
