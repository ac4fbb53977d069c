// JourneyTests · tests · sees AinerCLI, AinerCLICore, Contracts, Wire
import Contracts
import Foundation
import Testing
import Wire

@Suite("ainer skill")
struct SkillCommandTests {
    @Test("answers as each skill does, to a story and to its own input alike")
    func answers() throws {
        let house = try Household()
        defer { house.clear() }
        let story = try house.write("# Two\n\n\"It is late,\" said Mira in the kitchen.\n\nTobias sat by the fire.\n")
        func ask(_ skill: String, _ input: String) throws -> JSONValue {
            let said = try house.run(["skill", skill, "--input", input])
            #expect(said.status == 0, "\(said.complaint)")
            return try JSON.value(of: Array(said.output.utf8))
        }
        let read = try ask("01", story)
        #expect(read["title"] == .string("Two") && read["language"] == .string("en"))
        let found = try ask("4", story)
        guard case .array(let people)? = found["entities"] else { return #expect(Bool(false), "people") }
        let names = people.compactMap { $0["canonical_label"] }
        #expect(names.prefix(2) == [.string("Mira"), .string("Tobias")], "\(found)")
        let given = try house.write(
            String(decoding: JSON.text(of: .object(["story": read])), as: UTF8.self), as: "in.json")
        #expect(try ask("04", given) == found, "a story and what was read of it are the same")
        for (skill, part) in [("03", "scenes"), ("06", "total_duration_ms")] {
            #expect(try ask(skill, story)[part] != nil, "\(skill)")
        }
        guard case .array(let shots) = try ask("20", story), case .array(let looks) = try ask("21", story) else {
            return #expect(Bool(false), "lists")
        }
        #expect(looks.count == 2 && !shots.isEmpty && shots.allSatisfy { ShotDSL.faults(in: $0).isEmpty })
    }

    @Test("says what is not built, what is no number and what is no input")
    func refuses() throws {
        let house = try Household()
        defer { house.clear() }
        let story = try house.write("Rain.")
        let absent = try house.run(["skill", "12", "--input", story])
        #expect(absent.status == 1 && absent.complaint.contains("Skill 12 is not built"), "\(absent.complaint)")
        for wrong in [
            ["skill"], ["skill", "04"], ["skill", "0", "--input", story], ["skill", "23", "--input", story],
        ] {
            #expect(try house.run(wrong).status == 2)
        }
        let json = try house.write("{\"stories\": 1}", as: "wrong.json")
        let input = try house.run(["skill", "04", "--input", json])
        #expect(input.status == 1 && input.complaint.contains("no input of skill 04"), "\(input.complaint)")
        #expect(try house.run(["skill", "04", "--input", house.folder + "/none"]).status == 66)
    }
}

@Suite("ainer plan")
struct PlanTests {
    @Test("says who is in a story, where it plays, and every shot with its words")
    func words() throws {
        let house = try Household()
        defer { house.clear() }
        let story = try house.write(
            "# Two Lamps\n\n\"It is late,\" said Mira in the kitchen.\n\nTobias sat by the fire. \"Stay,\" he said.\n")
        let said = try house.run(["plan", story])
        #expect(said.status == 0 && said.complaint.isEmpty, "\(said.complaint)")
        for part in [
            "Two Lamps (en,", "CAST", "Mira: ", "Tobias: ", "kitchen", "SCENE 1", "S0001", "Mira: “It is late.”",
        ] {
            #expect(said.output.contains(part), "\(part) in\n\(said.output)")
        }
        #expect(try house.run(["plan", story]).output == said.output, "the same story is the same plan")
        let json = try JSON.decode(JSONValue.self, from: try house.run(["plan", "--json", story]).output)
        guard case .array(let cast) = json["cast"] else { return #expect(Bool(false), "a list of the cast") }
        #expect(cast.compactMap { $0["name"] } == [.string("Mira"), .string("Tobias")])
        #expect(json["cost_usd"] == .integer(0) || json["cost_usd"] == .number(0))
    }

    @Test(
        "takes any text as it is, or says what is wrong with it",
        arguments: [
            ("an empty file", "", 1), ("no letters", "\n\n***\n", 1), ("a NUL", "A\u{0}B", 1),
            ("one word", "Rain", 0), ("only dialogue", "\"Yes?\"\n\n\"No.\"\n\n\"Why?\"\n", 0),
            ("none", "The sea rose. The sea fell. It was night.\n", 0),
            ("verse", "The owl and the cat\nWent out on the mat,\nAnd neither came back.\n", 0),
            ("a recipe", "# Bread\n\n- 500 g flour\n- 1 tsp salt\n\n1. Mix.\n2. Bake at 220 °C.\n", 0),
            ("mixed scripts", "Мира said: \"你好\" and שלום to مِيرا.\n", 0),
            ("one long line", String(repeating: "The lamp went out and Mira waited. ", count: 2900), 0),
            ("quotes never closed", "\"Wait, said Mira. \"No, said Tom. “And 「so", 0),
        ])
    func anyText(_ name: String, _ text: String, _ status: Int32) throws {
        let house = try Household()
        defer { house.clear() }
        let ended = try house.run(["plan", try house.write(text)])
        #expect(ended.status == status, "\(name): \(ended.complaint)")
        if status != 0 { #expect(ended.complaint.contains("ainer explain "), "\(ended.complaint)") }
    }
}
