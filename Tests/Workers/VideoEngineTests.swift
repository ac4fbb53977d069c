// WorkerTests · tests · sees Contracts, WorkerVideoEngine
import Contracts
import Testing
import WorkerVideoEngine

@Suite("A take of a shot")
struct VideoEngineTests {
    private let shot = ShotDSL(
        shotID: ShotID(ordinal: 1), seed: 7, timing: .init(durationMS: 1500), setting: .init(kind: "room"),
        light: .init(), camera: .init(framing: "wide"))

    @Test("is the planned shot at first, and then another each time, the same for the same number")
    func takes() {
        #expect(shot.take(nil) == shot)
        let seeds = (1...50).map { shot.take($0).seed }
        #expect(Set(seeds + [shot.seed]).count == 51)
        #expect(seeds.allSatisfy { $0 < 1 << 53 })
        #expect(shot.take(3) == shot.take(3))
    }
}
