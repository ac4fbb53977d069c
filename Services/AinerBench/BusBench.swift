// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, RabbitDriver, ProcessDriver, Telemetry, Picture, Raster, Sound, Cutting
import Contracts
import Embedded
import Foundation
import Ports
import RabbitDriver
import Telemetry

/// Letters of 1 KiB through a quorum queue of a broker on the same core, against the bare client library in C.
enum BusBench {
    private static let queue = QueueName("ainer.bench.ours")
    private static let theirs = "ainer.bench.theirs"
    private static let others = "ainer.bench.others"
    private static let body = [UInt8](repeating: 97, count: 1024)

    /// Rounds of ours and theirs in turn, so that a slow minute of the machine is everybody's.
    @Sendable static func farm(_ seconds: Double) async throws -> [Figure] {
        // One core for client and broker, as the peers are measured.
        _ = try await BenchServer.run("taskset", ["-apc", "0", "\(ProcessInfo.processInfo.processIdentifier)"])
        let server = try await BenchServer.start("rabbit")
        let url = try server.fact("url") + "test-1"
        let peers = try await Peers.make()
        var options = RabbitBus.Options(name: "bench", entropy: SystemEntropy(), log: .silent)
        options.window = 64
        let bus = try await RabbitBus.open(url, options)
        try await bus.declare(Topology([queue: [], QueueName(theirs): [], QueueName(others): []]))
        var (ours, bare) = (Rounds(), Rounds())
        var each: [Round] = []
        let count = max(2000, Int(seconds * 20_000))
        for _ in 0..<3 {
            ours.publish.append(try await timed(count) { try await publish(count, on: bus) })
            bare.publish.append(try await peers.bare("publish", url, theirs, count))
            ours.consume.append(try await timed(count) { try await consume(count, on: bus) })
            bare.consume.append(try await peers.bare("consume64", url, theirs, count))
            _ = try await peers.bare("publish", url, theirs, count)
            each.append(try await peers.bare("consume", url, theirs, count))
        }
        await bus.close()
        var figures = ours.figures(against: bare, each)
        if let scale = try await peers.scale(url, others, count) { figures += scale }
        try await server.stop()
        await peers.clear()
        return figures
    }

    /// As the relay does it, with no more than 64 letters under way.
    private static func publish(_ count: Int, on bus: RabbitBus) async throws {
        var number = 0
        while number < count {
            let letters = (number..<min(count, number + 1024)).map {
                Letter(id: EventID(trusted: "evt_\($0)"), to: .queue(queue), body: body)
            }
            try await bus.publish(letters)
            number += letters.count
        }
    }

    private static func consume(_ count: Int, on bus: RabbitBus) async throws {
        let arrivals = try await bus.subscribe(to: queue, prefetch: 256)
        var left = count
        while left > 0, let batch = try await arrivals.next() {
            left -= batch.count
            try await bus.settle(batch.map { Verdict($0, .done) })
        }
        await arrivals.end()
    }

    private static func timed(_ count: Int, _ work: () async throws -> Void) async throws -> Round {
        let (began, cpu) = (ContinuousClock.now, clock())
        try await work()
        let passed = (ContinuousClock.now - began) / .seconds(1)
        let used = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
        return Round(perSecond: Double(count) / passed, microseconds: used * 1e6 / Double(count))
    }
}

/// One measurement of one side.
struct Round {
    var perSecond: Double
    /// Of the client's own processor time, for each message.
    var microseconds: Double
}

struct Rounds {
    var publish: [Round] = []
    var consume: [Round] = []

    /// Of the bare library's two ways to acknowledge, each message and 64 at once, both are told.
    func figures(against bare: Rounds, _ each: [Round]) -> [Figure] {
        Self.figures("bus.publish", publish, bare.publish, "librabbitmq in C")
            + Self.figures("bus.consume", consume, each, "librabbitmq in C, acknowledging each")
            + Self.figures("bus.consume", consume, bare.consume, "librabbitmq in C, acknowledging 64 at once")
    }

    private static func figures(_ name: String, _ ours: [Round], _ theirs: [Round], _ peer: String) -> [Figure] {
        let (mine, other) = (median(ours.map(\.perSecond)), median(theirs.map(\.perSecond)))
        let (cost, otherCost) = (median(ours.map(\.microseconds)), median(theirs.map(\.microseconds)))
        return [
            Figure(name: name, value: mine, unit: "letters/s", versus: peer, ratio: mine / other),
            Figure(
                name: name + ".cpu", value: cost, unit: "µs of the client a letter", versus: peer,
                ratio: cost / otherCost),
        ]
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
