// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, RabbitDriver, ProcessDriver, Telemetry, Picture, Raster, Sound, Cutting
import Foundation

/// Other people's clients, made for one measurement by `infra/scripts/peers.sh`.
struct Peers {
    private let folder: String
    /// A command and its first words, by the peer's name.
    private let commands: [String: [String]]
    private let missing: [String]

    static func make() async throws -> Peers {
        let folder = NSTemporaryDirectory() + "ainer-peers-" + UUID().uuidString
        var commands: [String: [String]] = [:]
        var missing: [String] = []
        for line in try await BenchServer.script("peers.sh", [folder]).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 {
                commands[String(parts[0])] = parts[1].split(separator: " ").map(String.init)
            } else {
                missing.append(String(line))
            }
        }
        return Peers(folder: folder, commands: commands, missing: missing)
    }

    func clear() async { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too

    func bare(_ verb: String, _ url: String, _ queue: String, _ count: Int) async throws -> Round {
        guard let round = try await run("librabbitmq", [verb, url, queue, "\(count)"]) else {
            throw BenchFault(missing.first ?? "the peer in C is not there")
        }
        return round
    }

    /// aio-pika, where it can be had: for scale.
    func scale(_ url: String, _ queue: String, _ count: Int) async throws -> [Figure]? {
        let few = "\(max(1000, count / 12))"
        guard let publish = try await run("aio-pika", ["publish", url, queue, few]),
            let consume = try await run("aio-pika", ["consume64", url, queue, few])
        else { return nil }
        return [
            Figure(name: "bus.publish.aio-pika", value: publish.perSecond, unit: "letters/s"),
            Figure(name: "bus.consume.aio-pika", value: consume.perSecond, unit: "letters/s"),
        ]
    }

    private func run(_ peer: String, _ words: [String]) async throws -> Round? {
        guard let command = commands[peer], let program = command.first else { return nil }
        let text = try await BenchServer.run(program, Array(command.dropFirst()) + words)
        let facts = text.split(whereSeparator: \.isWhitespace).map { $0.split(separator: "=") }
        let values = Dictionary(facts.filter { $0.count == 2 }.map { (String($0[0]), Double($0[1]) ?? 0) }) { $1 }
        guard let rate = values["rate"], let cpu = values["cpu_us"], rate > 0 else {
            throw BenchFault("\(peer) said: \(text)")
        }
        return Round(perSecond: rate, microseconds: cpu)
    }
}
