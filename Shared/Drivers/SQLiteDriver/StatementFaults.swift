// SQLiteDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CSQLite
package import Ports

extension SQLiteDatabase {
    /// What is wrong with a statement's declaration, measured against its text and the schema; empty when all is well.
    /// For the tests that walk every statement.
    package func faults(of card: StatementCard) async -> [String] {
        do {
            let prepared = try opened().statement(card.text, name: card.name)
            var faults = card.faults(numbers: Set(prepared.numbers), columns: prepared.columns)
            let verb = "\(card.text)".prefix { $0.isLetter }
            if verb != "WITH", prepared.isReadOnly != (verb == "SELECT") {
                faults.append("\(card.name): \(verb) is not what it does")
            }
            return faults
        } catch {
            return ["\(card.name): \(error)"]
        }
    }
}
