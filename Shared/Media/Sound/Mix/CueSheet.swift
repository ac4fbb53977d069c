// Sound · pure · sees Contracts, Policies
package import Contracts

/// What is heard when: everything a mix needs but the voices themselves.
package struct CueSheet: Codable, Hashable, Sendable {
    /// The length of the film; the mix has exactly this.
    package var seconds: Double
    /// Of the film: music of one mood shares its motif through it.
    package var seed: UInt64
    /// `cn` keeps melodies on the five tones.
    package var culture: String
    package var lines: [LineCue]
    package var scenes: [SceneCue]
    package var effects: [EffectCue]

    package init(
        seconds: Double, seed: UInt64 = 0, culture: String = "", lines: [LineCue], scenes: [SceneCue],
        effects: [EffectCue] = []
    ) {
        self.seconds = seconds
        self.seed = seed
        self.culture = culture
        self.lines = lines
        self.scenes = scenes
        self.effects = effects
    }
}

/// A line on the film's clock.
package struct LineCue: Codable, Hashable, Sendable {
    package var lineID: LineID
    package var startMS: Int
    package var endMS: Int
    /// -1 left, 0 middle, 1 right; more than 0.4 to a side is not followed. The narrator stays at 0.
    package var pan: Double
    /// dB over other lines: `Speech.level(of:)`.
    package var level: Double

    package enum CodingKeys: String, CodingKey {
        case lineID = "line_id"
        case startMS = "start_ms"
        case endMS = "end_ms"
        case pan
        case level
    }

    package init(lineID: LineID, startMS: Int, endMS: Int, pan: Double = 0, level: Double = 0) {
        self.lineID = lineID
        self.startMS = startMS
        self.endMS = endMS
        self.pan = pan
        self.level = level
    }
}

/// A scene on the film's clock: what it feels like and what its place sounds like.
package struct SceneCue: Codable, Hashable, Sendable {
    package var startMS: Int
    package var endMS: Int
    /// The shot contract's moods: `joyful tender calm neutral sad tense afraid angry mysterious epic`.
    package var mood: String
    /// Kind of place, features, weather and hour in any order: `sea`, `lighthouse`, `storm`, `night`.
    package var words: [String]
    /// Of the place: the same place sounds the same in every scene.
    package var seed: UInt64

    package enum CodingKeys: String, CodingKey {
        case startMS = "start_ms"
        case endMS = "end_ms"
        case mood
        case words
        case seed
    }

    package init(startMS: Int, endMS: Int, mood: String, words: [String], seed: UInt64) {
        self.startMS = startMS
        self.endMS = endMS
        self.mood = mood
        self.words = words
        self.seed = seed
    }
}

/// A sound that happens once.
package struct EffectCue: Codable, Hashable, Sendable {
    /// `door`, `thunder`, `bell`…; a word that nobody can make is reported, not replaced by noise.
    package var word: String
    package var atMS: Int
    package var pan: Double
    package var seed: UInt64

    package enum CodingKeys: String, CodingKey {
        case word
        case atMS = "at_ms"
        case pan
        case seed
    }

    package init(word: String, atMS: Int, pan: Double = 0, seed: UInt64 = 0) {
        self.word = word
        self.atMS = atMS
        self.pan = pan
        self.seed = seed
    }
}
