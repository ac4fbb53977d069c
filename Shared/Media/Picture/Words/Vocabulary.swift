// Picture · pure · sees Contracts, Policies

/// Words of one kind, with the ladder that finds the nearest one: exact, alias, head noun, generic.
struct Vocabulary<Meaning: Hashable & Sendable>: Sendable {
    var exact: [String: Meaning]
    /// English and Chinese words for what we draw.
    var aliases: [String: Meaning]
    var generic: Meaning

    init(exact: [String: Meaning], aliases: [String: Meaning], generic: Meaning) {
        self.exact = exact
        self.aliases = aliases
        self.generic = generic
    }

    struct Finding {
        var meaning: Meaning
        /// Nil when the word is one of ours.
        var rule: Degradation.Rule?
    }

    func find(_ word: String) -> Finding {
        let plain = Vocabulary.plain(word)
        if let meaning = exact[plain] { return Finding(meaning: meaning, rule: nil) }
        if let meaning = lookup(plain) { return Finding(meaning: meaning, rule: .alias) }
        if let meaning = headNoun(plain) { return Finding(meaning: meaning, rule: .headNoun) }
        return Finding(meaning: generic, rule: .generic)
    }

    private func lookup(_ word: String) -> Meaning? {
        if let meaning = exact[word] ?? aliases[word] { return meaning }
        guard word.hasSuffix("s") else { return nil }
        let singular = String(word.dropLast())
        if let meaning = exact[singular] ?? aliases[singular] { return meaning }
        guard word.hasSuffix("es") else { return nil }
        return exact[String(word.dropLast(2))] ?? aliases[String(word.dropLast(2))]
    }

    /// The longest ending of a compound that we know: words in English, characters in Chinese.
    private func headNoun(_ word: String) -> Meaning? {
        // "house of stone" is a house.
        var words = word.split(separator: "_")
        if let cut = words.firstIndex(of: "of") { words.removeSubrange(cut...) }
        while !words.isEmpty {
            if let meaning = lookup(words.joined(separator: "_")) { return meaning }
            words.removeFirst()
        }
        guard !word.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var characters = Array(word.prefix(12))
        while !characters.isEmpty {
            if let meaning = lookup(String(characters)) { return meaning }
            characters.removeFirst()
        }
        return nil
    }

    /// Lower case with underscores, as the contract spells words.
    static func plain(_ word: String) -> String {
        var made = ""
        for character in word.prefix(64).lowercased() {
            if character == " " || character == "-" || character == "\t" {
                if !made.isEmpty, made.last != "_" { made.append("_") }
            } else if character != "'" && character != "\"" {
                made.append(character)
            }
        }
        return made
    }
}

extension Vocabulary where Meaning: RawRepresentable & CaseIterable, Meaning.RawValue == String {
    /// All words of an enumeration, with aliases to some of them.
    init(_: Meaning.Type, generic: Meaning, aliases: [Meaning: [String]]) {
        var exact: [String: Meaning] = [:]
        for meaning in Meaning.allCases { exact[meaning.rawValue] = meaning }
        var others: [String: Meaning] = [:]
        for meaning in Meaning.allCases {
            for word in aliases[meaning] ?? [] { others[word] = meaning }
        }
        self.init(exact: exact, aliases: others, generic: generic)
    }

    /// The meaning of a word, noting when it is not quite what was asked.
    func read(_ word: String, at path: String, _ record: inout Degradations) -> Meaning {
        let finding = find(word)
        if let rule = finding.rule { record.note(path, word, used: finding.meaning.rawValue, rule) }
        return finding.meaning
    }
}
