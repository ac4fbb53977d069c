// Contracts · pure · sees nothing

/// The film on paper: scenes, shots and lines in order, with estimated lengths. Output of skill 03.
package struct ShotPlan: Hashable, Sendable {
    package var planID: String
    package var chapterID: String
    /// `draft` until it is bound to the entities of the run, then `v1` and onwards.
    package var planVersion: String
    package var title: String
    package var language: String
    package var scenes: [Scene]
    package var lines: [Line]

    package init(
        planID: String = "plan", chapterID: String = "", planVersion: String = draft, title: String, language: String,
        scenes: [Scene], lines: [Line]
    ) {
        self.planID = planID
        self.chapterID = chapterID
        self.planVersion = planVersion
        self.title = title
        self.language = language
        self.scenes = scenes
        self.lines = lines
    }

    package static let draft = "draft"
    package static let bound = "v1"

    package var shots: [Shot] { scenes.flatMap(\.shots) }
    package func line(_ id: LineID) -> Line? { lines.first { $0.lineID == id } }
}

/// One place, one time, one stretch of the story.
package struct Scene: Hashable, Sendable {
    package var sceneID: SceneID
    package var placeID: PlaceID
    package var setting: ShotDSL.Setting
    package var light: ShotDSL.Light
    /// Who is in it, in order of appearance.
    package var cast: [CharacterID]
    package var shots: [Shot]

    package init(
        sceneID: SceneID, placeID: PlaceID, setting: ShotDSL.Setting, light: ShotDSL.Light, cast: [CharacterID],
        shots: [Shot]
    ) {
        self.sceneID = sceneID
        self.placeID = placeID
        self.setting = setting
        self.light = light
        self.cast = cast
        self.shots = shots
    }
}

/// A picture to come: what it shows and which lines are heard while it shows it.
package struct Shot: Codable, Hashable, Sendable {
    package var shotID: ShotID
    package var intent: String
    package var segments: [Int]
    package var lines: [LineID]
    /// Without speech: how long the picture itself wants. With speech: the least.
    package var minimumMS: Int
    /// Everything of the shot's DSL that does not depend on time: framing, cast, props, poses.
    package var draft: ShotDSL

    package enum CodingKeys: String, CodingKey {
        case shotID = "shot_id"
        case intent
        case segments
        case lines
        case minimumMS = "minimum_ms"
        case draft
    }

    package init(
        shotID: ShotID, intent: String, segments: [Int], lines: [LineID], minimumMS: Int, draft: ShotDSL
    ) {
        self.shotID = shotID
        self.intent = intent
        self.segments = segments
        self.lines = lines
        self.minimumMS = minimumMS
        self.draft = draft
    }
}

/// Something said aloud, by a person or by the narrator.
package struct Line: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable {
        case speech
        case narration
    }

    package var lineID: LineID
    package var kind: Kind
    package var speaker: CharacterID
    package var text: String
    /// `neutral joyful sad tense calm angry afraid whisper`.
    package var emotion: String

    package enum CodingKeys: String, CodingKey {
        case lineID = "line_id"
        case kind
        case speaker
        case text
        case emotion
    }

    package init(lineID: LineID, kind: Kind, speaker: CharacterID, text: String, emotion: String) {
        self.lineID = lineID
        self.kind = kind
        self.speaker = speaker
        self.text = text
        self.emotion = emotion
    }
}
