// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("The shot DSL")
struct ShotDSLTests {
    static let least = """
        {"dsl":"ainer.shot/1","shot_id":"S0001","seed":11,"timing":{"duration_ms":3500},"setting":{"kind":"sea"},\
        "camera":{"framing":"establishing"}}
        """

    @Test("needs six fields; everything else has a default")
    func defaults() throws {
        let shot = try JSON.decode(ShotDSL.self, from: Self.least)
        #expect(shot.timing.fps == 24)
        #expect(shot.light.time == "day")
        #expect(shot.pack == "flat_vector")
        #expect(shot.cast.isEmpty)
    }

    @Test("comes back the same from its own writing")
    func roundTrip() throws {
        var shot = try JSON.decode(ShotDSL.self, from: Self.least)
        shot.cast = [ShotDSL.Actor(entityID: CharacterID(ordinal: 1), x: 0.4, beats: [.init(atMS: 900, pose: "run")])]
        shot.axis = .init(left: CharacterID(ordinal: 1), right: nil)
        shot.lines = [.init(lineID: LineID(ordinal: 1), speaker: .narrator, startMS: 0, endMS: 900, kind: .narration)]
        let text = try JSON.text(shot)
        #expect(try JSON.decode(ShotDSL.self, from: text) == shot)
        #expect(try JSON.text(try JSON.decode(ShotDSL.self, from: text)) == text)
    }

    @Test(
        "refuses a shot without its due",
        arguments: [
            ("\"seed\":11,", ""), ("\"shot_id\":\"S0001\",", ""),
            ("3500", "\"long\""),
            ("\"S0001\"", "\"\""),
        ])
    func refuses(_ part: String, _ instead: String) {
        let broken = Self.least.split(separator: part, maxSplits: 1).joined(separator: instead)
        #expect(throws: DecodingError.self) { try JSON.decode(ShotDSL.self, from: broken) }
    }

    @Test("ignores fields it has never heard of")
    func unknownFields() throws {
        let richer = Self.least.dropLast() + ",\"hologram\":{\"depth\":3}}"
        #expect(try JSON.decode(ShotDSL.self, from: String(richer)).shotID == ShotID(ordinal: 1))
    }

    @Test(
        "refuses another major version and names both",
        arguments: ["ainer.shot/2", "ainer.shot/0.9", "ainer.shot/12.3"])
    func otherMajor(version: String) throws {
        let other = Self.least.split(separator: "ainer.shot/1", maxSplits: 1).joined(separator: version)
        let failure = try #require(throws: FailureReport.self) { try JSON.decode(ShotDSL.self, from: other) }
        #expect(failure.errorCode == .planValidation)
        #expect(failure.message == "the shot says \(version), this house reads ainer.shot/1")
    }

    @Test(
        "knows no version but numbers",
        arguments: ["", "ainer.shot/", "ainer.shot/1.", "ainer.shot/x", "shot/1", "ainer.shot/1.2.3"])
    func noVersion(text: String) { #expect(ShotVersion.read(text) == nil && ShotVersion.refusal(of: text) != nil) }

    @Test("reads any minor version of its major and keeps what it said")
    func minors() throws {
        let later = Self.least.split(separator: "ainer.shot/1", maxSplits: 1).joined(separator: "ainer.shot/1.7")
        #expect(try JSON.decode(ShotDSL.self, from: later).dsl == "ainer.shot/1.7")
        #expect(ShotVersion.read("ainer.shot/1").map { [$0.major, $0.minor] } == [1, 0])
    }

    @Test("is brought to a new major version step by step")
    func upgrades() {
        let steps: [Int: ShotVersion.Upgrade] = [
            1: { _ in .object(["was": .integer(1)]) }, 2: { shot in .object(["before": shot["was"] ?? .null]) },
        ]
        let made = ShotVersion.upgraded(.object(["dsl": .string("ainer.shot/1.4")]), by: steps, to: 3)
        #expect(made == .object(["dsl": .string("ainer.shot/3"), "before": .integer(1)]))
        let gap = ShotVersion.upgraded(.object(["dsl": .string("ainer.shot/1")]), by: [:], to: 2)
        #expect(gap["dsl"] == .string("ainer.shot/1"))
    }

    @Test("reads a plain word in the hand as the near hand, as it was once written")
    func holding() throws {
        let cast = ",\"cast\":[{\"entity_id\":\"CHAR_0001\",\"holding\":\"lantern\"}]}"
        let text = String(Self.least.dropLast()) + cast
        #expect(try JSON.decode(ShotDSL.self, from: text).cast.map(\.holding) == ["lantern"])
        #expect(ShotDSL.faults(in: try JSON.decode(from: text)).isEmpty)
    }
}
