// Conformance · tests · sees Contracts, Ports
import Contracts
import Ports
import Testing

extension BusPromise {
    static let settling = [
        BusPromise("delivers again, counted, unchanged and no sooner than wished, what its handler could not do") {
            world in
            let bus = try await world.openWithWork()
            try await bus.publish([letter(1)])
            let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 2)
            let began = ContinuousClock.now
            try await bus.settle(try await arrivals.gather(1), .later(.milliseconds(200)))
            let second = try await arrivals.gather(1)
            #expect(second.map(\.letter) == [letter(1)])
            #expect(second.map(\.count) == [2])
            #expect(ContinuousClock.now - began >= .milliseconds(200))
            try await bus.settle(second, .later(.zero))
            #expect(try await arrivals.gather(1).map(\.count) == [3])
            await bus.close()
        },
        BusPromise("lets others pass what waits for its next try") { world in
            let bus = try await world.openWithWork()
            try await bus.publish([letter(1), letter(2)])
            let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 1)
            try await bus.settle(try await arrivals.gather(1), .later(.seconds(60)))
            #expect(try await arrivals.gather(1).numbers == ["evt_2"])
            await bus.close()
        },
        BusPromise("keeps the address of a letter for a topic through its delays") { world in
            let bus = try await world.open()
            let queue = QueueName.group(.jobStatus, .orchestrator)
            try await bus.declare(Topology([queue: [.jobStatus]]))
            try await bus.publish([letter(1, to: .topic(.jobStatus))])
            let arrivals = try await bus.subscribe(to: queue, prefetch: 1)
            try await bus.settle(try await arrivals.gather(1), .later(.zero))
            #expect(try await arrivals.gather(1).map(\.letter) == [letter(1, to: .topic(.jobStatus))])
            await bus.close()
        },
        BusPromise("keeps among the dead what can never be handled, with the reason") { world in
            let bus = try await world.openWithWork()
            try await bus.publish([letter(1)])
            try await bus.settle(
                try await bus.take(from: BusWorld.work, upTo: 1), .bury(reason: "not a ticket: \u{1F422}"))
            let dead = try await bus.drain(1, from: .dead)
            #expect(dead.numbers == ["evt_1"])
            #expect(dead.first?.letter.body == letter(1).body)
            #expect(
                dead.first?.letter.death
                    == Death(reason: "not a ticket: \u{1F422}", queue: BusWorld.work, deliveries: 1))
            #expect(try await bus.depth(of: BusWorld.work) == 0)
            await bus.close()
        },
        BusPromise("lets settle in any order, twice, and late") { world in
            let bus = try await world.openWithWork()
            try await bus.publish((1...6).map { letter($0) })
            let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 6)
            let out = try await arrivals.gather(6)
            for index in [4, 1, 0, 5, 1] { try await bus.settle([out[index]]) }
            await bus.close()
            let again = try await world.openWithWork()
            // Of a life that is over: it changes nothing.
            try await again.settle([out[2]])
            let rest = try await again.subscribe(to: BusWorld.work, prefetch: 6)
            var left: [String] = []
            while left.count < 2 {
                let batch = try await rest.gather(1)
                left += batch.numbers
                #expect(batch.allSatisfy { $0.count == 2 })
                try await again.settle(batch)
            }
            #expect(left.sorted() == ["evt_3", "evt_4"])
            await again.close()
        },
        BusPromise("lets settle what was given out before an end, and leaves the rest in the queue") { world in
            let bus = try await world.openWithWork()
            try await bus.publish((1...3).map { letter($0) })
            let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 1)
            let first = try await arrivals.gather(1)
            await arrivals.end()
            #expect(try await arrivals.next() == nil)
            #expect(try await bus.depth(of: BusWorld.work) == 2)
            try await bus.settle(first)
            #expect(try await bus.drain(2).map(\.count) == [1, 1], "nobody peeked at them")
            #expect(try await bus.depth(of: BusWorld.work) == 0)
            await bus.close()
        },
    ]
}
