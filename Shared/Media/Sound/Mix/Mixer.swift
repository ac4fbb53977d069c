// Sound · pure · sees Contracts, Policies
package import Contracts

/// The film's sound: two channels at 48 kHz, and how loud they became.
package struct Mix: Sendable {
    package let left: [Float]
    package let right: [Float]
    package let report: LoudnessReport

    /// As a file for an encoder.
    package var wave: Wave { Wave(sampleRate: filmRate, channels: [left, right]) }
}

/// Puts voices, music, places and effects together. Same sheet, same voices: same samples.
package enum Mixer {
    /// No film is longer than this; a sheet that says so is cut.
    private static let longest = 3_600.0

    /// Exactly `round(seconds · 48 000)` samples, at -16 LUFS with true peaks under -2 dBTP. `dialogue` is 48 kHz, one
    /// channel a line.
    package static func mix(_ sheet: CueSheet, dialogue: [LineID: [Float]]) -> Mix {
        let count = frames(sheet.seconds.isFinite ? min(max(sheet.seconds, 0), longest) : 0)
        let ducking = Ducking(lines: sheet.lines)
        let speech = DialogueStem.render(sheet, voices: dialogue, frames: count)
        var mix = speech.sound
        mix.add(AmbienceStem.render(sheet, ducking: ducking, frames: count), at: 0)
        mix.add(MusicStem.render(sheet, ducking: ducking, frames: count), at: 0)
        let effects = EffectStem.render(sheet, frames: count)
        mix.add(effects.sound, at: 0)
        // A bell may ring over the end of the film: what is cut off at once clicks.
        mix.fade(in: 0.005, out: 0.02)
        var report = Mastering.master(&mix)
        report.unavailableEffects = effects.unavailable
        report.missingLines = speech.missing.map(\.rawValue)
        return Mix(left: mix.left, right: mix.right, report: report)
    }
}
