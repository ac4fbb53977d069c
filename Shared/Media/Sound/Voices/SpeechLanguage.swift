// Sound · pure · sees Contracts, Policies

/// A language the built-in engine speaks, by the engine's own name.
package enum SpeechLanguage: String, CaseIterable, Hashable, Sendable {
    case english = "en-us"
    /// Never `cmn` or `zh`: those read the characters in English.
    case mandarin = "cmn-latn-pinyin"

    /// The language for a story's tag: `en`, `en-GB`, `zh-Hans`, or the engine's own name.
    package init(tag: String) {
        let first = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
        self = first == "zh" || first == "cmn" ? .mandarin : .english
    }

    /// What a voice file must say beside the voice itself, or the engine speaks with another language's rules.
    var fileLines: [String] {
        switch self {
        case .english:
            [
                "language en-us", "phonemes en-us", "dictrules 3 6", "stressLength 140 120 190 170 0 0 255 300",
                "stressAmp 17 16 19 19 19 19 21 19", "replace 03 I i", "replace 03 I2 i",
            ]
        case .mandarin:
            ["language cmn-latn-pinyin", "phonemes cmn", "dictionary cmn", "words 1", "dict_min 100000"]
        }
    }
}
