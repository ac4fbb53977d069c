// JourneyTests · tests · sees AinerCLI, AinerCLICore, AinerVoice, Contracts, Wire, Ports, SQLiteDriver
import Contracts
import Foundation
import Testing

@Suite("A film that is interrupted", .serialized)
struct KillTests {
    @Test("is finished by the next run, wherever the first was killed, and nothing promoted is made again")
    func killedAtTwentyPoints() async throws {
        let whole = try Household()
        defer { whole.clear() }
        let began = ContinuousClock.now
        let uncut = try whole.make(try whole.write(Household.story))
        let length = ContinuousClock.now - began
        #expect(uncut.status == 0, "\(uncut.output)\n\(uncut.complaint)")
        let reference = checksums(try await whole.promoted())
        #expect(!reference.isEmpty)
        let rounds = ProcessInfo.processInfo.environment["AINER_TEST_LONG"] == "1" ? 100 : 20
        for round in 0..<rounds {
            // Spread over the run, each a little off its place.
            let share = (Double(round) + Double.random(in: 0...1)) / Double(rounds)
            try await kill(after: length * share, reference)
        }
    }

    private func kill(after delay: Duration, _ reference: [String: [String]]) async throws {
        let house = try Household()
        defer { house.clear() }
        let story = try house.write(Household.story)
        let first = try house.start(["make", story, "-o", house.out, "--quality", "draft"])
        try await Task.sleep(for: delay)  // the point of the kill is the subject here
        first.signal(SIGKILL)
        _ = first.wait()
        let before = try await house.promoted()
        let second = try house.make(story)
        #expect(second.status == 0, "killed after \(delay): \(second.output)\n\(second.complaint)")
        let after = try await house.promoted()
        for (name, artifact) in before {
            #expect(after[name] == artifact, "killed after \(delay): \(name) was made again")
        }
        #expect(checksums(after) == reference, "killed after \(delay): other artifacts than without the kill")
        let successes = try await house.successes()
        #expect(successes.allSatisfy { $0 == 1 }, "killed after \(delay): a job succeeded twice")
        #expect(FileManager.default.fileExists(atPath: house.out + "/cup.mp4"))
    }

    /// What came out, by type and unit, whatever names it got. The cut's own files carry times of their making.
    private func checksums(_ promoted: [String: Household.Promoted]) -> [String: [String]] {
        var sums: [String: [String]] = [:]
        for (name, artifact) in promoted {
            let kind = String(name.prefix { $0 != "#" })
            let unit = name.split(separator: "/").last.map(String.init) ?? ""
            let isTimed = kind == "final_video"
            sums["\(kind)/\(unit.contains("#") ? "" : unit)", default: []].append(isTimed ? "made" : artifact.checksum)
        }
        return sums.mapValues { $0.sorted() }
    }

    @Test("stops at Ctrl-C with status 130 and goes on with the same command")
    func interrupted() async throws {
        let house = try Household()
        defer { house.clear() }
        let story = try house.write(Household.story)
        let first = try house.start(["make", story, "-o", house.out, "--quality", "draft"])
        first.waitForTheRun()
        first.signal(SIGINT)
        let stopped = first.wait()
        #expect(stopped.status == 130)
        #expect(stopped.output.contains("The same command goes on"))
        #expect(try house.make(story).status == 0)
    }

    @Test("made twice is made once: the second call hands out the same film")
    func twice() async throws {
        let house = try Household()
        defer { house.clear() }
        let story = try house.write(Household.story)
        #expect(try house.make(story).status == 0)
        let film = try Data(contentsOf: URL(fileURLWithPath: house.out + "/cup.mp4"))
        let before = try await house.promoted()
        #expect(try house.make(story).status == 0)
        #expect(try await house.promoted() == before)
        #expect(try Data(contentsOf: URL(fileURLWithPath: house.out + "/cup.mp4")) == film)
    }
}
