// Sound · pure · sees Contracts, Policies

/// What music can feel like.
package enum Mood: String, CaseIterable, Sendable {
    case calm
    case joyful
    case sad
    case tense
    case dramatic
    case neutral
    case wonder
    case playful

    /// The mood for the shot contract's word; `neutral` for one nobody knows.
    package init(word: String) {
        self =
            switch word.lowercased() {
            case "calm", "tender", "peaceful", "peaceful_melodic": .calm
            case "joyful", "happy", "upbeat_light": .joyful
            case "sad", "melancholic_slow": .sad
            case "tense", "afraid", "tense_suspense": .tense
            case "dramatic", "angry", "epic", "epic_dramatic": .dramatic
            case "wonder", "mysterious": .wonder
            case "playful": .playful
            default: .neutral
            }
    }
}
