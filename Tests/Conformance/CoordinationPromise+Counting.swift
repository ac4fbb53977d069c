// Conformance · tests · sees Contracts, Ports
import Ports
import Testing

extension CoordinationPromise {
    static let counting = [
        CoordinationPromise("remembers the first of many values under a key, and tells it to all others") { desk in
            let answers = try await withThrowingTaskGroup(of: Recollection.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        try await desk.remember([UInt8(number), 0, 255], under: "k", lasting: .seconds(60))
                    }
                }
                return try await group.reduce(into: [Recollection]()) { $0.append($1) }
            }
            let first = try await desk.recall("k")
            #expect(answers.count { $0 == .unknown } == 1)
            #expect(answers.count { $0 == first } == 49)
            try await desk.forget("k")
            #expect(try await desk.recall("k") == .unknown)
            try await desk.forget("k")
            #expect(try await desk.remember([], under: "k", lasting: .seconds(60)) == .unknown)
            #expect(try await desk.recall("k") == .known([]))
        },
        CoordinationPromise("forgets a key when its time is over") { desk in
            _ = try await desk.remember([1], under: "k", lasting: .milliseconds(20))
            #expect(try await desk.until { try await $0.recall("k") == .unknown })
            #expect(try await desk.remember([2], under: "k", lasting: .seconds(60)) == .unknown)
        },
        CoordinationPromise("loses no count, and begins anew when the time of the first is over") { desk in
            let last = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...50 {
                    group.addTask { try await desk.add(number, to: "n", lasting: .seconds(60)) }
                }
                return try await group.reduce(0) { max($0, $1) }
            }
            #expect(last == 1275)
            #expect(try await desk.add(-1275, to: "n", lasting: .seconds(60)) == 0)
            var (name, sum) = (0, 0)
            // On a busy machine it may be over before the second comes.
            while sum != 14 {
                name += 1
                #expect(try await desk.add(7, to: "brief\(name)", lasting: .milliseconds(50)) == 7)
                sum = try await desk.add(7, to: "brief\(name)", lasting: .seconds(60))
            }
            let brief = "brief\(name)"
            #expect(try await desk.until { try await $0.count(of: brief) == 0 })
            #expect(try await desk.count(of: "nothing") == 0)
        },
        CoordinationPromise("refuses a sum that no number can hold, and keeps the one before") { desk in
            try await desk.add(.max, to: "n", lasting: .seconds(60))
            let failure = await #expect(throws: CoordinationFailure.self) {
                try await desk.add(1, to: "n", lasting: .seconds(60))
            }
            #expect(failure?.code == .refused)
            #expect(try await desk.count(of: "n") == .max)
        },
        CoordinationPromise("gives out a burst at once and then tells how long to wait") { desk in
            let rule = Allowance(1, every: .seconds(1000), burst: 5)
            #expect(try await desk.spend(3, from: "b", of: rule) == .allowed(left: 2))
            guard case .refused(let wait) = try await desk.spend(3, from: "b", of: rule) else {
                Issue.record("three of two")
                return
            }
            #expect(wait > .seconds(900) && wait <= .seconds(1000))
            #expect(try await desk.spend(2, from: "b", of: rule) == .allowed(left: 0))
            #expect(try await desk.spend(5, from: "another", of: rule) == .allowed(left: 0))
        },
        CoordinationPromise("fills a bucket again, and never lets more through than it may") { desk in
            let rule = Allowance(100, every: .seconds(1), burst: 10)
            let began = ContinuousClock.now
            var allowed = 0
            while allowed < 30 { if case .allowed = try await desk.spend(1, from: "b", of: rule) { allowed += 1 } }
            // Twenty of the thirty had to come in, one every 10 ms; the two clocks need not agree to the millisecond.
            #expect(ContinuousClock.now - began >= .milliseconds(190))
        },
        CoordinationPromise("does nothing that cannot be meant") { desk in
            let calls: [@Sendable () async throws -> Void] = [
                { _ = try await desk.acquire("", holder: "a", lasting: .seconds(1)) },
                { _ = try await desk.acquire("a", holder: "", lasting: .seconds(1)) },
                { _ = try await desk.acquire("a", holder: "a", lasting: .zero) },
                { _ = try await desk.acquire(slotOf: "a", among: 0, holder: "a", lasting: .seconds(1)) },
                { _ = try await desk.remember([], under: "a", lasting: .seconds(-1)) },
                { _ = try await desk.recall(String(repeating: "k", count: 513)) },
                { _ = try await desk.spend(6, from: "b", of: Allowance(1, every: .seconds(1), burst: 5)) },
                { _ = try await desk.spend(0, from: "b", of: Allowance(1, every: .seconds(1), burst: 5)) },
                { _ = try await desk.spend(1, from: "b", of: Allowance(0, every: .seconds(1), burst: 5)) },
                { _ = try await desk.spend(1, from: "b", of: Allowance(1, every: .seconds(1 << 40), burst: 1 << 40)) },
                { _ = try await desk.spend(1, from: "b", of: Allowance(1, every: .seconds(1 << 60), burst: 1)) },
                { _ = try await desk.listen(to: "c", depth: 0) },
                { try await desk.publish([UInt8](repeating: 0, count: 1 << 20 + 1), to: "c") },
                { _ = try await desk.append([], to: "s", keeping: Keeping(0, for: .seconds(1))) },
                { _ = try await desk.read("s", after: .start, limit: 0) },
            ]
            for (number, call) in calls.enumerated() {
                let failure = await #expect(throws: CoordinationFailure.self) { try await call() }
                #expect(failure?.code == .misuse, "call \(number)")
            }
        },
    ]
}
