// Entities · pure · sees Contracts, Policies, Ingest
package import Ingest

/// The small words that hold English and Chinese sentences together.
package enum Syntax {
    package static let determiners: Set<String> = [
        "the", "a", "an", "this", "that", "these", "those", "his", "her", "my", "their", "our", "your", "its", "one",
        "another", "some", "each", "every", "no", "both", "two", "three",
    ]
    static let indefinite: Set<String> = ["a", "an", "another", "one", "some"]

    package static let prepositions: Set<String> = [
        "of", "to", "with", "from", "at", "for", "by", "behind", "beside", "near", "after", "before", "toward",
        "towards",
        "past", "around", "about", "against", "like", "between", "in", "into", "on", "onto", "over", "under", "through",
        "across", "along", "without", "than", "until", "above", "below", "beneath", "inside", "outside", "off", "upon",
        "alongside", "out", "down", "up", "在", "从", "对", "向", "给", "跟", "和", "把", "被", "往", "朝",
    ]

    package static let conjunctions: Set<String> = [
        "and", "or", "but", "while", "when", "as", "because", "then", "so", "if", "until", "though", "although",
        "where",
        "that", "who", "which", "before", "after", "since", "for", "yet",
    ]

    static let adverbs: Set<String> = [
        "then", "also", "never", "always", "only", "just", "still", "both", "all", "now", "soon", "even", "again",
        "once",
        "not", "almost", "already", "often", "suddenly", "together", "there", "here", "too", "himself", "herself",
        "themselves", "first", "finally", "slowly", "又", "就", "都", "也", "便", "才", "还", "正", "慢慢", "轻轻", "没有", "不", "很",
        "地", "着",
    ]

    package static func isAdverb(_ token: Token) -> Bool {
        adverbs.contains(token.key) || token.key.count > 4 && token.key.hasSuffix("ly") && !token.isCapitalised
    }

    package static func isDeterminer(_ token: Token) -> Bool { determiners.contains(token.key) || token.isPossessive }

    /// Something a subject does or is.
    package static func isVerbLike(_ token: Token) -> Bool {
        if Verbs.auxiliaries.contains(token.key) || SpeechVerbs.isVerb(token.key) { return true }
        if Verbs.look(token.key) != nil || Lemma.isPastForm(token.key) { return true }
        return token.key.count > 4 && token.key.hasSuffix("ed") && !token.isCapitalised
    }

    /// The word after this one, adverbs skipped, while no mark stands between.
    package static func next(after index: Int, in tokens: [Token]) -> Int? {
        var index = index
        while index + 1 < tokens.count, !tokens[index].endsClause {
            index += 1
            if !isAdverb(tokens[index]) { return index }
        }
        return nil
    }

    package static func isSubject(endingAt index: Int, in tokens: [Token]) -> Bool {
        guard let next = next(after: index, in: tokens) else { return false }
        if isVerbLike(tokens[next]) { return true }
        // "a woman in a green dress jumped": past what only describes.
        guard ["in", "with", "of", "from"].contains(tokens[next].key) else { return false }
        var position = next + 1
        while position < tokens.count, position < next + 7 {
            if position > next + 1, isVerbLike(tokens[position]), !prepositions.contains(tokens[position - 1].key) {
                return !isDeterminer(tokens[position - 1])
            }
            if tokens[position].endsClause { return false }
            position += 1
        }
        return false
    }
}
