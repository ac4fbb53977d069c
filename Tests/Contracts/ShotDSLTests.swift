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
        "refuses a version it does not know and a shot without its due",
        arguments: [
            ("ainer.shot/1", "ainer.shot/2"), ("\"seed\":11,", ""), ("\"shot_id\":\"S0001\",", ""),
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
}
