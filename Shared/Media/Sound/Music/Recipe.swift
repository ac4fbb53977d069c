// Sound · pure · sees Contracts, Policies

/// How a mood is played.
struct Recipe: Sendable {
    /// Semitones over the tonic.
    let scale: [Int]
    let tonics: ClosedRange<Int>
    /// Beats a minute.
    let tempo: ClosedRange<Double>
    let beats: Int
    /// Degrees of the scale, one a bar.
    let progressions: [[Int]]
    /// The last two bars.
    let cadence: (last: Int, home: Int)
    let hasSevenths: Bool
    let hasSuspensions: Bool
    /// How loud each voice is; 0 is silent.
    let voices: Voices
    /// The pad's partials fall with n to the minus this.
    let slope: Double
    /// Hertz between which the pad's filter wanders.
    let cutoff: ClosedRange<Double>
    /// Seconds of room.
    let room: Double
    /// How busy the plucks are, 0…1.
    let density: Double

    struct Voices: Sendable {
        let pad: Double
        let pluck: Double
        let bell: Double
        let lead: Double
        let bass: Double
        let drum: Double

        init(_ pad: Double, _ pluck: Double, _ bell: Double, _ lead: Double, _ bass: Double, _ drum: Double) {
            self.pad = pad
            self.pluck = pluck
            self.bell = bell
            self.lead = lead
            self.bass = bass
            self.drum = drum
        }
    }
}

/// Semitones over the tonic.
enum Scale {
    static let major = [0, 2, 4, 5, 7, 9, 11]
    static let lydian = [0, 2, 4, 6, 7, 9, 11]
    static let mixolydian = [0, 2, 4, 5, 7, 9, 10]
    static let aeolian = [0, 2, 3, 5, 7, 8, 10]
    static let dorian = [0, 2, 3, 5, 7, 9, 10]
    static let phrygian = [0, 1, 3, 5, 7, 8, 10]
    static let harmonicMinor = [0, 2, 3, 5, 7, 8, 11]

    /// The five tones of a mode: what Chinese melody keeps to.
    static func pentatonic(of scale: [Int]) -> [Int] {
        scale.contains(4) ? [0, 2, 4, 7, 9] : [0, 3, 5, 7, 10]
    }
}
