// Ingest · pure · sees Contracts, Policies

/// Cuts narration into sentences.
package enum Sentences {
    private static let abbreviations: Set<String> = [
        "mr", "mrs", "ms", "dr", "st", "prof", "capt", "lt", "sgt", "col", "gen", "rev", "hon", "jr", "sr", "no", "vs",
        "etc", "mt", "co", "messrs", "mme", "fr", "ave", "approx", "dept", "fig", "inc", "e", "g", "i", "a", "p", "m",
    ]

    /// The sentences in order; put together with blanks they are the text again.
    package static func split(_ text: String) -> [String] {
        let characters = Array(text)
        var sentences: [String] = []
        var start = 0
        var index = 0
        while index < characters.count {
            guard let end = end(of: characters, at: index, from: start) else {
                index += 1
                continue
            }
            append(characters[start..<end], to: &sentences)
            start = end
            index = end
        }
        append(characters[start...], to: &sentences)
        return sentences
    }

    /// Where the sentence that a mark at `index` closes really ends, closing marks included.
    private static func end(of text: [Character], at index: Int, from start: Int) -> Int? {
        let mark = text[index]
        guard ".!?…。！？".contains(mark) else { return nil }
        var end = index + 1
        while end < text.count, ".!?…。！？\"”’'」』）)]".contains(text[end]) { end += 1 }
        if "。！？".contains(mark) { return end }
        guard end < text.count else { return end }
        if Language.isHan(text[end]) { return end }
        guard text[end].isWhitespace else { return nil }
        guard let next = text[end...].first(where: { !$0.isWhitespace }) else { return end }
        if next.isLowercase { return nil }
        return mark == "." && end == index + 1 && isAbbreviation(text[start..<index]) ? nil : end
    }

    private static func isAbbreviation(_ head: ArraySlice<Character>) -> Bool {
        let word = head.reversed().prefix { $0.isLetter }
        guard !word.isEmpty else { return false }
        // One capital is an initial; but "I." closes a sentence.
        if word.count == 1, let only = word.first { return only.isUppercase && only != "I" || only.isLowercase }
        return abbreviations.contains(String(word.reversed()).lowercased())
    }

    private static func append(_ piece: ArraySlice<Character>, to sentences: inout [String]) {
        let sentence = Cleaning.trimmed(String(piece))
        guard !sentence.isEmpty else { return }
        if sentence.contains(where: { $0.isLetter || $0.isNumber }) {
            sentences.append(sentence)
        } else if let last = sentences.indices.last {
            // Marks alone belong to what was said before them.
            sentences[last] += " " + sentence
        }
    }
}
