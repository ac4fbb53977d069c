// AinerBench · wiring · sees Contracts, Ports, Wire, Embedded, SQLiteDriver, ProcessDriver, Picture, Raster, Sound, Cutting
import Contracts
import Embedded
import Foundation
import Ports

/// The small words that ride in every message: names and times.
extension Benches {
    @Sendable static func ulid(_ seconds: Double) async throws -> [Figure] {
        let mint = Mint(clock: SystemClock(), entropy: SystemEntropy())
        let ours = await Pace.perSecond(seconds / 2) {
            for _ in 0..<batch { _ = mint.name(EventID.self) }
            return batch
        }
        let theirs = await Pace.perSecond(seconds / 2) {
            for _ in 0..<batch { _ = UUID().uuidString }
            return batch
        }
        return [Figure(name: "ulid", value: ours, unit: "names/s", versus: "UUID as text", ratio: ours / theirs)]
    }

    @Sendable static func timestamp(_ seconds: Double) async throws -> [Figure] {
        let moment = Timestamp(microseconds: 1_795_562_907_000_250)
        let ours = try await Pace.perSecond(seconds / 2) {
            for _ in 0..<batch where Timestamp(text: moment.text) != moment { throw Mismatch() }
            return batch
        }
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let date = Date(timeIntervalSince1970: 1_795_562_907.000_250)
        let theirs = try await Pace.perSecond(seconds / 2) {
            for _ in 0..<batch { _ = try style.parse(style.format(date)) }
            return batch
        }
        return [
            Figure(
                name: "timestamp", value: ours, unit: "times/s", versus: "Foundation's ISO 8601 style",
                ratio: ours / theirs)
        ]
    }

    /// Looking at the clock costs more than one of these, so they come by the hundred.
    private static let batch = 100

    private struct Mismatch: Error {}
}
