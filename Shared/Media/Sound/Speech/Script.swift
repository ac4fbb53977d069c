// Sound · pure · sees Contracts, Policies

/// A line cut where its script changes: Han is spoken by the person's Mandarin voice, Latin by their English one. In one
/// voice, "Mei Li" would be read as pinyin, and Han by an English voice as "Chinese letter".
enum Script {
    struct Part: Hashable {
        let language: SpeechLanguage
        let spoken: SpokenText
    }

    /// The stretches that have something to say, ready to be spoken.
    static func parts(of written: String, in language: SpeechLanguage) -> [Part] {
        let clean = SpokenText(cleaning: written, in: language)
        return stretches(of: clean, in: language).compactMap { part in
            guard part.spoken.isSpeakable else { return nil }
            return part
        }
    }

    /// Signs and digits belong to the stretch before them; letters decide.
    private static func stretches(of clean: SpokenText, in language: SpeechLanguage) -> [Part] {
        var parts: [Part] = []
        var now = SpokenText()
        var speaking: SpeechLanguage?
        for (scalar, source) in zip(clean.scalars, clean.sources) {
            let wanted = Script.language(of: scalar)
            if let wanted, let current = speaking, wanted != current {
                parts.append(Part(language: current, spoken: now))
                now = SpokenText()
            }
            speaking = wanted ?? speaking
            now.append(scalar, from: source)
        }
        return parts + [Part(language: speaking ?? language, spoken: now)]
    }

    /// Nil for what has no script of its own.
    private static func language(of scalar: Unicode.Scalar) -> SpeechLanguage? {
        if scalar.properties.isIdeographic { return .mandarin }
        return scalar.properties.isAlphabetic ? .english : nil
    }
}
