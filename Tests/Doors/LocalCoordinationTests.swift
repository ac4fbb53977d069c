// DoorTests · tests · sees Conformance, Embedded, Policies, Ports
import Conformance
import Embedded
import Policies
import Ports
import Synchronization
import Testing

@Suite("Coordination within one process")
struct LocalCoordinationTests {
    @Test("keeps what every coordination promises", arguments: CoordinationPromise.all)
    func promises(promise: CoordinationPromise) async throws {
        let desk = LocalCoordination()
        try await promise.check(desk)
        await desk.close()
    }

    @Test("keeps nothing of what is over, however many names there were")
    func tidiness() async throws {
        let time = Atomic<Int64>(0)
        let desk = LocalCoordination(now: { time.load(ordering: .relaxed) })
        for round in 0..<3 {
            for number in 0..<2000 {
                _ = try await desk.acquire("\(round)-\(number)", holder: "a", lasting: .seconds(1))
                _ = try await desk.remember([1], under: "\(round)-\(number)", lasting: .seconds(1))
            }
            time.add(2_000_000, ordering: .relaxed)
        }
        #expect(try await desk.recall("2-1999") == .unknown)
        #expect(try await desk.acquire("2-1999", holder: "b", lasting: .seconds(1)) != nil)
    }
}

@Suite("A token bucket")
struct TokenBucketTests {
    @Test("lets through the burst and the rate, never more and hardly less", arguments: 0..<20)
    func rate(seed: UInt64) throws {
        var dice = Dice(seed, "bucket")
        let rule = try #require(
            TokenBucket(
                tokens: dice.between(1, 500), every: Int64(dice.between(1, 5)) * 1_000_000, burst: dice.between(1, 50)))
        var (now, full, taken) = (Int64(dice.between(0, 1_000_000)), Int64?.none, Int64(0))
        let began = now
        for _ in 0..<2000 {
            now += Int64(dice.between(0, Int(rule.interval) * 2))
            let wish = Int64(dice.between(1, Int(rule.burst)))
            switch rule.spend(wish, full: full, at: now) {
            case .allowed(let next, let left):
                full = next
                taken += wish
                #expect(left >= 0 && left < rule.burst)
                // It was true: so many more could be had, and not one beyond.
                if left > 0 { #expect(rule.allows(left, full, now)) }
                if left + 1 <= rule.burst { #expect(!rule.allows(left + 1, full, now)) }
            case .wait(let time):
                #expect(time > 0)
                #expect(!rule.allows(wish, full, now + time - 1))
                #expect(rule.allows(wish, full, now + time))
            }
            #expect(taken <= rule.burst + (now - began) / rule.interval)
        }
        #expect(taken > rule.burst)
    }

    @Test("has no rule that nobody could keep")
    func nonsense() {
        #expect(TokenBucket(tokens: 0, every: 1, burst: 1) == nil)
        #expect(TokenBucket(tokens: 1, every: 0, burst: 1) == nil)
        #expect(TokenBucket(tokens: 1, every: 1, burst: 0) == nil)
        #expect(TokenBucket(tokens: 1, every: .max, burst: .max) == nil)
        #expect(TokenBucket(tokens: 7, every: 1, burst: 1)?.interval == 1)
    }
}

extension TokenBucket {
    fileprivate func allows(_ tokens: Int64, _ full: Int64?, _ now: Int64) -> Bool {
        if case .allowed = spend(tokens, full: full, at: now) { true } else { false }
    }
}
