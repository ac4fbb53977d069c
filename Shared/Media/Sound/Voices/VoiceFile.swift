// Sound · pure · sees Contracts, Policies
package import Contracts

/// The engine's voice file for one person. Heights and widths were measured: wide, moderate formants are understood best.
package enum VoiceFile {
    package static func text(of voice: VoiceCasting) -> String {
        var lines = ["name \(voice.characterID.rawValue.lowercased())"]
        lines += SpeechLanguage(tag: voice.language).fileLines
        lines.append("pitch \(voice.pitchLow) \(voice.pitchHigh)")
        lines += (0...8).map { formant($0, of: voice) }
        if voice.isKlatt { lines.append("klatt 4") }
        lines.append("flutter \(voice.flutter)")
        lines.append("roughness \(whole(voice.roughness * 7))")
        if voice.breath > 0 {
            let air = whole(voice.breath * 24)
            lines.append("breath 0 \(air / 2) \(air) \(air) \(air) \(air) \(air / 2) \(air / 3)")
            lines.append("voicing \(whole(100 - voice.breath * 45))")
        }
        lines.append("consonants 120 115")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The lowest formants follow the length of the tract less than the upper ones.
    private static func formant(_ number: Int, of voice: VoiceCasting) -> String {
        let follows = number == 0 ? 0.3 : number == 1 ? 0.8 : 1
        let frequency = whole((100 * (1 + (voice.tract - 1) * follows)).rounded())
        let height = number <= 1 ? 88 : number <= 3 ? 78 * voice.brightness : 76 * voice.brightness
        return "formant \(number) \(frequency) \(whole(min(height, 140))) \(voice.tract > 1.04 ? 150 : 135)"
    }

    /// A stored voice may hold any number; the engine's file holds small whole ones.
    private static func whole(_ value: Double) -> Int { value.isFinite ? Int(min(max(value, 0), 10_000)) : 0 }
}
