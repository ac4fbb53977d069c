// Conformance · tests · sees Contracts, Ports
import Ports
import Testing

extension DatabaseConformance {
    static let signals = [
        DatabasePromise(about: "a commit that was announced rings with whoever listens") { (database, _) async throws in
            let heard = Task { await database.announcements().first() }
            let announcing = Task {
                // Nobody tells when he has begun to listen.
                while !Task.isCancelled {
                    try await database.transaction { tx in try await tx.announce() }
                }
            }
            await heard.value
            announcing.cancel()
            // Who is cancelled in the middle of it fails for it.
            _ = await announcing.result
        },
        DatabasePromise(about: "announcements end with the database") { (database, _) async throws in
            let rings = database.announcements()
            await database.close()
            for await _ in rings {}
            for await _ in database.announcements() {}
        },
        DatabasePromise(about: "one is alone at a task, and the next one when he is done") {
            (database, _) async throws in
            let (inside, outside) = (Gate(), Gate())
            let first = Task {
                try await database.alone(at: "sweep") {
                    await inside.open()
                    await outside.wait()
                    return 1
                }
            }
            await inside.wait()
            #expect(try await database.alone(at: "sweep") { 2 } == nil)
            #expect(try await database.alone(at: "relay") { 3 } == 3)
            await outside.open()
            #expect(try await first.value == 1)
            #expect(try await database.alone(at: "sweep") { 4 } == 4)
        },
        DatabasePromise(about: "who fails at a task is at it no more") { (database, _) async throws in
            await #expect(throws: Interruption.self) {
                try await database.alone(at: "sweep") { throw Interruption() }
            }
            #expect(try await database.alone(at: "sweep") { 1 } == 1)
        },
        DatabasePromise(about: "who is alone at something can do transactions, while all others are busy") {
            (database, world) async throws in
            try await database.alone(at: "sweep") {
                try await database.carryOut(People.add("one"))
                // Being alone takes nobody else's place.
                let crowd = try await Crowd.fill(database, world.capacity)
                try await crowd.disperse()
            }
            #expect(try await database.names() == ["one"])
        },
    ]
}

extension AsyncStream where Element == Void {
    /// Returns at the first ring, or when there will be none.
    fileprivate func first() async {
        for await _ in self { return }
    }
}
