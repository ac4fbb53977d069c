// Sound · pure · sees Contracts, Policies

/// How the film's sound was brought to its loudness, for the manifest.
package struct LoudnessReport: Codable, Hashable, Sendable {
    /// LUFS of the finished mix; -120 for silence.
    package var integrated: Double
    /// dBTP of the finished mix.
    package var truePeak: Double
    /// LUFS before anything was done about it.
    package var before: Double
    /// dB given in all rounds together, before the limiter.
    package var gain: Double
    package var rounds: Int
    /// Too quiet to have a loudness, and left alone: silence is not amplified.
    package var isSilent: Bool
    /// The film's loudness could not be reached within the rounds or the most gain.
    package var isOffTarget: Bool
    /// Effects that were asked for and that nobody knows how to make.
    package var unavailableEffects: [String]
    /// Lines whose sound was not there.
    package var missingLines: [String]

    package enum CodingKeys: String, CodingKey {
        case integrated
        case truePeak = "true_peak"
        case before
        case gain
        case rounds
        case isSilent = "is_silent"
        case isOffTarget = "is_off_target"
        case unavailableEffects = "unavailable_effects"
        case missingLines = "missing_lines"
    }
}
