// SharedTests · tests · sees Policies, PostgresDriver
import Policies
import PostgresDriver
import Testing

/// The pool's decisions, without a socket or a clock.
@Suite("A pool of connections")
struct PostgresPoolTests {
    @Test("opens one when somebody asks, and lends the one used last")
    func lending() {
        var pool = Self.pool()
        #expect(pool.ask(1) == [.dial])
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 1)])
        #expect(pool.ask(2) == [.dial])
        #expect(pool.dialled(11) == [.lend(connection: 11, to: 2)])
        #expect(pool.giveBack(10, isSound: true) == [])
        #expect(pool.giveBack(11, isSound: true) == [])
        #expect(pool.isQuiet)
        #expect(pool.ask(3) == [.lend(connection: 11, to: 3)])
        #expect(!pool.isQuiet)
    }

    @Test("opens no more than its limit, and serves who waits in the order of asking")
    func limit() {
        var pool = Self.pool(limit: 2)
        #expect(pool.ask(1) == [.dial])
        #expect(pool.ask(2) == [.dial])
        #expect(pool.ask(3) == [])
        #expect(pool.ask(4) == [])
        // Whoever asked first gets what comes first, whichever attempt it was.
        #expect(pool.dialled(11) == [.lend(connection: 11, to: 1)])
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 2)])
        #expect(pool.giveBack(11, isSound: true) == [.lend(connection: 11, to: 3)])
        // A connection that is not sound makes room for another.
        #expect(pool.giveBack(10, isSound: false) == [.hangUp(connection: 10), .dial])
        #expect(pool.dialled(12) == [.lend(connection: 12, to: 4)])
    }

    @Test("forgets who withdraws, and refuses who has waited long enough with the reason")
    func waiting() {
        var pool = Self.pool(limit: 1)
        #expect(pool.ask(1) == [.dial])
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 1)])
        #expect(pool.ask(2) == [])
        #expect(pool.ask(3) == [])
        pool.withdraw(2)
        #expect(pool.timeUp(for: 2) == [])
        #expect(pool.timeUp(for: 3) == [.refuse(asker: 3, .noneFree)])
        #expect(pool.giveBack(10, isSound: true) == [])
        #expect(pool.ask(4) == [.lend(connection: 10, to: 4)])
    }

    @Test("tries again one by one with growing pauses while the server is away")
    func away() {
        var pool = Self.pool(limit: 4)
        #expect(pool.ask(1) == [.dial])
        #expect(pool.ask(2) == [.dial])
        #expect(pool.dialFailed("refused") == [.rest(.milliseconds(100))])
        #expect(pool.dialFailed("refused") == [])
        #expect(pool.ask(3) == [])
        #expect(pool.rested() == [.dial])
        #expect(pool.dialFailed("refused again") == [.rest(.milliseconds(400))])
        #expect(pool.timeUp(for: 1) == [.refuse(asker: 1, .noneMade("refused again"))])
        #expect(pool.rested() == [.dial])
        // The first that comes through opens the way for the rest.
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 2), .dial])
        #expect(pool.timeUp(for: 3) == [.refuse(asker: 3, .noneFree)])
    }

    @Test("does not count those who are alone at something, and shrinks to one spare when they are done")
    func forLong() {
        var pool = Self.pool(limit: 1)
        #expect(pool.ask(1) == [.dial])
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 1)])
        #expect(pool.ask(2, forLong: true) == [.dial])
        #expect(pool.dialled(11) == [.lend(connection: 11, to: 2)])
        #expect(pool.ask(3, forLong: true) == [.dial])
        #expect(pool.dialled(12) == [.lend(connection: 12, to: 3)])
        #expect(pool.ask(4) == [])
        #expect(pool.giveBack(11, isSound: true) == [.hangUp(connection: 11)])
        #expect(pool.giveBack(12, isSound: true) == [])
        #expect(pool.giveBack(10, isSound: true) == [.lend(connection: 10, to: 4)])
        #expect(pool.giveBack(10, isSound: true) == [])
    }

    @Test("dials once for whoever is alone at something again and again")
    func aloneAgain() {
        var pool = Self.pool(limit: 1)
        #expect(pool.ask(1) == [.dial])
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 1)])
        #expect(pool.ask(2, forLong: true) == [.dial])
        #expect(pool.dialled(11) == [.lend(connection: 11, to: 2)])
        for asker in 3..<10 {
            #expect(pool.giveBack(11, isSound: true) == [])
            #expect(pool.ask(asker, forLong: true) == [.lend(connection: 11, to: asker)])
        }
    }

    @Test("forgets an idle connection that died, and no other")
    func loss() {
        var pool = Self.pool()
        #expect(pool.ask(1) == [.dial])
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 1)])
        #expect(pool.lost(10) == false)
        #expect(pool.giveBack(10, isSound: true) == [])
        #expect(pool.lost(10) == true)
        #expect(pool.ask(2) == [.dial])
    }

    @Test("that is shut lends nothing and keeps nothing")
    func shut() {
        var pool = Self.pool(limit: 3)
        for asker in 1...2 { #expect(pool.ask(asker) == [.dial]) }
        #expect(pool.dialled(10) == [.lend(connection: 10, to: 1)])
        #expect(pool.dialled(11) == [.lend(connection: 11, to: 2)])
        #expect(pool.giveBack(11, isSound: true) == [])
        #expect(pool.ask(3) == [.lend(connection: 11, to: 3)])
        #expect(pool.ask(4) == [.dial])
        #expect(pool.giveBack(11, isSound: true) == [.lend(connection: 11, to: 4)])
        #expect(pool.shut() == [])
        #expect(pool.ask(5) == [.refuse(asker: 5, .closed)])
        #expect(pool.dialled(12) == [.hangUp(connection: 12)])
        #expect(pool.dialFailed("late") == [])
        #expect(pool.giveBack(10, isSound: true) == [.hangUp(connection: 10)])
        #expect(pool.giveBack(11, isSound: true) == [.hangUp(connection: 11)])
        #expect(pool.isQuiet)
    }

    @Test("keeps its promises on ten thousand random walks", arguments: 0..<10)
    func walks(_ seed: UInt64) {
        for walk in 0..<1000 {
            var world = PoolWalk(Dice(seed, "\(walk)"))
            for _ in 0..<60 { world.step() }
            world.settle()
            #expect(world.complaints == [], "\(seed)/\(walk)")
            if !world.complaints.isEmpty { return }
        }
    }

    private static func pool(limit: Int = 4) -> ConnectionPool {
        ConnectionPool(limit: limit, backoff: Backoff(first: .milliseconds(100), longest: .seconds(5)))
    }
}
