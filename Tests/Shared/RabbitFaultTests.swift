// SharedTests · tests · sees Contracts, Ports, RabbitDriver, Telemetry, Kit
import Contracts
import Kit
import Ports
import RabbitDriver
import Telemetry
import Testing

@Suite("The bus of a farm, when things go wrong,")
struct RabbitFaultTests {
    @Test("loses nothing when the broker is killed under traffic and comes back")
    func killed() async throws {
        let server = try await Servers.ownRabbit()
        let bus = try await RabbitBusTests.open(try await server.vhostURL())
        try await Traffic.flow(over: bus) {
            try await server.kill()
            try await server.restart()
        }
        // A broker killed so young never finds the stream again: the tail is made under another name.
        let tail = try await bus.tail(from: .now)
        try await bus.publish([World.letter(-1, to: .topic(.runStatus))])
        #expect(try await tail.next()?.first?.letter.id.rawValue == "evt_-1")
        await bus.close()
        try await server.end()
    }

    @Test("loses nothing when its connections are reset again and again")
    func reset() async throws {
        let (proxy, bus) = try await Self.behindProxy()
        try await Traffic.flow(over: bus) {
            for _ in 0..<5 {
                let before = await proxy.connections
                await proxy.reset()
                let areBack = try await eventually { await proxy.connections >= before + 2 }
                #expect(areBack)
            }
        }
        await bus.close()
        await proxy.close()
    }

    @Test("notices by its heartbeat that the other side is silent, and goes on elsewhere")
    func halfOpen() async throws {
        let (lines, ear) = AsyncStream<LogLine>.makeStream()
        let log = Log(threshold: .warning) { ear.yield($0) }
        let (proxy, bus) = try await Self.behindProxy(heartbeat: 1, log: log)
        try await Traffic.flow(over: bus) {
            await proxy.halfOpen()
            var silent = 0
            for await line in lines where line.fields.contains(where: { $0.value.contains("has said nothing for") }) {
                silent += 1
                if silent == 2 { break }
            }
            await proxy.heal()
        }
        await bus.close()
        await proxy.close()
    }

    @Test("keeps its order over a slow and narrow line")
    func narrow() async throws {
        let (proxy, bus) = try await Self.behindProxy()
        try await bus.declare(Topology([Traffic.queue: []]))
        await proxy.throttle(bytesPerSecond: 400_000)
        let text = String(repeating: "x", count: 5000)
        try await bus.publish((0..<60).map { World.letter($0, to: .queue(Traffic.queue), text) })
        let arrivals = try await bus.subscribe(to: Traffic.queue, prefetch: 60)
        var numbers: [String] = []
        while numbers.count < 60, let batch = try await arrivals.next() {
            numbers += batch.map(\.letter.id.rawValue)
            try await bus.settle(batch.map { Verdict($0, .done) })
        }
        #expect(numbers == (0..<60).map { "evt_\($0)" })
        await bus.close()
        await proxy.close()
    }

    @Test("says that the broker takes nothing, lets readers go on, and publishes when it takes again")
    func blocked() async throws {
        let server = try await Servers.ownRabbit()
        let bus = try await RabbitBusTests.open(try await server.vhostURL(), patience: .seconds(3))
        try await bus.declare(Topology([Traffic.queue: []]))
        try await bus.publish([World.letter(1, to: .queue(Traffic.queue))])
        try await server.setMemoryAlarm(true)
        let failure = await #expect(throws: BusFailure.self) {
            while true { try await bus.publish([World.letter(2, to: .queue(Traffic.queue))]) }
        }
        #expect(failure?.code == .blocked)
        #expect(failure?.cause.contains("memory") == true)
        // Questions go where nothing is published: the broker answers them.
        #expect(try await bus.depth(of: Traffic.queue) == 1)
        try await bus.declare(Topology([Traffic.queue: []]))
        let taken = try await bus.take(from: Traffic.queue, upTo: 1)
        #expect(taken.map(\.letter.id.rawValue) == ["evt_1"])
        let move = await #expect(throws: BusFailure.self) {
            try await bus.settle(taken.map { Verdict($0, .later(.zero)) })
        }
        #expect(move?.code == .blocked)
        try await bus.settle(taken.map { Verdict($0, .done) })
        try await server.setMemoryAlarm(false)
        let goesOn = try await eventually {
            do throws(BusFailure) {
                try await bus.publish([World.letter(3, to: .queue(Traffic.queue))])
                return true
            } catch  where error.code == .blocked { return false }
        }
        #expect(goesOn)
        await bus.close()
        try await server.end()
    }

    @Test("makes a queue again that was deleted under its reader, and reads on")
    func deleted() async throws {
        let server = try await Servers.rabbit()
        let vhost = try await server.freshVhost()
        let bus = try await RabbitBusTests.open(try server.url(of: vhost))
        try await bus.declare(Topology([Traffic.queue: []]))
        let arrivals = try await bus.subscribe(to: Traffic.queue, prefetch: 8)
        try await server.deleteQueue(Traffic.queue.text, of: vhost)
        let isBack = try await eventually {
            do throws(BusFailure) {
                try await bus.publish([World.letter(7, to: .queue(Traffic.queue))])
                return true
            } catch  where [.unroutable, .refused].contains(error.code) { return false }
        }
        #expect(isBack)
        #expect(try await arrivals.next()?.first?.letter.id.rawValue == "evt_7")
        await bus.close()
    }

    @Test("tells whoever asks in vain, after its patience, and serves whoever asks again when the broker is back")
    func patience() async throws {
        let server = try await Servers.rabbit()
        let proxy = try await Proxy.open(to: try server.port)
        let bus = try await RabbitBusTests.open(proxy.through(try await server.vhostURL()), patience: .seconds(5))
        try await bus.declare(Topology([Traffic.queue: []]))
        await proxy.refuse()
        let letter = World.letter(1, to: .queue(Traffic.queue))
        let vain: [@Sendable () async throws -> Void] = [
            { _ = try await bus.subscribe(to: Traffic.queue, prefetch: 1) }, { try await bus.publish([letter]) },
            { try await bus.declare(Topology([Traffic.queue: []])) }, { _ = try await bus.depth(of: Traffic.queue) },
        ]
        await withTaskGroup { group in
            for ask in vain {
                group.addTask {
                    let failure = await #expect(throws: BusFailure.self) { try await ask() }
                    #expect(failure?.code == .unreachable)
                }
            }
        }
        await proxy.heal()
        // Each of the two connections comes back when its pause is over.
        let isBack = try await eventually {
            do {
                _ = try await bus.depth(of: Traffic.queue)
                try await bus.publish([letter])
                return true
            } catch {
                return false
            }
        }
        #expect(isBack)
        #expect(try await bus.take(from: Traffic.queue, upTo: 1).first?.letter == letter)
        await bus.close()
        await proxy.close()
    }

    @Test("comes back when an operator closes its connections")
    func closedByOperator() async throws {
        let server = try await Servers.rabbit()
        let vhost = try await server.freshVhost()
        let bus = try await RabbitBusTests.open(try server.url(of: vhost))
        try await Traffic.flow(over: bus) { try await server.closeConnections(of: vhost, reason: "maintenance") }
        await bus.close()
    }

    static func behindProxy(heartbeat: Int = 10, log: Log = .silent) async throws -> (Proxy, RabbitBus) {
        let server = try await Servers.rabbit()
        let proxy = try await Proxy.open(to: try server.port)
        let url = proxy.through(try await server.vhostURL()) + "?heartbeat=\(heartbeat)"
        return (proxy, try await RabbitBusTests.open(url, log: log))
    }
}
