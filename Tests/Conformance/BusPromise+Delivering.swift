// Conformance · tests · sees Contracts, Ports
import Contracts
import Ports
import Testing

extension BusPromise {
    static let delivering = [
        BusPromise("delivers what was published, in order, once it is settled never again") { world in
            let bus = try await world.openWithWork()
            try await bus.publish((1...5).map { letter($0) })
            let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 3)
            let first = try await arrivals.gather(3)
            #expect(first.numbers == ["evt_1", "evt_2", "evt_3"])
            #expect(first.allSatisfy { $0.count == 1 && $0.queue == BusWorld.work })
            try await bus.settle(first)
            let second = try await arrivals.gather(2)
            #expect(second.map(\.letter) == [letter(4), letter(5)])
            try await bus.settle(second)
            await bus.close()
            let again = try await world.openWithWork()
            try await again.publish([letter(6)])
            #expect(try await again.drain(1).numbers == ["evt_6"])
            #expect(try await again.depth(of: BusWorld.work) == 0)
            await again.close()
        },
        BusPromise("has no more out than was asked for until some of it is settled") { world in
            let bus = try await world.openWithWork()
            try await bus.publish((1...5).map { letter($0) })
            let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 3)
            let out = try await arrivals.gather(3)
            let more = Task { try await arrivals.next() }
            #expect(try await bus.depth(of: BusWorld.work) == 2)
            try await bus.settle([out[0]])
            #expect(try await more.value?.numbers == ["evt_4"])
            try await bus.settle(Array(out.dropFirst()))
            #expect(try await arrivals.gather(1).numbers == ["evt_5"])
            await bus.close()
        },
        BusPromise("copies a letter to every queue bound to its topic, and loses none that nobody wants loudly") {
            world in
            let bus = try await world.open()
            let queues = [Module.orchestrator, .observer].map { QueueName.group(.jobStatus, $0) }
            try await bus.declare(Topology(Dictionary(uniqueKeysWithValues: queues.map { ($0, [.jobStatus]) })))
            try await bus.publish([letter(1, to: .topic(.jobStatus)), letter(2, to: .topic(.runStatus))])
            for queue in queues {
                let taken = try await bus.drain(1, from: queue)
                #expect(taken.map(\.letter) == [letter(1, to: .topic(.jobStatus))])
                #expect(try await bus.depth(of: queue) == 0)
            }
            await bus.close()
        },
        BusPromise("names the letters nobody can receive, and keeps all others of their batch") { world in
            let bus = try await world.openWithWork()
            let failure = await #expect(throws: BusFailure.self) {
                try await bus.publish([
                    letter(1), letter(2, to: .queue(.node(NodeID(trusted: "node_gone")))), letter(3),
                ])
            }
            #expect(failure?.code == .unroutable)
            #expect(failure?.letters == [EventID(trusted: "evt_2")])
            #expect(try await bus.drain(2).numbers == ["evt_1", "evt_3"])
            await bus.close()
        },
        BusPromise("carries any body, empty or a megabyte, and any headers, unchanged") { world in
            let bus = try await world.openWithWork()
            let bodies = [[], [0], Array("日本語".utf8), [UInt8](repeating: 206, count: 1 << 20)]
            let headers = ["": "empty", "日本": "語 😀", "long": String(repeating: "x", count: 5000), "none": ""]
            let sent = bodies.enumerated().map { number, body in
                Letter(id: EventID(trusted: "evt_\(number)"), to: .queue(BusWorld.work), headers: headers, body: body)
            }
            try await bus.publish(sent)
            #expect(try await bus.drain(bodies.count).map(\.letter) == sent)
            await bus.close()
        },
        BusPromise("refuses to read a queue that nobody has declared") { world in
            let bus = try await world.open()
            let failure = await #expect(throws: BusFailure.self) {
                try await bus.subscribe(to: QueueName("ainer.nobody"), prefetch: 1)
            }
            #expect(failure?.code == .refused)
            #expect(failure?.cause.contains("ainer.nobody") == true)
            let other = await #expect(throws: BusFailure.self) { try await bus.depth(of: QueueName("ainer.nobody")) }
            #expect(other?.code == .refused)
            await bus.close()
        },
        BusPromise("takes declarations again and again, and forgets a queue that is dropped") { world in
            let bus = try await world.openWithWork()
            try await bus.declare(Topology([BusWorld.work: []]))
            try await bus.publish([letter(1)])
            try await bus.drop(BusWorld.work)
            let failure = await #expect(throws: BusFailure.self) { try await bus.publish([letter(2)]) }
            #expect(failure?.code == .unroutable)
            try await bus.drop(BusWorld.work)
            try await bus.declare(Topology([BusWorld.work: []]))
            #expect(try await bus.depth(of: BusWorld.work) == 0)
            await bus.close()
        },
        BusPromise("gives every letter to exactly one of eight takers while eight publishers write") { world in
            let bus = try await world.openWithWork()
            let seen = try await withThrowingTaskGroup(of: [String].self) { group in
                for publisher in 0..<8 {
                    group.addTask {
                        for number in 0..<25 { try await bus.publish([letter(publisher * 100 + number)]) }
                        return []
                    }
                }
                for _ in 0..<8 {
                    group.addTask {
                        var mine: [String] = []
                        while mine.count < 25 {
                            let taken = try await bus.take(from: BusWorld.work, upTo: 25 - mine.count)
                            mine += taken.numbers
                            try await bus.settle(taken)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(seen.count == 200)
            #expect(Set(seen).count == 200)
            #expect(try await bus.depth(of: BusWorld.work) == 0)
            await bus.close()
        },
    ]
}
