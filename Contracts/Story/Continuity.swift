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
