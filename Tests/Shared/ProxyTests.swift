// SharedTests · tests · sees Lanes, Kit
import Glibc
import Kit
import Lanes
import Testing

@Suite("A bad network")
struct ProxyTests {
    @Test("passes on every byte both ways, and counts them, while all is well")
    func fair() async throws {
        try await withProxy { proxy in
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let caller = try await Caller(proxy.port)
            #expect(try await caller.say(bytes, thenHear: bytes.count) == bytes)
            #expect(await proxy.bytesUp == bytes.count)
            #expect(await proxy.bytesDown == bytes.count)
            #expect(await proxy.connections == 1)
            #expect(try await caller.end() == 0)
            #expect(try await eventually { await proxy.openConnections == 0 })
        }
    }

    @Test("that is slow lets nothing arrive early")
    func delay() async throws {
        try await withProxy { proxy in
            await proxy.delay(.milliseconds(60))
            let caller = try await Caller(proxy.port)
            let begin = ContinuousClock.now
            #expect(try await caller.say([1, 2, 3], thenHear: 3) == [1, 2, 3])
            #expect(.now - begin >= .milliseconds(120))
        }
    }

    @Test("that is narrow takes the time its width needs")
    func throttle() async throws {
        try await withProxy { proxy in
            await proxy.throttle(bytesPerSecond: 100_000)
            let caller = try await Caller(proxy.port)
            let bytes = [UInt8](repeating: 9, count: 30_000)
            let begin = ContinuousClock.now
            #expect(try await caller.say(bytes, thenHear: bytes.count) == bytes)
            #expect(.now - begin >= .milliseconds(250))
            await proxy.heal()
            #expect(try await caller.say(bytes, thenHear: bytes.count) == bytes)
        }
    }

    @Test("that swallows everything says nothing, and resets what has lost something once it heals")
    func drop() async throws {
        try await withProxy { proxy in
            let caller = try await Caller(proxy.port)
            #expect(try await caller.say([1], thenHear: 1) == [1])
            await proxy.drop()
            try await caller.say([2])
            #expect(try await eventually { await proxy.bytesUp == 2 })
            #expect(await proxy.bytesDown == 1)
            await proxy.heal()
            await #expect(throws: Caller.Broken(reason: ECONNRESET)) { try await caller.hear(1) }
            let next = try await Caller(proxy.port)
            #expect(try await next.say([3], thenHear: 1) == [3])
        }
    }

    @Test("that goes dead takes the server away and tells the client nothing")
    func halfOpen() async throws {
        try await withProxy { proxy in
            let caller = try await Caller(proxy.port, patience: .milliseconds(100))
            #expect(try await caller.say([1], thenHear: 1) == [1])
            await proxy.halfOpen()
            try await caller.say([2])
            await #expect(throws: Caller.Broken(reason: EAGAIN)) { try await caller.hear(1) }
            let second = try await Caller(proxy.port)
            try await second.say([3])
            #expect(await proxy.connections == 1)
            await proxy.heal()
            await #expect(throws: Caller.Broken(reason: ECONNRESET)) { try await caller.hear(1) }
            #expect(try await second.hear(1) == [3])
        }
    }

    @Test("resets what there is, once or until it heals")
    func reset() async throws {
        try await withProxy { proxy in
            let caller = try await Caller(proxy.port)
            #expect(try await caller.say([1], thenHear: 1) == [1])
            await proxy.reset()
            await #expect(throws: Caller.Broken(reason: ECONNRESET)) { try await caller.hear(1) }
            let second = try await Caller(proxy.port)
            #expect(try await second.say([2], thenHear: 1) == [2])
            await proxy.refuse()
            let third = try await Caller(proxy.port)
            await #expect(throws: Caller.Broken(reason: ECONNRESET)) { try await third.hear(1) }
            await proxy.heal()
            let fourth = try await Caller(proxy.port)
            #expect(try await fourth.say([4], thenHear: 1) == [4])
        }
    }

    @Test("in front of nobody resets whoever calls")
    func nobody() async throws {
        let (listener, port) = try Sockets.listen()
        close(listener)
        let proxy = try await Proxy.open(to: port)
        let caller = try await Caller(proxy.port)
        await #expect(throws: Caller.Broken(reason: ECONNRESET)) { try await caller.hear(1) }
        await proxy.close()
    }

    private func withProxy(_ body: (Proxy) async throws -> Void) async throws {
        let echo = try await Echo()
        let proxy = try await Proxy.open(to: echo.port)
        try await body(proxy)
        await proxy.close()
        try await echo.close()
    }
}

/// A server that says what it hears.
private final class Echo: Sendable {
    let port: Int
    private let listener: Int32
    private let lane = Lane("echo")

    init() async throws {
        let (listener, port) = try Sockets.listen()
        (self.listener, self.port) = (listener, port)
        try await lane.run { [lane] in
            lane.watch(listener, for: .readable) { _ in
                while let client = Sockets.accept(listener) { Echo.answer(client, on: lane) }
            }
        }
    }

    func close() async throws {
        try await lane.run { [lane, listener] in
            lane.unwatch(listener)
            Glibc.close(listener)
        }
        lane.close()
    }

    private static func answer(_ client: Int32, on lane: Lane) {
        var waiting: ArraySlice<UInt8> = []
        lane.watch(client, for: .readable) { _ in
            var room = [UInt8](repeating: 0, count: 1 << 16)
            if waiting.isEmpty {
                let count = recv(client, &room, room.count, 0)
                waiting = room[..<max(0, count)]
                if count == 0 || (count < 0 && errno != EAGAIN) {
                    lane.unwatch(client)
                    Glibc.close(client)
                    return
                }
            }
            let sent = waiting.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            waiting = waiting.dropFirst(max(0, sent))
            lane.change(client, to: waiting.isEmpty ? .readable : .writable)
        }
    }
}
