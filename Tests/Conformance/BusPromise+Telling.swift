// Conformance · tests · sees Contracts, Ports
import Contracts
import Ports
import Testing

extension BusPromise {
    static let telling = [
        BusPromise("shows a tail everything said to a topic from then on, in order, and no ticket") { world in
            let bus = try await world.openWithWork()
            try await bus.publish([letter(1, to: .topic(.runStatus))])
            let tail = try await bus.tail(from: .now)
            try await bus.publish([letter(2, to: .topic(.runStatus)), letter(3), letter(4, to: .topic(.jobStatus))])
            let seen = try await tail.gather(2)
            #expect(seen.map(\.letter) == [letter(2, to: .topic(.runStatus)), letter(4, to: .topic(.jobStatus))])
            #expect(seen[0].position < seen[1].position)
            await tail.end()
            #expect(try await tail.next() == nil)
            await bus.close()
        },
        BusPromise("goes on behind what a reader of the tail has read, also after a restart") { world in
            let bus = try await world.open()
            try await bus.publish((1...300).map { letter($0, to: .topic(.runStatus)) })
            let seen = try await bus.tail(from: .first).gather(120)
            await bus.close()
            let again = try await world.open()
            try await again.publish((301...310).map { letter($0, to: .topic(.runStatus)) })
            let last = try #require(seen.last)
            let rest = try await again.tail(from: .after(last.position)).gather(310 - seen.count)
            #expect((seen + rest).map(\.letter.id.rawValue) == (1...310).map { "evt_\($0)" })
            await again.close()
        },
    ]
}
