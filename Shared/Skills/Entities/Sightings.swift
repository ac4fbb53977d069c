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
                let owns = census.contains(tokens[position]) && tokens[position].isPossessive
                let owner = owns ? phrase(Lead(start: position, head: position), in: tokens, segment: index) : nil
                if let sighting = sighting(at: position, in: tokens, segment: index) ?? owner {
                    found.append(sighting)
                    position = sighting.range.upperBound
                } else {
                    position += 1
                }
            }
        }
        shareVerbs(&found)
        return found
    }

    /// "The young man and the old man walked": the first walks too.
    private func shareVerbs(_ found: inout [Sighting]) {
        for index in found.indices.dropLast().reversed() where !found[index].isSubject && !found[index].isOwner {
            let next = found[index + 1]
            guard next.segment == found[index].segment else { continue }
            let tokens = segments[next.segment]
            // "Tom, a fat man with a beard, laughed."
            let isDescribed = next.range.lowerBound == found[index].range.upperBound && next.name.isEmpty
            if isDescribed, found[index].range.lowerBound == 0, !found[index].name.isEmpty {
                found[index].isSubject = true
            }
            guard next.isSubject else { continue }
            let between = tokens[found[index].range.upperBound..<next.range.lowerBound]
            let isListed = tokens[found[index].range.upperBound - 1].mark == ","
            let isPrepended =
                found[index].range.lowerBound > 0
                && Syntax.prepositions.contains(tokens[found[index].range.lowerBound - 1].key)
            if (between.map(\.key) == ["and"] || between.isEmpty && isListed) && !isPrepended {
                found[index].isSubject = true
            }
        }
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
            // A comma may stand between two adjectives, not between a phrase and a name: "On the shore, Mira".
            let isListed = token.mark == "," && isDetermined && isRoleAhead(of: head, in: tokens)
            guard isAdjective(token), token.mark.isEmpty || token.mark == "-" || isListed
            else { return nil }
            adjectives.append(token.key)
            head += 1
        }
        guard head < tokens.count, head < start + 5 else { return nil }
        // "the cabinet open, Mrs Pell": an honorific begins its phrase.
        guard adjectives.isEmpty || !Roles.honorifics.contains(tokens[head].key) || adjectives == ["late"] else {
            return nil
        }
        guard isDetermined || adjectives.isEmpty || adjectives.contains(where: { Roles.age(of: $0) != nil }) else {
            return nil
        }
        let lead = Lead(start: start, head: head, isDetermined: isDetermined, adjectives: adjectives)
        return phrase(lead, in: tokens, segment: segment)
    }

    /// What comes before the noun of a phrase.
    private struct Lead {
        var start: Int
        /// Where the noun or the name begins.
        var head: Int
        var isDetermined = false
        var adjectives: [String] = []
    }

    private func phrase(_ lead: Lead, in tokens: [Token], segment: Int) -> Sighting? {
        let noun = noun(lead, in: tokens)
        let isAbbreviated = noun.end > lead.head && Roles.honorifics.contains(tokens[noun.end - 1].key)
        let isOpen =
            noun.end == lead.head
            || (tokens[noun.end - 1].mark.isEmpty || isAbbreviated) && !tokens[noun.end - 1].isPossessive
        let end = isOpen ? nameEnd(from: noun.end, in: tokens) : noun.end
        let name = tokens[noun.end..<end].map(\.text)
        guard end > lead.head, !(name.isEmpty && noun.isBare), !isPlaceName(name, end, tokens) else { return nil }
        let last = tokens[end - 1]
        let before = lead.start > 0 && tokens[lead.start - 1].mark.isEmpty ? tokens[lead.start - 1] : nil
        let follows = Syntax.next(after: end - 1, in: tokens).map { tokens[$0].key }
        let isGoverned = before.map { Syntax.prepositions.contains($0.key) } ?? false
        return Sighting(
            segment: segment, range: lead.start..<end, name: name, role: noun.role, adjectives: lead.adjectives,
            determiner: lead.isDetermined ? tokens[lead.start].key : "", surface: surface(tokens[lead.start..<end]),
            isOwner: last.isPossessive,
            isSubject: !last.isPossessive && !isGoverned && Syntax.isSubject(endingAt: end - 1, in: tokens),
            speaks: [before?.key, follows].contains { $0.map(SpeechVerbs.isVerb) ?? false })
    }

    /// The nouns of a phrase; a bare one ("keeper" without "the") names nobody.
    private func noun(_ lead: Lead, in tokens: [Token]) -> (end: Int, role: String?, isBare: Bool) {
        var end = lead.head
        var role: String?
        var isBare = false
        while end < tokens.count, isRole(tokens[end]) {
            let token = tokens[end]
            role = Roles.canonical(token.key)
            isBare = !lead.isDetermined && !(token.isCapitalised && (!token.opensSentence || isKin(token)))
            end += 1
            if !token.mark.isEmpty && !Roles.honorifics.contains(token.key) || token.isPossessive { break }
        }
        return (end, role, isBare)
    }

    private func nameEnd(from start: Int, in tokens: [Token]) -> Int {
        var end = start
        while end < tokens.count, census.contains(tokens[end]) {
            end += 1
            if !tokens[end - 1].mark.isEmpty || tokens[end - 1].isPossessive { break }
        }
        return end
    }

    /// "Gull Hill" is no person.
    private func isPlaceName(_ name: [String], _ end: Int, _ tokens: [Token]) -> Bool {
        // "Brandt's Hardware": what somebody owns has his name, and is nobody.
        let start = end - name.count
        if !name.isEmpty, start > 0, tokens[start - 1].isPossessive, tokens[start - 1].isCapitalised { return true }
        // "Port Sorrow".
        if !name.isEmpty, start > 0, tokens[start - 1].isCapitalised, tokens[start - 1].mark.isEmpty,
            PlaceWords.table[tokens[start - 1].key] != nil
        {
            return true
        }
        guard !name.isEmpty, end < tokens.count, tokens[end - 1].mark.isEmpty, tokens[end].isCapitalised else {
            return false
        }
        return PlaceWords.look(tokens[end].key) != nil
    }

    private func surface(_ tokens: ArraySlice<Token>) -> String {
        let owners = tokens.dropLast().map { $0.isPossessive ? $0.text + "'s" : $0.text }
        return (owners + tokens.suffix(1).map(\.text)).joined(separator: " ")
    }

    private func isRole(_ token: Token) -> Bool { Roles.role(of: token.key) != nil || extraRoles.contains(token.key) }

    /// "a small, thin boy".
    private func isRoleAhead(of position: Int, in tokens: [Token]) -> Bool {
        let next = tokens[(position + 1)...].prefix(2)
        return next.contains(where: isRole) && !next.contains(where: Syntax.isDeterminer)
    }

    private func isKin(_ token: Token) -> Bool { Roles.role(of: token.key)?.kind == .kin }

    private static let hours: Set<String> = [
        "morning", "day", "evening", "night", "afternoon", "time", "year", "week", "month", "summer", "winter",
        "spring",
        "autumn", "moment", "minute", "hour", "way",
    ]

    /// A word that may stand between "the" and a noun.
    private func isAdjective(_ token: Token) -> Bool {
        if Roles.age(of: token.key) != nil { return true }
        if Self.hours.contains(token.key) { return false }
        guard !token.isCapitalised, !token.isPossessive else { return false }
        return !Syntax.prepositions.contains(token.key) && !Syntax.conjunctions.contains(token.key)
            && !Syntax.determiners.contains(token.key) && !Verbs.auxiliaries.contains(token.key)
            && !Syntax.isAdverb(token)
    }
}
