// AinerBench · wiring · sees Contracts, Ports, Embedded, RedisDriver, ProcessDriver, Telemetry
import Embedded
import Ports
import RedisDriver
import Telemetry

/// Questions to a Redis beside us, one after the other and many at a time, against the server's own `redis-benchmark`.
enum RedisBench {
    private static let width = 64

    @Sendable static func run(_ seconds: Double) async throws -> [Figure] {
        let server = try await BenchServer.start("redis")
        let (url, port) = (try server.fact("url"), try server.fact("port"))
        let desk = try await RedisCoordination.open(
            url, RedisCoordination.Options(namespace: "bench", name: "bench", entropy: SystemEntropy(), log: .silent))
        _ = try await desk.remember([UInt8](repeating: 97, count: 100), under: "k", lasting: .seconds(3600))
        var (serial, wide, locks, bare, bareWide) = ([Double](), [Double](), [Double](), [Double](), [Double]())
        let turn = seconds / 15
        // Rounds of ours and theirs in turn, so that a slow minute of the machine is everybody's.
        for _ in 0..<5 {
            serial.append(
                try await Pace.perSecond(turn) {
                    _ = try await desk.recall("k")
                    return 1
                })
            bare.append(try await peer(port, width: 1, count: Int(serial[0] * turn)))
            wide.append(try await Pace.perSecond(turn) { try await volley(desk) })
            bareWide.append(try await peer(port, width: width, count: Int(wide[0] * turn)))
            locks.append(try await Pace.perSecond(turn) { try await pair(desk) })
        }
        await desk.close()
        try await server.stop()
        return [
            Figure(
                name: "redis.serial", value: middle(serial), unit: "questions/s", versus: "redis-benchmark",
                ratio: middle(serial) / middle(bare)),
            Figure(
                name: "redis.wide\(width)", value: middle(wide), unit: "questions/s",
                versus: "redis-benchmark, \(width) piped", ratio: middle(wide) / middle(bareWide)),
            Figure(name: "redis.locks", value: middle(locks), unit: "locks taken and given back/s"),
        ]
    }

    private static func middle(_ rounds: [Double]) -> Double { rounds.sorted()[rounds.count / 2] }

    private static func pair(_ desk: RedisCoordination) async throws -> Int {
        guard let lock = try await desk.acquire("l", holder: "bench", lasting: .seconds(60)) else { return 0 }
        try await desk.release(lock)
        return 1
    }

    /// As many callers as there are at once on one connection, each with some questions.
    private static func volley(_ desk: RedisCoordination) async throws -> Int {
        let each = 50
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<width {
                group.addTask { for _ in 0..<each { _ = try await desk.recall("k") } }
            }
            try await group.waitForAll()
        }
        return width * each
    }

    /// Questions a second as the server's own program measures them, on one connection.
    private static func peer(_ port: String, width: Int, count: Int) async throws -> Double {
        let words = ["-h", "127.0.0.1", "-p", port, "-c", "1", "-P", "\(width)", "-n", "\(max(1000, count))", "--csv"]
        let text = try await BenchServer.run("redis-benchmark", words + ["GET", "bench:key:k"])
        let cells = text.split(separator: "\n").last?.split(separator: ",").map { $0.filter { $0 != "\"" } } ?? []
        guard cells.count > 1, let pace = Double(cells[1]) else { throw BenchFault("redis-benchmark says: \(text)") }
        return pace
    }
}
