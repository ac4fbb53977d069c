// JourneyTests · tests · sees AinerCLI, AinerCLICore, Contracts, Wire
import Contracts
import Foundation
import Testing
import Wire

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
