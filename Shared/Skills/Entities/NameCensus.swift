// Entities · pure · sees Contracts, Policies, Ingest
import Ingest

/// Decides which capitalised words of a story are somebody's name, from how the whole story uses them.
struct NameCensus {
    private struct Count {
        var inside = 0
        var opening = 0
        var lower = 0
        var subject = 0
        var speaks = 0
        var owner = 0
        var afterPlace = 0
        var afterThe = 0
    }

    private var names: Set<String> = []

    init(_ segments: [[Token]]) {
        var counts: [String: Count] = [:]
        for tokens in segments {
            for index in tokens.indices { Self.count(index, of: tokens, in: &counts) }
        }
        for (key, count) in counts where Self.isName(key, count) { names.insert(key) }
    }

    func contains(_ token: Token) -> Bool { token.isCapitalised && names.contains(token.key) }

    private static func count(_ index: Int, of tokens: [Token], in counts: inout [String: Count]) {
        let token = tokens[index]
        guard token.key.count > 1, token.key.first?.isLetter == true else { return }
        guard token.isCapitalised else {
            counts[token.key, default: Count()].lower += 1
            return
        }
        var count = counts[token.key, default: Count()]
        let before = index > 0 && tokens[index - 1].mark.isEmpty ? tokens[index - 1] : nil
        if token.opensSentence { count.opening += 1 } else { count.inside += 1 }
        if token.isPossessive { count.owner += 1 }
        if Syntax.isSubject(endingAt: index, in: tokens) { count.subject += 1 }
        if let before, ["in", "at", "from", "to", "near", "of"].contains(before.key) { count.afterPlace += 1 }
        if before?.key == "the" { count.afterThe += 1 }
        let next = index + 1 < tokens.count && token.mark.isEmpty ? tokens[index + 1] : nil
        if let verb = next ?? nil, SpeechVerbs.isVerb(verb.key) { count.speaks += 1 }
        if let before, SpeechVerbs.isVerb(before.key) { count.speaks += 1 }
        if index > 0, tokens[index - 1].isCapitalised, Roles.honorifics.contains(tokens[index - 1].key) {
            count.speaks += 1
        }
        if isIntroduced(index, in: tokens) { count.speaks += 1 }
        counts[token.key] = count
    }

    /// "Hobbs, the gardener, ..."
    private static func isIntroduced(_ index: Int, in tokens: [Token]) -> Bool {
        let next = tokens[(index + 1)...].prefix(4)
        guard tokens[index].mark == ",", let first = next.first, ["the", "a", "an", "his", "her"].contains(first.key),
            let noun = next.dropFirst().first(where: { Roles.role(of: $0.key) != nil })
        else { return false }
        return noun.endsClause
    }

    private static func isName(_ key: String, _ count: Count) -> Bool {
        guard !NotNames.contains(key), Roles.role(of: key) == nil, PlaceWords.look(key) == nil else { return false }
        let capitalised = count.inside + count.opening
        guard capitalised > 0, !SpeechVerbs.isVerb(key), Roles.age(of: key) == nil else { return false }
        if count.speaks > 0 && count.lower == 0 { return true }
        if GivenNames.gender(of: key) != nil { return count.lower == 0 || count.inside > 0 }
        guard count.lower == 0 else { return count.inside > count.lower && count.subject > 0 }
        if count.inside > 0 {
            // Always under "the", or only ever a place one is in: the Thames, London.
            if count.afterThe == capitalised { return false }
            return count.subject + count.owner > 0 || count.afterPlace == 0
        }
        // Only ever at the head of sentences, where everything is capitalised.
        let looksInflected = ["ly", "ing", "ed", "s", "ness", "ment", "tion"].contains {
            key.hasSuffix($0) && key.count > 4
        }
        return count.subject > 1 && !looksInflected || count.owner > 0 && count.subject > 0
    }
}
