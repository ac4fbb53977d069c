// Ingest · pure · sees Contracts, Policies

/// A word as it stands in the text.
package struct Token: Hashable, Sendable {
    /// As written, without the possessive: `Mira` of `Mira's`.
    package var text: String
    /// In lower case, apostrophes straight: what lexicons are asked for.
    package var key: String
    package var isCapitalised: Bool
    package var isPossessive: Bool
    /// The first word of a sentence, where a capital says nothing.
    package var opensSentence: Bool
    /// The punctuation right after the word; empty when only a blank follows.
    package var mark: String

    /// After this word something new begins: a comma, a stop, a dash.
    package var endsClause: Bool { mark.contains { ",.;:!?…—–，。；：！？、".contains($0) } }
    package var endsSentence: Bool { mark.contains { ".!?…。！？".contains($0) } }
}

/// Text in words. English by letters; Chinese by the longest word some lexicon knows.
package enum Words {
    /// Han words that are known: the longest match wins.
    package struct Vocabulary: Sendable {
        private var words: Set<String> = []
        private var longest = 1

        package init(_ words: some Sequence<String>) {
            self = Vocabulary().adding(words)
        }

        private init() {}

        /// These words as well.
        package func adding(_ more: some Sequence<String>) -> Vocabulary {
            var both = self
            for word in more where word.contains(where: Language.isHan) {
                both.words.insert(word)
                both.longest = max(both.longest, word.count)
            }
            return both
        }

        /// The length of the longest known word that begins here, at least 1.
        fileprivate func match(_ text: [Character], at index: Int) -> Int {
            var length = min(longest, text.count - index)
            while length > 1 {
                if words.contains(String(text[index..<(index + length)])) { return length }
                length -= 1
            }
            return 1
        }
    }

    private static let none = Vocabulary([String]())

    package static func tokens(of text: String, knowing vocabulary: Vocabulary? = nil) -> [Token] {
        let characters = Array(text)
        let known = vocabulary ?? none
        var tokens: [Token] = []
        var index = 0
        var opensSentence = true
        while index < characters.count {
            let start = index
            if Language.isHan(characters[index]) {
                index += known.match(characters, at: index)
            } else if isWord(characters[index]) {
                index = wordEnd(in: characters, from: index)
            } else {
                note(characters[index], in: &tokens, opensSentence: &opensSentence)
                index += 1
                continue
            }
            tokens.append(token(String(characters[start..<index]), opensSentence: opensSentence))
            opensSentence = false
        }
        return tokens
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// A word goes on over apostrophes between letters.
    private static func wordEnd(in characters: [Character], from start: Int) -> Int {
        var index = start + 1
        while index < characters.count {
            let character = characters[index]
            if isWord(character), !Language.isHan(character) {
                index += 1
            } else if character == "'" || character == "’", index + 1 < characters.count,
                characters[index + 1].isLetter, !Language.isHan(characters[index + 1])
            {
                index += 2
            } else {
                break
            }
        }
        return index
    }

    private static func note(_ mark: Character, in tokens: inout [Token], opensSentence: inout Bool) {
        guard !mark.isWhitespace else { return }
        if ".!?…。！？:：".contains(mark) { opensSentence = true }
        guard let last = tokens.indices.last else { return }
        if mark == "'" || mark == "’", tokens[last].key.last == "s", tokens[last].mark.isEmpty {
            tokens[last].isPossessive = true
        } else {
            tokens[last].mark.append(mark)
        }
    }

    private static let notOwners: Set<String> = [
        "it", "he", "she", "that", "there", "what", "who", "here", "let", "where",
    ]

    private static func token(_ text: String, opensSentence: Bool) -> Token {
        let straight = text.map { $0 == "’" ? "'" : $0 }
        var surface = String(straight)
        var isPossessive = false
        if surface.hasSuffix("'s") || surface.hasSuffix("'S") {
            let base = String(surface.dropLast(2))
            isPossessive = !notOwners.contains(base.lowercased())
            surface = base
        }
        for ending in ["'ll", "'ve", "'re", "'d", "'m"] where surface.hasSuffix(ending) {
            surface = String(surface.dropLast(ending.count))
        }
        return Token(
            text: surface, key: surface.lowercased(), isCapitalised: surface.first?.isUppercase ?? false,
            isPossessive: isPossessive, opensSentence: opensSentence, mark: "")
    }
}
