// SharedTests · tests · sees Contracts, Ports, Embedded, RabbitDriver, Kit
import Contracts
import Embedded
import Kit
import Ports
import RabbitDriver
import Testing

/// Faults found by reading, each with its name.
@Suite("The bus of a farm repairs")
struct RabbitRepairTests {
    private static let queue = Traffic.queue

    @Test("nothing with a receipt of a channel that is gone: the letters of the next one stay unsettled")
    func receipts() async throws {
        let server = try await Servers.rabbit()
        let vhost = try await server.freshVhost()
        let bus = try await RabbitBusTests.open(try server.url(of: vhost))
        try await bus.declare(Topology([Self.queue: []]))
        try await bus.publish([1, 2].map { World.letter($0, to: .queue(Self.queue)) })
        let arrivals = try await bus.subscribe(to: Self.queue, prefetch: 8)
        let old = try await gather(2, from: arrivals)
        try await server.deleteQueue(Self.queue.text, of: vhost)
        let isBack = try await eventually { try await published([3, 4], over: bus) }
        #expect(isBack)
        let new = try await gather(2, from: arrivals)
        try await bus.settle([Verdict(old[0], .done), Verdict(old[1], .bury(reason: "of another life"))])
        await bus.close()
        let again = try await RabbitBusTests.open(try server.url(of: vhost))
        let rest = try await gather(2, from: try await again.subscribe(to: Self.queue, prefetch: 8))
        #expect(rest.map(\.letter.id).sorted { $0.rawValue < $1.rawValue } == new.map(\.letter.id))
        #expect(try await again.depth(of: .dead) == 0)
        await again.close()
    }

    @Test("a rung or the dead that somebody deleted, and loses no letter of a topic by it")
    func deletedHouse() async throws {
        let server = try await Servers.rabbit()
        let vhost = try await server.freshVhost()
        let bus = try await RabbitBusTests.open(try server.url(of: vhost))
        let group = QueueName.group(.jobStatus, .orchestrator)
        try await bus.declare(Topology([group: [.jobStatus]]))
        try await bus.publish([1, 2].map { World.letter($0, to: .topic(.jobStatus)) })
        let arrivals = try await bus.subscribe(to: group, prefetch: 2)
        let out = try await gather(2, from: arrivals)
        for name in ["ainer.later.200ms", "ainer.dead"] { try await server.deleteQueue(name, of: vhost) }
        let verdicts = [Verdict(out[0], .later(.zero)), Verdict(out[1], .bury(reason: "broken"))]
        var failures = 0
        try await bus.settle(verdicts, by: SystemClock()) { _ in failures += 1 }
        #expect(failures > 0, "a letter into nothing is no success")
        #expect(try await gather(1, from: arrivals).map(\.letter.id.rawValue) == ["evt_1"])
        #expect(try await bus.take(from: .dead, upTo: 1).map(\.letter.id.rawValue) == ["evt_2"])
        await bus.close()
    }

    @Test("a rung that holds letters for a queue that is gone: those of others still come")
    func jammedRung() async throws {
        let bus = try await RabbitBusTests.open(try await Servers.rabbit().vhostURL())
        let gone = QueueName.node(NodeID(trusted: "node_gone"))
        try await bus.declare(Topology([Self.queue: [], gone: []]))
        try await bus.publish((0..<40).map { World.letter($0, to: .queue(gone)) })
        let lost = try await gather(40, from: try await bus.subscribe(to: gone, prefetch: 40))
        try await bus.settle(lost.map { Verdict($0, .later(.seconds(1))) })
        try await bus.drop(gone)
        let unrouted = try await eventually { try await bus.depth(of: .unrouted) == 40 }
        #expect(unrouted, "they are kept where somebody looks")
        try await bus.publish([World.letter(99, to: .queue(Self.queue))])
        let arrivals = try await bus.subscribe(to: Self.queue, prefetch: 1)
        try await bus.settle(try await gather(1, from: arrivals).map { Verdict($0, .later(.seconds(1))) })
        #expect(try await gather(1, from: arrivals).map(\.letter.id.rawValue) == ["evt_99"])
        await bus.close()
    }

    @Test("no ending of its own: whoever closes it twice, or while something is declared, is answered")
    func closing() async throws {
        let url = try await Servers.rabbit().vhostURL()
        for _ in 0..<5 {
            let bus = try await RabbitBusTests.open(url)
            await withTaskGroup { group in
                group.addTask { try? await bus.declare(Topology([Self.queue: []])) }  // closed is an answer too
                for _ in 0..<3 { group.addTask { await bus.close() } }
            }
        }
    }

    private func gather(_ count: Int, from arrivals: Arrivals<Delivery>) async throws -> [Delivery] {
        var found: [Delivery] = []
        while found.count < count, let batch = try await arrivals.next() { found += batch }
        return found
    }

    private func published(_ numbers: [Int], over bus: RabbitBus) async throws -> Bool {
        do {
            try await bus.publish(numbers.map { World.letter($0, to: .queue(Self.queue)) })
            return true
        } catch {
            guard [.unroutable, .refused].contains(error.code) else { throw error }
            return false
        }
    }
}
