// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
package import Ports

extension SQLiteDatabase {
    /// What is wrong with a statement's declaration, measured against its text and the schema; empty when all is well.
    /// For the tests that walk every statement.
    package func faults<Row, each Parameter>(
        of statement: Statement<Row, repeat each Parameter>
    ) async -> [String] {
        do {
            let prepared = try opened().statement(statement.text, name: statement.name)
            return faults(of: prepared, takes: statement.takes.count, columns: statement.columns)
                .map { "\(statement.name): \($0)" }
        } catch {
            return ["\(statement.name): \(error)"]
        }
    }

    private func faults(of prepared: PreparedStatement, takes: Int, columns: Int) -> [String] {
        var faults: [String] = []
        let (named, declared) = (Set(prepared.numbers), Set(takes == 0 ? [] : Array(1...takes)))
        for number in declared.subtracting(named).sorted() { faults.append("$\(number) is taken and never used") }
        for number in named.subtracting(declared).sorted() { faults.append("$\(number) is used and never taken") }
        if prepared.columns != columns { faults.append("gives \(prepared.columns) columns, declares \(columns)") }
        return faults
    }
}
