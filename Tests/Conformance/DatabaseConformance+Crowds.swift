// Conformance · tests · sees Contracts, Ports
import Ports
import Testing

extension DatabaseConformance {
    static let crowds = [
        DatabasePromise(about: "a hundred askers all have their turn") { (database, _) async throws in
            try await database.carryOut(People.add("one"))
            try await withThrowingTaskGroup { group in
                for number in 0..<100 {
                    group.addTask {
                        try await database.transaction { tx in
                            try await tx.run(People.rise("one"))
                            await Task.yield()
                            try await tx.run(People.add("\(number)"))
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.names().count == 101)
            #expect(try await database.transaction { tx in try await tx.row(People.rankOf("one")) } == 100)
        },
        DatabasePromise(about: "several may talk in one transaction, and one failure is everybody's") {
            (database, _) async throws in
            for culprit in [nil, 7] {
                let refusal = await failure {
                    try await database.transaction { tx in
                        await withThrowingTaskGroup { group in
                            for number in 0..<20 {
                                let name = number == culprit ? "0" : "\(number)"
                                group.addTask { try await tx.run(People.add(name)) }
                            }
                            // Whoever gave up on one of them cannot commit the others.
                            while let result = await group.nextResult() { _ = result }
                        }
                    }
                }
                #expect(refusal?.code == (culprit == nil ? nil : .unique))
                #expect(try await database.names().count == (culprit == nil ? 20 : 0))
                try await database.carryOut(People.clear())
            }
        },
        DatabasePromise(about: "who is cancelled while waiting leaves the queue") { (database, world) async throws in
            let crowd = try await Crowd.fill(database, world.capacity)
            let waiter = Task { try await database.carryOut(People.add("waiter")) }
            let next = Task { try await database.carryOut(People.add("next")) }
            waiter.cancel()
            await #expect(throws: CancellationError.self) { try await waiter.value }
            try await crowd.disperse()
            #expect(try await next.value == 1)
            #expect(try await database.names() == ["next"])
        },
        DatabasePromise(about: "who is cancelled before he asks gets nothing done") { (database, _) async throws in
            let asker = Task {
                // Waits for nothing but its own cancellation.
                for await _ in AsyncStream<Void>.makeStream().stream {}
                try await database.carryOut(People.add("one"))
            }
            asker.cancel()
            await #expect(throws: CancellationError.self) { try await asker.value }
            #expect(try await database.names().isEmpty)
        },
        DatabasePromise(about: "who is cancelled in the middle leaves nothing, or all when it was too late") {
            (database, _) async throws in
            for round in 0..<30 {
                let task = Task {
                    try await database.transaction { tx in
                        for number in 0..<10 { try await tx.run(People.add("\(round)-\(number)")) }
                    }
                }
                for _ in 0..<round * 3 { await Task.yield() }
                task.cancel()
                let isDone: Bool
                switch await task.result {
                case .success: isDone = true
                case .failure(let error):
                    #expect(error is CancellationError)
                    isDone = false
                }
                #expect(try await database.names().count { $0.hasPrefix("\(round)-") } == (isDone ? 10 : 0))
            }
        },
        DatabasePromise(about: "closing waits for who is inside and turns away who is not") {
            (database, world) async throws in
            let crowd = try await Crowd.fill(database, world.capacity)
            let waiter = Task { try await database.carryOut(People.add("waiter")) }
            let closing = Task { await database.close() }
            let refused = await #expect(throws: DatabaseFailure.self) { try await waiter.value }
            #expect(refused?.code == .closed)
            try await crowd.disperse()
            await closing.value
            #expect(await failure { _ = try await database.names() }?.code == .closed)
        },
    ]
}

/// Holds as many transactions open as the database lets in.
struct Crowd {
    private let gate: Gate
    private let holders: [Task<Void, any Error>]

    /// Returns when all of them are inside.
    static func fill(_ database: any Database, _ count: Int) async throws -> Crowd {
        let gate = Gate()
        let (entries, entered) = AsyncStream.makeStream(of: Void.self)
        let holders = (0..<count).map { _ in
            Task {
                try await database.transaction { tx in
                    _ = try await tx.rows(People.names())
                    entered.yield()
                    await gate.wait()
                }
            }
        }
        var inside = 0
        for await _ in entries {
            inside += 1
            if inside == count { break }
        }
        return Crowd(gate: gate, holders: holders)
    }

    func disperse() async throws {
        await gate.open()
        for holder in holders { try await holder.value }
    }
}
