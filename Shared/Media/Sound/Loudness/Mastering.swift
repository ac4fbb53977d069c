// Sound · pure · sees Contracts, Policies

/// The last step of a mix: one loudness for every film, and no peak that an encoder could break.
package enum Mastering {
    static let target = -16.0
    /// Encoders raise peaks by up to 0.4 dB.
    static let ceiling = -2.0
    private static let tolerance = 0.2
    /// Under this there is nothing to bring up but noise.
    private static let silence = -60.0
    private static let mostGain = 24.0
    private static let rounds = 8

    /// Measures, gives the missing gain and limits, until the loudness holds: the limiter takes some of it away again
    /// where sound is all peaks.
    package static func master(_ sound: inout Stereo) -> LoudnessReport {
        var reading = LoudnessMeter.read(sound)
        var report = LoudnessReport(
            integrated: reading.integrated, truePeak: reading.truePeak, before: reading.integrated, gain: 0, rounds: 0,
            isSilent: reading.integrated < silence, isOffTarget: false, unavailableEffects: [], missingLines: [])
        guard !report.isSilent else { return report }
        while report.rounds < rounds, !holds(reading) {
            let missing = min(target - reading.integrated, mostGain - report.gain)
            sound.scale(gain(missing))
            Limiter(ceiling: ceiling).limit(&sound)
            reading = LoudnessMeter.read(sound)
            report.gain += missing
            report.rounds += 1
        }
        report.integrated = reading.integrated
        report.truePeak = reading.truePeak
        report.isOffTarget = !holds(reading)
        return report
    }

    private static func holds(_ reading: LoudnessMeter.Reading) -> Bool {
        abs(reading.integrated - target) <= tolerance && reading.truePeak <= ceiling + tolerance
    }
}
