// SimulationTests · tests · sees Contracts
import Contracts
import Foundation
import Testing

/// Orchestrator, hub, delivery and leases as they are, in worlds in which everything fails as a seed has it: the broker dies
/// before and after its confirms, letters come twice and in any order, connections break in the middle of commits, nodes die,
/// stall and lie, the clock jumps, and clients change their minds.
///
/// `AINER_SIM_SEED=N ./ainer test --filter SimulationTests` tells one story again, every step of it.
@Suite("In any world", .timeLimit(.minutes(10)))
struct WorldsTests {
    /// In slices, which run beside each other.
    private static let slices = 8
    private static let usual = 2000
    private static let long = 20_000

    private static var seeds: Int {
        ProcessInfo.processInfo.environment["AINER_TEST_LONG"] == "1" ? long : usual
    }

    private static var chosen: UInt64? {
        ProcessInfo.processInfo.environment["AINER_SIM_SEED"].flatMap { UInt64($0) }
    }

    @Test("every job ends once and nothing is lost", arguments: 0..<slices)
    func holds(slice: Int) async throws {
        guard Self.chosen == nil else { return }
        var redeliveries = 0
        for seed in stride(from: slice, to: Self.seeds, by: Self.slices) {
            let world = try await SimWorld(seed: UInt64(seed))
            let broken = try await world.live()
            redeliveries += world.land.bus.redeliveries
            #expect(
                broken.isEmpty,
                """
                seed \(seed): \(broken.prefix(5).joined(separator: "; "))
                tell it again: AINER_SIM_SEED=\(seed) ./ainer test --filter SimulationTests
                """)
        }
        #expect(redeliveries > 0)
    }

    @Test("without the inbox it would not hold")
    func needsInbox() async throws {
        for seed in 0..<300 as Range<UInt64> {
            let world = try await SimWorld(seed: seed, hasInbox: false)
            if try await !world.live().isEmpty { return }
        }
        Issue.record("three hundred worlds without an inbox broke no law: the laws see nothing")
    }

    @Test("the same seed tells the same story")
    func repeats() async throws {
        let (first, second) = (try await SimWorld(seed: 11), try await SimWorld(seed: 11))
        _ = try await first.live()
        _ = try await second.live()
        #expect(first.story == second.story)
        #expect(first.story.count > 100)
    }

    @Test("a seed that was asked for is told aloud")
    func told() async throws {
        guard let seed = Self.chosen else { return }
        let world = try await SimWorld(seed: seed)
        let broken = try await world.live()
        print(world.story.joined(separator: "\n"))
        print(broken.isEmpty ? "no law was broken" : broken.joined(separator: "\n"))
        #expect(broken.isEmpty)
    }
}
