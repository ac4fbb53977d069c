// Ingest · pure · sees Contracts, Policies

/// Who is named as the speaker beside a quotation.
package enum Attribution {
    /// "said the old keeper softly", taken apart.
    package struct Clause: Hashable, Sendable {
        /// The verb of speech, in lower case.
        package var verb: String
        /// "the old keeper", "Mira", "she".
        package var subject: String
        /// The words of the clause, as written.
        package var phrase: String
        /// Nothing happens in the sentence but the speaking.
        package var isBare: Bool

        /// Reads the narration that follows a quotation. A quotation that ended in a full stop needs a clearer verb.
        package init?(after narration: String, closedByStop: Bool = false) {
            let sentence = Sentences.split(narration).first ?? ""
            guard
                let clause = sentence.contains(where: Language.isHan)
                    ? HanAttribution.after(sentence) : Grammar(sentence).after(closedByStop: closedByStop)
            else { return nil }
            self = clause
        }

        /// Reads the narration that leads up to a quotation.
        package init?(before narration: String) {
            let sentence = Sentences.split(narration).last ?? ""
            guard
                let clause = sentence.contains(where: Language.isHan)
                    ? HanAttribution.before(sentence) : Grammar(sentence).before()
            else { return nil }
            self = clause
        }

        /// Reads an attribution that was found before and kept as its words.
        package init?(phrase: String) {
            guard let clause = Clause(after: phrase) ?? Clause(before: phrase) else { return nil }
            self = clause
        }

        init(verb: String, subject: String, phrase: String, isBare: Bool) {
            self.verb = verb
            self.subject = subject
            self.phrase = phrase
            self.isBare = isBare
        }
    }
}

/// The few rules of English that find the subject of a verb of speech.
struct Grammar {
    private let tokens: [Token]
    private let endsOpen: Bool

    init(_ sentence: String) {
        tokens = Words.tokens(of: sentence)
        endsOpen = !(sentence.last.map { ".!?…".contains($0) } ?? true)
    }

    // MARK: after the quotation

    func after(closedByStop: Bool) -> Attribution.Clause? {
        guard let first = tokens.first else { return nil }
        if SpeechVerbs.isVerb(first.key) {
            guard let subject = nounPhrase(from: 1) else { return nil }
            return clause(verb: first.key, subject: 1..<subject, from: 0, rest: subject)
        }
        guard let subject = nounPhrase(from: 0), !tokens[subject - 1].endsClause else { return nil }
        let verb = skippingAdverbs(from: subject)
        guard verb < tokens.count, SpeechVerbs.isVerb(tokens[verb].key), !SpeechVerbs.isWeak(tokens[verb].key) else {
            return nil
        }
        if closedByStop, first.isCapitalised, SpeechVerbs.alsoActs(tokens[verb].key) { return nil }
        let rest = tokens[verb].endsClause ? verb + 1 : afterAddressee(from: verb + 1)
        return clause(verb: tokens[verb].key, subject: 0..<subject, from: 0, rest: rest)
    }

    // MARK: before the quotation

    func before() -> Attribution.Clause? {
        guard endsOpen, let verb = tokens.lastIndex(where: isIntroduction) else { return nil }
        let rest = tokens[verb].endsClause ? verb + 1 : afterAddressee(from: verb + 1)
        if let start = subjectStart(before: verb) {
            let end = nounPhrase(from: start) ?? verb
            return clause(verb: tokens[verb].key, subject: start..<end, from: start, rest: rest, opening: start)
        }
        // "The keeper turned and said": the subject stands at the head of the sentence.
        guard let start = (0..<min(4, verb)).first(where: { nounPhrase(from: $0) != nil }),
            let end = nounPhrase(from: start)
        else { return nil }
        var found = clause(verb: tokens[verb].key, subject: start..<end, from: start, rest: rest, opening: start)
        found?.isBare = false
        return found
    }

    private func isIntroduction(_ token: Token) -> Bool {
        SpeechVerbs.isVerb(token.key) && !SpeechVerbs.isWeak(token.key)
    }

    /// Where a noun phrase begins that ends at this verb, the longest one.
    private func subjectStart(before verb: Int) -> Int? {
        (max(0, verb - 6)..<verb).first { start in
            guard let end = nounPhrase(from: start), !tokens[start..<end].contains(where: \.endsClause) else {
                return false
            }
            return skippingAdverbs(from: end) == verb
        }
    }

    // MARK: phrases

    private static let pronouns: Set<String> = [
        "he", "she", "they", "i", "we", "it", "everyone", "everybody", "someone", "somebody", "nobody", "both", "you",
    ]
    private static let determiners: Set<String> = [
        "the", "a", "an", "his", "her", "my", "their", "our", "your", "its", "this", "that", "one", "another", "some",
    ]
    private static let fences: Set<String> = [
        "and", "or", "but", "as", "with", "to", "in", "into", "at", "from", "of", "on", "by", "who", "that", "while",
        "when",
        "then", "for", "over", "under", "through", "was", "were", "had", "is", "has", "at", "before", "after",
        "because",
        "without", "like", "about", "so", "not", "if", "beside", "behind", "near", "across", "than",
    ]
    private static let adverbs: Set<String> = [
        "then", "again", "back", "too", "once", "aloud", "now", "still", "only", "just", "also", "together", "instead",
        "first", "finally", "even", "never", "always", "soon", "later", "himself", "herself", "themselves", "out", "up",
    ]

    /// Where the noun phrase that begins at `start` ends, or nil if none begins there.
    private func nounPhrase(from start: Int) -> Int? {
        guard start < tokens.count else { return nil }
        let first = tokens[start]
        if Self.pronouns.contains(first.key) { return start + 1 }
        let isDetermined = Self.determiners.contains(first.key) || first.isPossessive
        guard isDetermined || isName(first) else { return nil }
        var index = start + 1
        let limit = min(tokens.count, start + (isDetermined ? 5 : 4))
        while index < limit, !tokens[index - 1].endsClause {
            let token = tokens[index]
            if !isDetermined, token.key == "the" {
                // "Tobias the keeper".
                index += 1
                continue
            }
            if Self.fences.contains(token.key) || isAdverb(token) || SpeechVerbs.isVerb(token.key) { break }
            if !isDetermined, !token.isCapitalised, tokens[index - 1].key != "the" { break }
            index += 1
        }
        return isDetermined && index == start + 1 ? nil : index
    }

    private func isName(_ token: Token) -> Bool {
        token.isCapitalised && !Self.fences.contains(token.key) && !isAdverb(token) && !SpeechVerbs.isVerb(token.key)
            && !Self.determiners.contains(token.key)
    }

    private func isAdverb(_ token: Token) -> Bool {
        Self.adverbs.contains(token.key) || token.key.count > 4 && token.key.hasSuffix("ly") && !token.isCapitalised
    }

    private func skippingAdverbs(from start: Int) -> Int {
        var index = start
        while index < tokens.count, isAdverb(tokens[index]) || ["had", "has", "would"].contains(tokens[index].key) {
            index += 1
        }
        return index
    }

    /// Past "told the keeper", "asked him".
    private func afterAddressee(from start: Int) -> Int {
        guard start < tokens.count else { return start }
        if ["him", "her", "them", "me", "us"].contains(tokens[start].key) { return start + 1 }
        return nounPhrase(from: start) ?? start
    }

    // MARK: what is left over

    private func clause(
        verb: String, subject: Range<Int>, from start: Int, rest: Int, opening: Int = 0
    ) -> Attribution.Clause? {
        guard !subject.isEmpty else { return nil }
        let end = afterManner(from: rest)
        let leads = tokens[..<opening].allSatisfy { ["then", "and", "but", "so", "now"].contains($0.key) }
        return Attribution.Clause(
            verb: verb, subject: words(subject), phrase: words(start..<min(end, start + 12)),
            isBare: end == tokens.count && leads)
    }

    private func words(_ range: Range<Int>) -> String {
        tokens[range.clamped(to: 0..<tokens.count)].map { $0.isPossessive ? $0.text + "'s" : $0.text }
            .joined(separator: " ")
    }

    private static let mannerStarts: Set<String> = ["in", "under", "at", "after", "to", "and", "for"]

    /// Past the words that only say how, when and to whom it was said.
    private func afterManner(from start: Int) -> Int {
        var index = start
        while index < tokens.count {
            if isAdverb(tokens[index]) {
                index += 1
            } else if let end = mannerPhrase(from: index) {
                index = end
            } else {
                return index
            }
        }
        return index
    }

    private func mannerPhrase(from start: Int) -> Int? {
        let next = start + 1
        guard next < tokens.count else { return nil }
        switch tokens[start].key {
        case "at": return ["last", "once", "first"].contains(tokens[next].key) ? next + 1 : nil
        case "to":
            if ["him", "her", "them", "me", "us", "herself", "himself"].contains(tokens[next].key) { return next + 1 }
            return nounPhrase(from: next)
        case "and": return nounPhrase(from: next)
        case "in", "under", "after":
            let window = tokens[next..<min(tokens.count, next + 4)]
            let heads: Set<String> = ["voice", "whisper", "breath", "tone", "moment", "while", "pause"]
            return window.firstIndex { heads.contains($0.key) }.map { $0 + 1 }
        default: return nil
        }
    }
}
