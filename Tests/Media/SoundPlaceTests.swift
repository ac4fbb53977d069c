// MediaTests · tests · sees Contracts, Sound
import Foundation
import Sound
import Testing

@Suite("The sound of a place")
struct SoundPlaceTests {
    @Test("is the same for a seed, another for another, and never clips", arguments: PlaceSound.allCases)
    func seeds(place: PlaceSound) {
        let first = Ambience.loop(place, seconds: 4, seed: 3)
        let again = Ambience.loop(place, seconds: 4, seed: 3)
        let other = Ambience.loop(place, seconds: 4, seed: 4)
        #expect(first.left == again.left && first.right == again.right && first.left != other.left)
        #expect(first.frames == 192_000 && (first.left + first.right).allSatisfy { $0.isFinite && abs($0) < 0.99 })
        #expect(first.left != first.right)
    }

    @Test("goes round without a click", arguments: PlaceSound.allCases)
    func seams(place: PlaceSound) {
        let loop = Ambience.loop(place, seconds: 8, seed: 5)
        for channel in [loop.left, loop.right] {
            let count = channel.count
            func bend(_ frame: Int) -> Float {
                abs(channel[(frame + 1) % count] - 2 * channel[frame % count] + channel[(frame + count - 1) % count])
            }
            let near = ((count - 1_200)..<(count + 1_200)).map(bend).sorted()
            let seam = max(bend(count - 1), bend(count))
            #expect(seam <= near[Int(Double(near.count) * 0.995)] * 1.5 + 1e-4)
        }
    }

    @Test("follows the words for it, in two languages")
    func words() {
        #expect(Soundscape(words: ["sea", "lighthouse", "storm"]).layers.map(\.place) == [.sea, .rain, .wind])
        #expect(Soundscape(words: ["海边", "暴风雨"]).layers.map(\.place) == [.sea, .rain, .wind])
        #expect(Soundscape(words: ["forest", "night"]).layers.map(\.place) == [.night])
        #expect(Soundscape(words: ["forest", "day"]).layers.map(\.place) == [.forest])
        #expect(Soundscape(words: ["village market"]).layers.map(\.place) == [.forest, .crowd])
        #expect(Soundscape(words: ["season", "searching"]).layers.map(\.place) == [.wind])
        let room = Soundscape(words: ["room", "fireplace", "night", "rain"])
        #expect(room.isIndoors && room.layers.map(\.place) == [.fire, .room, .rain])
        #expect(room.layers.map(\.isBehindWalls) == [false, false, true])
    }
}
