// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
import CPostgres
import Ports

/// One `PGresult`, freed where it goes out of scope.
@safe
struct PostgresResult: ~Copyable {
    private let raw: OpaquePointer

    init(_ raw: OpaquePointer) { unsafe self.raw = raw }

    deinit { unsafe PQclear(raw) }

    var status: ExecStatusType { unsafe PQresultStatus(raw) }

    /// The five letters of the SQL standard, unless the complaint is libpq's own.
    var sqlState: String? {
        guard let text = unsafe PQresultErrorField(raw, ainer_pg_sqlstate) else { return nil }
        return unsafe String(cString: text)
    }

    var complaint: String {
        unsafe PQresultErrorMessage(raw).map { unsafe String(cString: $0) }?.onOneLine ?? "no message"
    }

    /// How many rows a write changed. A read tells a number there too, which is not one of changes.
    var changes: Int {
        guard let word = unsafe PQcmdStatus(raw), unsafe word.pointee != CChar(UInt8(ascii: "S")),
            let count = unsafe PQcmdTuples(raw)
        else { return 0 }
        return Int(unsafe String(cString: count)) ?? 0
    }

    /// The types a prepared statement takes.
    var parameterTypes: [Oid] { (0..<(unsafe PQnparams(raw))).map { unsafe PQparamtype(raw, $0) } }
    var columnTypes: [Oid] { (0..<(unsafe PQnfields(raw))).map { unsafe PQftype(raw, $0) } }

    /// Every row, copied out.
    func rows() throws(DatabaseFailure) -> [[SQLCell]] {
        let types = columnTypes
        var rows: [[SQLCell]] = []
        rows.reserveCapacity(Int(unsafe PQntuples(raw)))
        for row in 0..<(unsafe PQntuples(raw)) {
            var cells: [SQLCell] = []
            cells.reserveCapacity(types.count)
            for (column, type) in types.enumerated() { cells.append(try cell(row, Int32(column), type)) }
            rows.append(cells)
        }
        return rows
    }

    private func cell(_ row: Int32, _ column: Int32, _ type: Oid) throws(DatabaseFailure) -> SQLCell {
        if unsafe PQgetisnull(raw, row, column) == 1 { return .null }
        let bytes = unsafe UnsafeRawBufferPointer(
            start: PQgetvalue(raw, row, column), count: Int(PQgetlength(raw, row, column)))
        guard let cell = unsafe PostgresType.cell(of: type, bytes) else {
            throw DatabaseFailure(
                .decoding, during: "reading",
                cause: "column \(column + 1) has type \(type), which has no cell; CAST it to one that has")
        }
        return cell
    }
}
