// Conformance · tests · sees Contracts, Ports
import Ports
import Testing

extension CoordinationPromise {
    static let hearing = [
        CoordinationPromise("tells every listener of a channel what is said, in order, and nobody else") { desk in
            let listeners = [try await desk.listen(to: "c", depth: 100), try await desk.listen(to: "c", depth: 100)]
            let other = try await desk.listen(to: "d", depth: 100)
            let said = [[], [0, 255, 13, 10], Array("日本語".utf8)] as [[UInt8]]
            for bytes in said { try await desk.publish(bytes, to: "c") }
            try await desk.publish([9], to: "d")
            for listener in listeners {
                #expect(try await listener.gather(3) == said.map { .said($0) })
                await listener.end()
            }
            #expect(try await other.gather(1) == [.said([9])])
            await other.end()
        },
        CoordinationPromise("drops the oldest for a slow listener and says how many") { desk in
            let slow = try await desk.listen(to: "c", depth: 3)
            let quick = try await desk.listen(to: "c", depth: 100)
            for number in 1...10 { try await desk.publish([UInt8(number)], to: "c") }
            #expect(try await quick.gather(10).last == .said([10]))
            #expect(try await slow.gather(4) == [.missed(7), .said([8]), .said([9]), .said([10])])
            await slow.end()
            await quick.end()
        },
        CoordinationPromise("tells nothing more to who has ended, and ends who waits when it is closed") { desk in
            let ended = try await desk.listen(to: "c", depth: 3)
            let waiting = try await desk.listen(to: "c", depth: 3)
            await ended.end()
            try await desk.publish([1], to: "c")
            #expect(try await waiting.gather(1) == [.said([1])])
            #expect(try await ended.next() == nil)
            async let last = waiting.next()
            await desk.close()
            #expect(try await last == nil)
            let failure = await #expect(throws: CoordinationFailure.self) { try await desk.publish([2], to: "c") }
            #expect(failure?.code == .closed)
            await desk.close()
        },
        CoordinationPromise("lets go a listener whose task is cancelled, and lets him come again") { desk in
            let listener = try await desk.listen(to: "c", depth: 3)
            let task = Task { try await listener.next() }
            task.cancel()
            let failure = await #expect(throws: CoordinationFailure.self) { try await task.value }
            #expect(failure?.code == .canceled)
            try await desk.publish([1], to: "c")
            #expect(try await listener.next() == .said([1]))
            #expect(try await listener.next(within: .milliseconds(5)) == nil)
            await listener.end()
        },
    ]
}
