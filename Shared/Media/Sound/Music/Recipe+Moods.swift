// Sound · pure · sees Contracts, Policies

extension Recipe {
    static func of(_ mood: Mood) -> Recipe {
        switch mood {
        case .calm: calm
        case .joyful: joyful
        case .sad: sad
        case .tense: tense
        case .dramatic: dramatic
        case .neutral: neutral
        case .wonder: wonder
        case .playful: playful
        }
    }

    private static let calm = Recipe(
        scale: Scale.major, tonics: 53...58, tempo: 58...68, beats: 4,
        progressions: [[0, 4, 5, 3], [0, 2, 3, 0], [0, 5, 1, 4]], cadence: (3, 0), hasSevenths: true,
        hasSuspensions: true, voices: Voices(0.9, 0.5, 0.2, 0.25, 0.5, 0), slope: 1.60, cutoff: 1_330...3_600,
        room: 2.6, density: 0.35)

    private static let joyful = Recipe(
        scale: Scale.major, tonics: 55...62, tempo: 104...122, beats: 4,
        progressions: [[0, 4, 5, 3], [0, 3, 4, 3], [0, 5, 3, 4]], cadence: (4, 0), hasSevenths: false,
        hasSuspensions: false, voices: Voices(0.45, 0.9, 0.4, 0.5, 0.8, 0.25), slope: 1.20, cutoff: 2_660...6_400,
        room: 1.4, density: 0.75)

    private static let sad = Recipe(
        scale: Scale.aeolian, tonics: 50...56, tempo: 50...60, beats: 4,
        progressions: [[0, 5, 2, 6], [0, 3, 5, 4], [0, 6, 5, 4]], cadence: (4, 0), hasSevenths: true,
        hasSuspensions: true, voices: Voices(0.9, 0.15, 0.15, 0.5, 0.5, 0), slope: 1.65, cutoff: 1_150...3_100,
        room: 3.0, density: 0.3)

    private static let tense = Recipe(
        scale: Scale.phrygian, tonics: 45...50, tempo: 84...96, beats: 4,
        progressions: [[0, 0, 1, 0], [0, 5, 1, 0], [0, 1, 0, 6]], cadence: (1, 0), hasSevenths: false,
        hasSuspensions: true, voices: Voices(0.9, 0.5, 0.15, 0, 0.7, 0.5), slope: 1.30, cutoff: 665...2_200,
        room: 2.2, density: 0.5)

    private static let dramatic = Recipe(
        scale: Scale.harmonicMinor, tonics: 48...53, tempo: 92...104, beats: 4,
        progressions: [[0, 5, 2, 4], [0, 3, 5, 4], [0, 5, 3, 4]], cadence: (4, 0), hasSevenths: false,
        hasSuspensions: false, voices: Voices(1, 0.5, 0.1, 0.4, 1, 0.85), slope: 1.05, cutoff: 1_710...5_600,
        room: 2.4, density: 0.65)

    private static let neutral = Recipe(
        scale: Scale.dorian, tonics: 50...57, tempo: 70...80, beats: 4,
        progressions: [[0, 3, 0, 6], [0, 2, 3, 0]], cadence: (3, 0), hasSevenths: true,
        hasSuspensions: true, voices: Voices(0.7, 0.5, 0.15, 0.2, 0.55, 0), slope: 1.50, cutoff: 1_330...3_400,
        room: 1.9, density: 0.4)

    private static let wonder = Recipe(
        scale: Scale.lydian, tonics: 53...60, tempo: 62...72, beats: 3,
        progressions: [[0, 1, 0, 4], [0, 1, 5, 4]], cadence: (1, 0), hasSevenths: true,
        hasSuspensions: true, voices: Voices(0.85, 0.35, 0.8, 0.25, 0.4, 0), slope: 1.40, cutoff: 1_710...5_200,
        room: 3.4, density: 0.45)

    private static let playful = Recipe(
        scale: Scale.mixolydian, tonics: 55...62, tempo: 112...128, beats: 3,
        progressions: [[0, 6, 3, 0], [0, 3, 0, 4]], cadence: (4, 0), hasSevenths: false,
        hasSuspensions: false, voices: Voices(0.25, 1, 0.45, 0.35, 0.8, 0.2), slope: 1.20, cutoff: 2_280...5_200,
        room: 1.0, density: 0.8)
}
