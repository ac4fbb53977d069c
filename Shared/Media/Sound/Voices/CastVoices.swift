// Sound · pure · sees Contracts, Policies
package import Contracts
import Foundation
import Policies

/// Gives everybody a voice: fitting by age, gender and temper, and far enough from all voices given before.
package enum CastVoices {
    package struct Input: Codable, Hashable, Sendable {
        package var people: [Person]
        /// The story's language tag, or the engine's own name.
        package var language: String
        /// Who speaks most comes first and gets the voice nearest to type.
        package var speakingOrder: [CharacterID]
        package var seed: UInt64

        package enum CodingKeys: String, CodingKey {
            case people
            case language
            case speakingOrder = "speaking_order"
            case seed
        }

        package init(people: [Person], language: String, speakingOrder: [CharacterID], seed: UInt64) {
            self.people = people
            self.language = language
            self.speakingOrder = speakingOrder
            self.seed = seed
        }
    }

    /// Steps one should hear between any two voices.
    static let distinct = 4.0
    private static let tries = 240
    private static let widths = 24

    /// One voice a person, the narrator's first.
    package static func run(_ input: Input) -> [VoiceCasting] {
        let language = SpeechLanguage(tag: input.language)
        var voices = [narrator(language, seed: input.seed)]
        for person in inOrder(input) where !voices.contains(where: { $0.characterID == person.characterID }) {
            voices.append(voice(for: person, language: language, seed: input.seed, among: voices))
        }
        return voices
    }

    private static func inOrder(_ input: Input) -> [Person] {
        let named = input.speakingOrder.compactMap { speaker in input.people.first { $0.characterID == speaker } }
        return named + input.people
    }

    /// The narrator is a calm man: of all voices measured, the one that was understood best.
    private static func narrator(_ language: SpeechLanguage, seed: UInt64) -> VoiceCasting {
        var dice = Dice(seed, "voice/\(CharacterID.narrator)")
        return VoiceSketch(age: .adult, gender: .male).tempered(.calm).shaken(&dice, width: 0.5)
            .casting(of: .narrator, language: language, isKlatt: true)
    }

    private static func voice(
        for person: Person, language: SpeechLanguage, seed: UInt64, among others: [VoiceCasting]
    ) -> VoiceCasting {
        let temper = Temper(of: person)
        let centre = VoiceSketch(age: person.age, gender: person.gender).tempered(temper)
        let isKlatt = person.age == .adult && person.gender == .male && temper != .timid
        let candidates = (0..<tries).lazy.map { attempt in
            var dice = Dice(seed, "voice/\(person.characterID)/\(attempt)")
            return centre.shaken(&dice, width: 1 + 0.2 * Double(attempt % widths))
                .casting(of: person.characterID, language: language, isKlatt: isKlatt)
        }
        var best = centre.casting(of: person.characterID, language: language, isKlatt: isKlatt)
        var widest = -1.0
        for candidate in candidates {
            let nearest = others.map { candidate.distance(to: $0) }.min() ?? .infinity
            if nearest > widest { (best, widest) = (candidate, nearest) }
            if nearest >= distinct { break }
        }
        return best
    }
}

extension VoiceCasting {
    /// How far two voices are apart, in steps one should hear: 1.5 semitones, 4 % of tract, 8 % of rate, a third of breath
    /// and roughness. A working rule, not a law of hearing.
    package func distance(to other: VoiceCasting) -> Double {
        let middle = Double(pitchLow) * Double(pitchHigh)
        let pitch = 12 * abs(log2(middle / (Double(other.pitchLow) * Double(other.pitchHigh)))) / 2 / 1.5
        let size = abs(log(tract / other.tract)) / 0.04
        let pace = abs(log(Double(rate) / Double(other.rate))) / 0.08
        let grain = (abs(breath - other.breath) + abs(roughness - other.roughness)) / 0.33
        return (pitch * pitch + size * size + pace * pace + grain * grain).squareRoot()
    }
}
