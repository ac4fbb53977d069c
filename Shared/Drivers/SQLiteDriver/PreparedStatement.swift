// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
import CSQLite
import Glibc
import Ports

/// A compiled statement with the numbers of its parameters. It must be gone before its connection closes.
@safe
final class PreparedStatement {
    private let raw: OpaquePointer
    /// For each slot the number behind the dollar. SQLite gives slots in the order of first use, so `$2` may be slot 1,
    /// and `$1` and `$1::text` are two slots with one number.
    let numbers: [Int]

    init(_ raw: OpaquePointer) {
        unsafe self.raw = raw
        let slots = unsafe sqlite3_bind_parameter_count(raw)
        numbers = (0..<slots).map { slot in
            guard let name = unsafe sqlite3_bind_parameter_name(raw, slot + 1) else { return 0 }
            return Int(unsafe atoi(name + 1))
        }
    }

    deinit { unsafe sqlite3_finalize(raw) }

    var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(raw) != 0 }
    var columns: Int { Int(unsafe sqlite3_column_count(raw)) }

    func step() -> Int32 { unsafe sqlite3_step(raw) }

    /// Always after use: a SELECT that is not reset holds its read transaction open.
    func reset() { unsafe sqlite3_reset(raw) }
}

// MARK: parameters

extension PreparedStatement {
    func bind(_ order: Order) throws(DatabaseFailure) {
        for (index, number) in numbers.enumerated() {
            guard number >= 1, number <= order.cells.count else {
                throw DatabaseFailure(.misuse, during: "\(order.name)", cause: "nothing was given for $\(number)")
            }
            if case .text(let text) = order.cells[number - 1] { try order.checkText(text) }
            let status = bind(order.cells[number - 1], to: Int32(index + 1))
            guard status == SQLITE_OK else {
                throw DatabaseFailure(.sqlite(status), during: "\(order.name)", cause: "binding $\(number): \(status)")
            }
        }
    }

    private func bind(_ cell: SQLCell, to slot: Int32) -> Int32 {
        switch cell {
        case .null: unsafe sqlite3_bind_null(raw, slot)
        case .integer(let value): unsafe sqlite3_bind_int64(raw, slot, value)
        case .real(let value): unsafe sqlite3_bind_double(raw, slot, value)
        case .text(let value): bind(value, to: slot)
        case .blob(let value): bind(value, to: slot)
        }
    }

    private func bind(_ text: String, to slot: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bytes in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            // An empty text may lend no address, and no address would be NULL.
            guard let start = bytes.baseAddress else { return unsafe ainer_sqlite_bind_text(raw, slot, "", 0) }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { characters in
                unsafe ainer_sqlite_bind_text(raw, slot, characters, count)
            }
        }
    }

    private func bind(_ blob: [UInt8], to slot: Int32) -> Int32 {
        unsafe blob.withUnsafeBytes { bytes in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            return unsafe ainer_sqlite_bind_blob(raw, slot, bytes.baseAddress, count)
        }
    }
}

// MARK: rows

extension PreparedStatement {
    /// The row the statement stands on, copied out.
    func row() -> [SQLCell] {
        unsafe (0..<sqlite3_column_count(raw)).map { cell(at: $0) }
    }

    private func cell(at column: Int32) -> SQLCell {
        switch unsafe sqlite3_column_type(raw, column) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(raw, column))
        case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(raw, column))
        case SQLITE_BLOB:
            let start = unsafe sqlite3_column_blob(raw, column)
            let count = Int(unsafe sqlite3_column_bytes(raw, column))
            return .blob(unsafe Array(UnsafeRawBufferPointer(start: start, count: count)))
        default:
            let start = unsafe sqlite3_column_text(raw, column)
            let count = Int(unsafe sqlite3_column_bytes(raw, column))
            return .text(unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self))
        }
    }
}
