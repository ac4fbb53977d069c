// MediaTests · tests · sees Contracts, Sound
import Foundation
import Sound
import Testing

@Suite("A sound file")
struct SoundWaveTests {
    @Test("comes back as it was written")
    func roundTrip() throws {
        let left = SoundStage.voice(seconds: 0.1)
        for channels in [[left], [left, left.map { -$0 * 0.5 }]] {
            let wave = Wave(sampleRate: 22_050, channels: channels)
            let same = try Wave.decode(wave.encoded(.float))
            #expect(same == wave)
            let rough = try Wave.decode(wave.encoded(.integer))
            #expect(rough.sampleRate == 22_050 && rough.frames == left.count)
            for (was, now) in zip(channels.joined(), rough.channels.joined()) { #expect(abs(was - now) < 1e-4) }
        }
    }

    @Test("of a writer who could not know its length is read to its end")
    func streamed() throws {
        var bytes = Wave(sampleRate: 48_000, channels: [[0.25, 0.5, -0.5]]).encoded(.float)
        bytes.replaceSubrange(40..<44, with: [255, 255, 255, 255])
        let wave = try Wave.decode(bytes)
        #expect(wave.channels == [[0.25, 0.5, -0.5]])
    }

    @Test("that is none is refused, never trapped on")
    func garbage() {
        let good = Wave(sampleRate: 48_000, channels: [[0.1, 0.2], [0.3, 0.4]]).encoded(.integer)
        var state: UInt64 = 99
        func chance(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(below))
        }
        var refused = 0
        for round in 0..<3_000 {
            var bytes = Array(good.prefix(chance(good.count + 1)))
            for _ in 0..<(round % 5) where !bytes.isEmpty { bytes[chance(bytes.count)] = UInt8(chance(256)) }
            do {
                let wave = try Wave.decode(bytes)
                #expect(wave.channels.joined().allSatisfy { $0.isFinite })
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
        #expect(throws: SoundFailure.self) { try Wave.decode([]) }
    }

    @Test("holds what is no number as silence")
    func notNumbers() throws {
        let wave = Wave(sampleRate: 48_000, channels: [[.nan, .infinity, 2, -2]])
        let (exact, rough) = (try Wave.decode(wave.encoded(.float)), try Wave.decode(wave.encoded(.integer)))
        #expect(exact.channels == [[0, 0, 2, -2]])
        #expect(rough.channels[0].allSatisfy { abs($0) <= 1 })
    }
}
