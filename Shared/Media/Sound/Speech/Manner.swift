// Sound · pure · sees Contracts, Policies

/// How a line is said: what an emotion does to the voice's own rate and melody.
struct Manner {
    let rate: Double
    let pitch: Int
    let range: Double
    /// Never over 100: the engine clips.
    let volume: Int
    /// After every line has been brought to one loudness: a whisper stays under a shout.
    let level: Double

    init(emotion: String) {
        self =
            switch emotion {
            case "joyful": Manner(rate: 1.07, pitch: 56, range: 1.35, volume: 100)
            case "sad": Manner(rate: 0.90, pitch: 44, range: 0.6, volume: 88)
            case "tense": Manner(rate: 1.06, pitch: 53, range: 0.8, volume: 100)
            case "calm": Manner(rate: 0.93, pitch: 48, range: 0.8, volume: 95)
            case "angry": Manner(rate: 1.06, pitch: 55, range: 1.45, volume: 100, level: 2)
            case "afraid": Manner(rate: 1.12, pitch: 60, range: 1.1, volume: 92)
            case "whisper": Manner(rate: 0.95, pitch: 46, range: 0.4, volume: 70, level: -4)
            default: Manner(rate: 1, pitch: 50, range: 1, volume: 100)
            }
    }

    private init(rate: Double, pitch: Int, range: Double, volume: Int, level: Double = 0) {
        self.rate = rate
        self.pitch = pitch
        self.range = range
        self.volume = volume
        self.level = level
    }
}
