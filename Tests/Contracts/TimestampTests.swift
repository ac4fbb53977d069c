// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Foundation
import Testing

@Suite("A timestamp")
struct TimestampTests {
    @Test(
        "is written in UTC with six digits",
        arguments: [
            (0, "1970-01-01T00:00:00.000000Z"), (1_764_022_719_000_250, "2025-11-24T22:18:39.000250Z"),
            (-1, "1969-12-31T23:59:59.999999Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
        ])
    func writes(_ microseconds: Int64, _ text: String) {
        #expect(Timestamp(microseconds: microseconds).text == text)
        #expect(Timestamp(text: text)?.microseconds == microseconds)
    }

    @Test(
        "is read with any offset and zero to nine digits",
        arguments: [
            ("2025-11-24T22:18:39Z", 1_764_022_719_000_000), ("2025-11-24T23:18:39.5+01:00", 1_764_022_719_500_000),
            ("2025-11-24t22:18:39.123456789z", 1_764_022_719_123_456),
            ("2025-11-24 17:48:39-04:30", 1_764_022_719_000_000),
        ])
    func reads(_ text: String, _ microseconds: Int64) {
        #expect(Timestamp(text: text)?.microseconds == microseconds)
    }

    @Test(
        "refuses what is no moment",
        arguments: [
            "", "2025", "2025-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z",
            "2025-01-01T00:00:00", "2025-01-01T00:00:00.Z", "2025-01-01T00:00:00.1234567890Z", "2025-01-01T00:00:00Zx",
            "２０２５-01-01T00:00:00Z", "2025-01-01T00:00:00+25:00",
        ])
    func refuses(_ text: String) {
        #expect(Timestamp(text: text) == nil)
    }

    @Test("agrees with the platform's Gregorian calendar for two thousand moments")
    func agreesWithFoundation() throws {
        let calendar = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let seconds = Int64.random(in: -12_000_000_000...200_000_000_000, using: &generator)
            let theirs = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(calendar)
            #expect(Timestamp(text: theirs)?.microseconds == seconds * 1_000_000, "\(theirs)")
            #expect(Timestamp(microseconds: seconds * 1_000_000).text.prefix(19) == theirs.prefix(19))
        }
    }
}
