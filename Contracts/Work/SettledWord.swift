// Contracts · pure · sees nothing

/// Words that others have other words for. Ours are written; theirs are read too.
package enum OldWord {
    private static let settled = [
        "success": "succeeded", "ok": "succeeded", "completed": "succeeded", "error": "failed",
        "cancelled": "canceled", "character": "person", "location": "place", "prop": "item",
        "plan_storyboard": "plan_scene_shots", "worker-video": "video", "worker-audio": "audio", "worker-llm": "llm",
        "worker-lipsync": "lipsync", "composer": "compose",
    ]

    /// Our word for theirs; `nil` when there is none.
    package static func settled(_ word: String) -> String? { settled[word] }
}

/// An enum that also understands the words it replaced.
package protocol SettledWord: RawRepresentable, Codable where RawValue == String {}

extension SettledWord {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let word = try container.decode(String.self)
        guard let value = Self(rawValue: word) ?? OldWord.settled(word).flatMap(Self.init(rawValue:)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(word.prefix(80))\" is not one of our words")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
