// Conformance · tests · sees Contracts, Ports
package import Ports
import Testing

/// One empty database of an owner called `test`, and how many transactions it can have open at once.
package struct DatabaseWorld: Sendable {
    package let capacity: Int
    /// Another handle of the same database, as another start of the program has it.
    package let open: @Sendable () async throws -> any Database

    package init(capacity: Int, open: @escaping @Sendable () async throws -> any Database) {
        self.capacity = capacity
        self.open = open
    }
}

/// Something that every database does.
package struct DatabasePromise: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    package let check: @Sendable (DatabaseWorld) async throws -> Void

    init(_ sentence: String, _ check: @escaping @Sendable (DatabaseWorld) async throws -> Void) {
        testDescription = sentence
        self.check = check
    }

    /// With the tables of `People` made, and the database closed at the end.
    init(about sentence: String, _ check: @escaping @Sendable (any Database, DatabaseWorld) async throws -> Void) {
        self.init(sentence) { world in
            let database = try await world.open()
            try await database.migrate([People.migration])
            do {
                try await check(database, world)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }
}

/// What the port promises, as questions to any implementation of it. Who opens a database opens it to all of them.
package enum DatabaseConformance {
    package static let promises = transactions + values + crowds + signals + migrations

    static let transactions = [
        DatabasePromise(about: "it keeps what was committed, and nothing of what was not") {
            (database, world) async throws in
            try await database.carryOut(People.add("one"))
            await #expect(throws: Interruption.self) {
                try await database.transaction { tx in
                    try await tx.run(People.add("two"))
                    throw Interruption()
                }
            }
            #expect(try await database.names() == ["one"])
            await database.close()
            let again = try await world.open()
            #expect(try await again.names() == ["one"])
            await again.close()
        },
        DatabasePromise(about: "a transaction sees what it wrote itself") { (database, _) async throws in
            try await database.transaction { tx in
                try await tx.run(People.add("one"))
                try await tx.send([Order(People.add("two"))])
                #expect(try await tx.rows(People.names()) == ["one", "two"])
            }
        },
        DatabasePromise(about: "a transaction that asks nothing is one") { (database, _) async throws in
            #expect(try await database.transaction { _ in 7 } == 7)
        },
        DatabasePromise(about: "it says by type what it refuses") { (database, _) async throws in
            try await database.carryOut(People.add("one"))
            #expect(await database.refusal(of: People.add("one")) == .unique)
            #expect(await database.refusal(of: People.hire("two", "nobody")) == .foreignKey)
            #expect(await database.refusal(of: People.rank("one", -1)) == .constraint)
            #expect(await database.refusal(of: People.rank("one", nil)) == .constraint)
            #expect(await database.refusal(of: People.elsewhere()) == .misuse)
            #expect(await database.refusal(of: People.wrongType()) == .decoding)
            #expect(try await database.names() == ["one"])
        },
        DatabasePromise(about: "a refusal that is swallowed cannot be committed") { (database, _) async throws in
            let refusal = await failure {
                try await database.transaction { tx in
                    try await tx.run(People.add("one"))
                    _ = try? await tx.run(People.add("one"))  // the refusal is the point
                    // Whatever follows is refused for the same reason.
                    #expect(await failure { _ = try await tx.rows(People.names()) }?.code == .unique)
                }
            }
            #expect(refusal?.code == .unique)
            #expect(try await database.names().isEmpty)
        },
        DatabasePromise(about: "what was sent and fails, fails the commit, and nothing remains") {
            (database, _) async throws in
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.transaction { tx in
                    try await tx.run(People.add("one"))
                    _ = try? await tx.send([Order(People.add("two")), Order(People.add("one"))])  // it may come later
                }
            }
            #expect(failure?.code == .unique)
            #expect(failure?.during == "people.add")
            #expect(try await database.names().isEmpty)
        },
        DatabasePromise(about: "what was sent and fails, fails the next answer") { (database, _) async throws in
            let failure = await #expect(throws: DatabaseFailure.self) {
                try await database.transaction { tx in
                    try await tx.send([Order(People.add("one")), Order(People.rank("one", -1))])
                    _ = try await tx.rows(People.names())
                    Issue.record("an answer came after a failure")
                }
            }
            #expect(failure?.code == .constraint)
            #expect(try await database.names().isEmpty)
        },
        DatabasePromise(about: "thousands of orders in one transaction are carried out in order") {
            (database, _) async throws in
            try await database.transaction { tx in
                try await tx.run(People.add("one"))
                try await tx.send((1...3000).map { Order(People.rank("one", $0)) })
                #expect(try await tx.row(People.rankOf("one")) == 3000)
                try await tx.send((1...3000).map { Order(People.add("n\($0)")) })
            }
            #expect(try await database.names().count == 3001)
        },
        DatabasePromise(about: "a write tells how many rows it changed, and a read none") {
            (database, _) async throws in
            try await database.transaction { (tx) async throws in
                #expect(try await tx.run(People.add("one")) == 1)
                #expect(try await tx.run(People.add("two")) == 1)
                #expect(try await tx.run(People.meet("one")) == 0)
                #expect(try await tx.run(People.meet("three")) == 1)
                #expect(try await tx.run(People.names()) == 0)
                #expect(try await tx.run(People.promote()) == 3)
                #expect(try await tx.run(People.promote()) == 3)
                #expect(try await tx.rows(People.dismiss("nobody")).isEmpty)
                #expect(try await tx.rows(People.dismiss("two")) == ["two"])
                #expect(try await tx.run(People.dismiss("three")) == 1)
            }
        },
        DatabasePromise(about: "a transaction is good inside its closure only, and once in a task") {
            (database, _) async throws in
            let kept = try await database.transaction { (tx) async throws in
                #expect(await failure { try await database.transaction { _ in } }?.code == .misuse)
                return tx
            }
            #expect(await failure { try await kept.run(People.add("late")) }?.code == .misuse)
            #expect(try await database.names().isEmpty)
        },
    ]
}

struct Interruption: Error {}

/// What the work is refused with.
func failure(_ work: () async throws -> Void) async -> DatabaseFailure? {
    do {
        try await work()
        return nil
    } catch {
        return error as? DatabaseFailure
    }
}

extension Database {
    /// One transaction with one call in it. Answers how many rows it changed.
    @discardableResult
    func carryOut<Row>(_ call: Call<Row>) async throws -> Int {
        try await transaction { tx in try await tx.run(call) }
    }

    func names() async throws -> [String] { try await transaction { tx in try await tx.rows(People.names()) } }

    /// The code this call is refused with, in a transaction of its own.
    func refusal<Row>(of call: Call<Row>) async -> DatabaseFailure.Code? {
        await failure { try await transaction { tx in _ = try await tx.rows(call) } }?.code
    }
}
