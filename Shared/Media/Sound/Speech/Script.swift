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
            if part.language == .english { return part }
            return Part(language: part.language, spoken: Mandarin.readable(part.spoken))
        }
    }

    /// Letters decide. Signs belong to the stretch before them, and so do figures, unless Han follows at once: 12岁.
    private static func stretches(of clean: SpokenText, in language: SpeechLanguage) -> [Part] {
        var parts: [Part] = []
        var now = SpokenText()
        var speaking: SpeechLanguage?
        for (index, scalar) in clean.scalars.enumerated() {
            let wanted = Script.language(at: index, of: clean.scalars)
            if let wanted, let current = speaking, wanted != current {
                parts.append(Part(language: current, spoken: now))
                now = SpokenText()
            }
            speaking = wanted ?? speaking
            now.append(scalar, from: clean.sources[index])
        }
        return parts + [Part(language: speaking ?? language, spoken: now)]
    }

    private static func language(at index: Int, of scalars: [Unicode.Scalar]) -> SpeechLanguage? {
        let own = language(of: scalars[index])
        guard own == nil, isFigure(scalars[index]) else { return own }
        let next = scalars[index...].first { !isFigure($0) && $0 != "." && $0 != "%" }
        return next?.properties.isIdeographic == true ? .mandarin : nil
    }

    private static func isFigure(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.numericType == .decimal }

    /// Nil for what has no script of its own.
    private static func language(of scalar: Unicode.Scalar) -> SpeechLanguage? {
        if scalar.properties.isIdeographic { return .mandarin }
        return scalar.properties.isAlphabetic ? .english : nil
    }
}
