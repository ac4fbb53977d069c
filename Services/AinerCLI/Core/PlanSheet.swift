// AinerCLICore · pure · sees Contracts, Policies
package import Contracts

/// A film on paper, as a person reads it before it is made. What is estimated says so.
package struct PlanSheet: Encodable, Sendable {
    package struct Member: Encodable, Sendable {
        package let characterID: CharacterID
        package let name: String
        package let aliases: [String]
        package let age: Age
        package let gender: Gender
        /// Lines they speak.
        package let lines: Int
        package let evidence: [Evidence]

        package enum CodingKeys: String, CodingKey {
            case characterID = "character_id"
            case name
            case aliases
            case age
            case gender
            case lines
            case evidence
        }
    }

    package struct Scene: Encodable, Sendable {
        package let sceneID: SceneID
        package let place: String
        package let time: String
        package let weather: String
        package let cast: [String]
        package let startMS: Int
        package let shots: [Shot]

        package enum CodingKeys: String, CodingKey {
            case sceneID = "scene_id"
            case place
            case time
            case weather
            case cast
            case startMS = "start_ms"
            case shots
        }
    }

    package struct Shot: Encodable, Sendable {
        package let shotID: ShotID
        package let size: String
        package let move: String
        package let durationMS: Int
        package let lines: [Line]

        package enum CodingKeys: String, CodingKey {
            case shotID = "shot_id"
            case size
            case move
            case durationMS = "duration_ms"
            case lines
        }
    }

    package struct Line: Encodable, Sendable {
        /// Nobody for the narrator.
        package let speaker: String?
        package let text: String
        package let emotion: String
    }

    package let title: String
    package let language: String
    package let words: Int
    /// Who read it: the rules, or a model beside them.
    package let readBy: String
    /// Before anybody has spoken.
    package let estimatedMS: Int
    /// On this machine, by the built-in engines.
    package let estimatedMakingMS: Int
    package let costUSD: Double
    package let cast: [Member]
    package let places: [Place]
    package let scenes: [Scene]

    package enum CodingKeys: String, CodingKey {
        case title
        case language
        case words
        case readBy = "read_by"
        case estimatedMS = "estimated_ms"
        case estimatedMakingMS = "estimated_making_ms"
        case costUSD = "cost_usd"
        case cast
        case places
        case scenes
    }

    /// What one core makes of a film in a second of its time: measured, see `docs/benchmarks.md`.
    private static let filmPerCore = 1.9

    package init(_ story: Story, _ entities: EntityPack, _ plan: ShotPlan, _ timeline: Timeline, cores: Int) {
        let names = Dictionary(entities.people.map { ($0.characterID, $0.name) }) { first, _ in first }
        let lines = Dictionary(plan.lines.map { ($0.lineID, $0) }) { first, _ in first }
        let spans = Dictionary(timeline.shots.map { ($0.shotID, $0) }) { first, _ in first }
        let labels = Dictionary(entities.places.map { ($0.placeID, $0.label) }) { first, _ in first }
        let rate = max(1, timeline.framesPerSecond)
        var spoken: [CharacterID: Int] = [:]
        for line in plan.lines where line.kind == .speech { spoken[line.speaker, default: 0] += 1 }
        title = story.title
        language = story.language
        words = story.wordCount
        readBy = story.advice.map { "rules and \($0.model)" } ?? "rules"
        estimatedMS = timeline.durationMS
        estimatedMakingMS = Int(Double(timeline.durationMS) / (Self.filmPerCore * Double(max(1, cores))))
        costUSD = 0
        cast = entities.people.map { person in
            Member(
                characterID: person.characterID, name: person.name, aliases: person.aliases, age: person.age,
                gender: person.gender,
                lines: spoken[person.characterID] ?? 0, evidence: person.evidence)
        }
        places = entities.places
        scenes = plan.scenes.map { scene in
            Scene(
                sceneID: scene.sceneID, place: labels[scene.placeID] ?? scene.setting.kind, time: scene.light.time,
                weather: scene.light.weather, cast: scene.cast.compactMap { names[$0] },
                startMS: (scene.shots.first.flatMap { spans[$0.shotID]?.firstFrame } ?? 0) * 1000 / rate,
                shots: scene.shots.map { shot in
                    Shot(
                        shotID: shot.shotID, size: shot.draft.camera.framing, move: shot.draft.camera.movement,
                        durationMS: (spans[shot.shotID]?.frames ?? 0) * 1000 / rate,
                        lines: shot.lines.compactMap { lines[$0] }.map { line in
                            Line(
                                speaker: line.kind == .speech ? names[line.speaker] : nil, text: line.text,
                                emotion: line.emotion)
                        })
                })
        }
    }
}
