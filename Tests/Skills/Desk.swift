// SkillsTests · tests · sees Contracts, Ingest, Entities, Planning, Wire
import Contracts
import Entities
import Foundation
import Ingest
import Planning

/// A story carried through all the skills, as a run does it.
struct Desk {
    let story: Story
    let entities: EntityPack
    let profiles: [Profile]
    var plan: ShotPlan

    init(_ text: String, fileName: String = "story.md", seed: UInt64 = 7) throws {
        let board = try Storyboard(try IngestStory.run(.init(text: text, fileName: fileName)), seed: seed)
        (story, entities, profiles, plan) = (board.story, board.entities, board.profiles, board.plan)
    }

    static func example(_ name: String) throws -> Desk {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../examples/\(name)")
        return try Desk(String(contentsOf: file, encoding: .utf8), fileName: name)
    }

    /// Takes as long as the planner thinks.
    var takes: [TakeTiming] {
        plan.lines.map {
            TakeTiming(lineID: $0.lineID, sampleRate: 1000, samples: Estimate.speech($0.text), words: [], phones: [])
        }
    }

    func timeline(fps: Int = 24) throws -> Timeline {
        try AssembleTimeline.run(AssembleTimeline.Input(plan: plan, takes: takes, fps: fps))
    }

    func compiled(on timeline: Timeline) throws -> [ShotDSL] {
        try CompileDSL.run(
            CompileDSL.Input(
                plan: plan, timeline: timeline, continuity: Continuity(profiles: profiles, voices: [])))
    }

    func name(_ id: CharacterID) -> String { entities.people.first { $0.characterID == id }?.name ?? "–" }

    // MARK: for people to read

    /// The whole plan as a table.
    func table() throws -> String {
        let timeline = try timeline()
        var rows: [String] = ["\(plan.title) [\(plan.language)] \(timeline.durationMS) ms"]
        rows += entities.people.map { person in
            let look = profiles.first { $0.characterID == person.characterID }
            return
                "  \(person.characterID) \(person.name) \(person.age) \(person.gender) ×\(person.mentions) aka \(person.aliases) evidence \(person.evidence.map(\.text)) → "
                + (look.map {
                    "\($0.garment) \($0.main) hair \($0.hair) \($0.hairColour) accent \($0.accent) \($0.extras) h\($0.height) \($0.build) locked \($0.locked)"
                } ?? "no look")
        }
        rows += entities.places.map { "  \($0.placeID) \($0.kind) “\($0.label)” \($0.features) ¶\($0.paragraphs)" }
        for scene in plan.scenes {
            rows.append(
                "\(scene.sceneID) \(scene.setting.kind)/\(scene.setting.variant) \(scene.setting.features) cast \(scene.cast.map(name))"
            )
            rows += scene.shots.map { row($0, timeline) }
        }
        return rows.joined(separator: "\n")
    }

    private func row(_ shot: Shot, _ timeline: Timeline) -> String {
        let draft = shot.draft
        let span = timeline.shots.first { $0.shotID == shot.shotID }
        let cast = draft.cast.map { actor in
            let beats = actor.beats.map { beat in
                "@\(beat.atMS)"
                    + [beat.pose, beat.expression, beat.gaze, beat.toX.map { "→\($0)" }].compactMap { $0 }.joined(
                        separator: "/")
            }
            return
                "\(actor.label)(\(actor.x ?? -1) \(actor.facing) \(actor.pose) \(actor.expression) →\(actor.gaze)\(actor.holding.near.isEmpty ? "" : " +" + actor.holding.near)\(beats.isEmpty ? "" : " " + beats.joined(separator: " ")))"
        }
        let props = draft.props.map { "\($0.kind)\($0.state.isEmpty ? "" : ":" + $0.state)\($0.on.isEmpty ? "" : "^")" }
        let lines = shot.lines.compactMap { plan.line($0) }.map {
            "\($0.lineID) \(name($0.speaker)) [\($0.emotion)] \($0.text)"
        }
        return
            "  \(shot.shotID) \((span?.frames ?? 0) * 1000 / 24)ms \(shot.intent) \(draft.camera.framing) \(draft.camera.movement) | \(draft.setting.kind) \(draft.light.time) \(draft.light.weather) \(draft.light.mood)"
            + (draft.text.title.isEmpty ? "" : " TITLE") + "\n      " + cast.joined(separator: " ")
            + (props.isEmpty ? "" : "  props \(props)") + lines.map { "\n      " + $0 }.joined()
    }
}
