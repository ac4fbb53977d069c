// PostgresDriver · driver · sees Contracts, Policies, Ports, Telemetry, Lanes, CPostgres
package import Ports

extension PostgresDatabase {
    /// What is wrong with a statement's declaration, measured against its text and the schema; empty when all is well.
    /// For the tests that walk every statement.
    package func faults(of card: StatementCard) async -> [String] {
        do {
            let answer = try await description(of: Order(preparing: card))
            var faults = card.faults(numbers: numbers(in: card.text), columns: answer.columnTypes.count)
            if answer.parameterTypes != card.takes.map(PostgresType.oid) {
                faults.append("\(card.name): takes the types \(answer.parameterTypes)")
            }
            for (index, (found, declared)) in zip(answer.columnTypes, card.gives).enumerated()
            where PostgresType.kind(of: found) != declared {
                faults.append("\(card.name): column \(index + 1) has type \(found), declared as \(declared)")
            }
            return try await faults + faultsOfMany(card)
        } catch {
            return ["\(card.name): \(error)"]
        }
    }

    /// The same for its form of two rows, if it has one.
    private func faultsOfMany(_ card: StatementCard) async throws -> [String] {
        let one = Order(preparing: card)
        let bound = sheaf.bind([one, one])
        guard bound.count == 1 else { return [] }
        let types = try await description(of: bound[0]).parameterTypes
        return types == bound[0].takes.map(PostgresType.oid) ? [] : ["\(card.name): in two rows takes \(types)"]
    }

    private func description(of order: Order) async throws -> PostgresAnswer {
        let number = try await lend()
        defer { giveBack(number) }
        guard let connection = connections[number] else { throw closed }
        do throws(PostgresFault) {
            let answers = try await connection.exchange(
                .description(order), patience: manners.silence)
            return answers.last ?? PostgresAnswer()
        } catch {
            throw error.failure
        }
    }

    /// The numbers behind the dollars. With declared types the server accepts a parameter that nobody uses.
    private func numbers(in text: StaticString) -> Set<Int> {
        let pieces = Dialect.postgres.spelling(text).split(separator: "$", omittingEmptySubsequences: false).dropFirst()
        return Set(pieces.compactMap { Int($0.prefix(while: \.isNumber)) })
    }
}
