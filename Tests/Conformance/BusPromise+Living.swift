// Conformance · tests · sees Contracts, Ports
import Contracts
import Ports
import Testing

extension BusPromise {
    static let living = [
        BusPromise("gives back after a restart what was taken and not settled, and counts") { world in
            let bus = try await world.openWithWork()
            try await bus.publish([letter(1), letter(2)])
            _ = try await bus.subscribe(to: BusWorld.work, prefetch: 2).gather(2)
            await bus.close()
            let again = try await world.openWithWork()
            let back = try await again.drain(2)
            #expect(back.numbers.sorted() == ["evt_1", "evt_2"])
            #expect(back.map(\.count) == [2, 2])
            await again.close()
        },
        BusPromise("buries in the end what is delivered again and again and never settled") { world in
            var lives = 0
            while lives < 40 {
                let bus = try await world.openWithWork()
                if lives == 0 { try await bus.publish([letter(1)]) }
                if try await bus.depth(of: .dead) == 1 {
                    let death = try await bus.drain(1, from: .dead).first?.letter.death
                    #expect(death?.queue == BusWorld.work)
                    #expect(death.map { (15...25).contains($0.deliveries) } == true)
                    #expect(death?.reason.contains("never settled") == true)
                    await bus.close()
                    return
                }
                let arrivals = try await bus.subscribe(to: BusWorld.work, prefetch: 1)
                // The last of these lives finds the queue empty: the dead are somewhere else.
                async let taken = arrivals.next()
                while try await bus.depth(of: .dead) == 0, try await bus.depth(of: BusWorld.work) == 1 {
                    await Task.yield()
                }
                await arrivals.end()
                _ = try await taken
                await bus.close()
                lives += 1
            }
            Issue.record("still alive after \(lives) lives")
        },
        BusPromise("keeps for others what a taker who was cancelled meanwhile did not get") { world in
            let bus = try await world.openWithWork()
            var gotByTheCancelled = 0
            for number in 0..<100 {
                let taker = Task { try await bus.take(from: BusWorld.work, upTo: 1) }
                async let sent: Void = bus.publish([letter(number)])
                taker.cancel()
                try await sent
                if let taken = try? await taker.value {  // refused is what most of them are
                    gotByTheCancelled += 1
                    #expect(taken.numbers == ["evt_\(number)"])
                    try await bus.settle(taken)
                } else {
                    #expect(try await bus.drain(1).numbers == ["evt_\(number)"])
                }
            }
            #expect(gotByTheCancelled < 100)
            #expect(try await bus.depth(of: BusWorld.work) == 0)
            await bus.close()
        },
        BusPromise("wakes a taker for a letter, and for its cancellation") { world in
            let bus = try await world.openWithWork()
            async let early = bus.take(from: BusWorld.work, upTo: 1)
            try await bus.publish([letter(1)])
            try await bus.settle(try await early)
            let waiting = Task { try await bus.take(from: BusWorld.work, upTo: 1) }
            waiting.cancel()
            let failure = await #expect(throws: BusFailure.self) { try await waiting.value }
            #expect(failure?.code == .canceled)
            await bus.close()
        },
        BusPromise("tells takers that it is closed, and loses nothing by closing") { world in
            let bus = try await world.openWithWork()
            let arrivals = try await bus.subscribe(to: .dead, prefetch: 1)
            let waiting = Task { try await arrivals.next() }
            try await bus.publish([letter(1)])
            await bus.close()
            let failure = await #expect(throws: BusFailure.self) { try await waiting.value }
            #expect(failure?.code == .closed)
            let late = await #expect(throws: BusFailure.self) { try await bus.publish([letter(2)]) }
            #expect(late?.code == .closed)
            await bus.close()
            let again = try await world.openWithWork()
            #expect(try await again.drain(1).numbers == ["evt_1"])
            await again.close()
        },
    ]
}
