// Picture · pure · sees Contracts, Policies
import Contracts

/// Words of one kind, with the ladder that finds the nearest one: exact, alias, head noun, category, neighbour, generic.
struct Vocabulary<Meaning: Hashable & Sendable>: Sendable {
    /// The words we draw as they are.
    let exact: [String: Meaning]
    /// English and Chinese words for what we draw.
    let aliases: [String: Meaning]
    let generic: Meaning
    /// The contract's vocabulary: which words may stand for each other.
    let list: WordList
    /// The contract's word for what is drawn.
    let name: @Sendable (Meaning) -> String

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
        let category = category(of: plain)
        if let typical = category?.typical, let meaning = known(typical) {
            return Finding(meaning: meaning, rule: .category)
        }
        if let meaning = neighbour(of: plain, in: category) { return Finding(meaning: meaning, rule: .neighbour) }
        return Finding(meaning: generic, rule: .generic)
    }

    // MARK: the steps

    private func known(_ word: String) -> Meaning? { exact[word] ?? aliases[word] }

    private func lookup(_ word: String) -> Meaning? {
        for form in Inflection.forms(of: word) {
            if let meaning = known(form) { return meaning }
        }
        return nil
    }

    /// The longest ending of a compound that we know: words in English, characters in Chinese.
    private func headNoun(_ word: String) -> Meaning? {
        var words = Vocabulary.compound(word)
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

    /// Where the lexicon puts a word, or the last noun of it.
    private func category(of word: String) -> WordClass? {
        let head = Vocabulary.compound(word).last ?? ""
        for form in Inflection.forms(of: word) + Inflection.forms(of: String(head)) {
            if let category = list.category(of: form) { return category }
        }
        return nil
    }

    /// The word that is spelt most alike; where the category is known, only of that category.
    private func neighbour(of word: String, in category: WordClass?) -> Meaning? {
        guard word.count >= 4 else { return nil }
        let grams = Grams(word)
        var best: (word: String, likeness: Double, meaning: Meaning)?
        for (other, meaning) in exact.merging(aliases, uniquingKeysWith: { drawn, _ in drawn }) {
            if let category, list.category(of: name(meaning)) != category { continue }
            let likeness = grams.likeness(to: Grams(other))
            guard likeness >= Grams.enough else { continue }
            // Of two equally near words the first of the alphabet, whatever order a table has today.
            if let found = best, (found.likeness, other) > (likeness, found.word) { continue }
            best = (other, likeness, meaning)
        }
        return best?.meaning
    }

    // MARK: spelling

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

    /// The words of a compound up to its head: "house of stone" is a house.
    private static func compound(_ word: String) -> [Substring] {
        var words = word.split(separator: "_")
        if let cut = words.firstIndex(of: "of") { words.removeSubrange(cut...) }
        return words
    }
}

extension Vocabulary where Meaning: RawRepresentable & CaseIterable, Meaning.RawValue == String {
    /// All words of an enumeration, with aliases to some of them. `kept` are further words of the contract that it draws
    /// as they are meant.
    init(
        _: Meaning.Type, of list: WordList, generic: Meaning, kept: [String: Meaning] = [:],
        aliases: [Meaning: [String]]
    ) {
        var exact = kept
        for meaning in Meaning.allCases { exact[meaning.rawValue] = meaning }
        var others: [String: Meaning] = [:]
        for meaning in Meaning.allCases {
            for word in aliases[meaning] ?? [] { others[word] = meaning }
        }
        self.init(exact: exact, aliases: others, generic: generic, list: list, name: \.rawValue)
    }

    /// The meaning of a word, noting when it is not quite what was asked.
    func read(_ word: String, at path: String, _ record: inout Degradations) -> Meaning {
        let finding = find(word)
        if let rule = finding.rule { record.note(path, word, used: finding.meaning.rawValue, rule) }
        return finding.meaning
    }
}
