// ContractsTests · tests · sees Contracts, Wire
import Contracts
import Testing
import Wire

@Suite("Faults of a shot")
struct ShotFaultTests {
    private func least(_ changes: [String: JSONValue]) throws -> JSONValue {
        guard case .object(let members) = try JSON.decode(JSONValue.self, from: ShotDSLTests.least) else {
            return .null
        }
        return .object(members.merging(changes) { _, new in new })
    }

    private func errors(_ shot: JSONValue) -> [String] {
        ShotDSL.faults(in: shot).filter { $0.severity == .error }.map { "\($0.path) \($0.kind.rawValue)" }
    }

    @Test("are all in one report, each with its place")
    func allAtOnce() throws {
        let shot: JSONValue = .object([
            "dsl": .string("ainer.shot/2.1"), "shot_id": .string("X1"), "seed": .integer(-4),
            "timing": .object(["duration_ms": .integer(90_000), "fps": .integer(23)]),
            "setting": .object(["label": .integer(3)]), "camera": .string("wide"),
            "cast": .array([
                .object(["entity_id": .string("CHAR_0001"), "x": .number(.nan)]),
                .object(["entity_id": .string("CHAR_0002"), "x": .number(1.5), "beats": .array([.object([:])])]),
            ]),
            "light": .object(["wind": .number(.infinity), "amount": .string("much")]),
        ])
        #expect(
            errors(shot) == [
                "$.shot_id bad_name", "$.seed out_of_range", "$.timing.duration_ms out_of_range",
                "$.timing.fps out_of_range", "$.setting.kind missing", "$.setting.label wrong_type",
                "$.light.amount wrong_type", "$.light.wind not_finite", "$.camera wrong_type",
                "$.cast[0].x not_finite", "$.cast[1].x out_of_range", "$.cast[1].beats[0].at_ms missing",
                "$.dsl version",
            ])
    }

    @Test("are none in a shot with only its due")
    func none() throws {
        #expect(ShotDSL.faults(in: try least([:])).isEmpty)
        #expect(ShotDSL.refusal(of: try least([:])) == nil)
    }

    @Test("name a field that is missing")
    func missing() {
        #expect(
            errors(.object([:])) == [
                "$.dsl missing", "$.shot_id missing", "$.seed missing", "$.timing missing", "$.setting missing",
                "$.camera missing",
            ])
        #expect(errors(.array([])) == ["$ wrong_type"])
    }

    @Test("the ninth of a cast belongs into a crowd")
    func nine() throws {
        let cast = (1...9).map { JSONValue.object(["entity_id": .string("CHAR_000\($0)")]) }
        #expect(errors(try least(["cast": .array(cast)])) == ["$.cast too_many"])
        #expect(errors(try least(["cast": .array(Array(cast.dropLast()))])).isEmpty)
    }

    @Test("a length or a pace no film has is named", arguments: [(299, 24), (60_001, 24), (300, 26), (300, 0)])
    func limits(duration: Int64, fps: Int64) throws {
        let timing: JSONValue = .object(["duration_ms": .integer(duration), "fps": .integer(fps)])
        #expect(errors(try least(["timing": timing])).count == 1)
    }

    @Test("a seed is no more than a number of JSON can hold")
    func seed() throws {
        #expect(errors(try least(["seed": .integer((1 << 53) - 1)])).isEmpty)
        #expect(errors(try least(["seed": .integer(1 << 53)])) == ["$.seed out_of_range"])
        #expect(errors(try least(["seed": .number(0.5)])) == ["$.seed wrong_type"])
    }

    @Test("a name that leads nowhere is a warning, and an error only where the hard constraints speak of it")
    func dangling() throws {
        var changes: [String: JSONValue] = [
            "camera": .object([
                "framing": .string("wide"), "focus": .array([.string("CHAR_0009"), .string("CHAR_0001")]),
            ]),
            "cast": .array([.object(["entity_id": .string("CHAR_0001"), "gaze": .string("moon")])]),
            "props": .array([.object(["kind": .string("lamp"), "on": .string("t")])]),
            "lines": .array([
                .object([
                    "line_id": .string("L1"), "speaker": .string("CHAR_0007"), "start_ms": .integer(0),
                    "end_ms": .integer(9),
                ])
            ]),
        ]
        let soft = ShotDSL.faults(in: try least(changes))
        #expect(soft.map(\.kind) == [.dangling, .dangling, .dangling, .dangling])
        #expect(soft.allSatisfy { $0.severity == .warn })
        #expect(
            soft.map(\.path) == ["$.camera.focus[0]", "$.cast[0].gaze", "$.props[0].on", "$.lines[0].speaker"])
        changes["constraints"] = .object(["hard": .array([.string("CHAR_0009 must be seen")])])
        #expect(errors(try least(changes)) == ["$.camera.focus[0] dangling"])
    }

    @Test("the story's teller may speak without being seen")
    func narrator() throws {
        let line: JSONValue = .object([
            "line_id": .string("L1"), "speaker": .string("CHAR_0000"), "start_ms": .integer(0), "end_ms": .integer(9),
            "kind": .string("narration"),
        ])
        #expect(ShotDSL.faults(in: try least(["lines": .array([line])])).isEmpty)
    }

    @Test("a field of a version to come is reported once and is no error")
    func strangers() throws {
        let actor: JSONValue = .object(["entity_id": .string("CHAR_0001"), "aura": .string("blue")])
        let faults = ShotDSL.faults(in: try least(["cast": .array([actor, actor]), "hologram": .bool(true)]))
        #expect(faults.map(\.path) == ["$.cast[0].aura", "$.hologram"])
        #expect(faults.allSatisfy { $0.kind == .unknownField && $0.severity == .info })
    }

    @Test("a word nobody knows is no fault")
    func unknownWords() throws {
        let shot = try least(["setting": .object(["kind": .string("鱼市场")]), "shot_intent": .string("zorbel")])
        #expect(ShotDSL.faults(in: shot).isEmpty)
    }

    @Test("become one refusal that says everything and what to do")
    func refusal() throws {
        let refusal = try #require(ShotDSL.refusal(of: try least(["seed": .null, "aspect": .integer(3)])))
        #expect(refusal.errorCode == .planValidation)
        #expect(refusal.message == "shot S0001 has 2 faults: $.seed is missing; $.aspect must be text")
        #expect(!refusal.nextStep.isEmpty)
    }
}
