// Sound · pure · sees Contracts, Policies
import Contracts
import Foundation
import Policies

/// A voice while it is being found: the centre of its age and gender, moved by temper, shaken by chance.
struct VoiceSketch {
    var low: Double
    var high: Double
    var tract: Double
    var rate: Double
    var range = 50.0
    var breath = 0.0
    var roughness = 0.15
    var flutter = 2.0
    var brightness = 1.0

    private init(low: Double, high: Double, tract: Double, rate: Double) {
        self.low = low
        self.high = high
        self.tract = tract
        self.rate = rate
    }

    init(age: Age, gender: Gender) {
        self =
            switch (age, gender) {
            case (.child, .female): VoiceSketch(low: 228, high: 325, tract: 1.22, rate: 150)
            case (.child, .male), (.child, .other): VoiceSketch(low: 205, high: 288, tract: 1.18, rate: 152)
            case (.young, .female): VoiceSketch(low: 188, high: 270, tract: 1.15, rate: 156)
            case (.young, .male), (.young, .other): VoiceSketch(low: 118, high: 172, tract: 1.07, rate: 156)
            case (.adult, .female): VoiceSketch(low: 152, high: 226, tract: 1.10, rate: 150)
            case (.adult, .male): VoiceSketch(low: 86, high: 128, tract: 0.99, rate: 146)
            case (.adult, .other): VoiceSketch(low: 122, high: 172, tract: 1.07, rate: 148)
            case (.old, .female): VoiceSketch(low: 138, high: 194, tract: 1.06, rate: 130)
            case (.old, .male), (.old, .other): VoiceSketch(low: 94, high: 134, tract: 0.97, rate: 128)
            }
        if gender == .female { breath = 0.12 }
        if age == .old { (roughness, flutter) = (0.55, 9) }
    }

    func tempered(_ temper: Temper) -> VoiceSketch {
        var voice = self
        switch temper {
        case .even: break
        case .calm: voice.colour(rate: 0.96, range: 46)
        case .fierce:
            voice.colour(low: 0.86, high: 0.92, tract: 0.94, range: 66, brightness: 1.12)
            voice.roughness += 0.35
        case .timid:
            voice.colour(low: 1.08, rate: 1.04, range: 36, brightness: 0.88)
            voice.breath += 0.3
            voice.flutter += 4
        case .cheerful: voice.colour(low: 1.05, high: 1.14, rate: 1.05, range: 68, brightness: 1.06)
        case .gloomy: voice.colour(low: 0.93, high: 0.88, rate: 0.92, range: 30, brightness: 0.9)
        case .sly:
            voice.colour(low: 0.92, high: 1.02, rate: 0.95, range: 60, brightness: 1.1)
            voice.breath += 0.15
        }
        return voice
    }

    /// Shakes the voice by chance. However wide the throw, a woman stays a woman: at most 2.2 semitones, and seven
    /// hundredths of the tract. Roughness costs no understanding and is thrown most freely.
    func shaken(_ dice: inout Dice, width: Double) -> VoiceSketch {
        func throwing(_ step: Double, atMost limit: Double) -> Double {
            min(limit, max(-limit, dice.between(-step, step) * width))
        }
        var voice = self
        let shift = pow(2, throwing(1.2, atMost: 2.2) / 12)
        voice.low *= shift
        voice.high *= shift
        voice.tract *= 1 + throwing(0.025, atMost: 0.07)
        voice.rate *= 1 + throwing(0.03, atMost: 0.1)
        voice.breath += throwing(0.05, atMost: 0.2)
        voice.roughness += throwing(0.08, atMost: 0.4)
        return voice
    }

    /// The voice as it is stored, inside the limits that stay understood.
    func casting(of character: CharacterID, language: SpeechLanguage, isKlatt: Bool) -> VoiceCasting {
        let bottom = max(72, low)
        return VoiceCasting(
            characterID: character, language: language.rawValue, pitchLow: Int(bottom.rounded()),
            pitchHigh: Int(max(bottom * 1.15, high).rounded()), tract: rounded(min(1.28, max(0.91, tract))),
            rate: Int(min(175, max(125, rate)).rounded()), range: Int(range), breath: rounded(min(1, max(0, breath))),
            roughness: rounded(min(1, max(0, roughness))), flutter: Int(flutter), brightness: brightness,
            isKlatt: isKlatt)
    }

    private mutating func colour(
        low: Double = 1, high: Double = 1, tract: Double = 1, rate: Double = 1, range: Double, brightness: Double = 1
    ) {
        self.low *= low
        self.high *= high
        self.tract *= tract
        self.rate *= rate
        self.range = range
        self.brightness = brightness
    }

    /// A stored voice is read by people: three places are finer than any ear.
    private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}
