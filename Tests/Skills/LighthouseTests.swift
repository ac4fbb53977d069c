// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Testing

@Suite("The lighthouse story")
struct LighthouseTests {
    let desk: Desk

    init() throws { desk = try Desk.example("lighthouse.md") }

    @Test("has three people, as they are described")
    func people() {
        #expect(
            desk.entities.people.map { "\($0.name) \($0.age) \($0.gender)" } == [
                "Mira child female", "Tobias old male", "Anna adult female",
            ])
        let looks = desk.profiles
        #expect(looks.map(\.garment) == ["coat", "coat", "dress"])
        #expect(looks.map(\.main) == ["#d8a53a", "#3a63a8", "#4f9a58"])
        #expect(looks.map(\.extras)[0...1] == [["scarf"], ["beard"]])
        #expect(looks[0].accent == "#c8402f")
        #expect(looks[1].hairColour == "#e6e2da")
        #expect(looks[0].height < 0.75 && looks[2].height > 1)
        #expect(looks[0].locked.contains("main") && looks[0].locked.contains("extras"))
    }

    @Test("plays where, when and among whom it says")
    func scenes() {
        let table = desk.plan.scenes.map { scene in
            "\(scene.setting.kind), \(scene.light.time), \(scene.light.weather): "
                + scene.cast.map(desk.name).joined(separator: " ")
        }
        #expect(
            table == [
                "beach, sunset, overcast: Mira",
                "village, night, rain: Mira",
                "room, night, rain: Tobias Mira",
                "hill, night, storm: Mira",
                "beach, dawn, clear: Anna Mira Tobias",
            ])
    }

    @Test("is told shot by shot")
    func shots() {
        let table = desk.plan.shots.map { shot in
            let people = shot.draft.cast.map(\.label).joined(separator: " ")
            return "\(shot.draft.setting.kind) \(shot.draft.camera.framing)\(people.isEmpty ? "" : " of " + people)"
        }
        #expect(
            table == [
                "sea establishing", "sea wide", "beach wide of Mira", "beach medium of Mira", "beach close_up of Mira",
                "beach establishing", "beach close_up of Mira",
                "village establishing", "village wide of Mira",
                "room establishing of Tobias", "room medium of Tobias", "room medium of Tobias Mira",
                "room close_up of Mira",
                "room close_up of Tobias", "room medium of Tobias Mira", "room medium of Tobias",
                "room close_up of Mira",
                "hill establishing of Mira", "hill medium of Mira", "hill close_up of Mira", "hill wide of Mira",
                "sea establishing", "beach wide of Anna", "beach medium of Anna", "beach medium of Anna Mira",
                "beach close_up of Mira", "beach medium of Tobias Mira", "beach close_up of Tobias",
                "beach close_up of Anna",
                "beach wide of Anna Tobias Mira",
            ])
    }

    @Test("keeps people who are only spoken of out of the picture")
    func absent() {
        let anna = desk.entities.people[2].characterID
        for scene in desk.plan.scenes.dropLast() { #expect(!scene.cast.contains(anna)) }
    }

    @Test("puts the lantern on the table, into his hand, and into hers")
    func lantern() {
        func shots(_ words: String) -> [Shot] {
            desk.plan.shots.filter { shot in shot.lines.contains { desk.plan.line($0)?.text.contains(words) ?? false } }
        }
        func holder(_ shot: Shot?) -> [String] {
            shot?.draft.cast.filter { $0.holding == "lantern" }.map(\.label) ?? []
        }
        #expect(shots("sat by the fire").first?.draft.props.contains { $0.kind == "lantern" && $0.on != "" } == true)
        #expect(holder(shots("took a lantern").first) == ["Tobias"])
        #expect(holder(shots("climbed the hill").first) == ["Mira"])
        #expect(holder(shots("That was no star").first) == ["Tobias"])
    }

    @Test("lasts about as long as it takes to read aloud, in shots of two and a half to seven seconds")
    func pace() throws {
        let timeline = try desk.timeline()
        #expect((90_000...125_000).contains(timeline.durationMS))
        let seconds = timeline.shots.map { Double($0.frames) / 24 }
        #expect(seconds.allSatisfy { $0 >= 1.9 && $0 <= 7.2 })
        #expect(seconds.count { $0 >= 2.4 } * 10 >= seconds.count * 9)
    }

    @Test("keeps every rule of the plan")
    func invariants() throws { #expect(try Invariants(desk: desk).all().isEmpty) }

    @Test("and so do the other examples", arguments: ["paper-kite.md", "deng.md"])
    func examples(_ name: String) throws {
        let faults = try Invariants(desk: Desk.example(name)).all()
        #expect(faults == [])
    }
}
