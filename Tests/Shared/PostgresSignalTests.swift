// SharedTests · tests · sees Conformance, Kit, Ports, PostgresDriver
import Conformance
import Kit
import Ports
import PostgresDriver
import Synchronization
import Testing

/// What several processes on one PostgreSQL database tell each other.
@Suite("Several on one PostgreSQL database")
struct PostgresSignalTests {
    @Test("hear each other's announcements, each its own, and none of what was taken back")
    func announcements() async throws {
        try await Corner().use { (database, corner) async throws in
            let other = try await corner.open()
            let (mine, theirs) = (Listener(database), Listener(other))
            // Both have been greeted once they listen; the safety net rings every five seconds.
            #expect(try await eventually { mine.rings > 0 && theirs.rings > 0 })
            let begin = ContinuousClock.now
            for round in 1...20 {
                let before = (mine.rings, theirs.rings)
                let speaker = round % 2 == 0 ? database : other
                try await speaker.transaction { tx in
                    try await tx.run(People.add("\(round)"))
                    try await tx.announce()
                    try await tx.announce()
                }
                #expect(try await eventually { mine.rings > before.0 && theirs.rings > before.1 })
            }
            // Twenty rings of the safety net would have taken a hundred seconds.
            #expect(.now - begin < .seconds(60))
            await other.close()
            await theirs.end()
            await database.close()
            await mine.end()
        }
    }

    @Test("are rung for again when the connection that listens was lost")
    func lostListener() async throws {
        try await Corner().use { (database, corner) async throws in
            let listener = Listener(database)
            for _ in 0..<3 {
                #expect(try await eventually { listener.rings > 0 })
                listener.forget()
                let ended = try await corner.ask(
                    """
                    SELECT count(pg_terminate_backend(pid))
                    FROM pg_stat_activity
                    WHERE query LIKE 'LISTEN%' AND datname = '\(corner.name)'
                    """)
                #expect(ended.hasPrefix("1"))
            }
            #expect(try await eventually { listener.rings > 0 })
            await database.close()
            await listener.end()
        }
    }

    @Test("are alone at a task one at a time, and a dead one is at it no more")
    func alone() async throws {
        try await Corner().use { (database, corner) async throws in
            let other = try await corner.open()
            let (inside, done) = (Gate(), Gate())
            let first = Task {
                try await database.alone(at: "relay") {
                    await inside.open()
                    await done.wait()
                    return 1
                }
            }
            await inside.wait()
            #expect(try await other.alone(at: "relay") { 2 } == nil)
            #expect(try await other.alone(at: "sweep") { 3 } == 3)
            try await corner.ask(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = '\(corner.name)')"
            )
            // The lock went with its session.
            #expect(try await eventually { try await other.alone(at: "relay") { 4 } == 4 })
            await done.open()
            #expect(try await first.value == 1)
            #expect(try await database.alone(at: "relay") { 5 } == 5)
            await other.close()
        }
    }

    @Test("with eighty who want to be alone at twenty tasks never meet two at one")
    func crowd() async throws {
        try await Corner().use { (database, corner) async throws in
            let other = try await corner.open()
            let guests = Guests()
            try await withThrowingTaskGroup { group in
                for number in 0..<80 {
                    group.addTask {
                        _ = try await (number % 2 == 0 ? database : other).alone(at: "same") {
                            await guests.enter()
                            _ = try await database.names()
                            await guests.leave()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(await guests.most == 1)
            await other.close()
        }
    }
}

/// Counts what it hears.
private final class Listener: Sendable {
    private let counted = Atomic<Int>(0)
    private let task: Mutex<Task<Void, Never>?> = Mutex(nil)

    init(_ database: PostgresDatabase) {
        let rings = database.announcements()
        task.withLock { task in
            task = Task { for await _ in rings { self.counted.add(1, ordering: .relaxed) } }
        }
    }

    var rings: Int { counted.load(ordering: .relaxed) }

    func forget() { counted.store(0, ordering: .relaxed) }
    func end() async { await task.withLock(\.self)?.value }
}

private actor Guests {
    private var inside = 0
    private(set) var most = 0

    func enter() {
        inside += 1
        most = max(most, inside)
    }

    func leave() { inside -= 1 }
}
