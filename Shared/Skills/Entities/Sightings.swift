// Entities · pure · sees Contracts, Policies, Ingest
import Ingest

/// A noun phrase that may name a person.
struct Sighting: Equatable {
    /// Index of the segment in the story.
    var segment: Int
    /// Its words, determiner included.
    var range: Range<Int>
    /// The name as written; empty for "the old keeper".
    var name: [String]
    /// The noun, in its canonical form.
    var role: String?
    var adjectives: [String]
    var determiner: String
    /// As written, without marks.
    var surface: String
    var isOwner: Bool
    var isSubject: Bool
    var speaks: Bool

    var isIndefinite: Bool { Syntax.indefinite.contains(determiner) }
}

/// Finds the noun phrases that may name people, segment by segment.
struct Sightings {
    let segments: [[Token]]
    let census: NameCensus
    /// Nouns that only this story makes into people: "said the moon".
    let extraRoles: Set<String>

    func all() -> [Sighting] {
        var found: [Sighting] = []
        for (index, tokens) in segments.enumerated() {
            var position = 0
            while position < tokens.count {
                let owner = census.contains(tokens[position]) && tokens[position].isPossessive
                if let sighting = sighting(at: position, in: tokens, segment: index)
                    ?? (owner
                        ? phrase(
                            from: position, head: position, isDetermined: false, adjectives: [], in: tokens,
                            segment: index)
                        : nil)
                {
                    found.append(sighting)
                    position = sighting.range.upperBound
                } else {
                    position += 1
                }
            }
        }
        return found
    }

    /// The phrase that begins here: "the old keeper Tobias", "Old Tobias", "Mira", "Grandmother".
    private func sighting(at start: Int, in tokens: [Token], segment: Int) -> Sighting? {
        let first = tokens[start]
        let isDetermined = Syntax.isDeterminer(first) && !census.contains(first) || first.isPossessive
        var head = isDetermined ? start + 1 : start
        guard isDetermined == false || first.mark.isEmpty else { return nil }
        var adjectives: [String] = []
        while head < tokens.count, head < start + 5 {
            let token = tokens[head]
            if isRole(token) || census.contains(token) { break }
            guard isAdjective(token), token.mark.isEmpty || token.mark == "-" || token.mark == "," && isDetermined
            else { return nil }
            adjectives.append(token.key)
            head += 1
        }
        guard head < tokens.count, head < start + 5 else { return nil }
        guard isDetermined || adjectives.isEmpty || adjectives.contains(where: { Roles.age(of: $0) != nil }) else {
            return nil
        }
        return phrase(
            from: start, head: head, isDetermined: isDetermined, adjectives: adjectives, in: tokens, segment: segment)
    }

    private func phrase(
        from start: Int, head first: Int, isDetermined: Bool, adjectives: [String], in tokens: [Token], segment: Int
    ) -> Sighting? {
        var head = first
        var role: String?
        var roleIsBare = false
        while head < tokens.count, isRole(tokens[head]) {
            role = Roles.canonical(tokens[head].key)
            roleIsBare =
                !isDetermined && !(tokens[head].isCapitalised && (!tokens[head].opensSentence || isKin(tokens[head])))
            head += 1
            if !tokens[head - 1].mark.isEmpty || tokens[head - 1].isPossessive { break }
        }
        var name: [String] = []
        if role == nil || tokens[head - 1].mark.isEmpty && !tokens[head - 1].isPossessive {
            while head < tokens.count, census.contains(tokens[head]) {
                name.append(tokens[head].text)
                head += 1
                if !tokens[head - 1].mark.isEmpty || tokens[head - 1].isPossessive { break }
            }
        }
        guard head > first, !(name.isEmpty && roleIsBare) else { return nil }
        let last = tokens[head - 1]
        // "the keeper light": another noun follows, so this one only qualifies it. "Gull Hill" is no person.
        if name.count > 0, head < tokens.count, last.mark.isEmpty, tokens[head].isCapitalised,
            PlaceWords.look(tokens[head].key) != nil
        {
            return nil
        }
        let before = start > 0 ? tokens[start - 1] : nil
        let speaks =
            (before.map { SpeechVerbs.isVerb($0.key) && $0.mark.isEmpty } ?? false)
            || (Syntax.next(after: head - 1, in: tokens).map { SpeechVerbs.isVerb(tokens[$0].key) } ?? false)
        return Sighting(
            segment: segment, range: start..<head, name: name, role: role, adjectives: adjectives,
            determiner: isDetermined ? tokens[start].key : "",
            surface: tokens[start..<head].map { $0.isPossessive && $0 != last ? $0.text + "'s" : $0.text }
                .joined(separator: " "),
            isOwner: last.isPossessive,
            isSubject: !last.isPossessive && Syntax.isSubject(endingAt: head - 1, in: tokens)
                && !(before.map { Syntax.prepositions.contains($0.key) && $0.mark.isEmpty } ?? false),
            speaks: speaks)
    }

    private func isRole(_ token: Token) -> Bool { Roles.role(of: token.key) != nil || extraRoles.contains(token.key) }

    private func isKin(_ token: Token) -> Bool { Roles.role(of: token.key)?.kind == .kin }

    /// A word that may stand between "the" and a noun.
    private func isAdjective(_ token: Token) -> Bool {
        if Roles.age(of: token.key) != nil { return true }
        guard !token.isCapitalised, !token.isPossessive else { return false }
        return !Syntax.prepositions.contains(token.key) && !Syntax.conjunctions.contains(token.key)
            && !Syntax.determiners.contains(token.key) && !Verbs.auxiliaries.contains(token.key)
            && !Syntax.isAdverb(token)
    }
}
