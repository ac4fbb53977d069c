// MediaTests · tests · sees Contracts, Sound
import Contracts
import Sound
import Testing

@Suite("The mouth")
struct SoundMouthTests {
    @Test("shows what is said, and rests where nothing is")
    func shapes() {
        #expect(
            track([("_", 0, 100), ("m", 100, 180), ("A:", 180, 400), ("f", 400, 480), ("_:", 480, 700)]) == [
                "rest 0", "mbp 100", "open 180", "fv 400", "rest 480",
            ])
    }

    @Test("glides through a diphthong")
    func diphthongs() {
        #expect(track([("aI", 0, 200), ("oU", 200, 400)]) == ["open 0", "spread 100", "half 200", "round 300"])
        #expect(track([("uai", 0, 300)]) == ["round 0", "open 100", "spread 200"])
    }

    @Test("is shut before a voiceless stop bursts, and open after it")
    func stops() {
        #expect(track([("a", 0, 200), ("p", 200, 290), ("a", 290, 500)]) == ["open 0", "mbp 140", "open 230"])
        #expect(track([("a", 0, 200), ("b", 200, 230), ("i", 230, 500)]) == ["open 0", "mbp 170", "spread 230"])
    }

    @Test("does not flicker: what is shorter than a frame belongs to its neighbour, but for lips that press")
    func flicker() {
        #expect(track([("a", 0, 200), ("n", 200, 230), ("i", 230, 400)]) == ["open 0", "spread 230"])
        #expect(track([("a", 0, 200), ("v", 200, 230), ("i", 230, 400)]) == ["open 0", "fv 200", "spread 230"])
    }

    @Test("has a shape for every sound, known or not")
    func unknown() {
        #expect(Visemes.knows("aI") && Visemes.knows("i2") && Visemes.knows("t#") && !Visemes.knows("?!x"))
        #expect(track([("$$$", 0, 100)]) == ["half 0"])
        #expect(track([("t99", 0, 100)]) == ["tongue 0"])
        #expect(track([]) == [])
    }

    private func track(_ phones: [(String, Int, Int)]) -> [String] {
        let end = phones.last?.2 ?? 0
        let timing = TakeTiming(
            lineID: LineID(ordinal: 1), sampleRate: 1000, samples: end, words: [],
            phones: phones.map { Phone(name: $0.0, startMS: $0.1, endMS: $0.2) })
        return Visemes.track(of: timing).mouths.map { "\($0.shape) \($0.startMS)" }
    }
}
