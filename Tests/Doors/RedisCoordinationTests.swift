// DoorTests · tests · sees Conformance, Contracts, Embedded, Kit, Policies, Ports, RedisDriver, Telemetry
import Conformance
import Contracts
import Embedded
import Kit
import Policies
import Ports
import RedisDriver
import Telemetry
import Testing

@Suite("Coordination on Redis")
struct RedisCoordinationTests {
    @Test("keeps what every coordination promises", arguments: CoordinationPromise.all)
    func promises(promise: CoordinationPromise) async throws {
        let desk = try await Self.open(try await Servers.redis())
        try await promise.check(desk)
        await desk.close()
    }

    @Test("gives a lock to one of a hundred processes, and a hint from one to all")
    func processes() async throws {
        let server = try await Servers.redis()
        let space = server.namespace()
        var desks: [RedisCoordination] = []
        for _ in 0..<10 { desks.append(try await Self.open(server, in: space)) }
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                let desk = desks[number % 10]
                group.addTask { try await desk.acquire("l", holder: "p\(number)", lasting: .seconds(60)) != nil }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(won == 1)
        let listener = try await desks[0].listen(to: "c", depth: 9)
        try await desks[9].publish([7], to: "c")
        #expect(try await listener.next() == .said([7]))
        let other = try await Self.open(server)
        #expect(try await other.holder(of: "l") == nil)
        for desk in desks + [other] { await desk.close() }
    }

    @Test("counts tokens exactly as the model does", arguments: 0..<6)
    func bucket(seed: UInt64) async throws {
        let desk = try await Self.open(try await Servers.redis())
        var dice = Dice(seed, "bucket")
        // So slow that no bucket is full before the test is over: then only the moments we give count.
        let rule = Allowance(dice.between(1, 60), every: .seconds(86_400), burst: dice.between(2, 40))
        let model = try #require(
            TokenBucket(tokens: rule.tokens, every: rule.period.microseconds, burst: rule.burst))
        var (now, full) = (Int64(1_700_000_000_000_000) + Int64(dice.between(0, 999_999)), Int64?.none)
        for _ in 0..<400 {
            now += Int64(dice.between(0, Int(model.interval) * 2))
            let wish = dice.between(1, rule.burst)
            let told = try await desk.spend(wish, from: "b", of: rule, at: now)
            switch model.spend(Int64(wish), full: full, at: now) {
            case .allowed(let next, let left):
                full = next
                #expect(told == .allowed(left: Int(left)))
            case .wait(let time): #expect(told == .refused(retryAfter: .microseconds(time)))
            }
        }
        await desk.close()
    }

    @Test("lets everything it keeps run out by itself")
    func nothingForEver() async throws {
        let server = try await Servers.redis()
        let (space, hour) = (server.namespace(), Duration.seconds(3600))
        let desk = try await Self.open(server, in: space)
        _ = try await desk.acquire("a", holder: "h", lasting: hour)
        _ = try await desk.acquire(slotOf: "a", among: 2, holder: "h", lasting: hour)
        _ = try await desk.remember([1], under: "a", lasting: hour)
        try await desk.add(1, to: "a", lasting: hour)
        _ = try await desk.spend(1, from: "a", of: Allowance(1, every: hour, burst: 1))
        try await desk.arrive("a", in: "a", lasting: hour)
        try await desk.append([1], to: "a", keeping: Keeping(9, for: hour))
        let keys = try await server.ask("--raw", "KEYS", space + ":*").split(separator: "\n").map(String.init)
        #expect(keys.count == 7)
        for key in keys {
            let left = Int(try await server.ask("--raw", "TTL", key)) ?? -1
            #expect((3000...3601).contains(left), "\(key)")
        }
        await desk.close()
    }

    @Test("answers nothing wrong when something else lies under its key")
    func strangers() async throws {
        let server = try await Servers.redis()
        let space = server.namespace()
        let desk = try await Self.open(server, in: space)
        for kind in ["lock", "slot", "group", "stream", "bucket"] {
            try await server.ask("HSET", "\(space):\(kind):a", "x", "y")
        }
        try await server.ask("SET", "\(space):count:a", "many")
        try await server.ask("XADD", "\(space):stream:b", "7-7", "x", "1", "y", "2")
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await desk.holder(of: "a") },
            { _ = try await desk.acquire(slotOf: "a", among: 1, holder: "h", lasting: .seconds(1)) },
            { _ = try await desk.members(of: "a") },
            { _ = try await desk.read("a", after: .start, limit: 1) },
            { _ = try await desk.read("b", after: .start, limit: 1) },
            { _ = try await desk.spend(1, from: "a", of: Allowance(1, every: .seconds(1), burst: 1)) },
            { _ = try await desk.count(of: "a") },
        ]
        for (number, call) in calls.enumerated() {
            let failure = await #expect(throws: CoordinationFailure.self) { try await call() }
            #expect(failure?.code == .refused, "call \(number)")
        }
        await desk.close()
    }

    static func open(
        _ server: RedisServer, in space: String? = nil, through url: String? = nil, patience: Duration = .seconds(30)
    ) async throws -> RedisCoordination {
        try await RedisCoordination.open(
            try url ?? server.url,
            RedisCoordination.Options(
                namespace: space ?? server.namespace(), name: "test", entropy: SystemEntropy(), log: .silent,
                patience: patience))
    }
}
