// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Words of the story that say what somebody looks like.
struct Descriptions {
    let moments: [Reading.Moment]

    func all() -> [(who: CharacterID, evidence: Evidence)] {
        var found: [(who: CharacterID, evidence: Evidence)] = []
        var lastSubject: CharacterID?
        for moment in moments {
            guard !moment.isSpeech else { continue }
            for position in moment.tokens.indices {
                guard let (start, text) = phrase(endingAt: position, in: moment),
                    let who = bearer(of: position, in: moment) ?? owner(of: start, in: moment) ?? lastSubject
                else { continue }
                found.append((who, Evidence(segment: moment.segment.ordinal, text: text)))
            }
            lastSubject = moment.mentions.last { $0.part == .subject }?.who ?? lastSubject
        }
        return found
    }

    /// "yellow coat", "long white beard", "tall", with the word it begins at.
    private func phrase(endingAt position: Int, in moment: Reading.Moment) -> (start: Int, text: String)? {
        let tokens = moment.tokens
        let token = tokens[position]
        if Clothing.describes(token.key) {
            var start = position
            while start > 0, position - start < 4, tells(tokens[start - 1]),
                tokens[start - 1].mark.isEmpty || tokens[start - 1].mark == ","
            {
                start -= 1
            }
            let text = tokens[start...position].map(\.text).joined(separator: " ")
            let isHair = Clothing.hairNouns.contains(token.key)
            let isTelling = start < position || !isHair && Clothing.garments[token.key] == nil
            return isTelling ? (start, text.lowercased()) : nil
        }
        if let colour = colourAlone(at: position, in: tokens) { return colour }
        return predicate(at: position, in: moment)
    }

    /// A word before a garment that says how it looks.
    private func tells(_ token: Token) -> Bool {
        if token.key == "的" { return true }
        return Colours.isColour(token.key) || Clothing.hairStyles[token.key] != nil || Clothing.builds[token.key] != nil
            || Roles.age(of: token.key) != nil
            || [
                "pale", "bright", "deep", "light", "woollen", "wool", "silk", "torn", "worn", "heavy", "thick", "straw",
                "soft", "一件", "一条",
            ].contains(token.key)
    }

    /// "a woman in red".
    private func colourAlone(at position: Int, in tokens: [Token]) -> (start: Int, text: String)? {
        guard position > 0, Colours.isColour(tokens[position].key),
            ["in", "wearing"].contains(tokens[position - 1].key),
            tokens[position - 1].mark.isEmpty, tokens[position].endsClause || position == tokens.count - 1
        else { return nil }
        return (position, tokens[position].key + " clothes")
    }

    /// "He was tall", "a stout man": a build beside a person.
    private func predicate(at position: Int, in moment: Reading.Moment) -> (start: Int, text: String)? {
        let tokens = moment.tokens
        let key = tokens[position].key
        guard Clothing.builds[key] != nil || key == "bald", position > 0 else { return nil }
        let verb = tokens[max(0, position - 3)..<position].lastIndex { ["was", "is", "were"].contains($0.key) }
        // It is a person who was tall, not their coat that was big.
        let wasSaid =
            verb.map { verb in
                moment.mentions.contains { $0.part == .subject && ($0.token == verb - 1 || $0.token == verb - 2) }
            } ?? false
        let beforeNoun = tokens[position...].dropFirst().prefix(2).contains { Roles.role(of: $0.key) != nil }
        let isOther = tokens[position...].dropFirst().prefix(2).contains { Clothing.describes($0.key) }
        return (wasSaid || beforeNoun) && !isOther ? (position, key) : nil
    }

    /// "his tall sister" is tall herself: the person named right behind a build.
    private func bearer(of position: Int, in moment: Reading.Moment) -> CharacterID? {
        guard Clothing.builds[moment.tokens[position].key] != nil else { return nil }
        return moment.mentions.first {
            !$0.isPronoun && $0.token - 3 <= position && $0.token <= position + 2 && $0.token + 3 >= position
                && moment.tokens[position].mark.isEmpty
        }?.who
    }

    /// Whose it is: the possessor right before, else whoever was named last before it in the sentence.
    private func owner(of start: Int, in moment: Reading.Moment) -> CharacterID? {
        let named = moment.mentions.filter { $0.part != .absent }
        if let possessor = named.last(where: { $0.part == .owner && $0.token < start && $0.token >= start - 2 }) {
            return possessor.who
        }
        if let before = named.last(where: { $0.token <= start && $0.part != .owner }) { return before.who }
        return named.first { $0.token > start && $0.token <= start + 3 }?.who
    }
}
