// Conformance · tests · sees Contracts, Ports
import Ports
import Testing

extension CoordinationPromise {
    static let holding = [
        CoordinationPromise("gives a lock to exactly one of a hundred who want it") { desk in
            let won = try await withThrowingTaskGroup(of: Holding?.self) { group in
                for number in 0..<100 {
                    group.addTask { try await desk.acquire("sweep", holder: "p\(number)", lasting: .seconds(60)) }
                }
                return try await group.reduce(into: [Holding]()) { if let lock = $1 { $0.append(lock) } }
            }
            #expect(won.count == 1)
            #expect(try await desk.holder(of: "sweep") == won.first?.holder)
            #expect(try await desk.acquire("other", holder: "p", lasting: .seconds(60)) != nil)
        },
        CoordinationPromise("gives a lock that was given back, and never to its holder twice") { desk in
            let first = try #require(try await desk.acquire("sweep", holder: "a", lasting: .seconds(60)))
            #expect(try await desk.acquire("sweep", holder: "a", lasting: .seconds(60)) == nil)
            #expect(try await desk.release(first))
            #expect(try await desk.holder(of: "sweep") == nil)
            #expect(try await desk.release(first) == false)
            #expect(try await desk.acquire("sweep", holder: "b", lasting: .seconds(60)) != nil)
        },
        CoordinationPromise("gives the lock of a dead holder to the next, and keeps it when he comes late") { desk in
            let late = try #require(try await desk.acquire("sweep", holder: "a", lasting: .milliseconds(20)))
            #expect(
                try await desk.until { try await $0.acquire("sweep", holder: "a", lasting: .seconds(60)) != nil })
            #expect(try await desk.renew(late, lasting: .seconds(60)) == false)
            #expect(try await desk.release(late) == false)
            #expect(try await desk.holder(of: "sweep") == "a")
        },
        CoordinationPromise("keeps a lock that is renewed, for as long as it is told then") { desk in
            var lock = try await desk.acquire("sweep", holder: "a", lasting: .milliseconds(50))
            // On a busy machine it may be over before it is renewed.
            while let short = lock, try await !desk.renew(short, lasting: .seconds(60)) {
                lock = try await desk.acquire("sweep", holder: "a", lasting: .milliseconds(50))
            }
            _ = try await desk.acquire("mark", holder: "a", lasting: .milliseconds(50))
            // When the mark is gone, the first time of the lock is over too.
            #expect(try await desk.until { try await $0.holder(of: "mark") == nil })
            #expect(try await desk.holder(of: "sweep") == "a")
            #expect(try await desk.renew(try #require(lock), lasting: .milliseconds(20)))
            #expect(try await desk.until { try await $0.holder(of: "sweep") == nil })
        },
        CoordinationPromise("has no more slots than there are, and those of the dead come back") { desk in
            let won = try await withThrowingTaskGroup(of: Holding?.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await desk.acquire(
                            slotOf: "gpu", among: 4, holder: "p\(number)", lasting: .seconds(60))
                    }
                }
                return try await group.reduce(into: [Holding]()) { if let slot = $1 { $0.append(slot) } }
            }
            #expect(won.count == 4)
            #expect(try await desk.release(won[0]))
            #expect(try await desk.release(won[0]) == false)
            #expect(try await desk.renew(won[1], lasting: .milliseconds(20)))
            let next = try await desk.acquire(slotOf: "gpu", among: 4, holder: "x", lasting: .seconds(60))
            #expect(next != nil)
            #expect(
                try await desk.until {
                    try await $0.acquire(slotOf: "gpu", among: 4, holder: "y", lasting: .seconds(60)) != nil
                })
            #expect(try await desk.acquire(slotOf: "gpu", among: 4, holder: "z", lasting: .seconds(60)) == nil)
            #expect(try await desk.renew(won[1], lasting: .seconds(60)) == false)
        },
        CoordinationPromise("knows who is here, until he leaves or is not heard of") { desk in
            try await desk.arrive("b", in: "nodes", lasting: .seconds(60))
            try await desk.arrive("a", in: "nodes", lasting: .seconds(60))
            try await desk.arrive("brief", in: "nodes", lasting: .milliseconds(20))
            #expect(try await desk.until { try await $0.members(of: "nodes") == ["a", "b"] })
            try await desk.arrive("b", in: "nodes", lasting: .seconds(60))
            try await desk.leave("a", from: "nodes")
            try await desk.leave("stranger", from: "nodes")
            #expect(try await desk.members(of: "nodes") == ["b"])
            #expect(try await desk.members(of: "nobody's") == [])
        },
    ]
}
