// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, ProcessDriver, Picture, Raster, Sound, Cutting
import Contracts
import Cutting
import Embedded
import Foundation
import Ports
import ProcessDriver
import Raster
import Wire

/// Every benchmark there is.
enum Benches {
    static let all = [
        Bench(
            name: "envelope", meaning: "envelopes of 1 KB written, read and checked a second, against Foundation",
            run: EnvelopeBench.run),
        Bench(name: "ulid", meaning: "names minted a second, against UUID as text", run: ulid),
        Bench(
            name: "timestamp", meaning: "times written and read again a second, against Foundation's ISO 8601 style",
            run: timestamp),
        Bench(
            name: "bus",
            meaning: "letters a second through the laptop's bus, and through a broker against the bare client library",
            run: { try await bus($0) + BusBench.farm($0) }),
        Bench(
            name: "db", meaning: "letters applied a second, by batches of 32 against one by one, on both databases",
            run: DatabaseBench.run),
        Bench(
            name: "redis",
            meaning: "questions a second to Redis, one by one and many at a time, against its own program",
            run: RedisBench.run),
        Bench(
            name: "http", meaning: "requests a second on one core, against nginx's return; what an idle stream costs",
            run: HTTPBench.run),
        Bench(
            name: "gateway",
            meaning: "stories handed in a second, each durable, against FastAPI and psycopg doing the same inserts",
            run: GatewayBench.run),
        Bench(
            name: "control",
            meaning: "empty jobs a second through orchestrator, hub and workers, each durable; and how long one takes",
            run: ControlBench.run),
        Bench(
            name: "history",
            meaning: "runs of empty jobs a second with a hundred thousand runs stored, against a thousand",
            run: HistoryBench.run),
        Bench(
            name: "skills",
            meaning: "how well twelve stories are understood, against what careful readers noted; what a plan costs",
            run: SkillsBench.run),
        Bench(
            name: "film", meaning: "drawing a shot at 1280×720 into the encoder, against the encoder alone", run: film),
    ]

    @Sendable private static func bus(_ seconds: Double) async throws -> [Figure] {
        let folder = NSTemporaryDirectory() + "ainer-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // the system clears it too
        let bus = try await EmbeddedBus.open(path: folder + "/broker.sqlite", clock: SystemClock())
        try await bus.declare(Topology([QueueName("ainer.bench"): []]))
        let single = try await turns(of: 1, on: bus, seconds / 2)
        let batched = try await turns(of: 64, on: bus, seconds / 2)
        await bus.close()
        return [
            Figure(name: "bus.single", value: single, unit: "letters/s"),
            Figure(
                name: "bus.batch64", value: batched, unit: "letters/s", versus: "one by one", ratio: batched / single),
        ]
    }

    private static func turns(of size: Int, on bus: EmbeddedBus, _ seconds: Double) async throws -> Double {
        let queue = QueueName("ainer.bench")
        let body = [UInt8](repeating: 120, count: 1024)
        return try await Pace.perSecond(seconds) {
            try await bus.publish(
                (0..<size).map { Letter(id: EventID(trusted: "evt_\($0)"), to: .queue(queue), body: body) })
            let taken = try await bus.take(from: queue, upTo: size)
            try await bus.settle(taken.map { Verdict($0, .done) })
            return taken.count
        }
    }

    @Sendable private static func film(_ seconds: Double) async throws -> [Figure] {
        let format = FrameFormat(.standard)
        let frames = max(48, Int(seconds * 24))
        let shot = ShotDSL(
            shotID: ShotID(ordinal: 1), seed: 11, timing: .init(durationMS: frames * 1000 / 24),
            setting: .init(kind: "sea"),
            light: .init(time: "sunset"), camera: .init(framing: "wide", movement: "push_in"),
            cast: [.init(entityID: CharacterID(ordinal: 1), pose: "walk")], props: [.init(kind: "boat", x: 0.6)])
        let whole = try await encode(shot, format, frames: frames) { try $2.draw(frame: $0, into: $1) }
        let bare = try await encode(shot, format, frames: frames) { _, _, _ in }
        return [
            Figure(
                name: "film", value: whole / Double(frames) * 1000, unit: "ms/frame, drawn and encoded",
                versus: "encoding one still",
                ratio: whole / bare)
        ]
    }

    private typealias Draw = @Sendable (Int, UnsafeMutableRawBufferPointer, ShotRenderer) throws -> Void

    /// Seconds for the shot; a frame that is not drawn shows the first one again.
    private static func encode(
        _ shot: ShotDSL, _ format: FrameFormat, frames: Int, _ draw: @escaping Draw
    ) async throws -> Double {
        let path = NSTemporaryDirectory() + "ainer-bench-" + UUID().uuidString + ".mp4"
        defer { try? FileManager.default.removeItem(atPath: path) }  // the system clears it too
        let encoder = Program(
            "ffmpeg", ShotEncoding.arguments(format, quality: .standard, to: path), deadline: .seconds(600))
        let began = ContinuousClock.now
        _ = try await ChildPrograms().stream(encoder) { sink in
            let renderer = try ShotRenderer(shot, profiles: [], width: format.width, height: format.height)
            var frame = [UInt8](repeating: 0, count: format.frameBytes)
            try frame.withUnsafeMutableBytes { try renderer.draw(frame: 0, into: $0) }
            for index in 0..<frames {
                try frame.withUnsafeMutableBytes { try draw(index, $0, renderer) }
                try frame.withUnsafeBytes { try sink.write($0) }
            }
        }
        return (ContinuousClock.now - began) / .seconds(1)
    }
}
