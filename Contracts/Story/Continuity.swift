// Contracts · pure · sees nothing

/// How everybody looks and sounds, decided once for the whole run. Output of skill 21.
package struct Continuity: Codable, Hashable, Sendable {
    package var profiles: [Profile]
    package var voices: [VoiceCasting]

    package init(profiles: [Profile], voices: [VoiceCasting]) {
        self.profiles = profiles
        self.voices = voices
    }

    package func profile(of character: CharacterID) -> Profile? { profiles.first { $0.characterID == character } }
    package func voice(of character: CharacterID) -> VoiceCasting? { voices.first { $0.characterID == character } }
}

/// A look. Colours are sRGB hex (`#c9483a`), and the only colours in the contract.
package struct Profile: Codable, Hashable, Sendable {
    package var characterID: CharacterID
    package var name: String
    package var age: Age
    package var gender: Gender
    /// `slim medium stout tall broad`.
    package var build: String
    /// Of an adult's height: 0.62 for a small child, 1.08 for a giant of a man.
    package var height: Double
    package var skin: String
    /// `short long bob bun ponytail braids topknot curly bald`.
    package var hair: String
    package var hairColour: String
    /// `coat shirt dress robe changshan`.
    package var garment: String
    package var main: String
    package var second: String
    package var accent: String
    /// `scarf cap beard long_beard moustache glasses straw_hat headscarf apron belt cuffs barefoot`.
    package var extras: [String]
    /// Fields the story states; scenes may not change them.
    package var locked: [String]

    package enum CodingKeys: String, CodingKey {
        case characterID = "entity_id"
        case name
        case age
        case gender
        case build
        case height
        case skin
        case hair
        case hairColour = "hair_colour"
        case garment
        case main
        case second
        case accent
        case extras
        case locked
    }

    package init(
        characterID: CharacterID, name: String, age: Age, gender: Gender, build: String, height: Double, skin: String,
        hair: String, hairColour: String, garment: String, main: String, second: String, accent: String,
        extras: [String], locked: [String]
    ) {
        self.characterID = characterID
        self.name = name
        self.age = age
        self.gender = gender
        self.build = build
        self.height = height
        self.skin = skin
        self.hair = hair
        self.hairColour = hairColour
        self.garment = garment
        self.main = main
        self.second = second
        self.accent = accent
        self.extras = extras
        self.locked = locked
    }
}

/// A voice: what the voice program is told for every line of one person.
package struct VoiceCasting: Codable, Hashable, Sendable {
    package var characterID: CharacterID
    /// The language's name in the speech engine: `en-us`, `cmn-latn-pinyin`.
    package var language: String
    package var pitchLow: Int
    package var pitchHigh: Int
    /// Length of the vocal tract as a formant scale: 0.91…1.28.
    package var tract: Double
    /// Words a minute.
    package var rate: Int
    /// 0…100 in the engine's scale: how far the melody goes.
    package var range: Int
    package var breath: Double
    package var roughness: Double
    package var flutter: Int
    package var brightness: Double
    package var isKlatt: Bool

    package enum CodingKeys: String, CodingKey {
        case characterID = "entity_id"
        case language
        case pitchLow = "pitch_low"
        case pitchHigh = "pitch_high"
        case tract
        case rate
        case range
        case breath
        case roughness
        case flutter
        case brightness
        case isKlatt = "is_klatt"
    }

    package init(
        characterID: CharacterID, language: String, pitchLow: Int, pitchHigh: Int, tract: Double, rate: Int,
        range: Int, breath: Double, roughness: Double, flutter: Int, brightness: Double, isKlatt: Bool
    ) {
        self.characterID = characterID
        self.language = language
        self.pitchLow = pitchLow
        self.pitchHigh = pitchHigh
        self.tract = tract
        self.rate = rate
        self.range = range
        self.breath = breath
        self.roughness = roughness
        self.flutter = flutter
        self.brightness = brightness
        self.isKlatt = isKlatt
    }
}
