// SharedTests · tests · sees Lanes
import Foundation
import Lanes
import Testing

@Suite("A lane")
struct LaneTests {
    @Test("does everything it is sent in order, on one thread, whoever sends")
    func order() async throws {
        let lane = Lane("test")
        let keeper = Keeper(lane)
        for number in 0..<1000 { lane.perform { keeper.assumeIsolated { $0.note(number) } } }
        #expect(await keeper.notes == Array(0..<1000))
        #expect(await keeper.threads.count == 1)
        lane.close()
    }

    @Test("sees at once what a descriptor has to say, and nothing once it is not watched")
    func watching() async throws {
        let lane = Lane("test")
        let pipe = Pipe()
        let (heard, said) = AsyncStream.makeStream(of: UInt8.self)
        let descriptor = pipe.fileHandleForReading.fileDescriptor
        try await lane.run {
            lane.watch(descriptor, for: .readable) { _ in
                var byte: UInt8 = 0
                if read(descriptor, &byte, 1) == 1 { said.yield(byte) }
            }
        }
        var ear = heard.makeAsyncIterator()
        for byte in UInt8(1)...3 {
            pipe.fileHandleForWriting.write(Data([byte]))
            #expect(await ear.next() == byte)
        }
        try await lane.run { lane.unwatch(descriptor) }
        pipe.fileHandleForWriting.write(Data([4]))
        try await lane.run {}
        said.finish()
        #expect(await ear.next() == nil)
        lane.close()
    }

    @Test("rings in the order of the times, and not what was called off")
    func timers() async throws {
        let lane = Lane("test")
        let (heard, said) = AsyncStream.makeStream(of: Int.self)
        try await lane.run {
            _ = lane.ring(after: .milliseconds(30)) { said.yield(3) }
            let second = lane.ring(after: .milliseconds(20)) { said.yield(2) }
            _ = lane.ring(after: .milliseconds(1)) {
                said.yield(1)
                lane.callOff(second)
            }
        }
        var ear = heard.makeAsyncIterator()
        #expect(await ear.next() == 1)
        #expect(await ear.next() == 3)
        lane.close()
    }

    @Test("sends once what gathered in a turn")
    func turnEnd() async throws {
        let lane = Lane("test")
        let keeper = Keeper(lane)
        try await lane.run {
            for number in 0..<3 { keeper.assumeIsolated { $0.note(number) } }
            lane.beforeSleep { keeper.assumeIsolated { $0.note(100 + $0.notes.count) } }
            keeper.assumeIsolated { $0.note(3) }
        }
        try await lane.run {}
        #expect(await keeper.notes == [0, 1, 2, 3, 104])
        lane.close()
    }

    @Test("fails work that comes after its close, and lets no task hang")
    func closing() async throws {
        let lane = Lane("test")
        let keeper = Keeper(lane)
        await keeper.note(1)
        lane.close()
        await #expect(throws: LaneClosed.self) { try await lane.run {} }
        #expect(await keeper.notes == [1])
    }
}

private actor Keeper {
    private let lane: Lane
    private(set) var notes: [Int] = []
    private(set) var threads: Set<UInt> = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

    init(_ lane: Lane) { self.lane = lane }

    func note(_ number: Int) {
        notes.append(number)
        threads.insert(UInt(pthread_self()))
    }
}
