// DoorTests · tests · sees Embedded, Kit, Ports, RedisDriver, Telemetry
import Embedded
import Kit
import Ports
import RedisDriver
import Telemetry
import Testing

@Suite("Redis in trouble")
struct RedisFaultTests {
    @Test("a lost connection fails what was under way, and is made again for what comes")
    func reset() async throws {
        let server = try await Servers.redis()
        let proxy = try await Proxy.open(to: server.port)
        let desk = try await RedisCoordinationTests.open(server, through: proxy.through(server.url))
        await proxy.drop()
        let before = await proxy.bytesUp
        async let lost = failure { _ = try await desk.count(of: "n") }
        #expect(try await eventually { await proxy.bytesUp > before })
        await proxy.heal()
        #expect(try await lost?.code == .unreachable)
        #expect(try await desk.add(1, to: "n", lasting: .seconds(60)) == 1)
        await desk.close()
        await proxy.close()
    }

    @Test("a silent server is given up after the patience, and found again")
    func silence() async throws {
        let server = try await Servers.redis()
        let proxy = try await Proxy.open(to: server.port)
        let desk = try await RedisCoordinationTests.open(
            server, through: proxy.through(server.url), patience: .seconds(2))
        await proxy.drop()
        #expect(try await failure { _ = try await desk.count(of: "n") }?.code == .timeout)
        await proxy.heal()
        #expect(try await eventually { (try? await desk.count(of: "n")) == 0 })  // until it is there again
        await desk.close()
        await proxy.close()
    }

    @Test("who is cancelled is answered at once, and nobody else suffers")
    func cancellation() async throws {
        let server = try await Servers.redis()
        let proxy = try await Proxy.open(to: server.port)
        let desk = try await RedisCoordinationTests.open(server, through: proxy.through(server.url))
        await proxy.delay(.milliseconds(300))
        let canceled = Task { try await desk.add(1, to: "n", lasting: .seconds(60)) }
        async let other = desk.add(5, to: "m", lasting: .seconds(60))
        canceled.cancel()
        #expect(try await failure { _ = try await canceled.value }?.code == .canceled)
        #expect(try await other == 5)
        await desk.close()
        await proxy.close()
    }

    @Test("while it is away a bounded number waits, and nobody longer than the patience")
    func away() async throws {
        let server = try await Servers.redis()
        let proxy = try await Proxy.open(to: server.port)
        let desk = try await RedisCoordinationTests.open(
            server, through: proxy.through(server.url), patience: .seconds(2))
        await proxy.refuse()
        let began = ContinuousClock.now
        let codes = await withTaskGroup(of: CoordinationFailure.Code?.self) { group in
            for _ in 0..<3000 { group.addTask { await failureCode { _ = try await desk.recall("k") } } }
            return await group.reduce(into: [CoordinationFailure.Code?]()) { $0.append($1) }
        }
        #expect(codes.allSatisfy { $0 == .unreachable })
        #expect(ContinuousClock.now - began < .seconds(20))
        await proxy.heal()
        #expect(try await eventually { (try? await desk.recall("k")) == .unknown })  // until it is there again
        await desk.close()
        await proxy.close()
    }

    @Test("listeners hear again after a loss, and are told that there was one")
    func listeners() async throws {
        let server = try await Servers.redis()
        let space = server.namespace()
        let proxy = try await Proxy.open(to: server.port)
        let desk = try await RedisCoordinationTests.open(server, in: space, through: proxy.through(server.url))
        let speaker = try await RedisCoordinationTests.open(server, in: space)
        let listener = try await desk.listen(to: "c", depth: 9)
        let follower = try await StreamFollower("s", of: desk)
        try await speaker.publish([1], to: "c")
        let first = try await speaker.append([1], to: "s", keeping: Keeping(9, for: .seconds(60)))
        #expect(try await listener.next() == .said([1]))
        await proxy.reset()
        #expect(try await listener.next() == .interrupted)
        try await speaker.publish([2], to: "c")
        #expect(try await listener.next() == .said([2]))
        try await speaker.append([2], to: "s", keeping: Keeping(9, for: .seconds(60)))
        let page = try await follower.next(after: first, limit: 9, within: .seconds(30))
        #expect(page.entries.map(\.bytes) == [[2]] && !page.hasGap)
        await follower.end()
        await speaker.close()
        await desk.close()
        await proxy.close()
    }

    @Test("a listener on a line that says nothing any more is moved to another one")
    func deafness() async throws {
        let server = try await Servers.redis()
        let space = server.namespace()
        let proxy = try await Proxy.open(to: server.port)
        let desk = try await RedisCoordinationTests.open(
            server, in: space, through: proxy.through(server.url), patience: .seconds(2))
        let listener = try await desk.listen(to: "c", depth: 9)
        await proxy.drop()
        let before = await proxy.connections
        #expect(try await eventually { await proxy.connections > before })
        await proxy.heal()
        #expect(try await listener.next() == .interrupted)
        await desk.close()
        await proxy.close()
    }

    @Test("after a kill and a restart the scripts are there again, and a cursor goes on where it was")
    func restart() async throws {
        let server = try await Servers.ownRedis()
        let desk = try await RedisCoordinationTests.open(server)
        let forEver = Keeping(100, for: .seconds(600))
        let lock = try #require(try await desk.acquire("l", holder: "a", lasting: .seconds(600)))
        let first = try await desk.append([1], to: "s", keeping: forEver)
        let listener = try await desk.listen(to: "c", depth: 9)
        try await server.ask("SCRIPT", "FLUSH")
        #expect(try await desk.renew(lock, lasting: .seconds(600)))
        // What is written reaches the disk every second, or when it is asked for.
        try await server.stop()
        try await server.restart()
        #expect(try await desk.renew(lock, lasting: .seconds(600)))
        let second = try await desk.append([2], to: "s", keeping: forEver)
        #expect(second == StreamCursor(life: first.life, number: 2))
        #expect(try await desk.read("s", after: first, limit: 9).hasGap == false)
        #expect(try await listener.next() == .interrupted)
        try await server.kill()
        try await server.restart()
        #expect(try await listener.next() == .interrupted)
        try await desk.publish([3], to: "c")
        #expect(try await listener.next() == .said([3]))
        await desk.close()
        try await server.end()
    }

    @Test("losing everything it kept loses no truth: all is unknown, free or full again, and gaps are told")
    func oblivion() async throws {
        let server = try await Servers.ownRedis()
        let desk = try await RedisCoordinationTests.open(server)
        let (hour, rule) = (Duration.seconds(3600), Allowance(1, every: .seconds(3600), burst: 1))
        let lock = try #require(try await desk.acquire("l", holder: "a", lasting: hour))
        let slot = try #require(try await desk.acquire(slotOf: "g", among: 1, holder: "a", lasting: hour))
        _ = try await desk.remember([1], under: "k", lasting: hour)
        try await desk.add(7, to: "n", lasting: hour)
        _ = try await desk.spend(1, from: "b", of: rule)
        try await desk.arrive("a", in: "here", lasting: hour)
        let cursor = try await desk.append([1], to: "s", keeping: Keeping(9, for: hour))
        let follower = try await StreamFollower("s", of: desk)
        try await server.killAndForget()
        try await server.restart()
        #expect(try await desk.recall("k") == .unknown)
        #expect(try await desk.acquire("l", holder: "b", lasting: hour) != nil)
        #expect(try await desk.acquire(slotOf: "g", among: 1, holder: "b", lasting: hour) != nil)
        #expect(try await desk.release(lock) == false)
        #expect(try await desk.release(slot) == false)
        #expect(try await desk.holder(of: "l") == "b")
        #expect(try await desk.count(of: "n") == 0)
        #expect(try await desk.spend(1, from: "b", of: rule) == .allowed(left: 0))
        #expect(try await desk.members(of: "here") == [])
        let lost = try await follower.next(after: cursor, limit: 9, within: .seconds(30))
        #expect(lost == StreamPage(entries: [], cursor: .start, hasGap: true))
        try await desk.append([2], to: "s", keeping: Keeping(9, for: hour))
        let page = try await follower.next(after: cursor, limit: 9, within: .seconds(30))
        #expect(page.hasGap && page.entries.map(\.bytes) == [[2]])
        await desk.close()
        try await server.end()
    }

    private func failure(_ act: @Sendable () async throws -> Void) async throws -> CoordinationFailure? {
        await #expect(throws: CoordinationFailure.self) { try await act() }
    }
}

private func failureCode(_ act: @Sendable () async throws -> Void) async -> CoordinationFailure.Code? {
    do {
        try await act()
        return nil
    } catch {
        return (error as? CoordinationFailure)?.code
    }
}
