// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Walks through a sentence and gives every verb to the subject it belongs to.
struct ClauseReader {
    let tokens: [Token]
    let mentions: [Reading.Mention]

    private var subject: [CharacterID] = []
    /// Where the subject was last named.
    private var named = -1
    private var lastLemma = ""

    init(tokens: [Token], mentions: [Reading.Mention]) {
        self.tokens = tokens
        self.mentions = mentions
    }

    mutating func deeds() -> [Reading.Deed] {
        var deeds: [Reading.Deed] = []
        for position in tokens.indices {
            takeSubject(at: position)
            dropSubject(at: position)
            guard let found = Verbs.look(tokens[position].key), isVerb(at: position) else { continue }
            let owner = subject.isEmpty ? follower(of: position) : subject
            lastLemma = found.lemma
            guard !owner.isEmpty else { continue }
            deeds.append(
                Reading.Deed(
                    who: owner, lemma: found.lemma, verb: found.verb, token: position, isShown: isShown(at: position)))
        }
        return deeds
    }

    private mutating func takeSubject(at position: Int) {
        let here = mentions.filter { $0.token == position && $0.part == .subject }.map(\.who)
        guard !here.isEmpty else { return }
        // "Mira and Tobias": the second joins the first while no verb stood between.
        let joins = named >= 0 && tokens[named..<position].allSatisfy { !Syntax.isVerbLike($0) }
        subject = joins ? subject + here.filter { !subject.contains($0) } : here
        named = position
    }

    /// After a conjunction or a comma another noun may take over: "and the wind pulled at her coat".
    private mutating func dropSubject(at position: Int) {
        guard position > 0, !subject.isEmpty, named != position else { return }
        let before = tokens[position - 1]
        guard before.endsClause || Syntax.conjunctions.contains(before.key) else { return }
        guard !mentions.contains(where: { $0.token == position && $0.part == .subject }) else { return }
        let token = tokens[position]
        let opensNoun = Syntax.isDeterminer(token) || token.key == "it" || token.key == "there"
        guard opensNoun,
            !mentions.contains(where: { (position...(position + 4)).contains($0.token) && $0.part == .subject })
        else { return }
        if nounActs(from: position) { subject = [] }
    }

    /// A verb follows the noun before the clause ends.
    private func nounActs(from position: Int) -> Bool {
        var index = position + 1
        while index < tokens.count, index < position + 7 {
            if Syntax.isVerbLike(tokens[index]), index > position + 1 { return true }
            if tokens[index].endsClause || Syntax.prepositions.contains(tokens[index].key) { return false }
            index += 1
        }
        return false
    }

    /// "In came Tobias": the subject stands behind its verb.
    private func follower(of position: Int) -> [CharacterID] {
        guard tokens[position].mark.isEmpty else { return [] }
        return mentions.filter { $0.part == .subject && ($0.token == position + 1 || $0.token == position + 2) }.map(
            \.who)
    }

    /// The word is a verb here and not a noun: "the light", "her walk", "a boat of row".
    private func isVerb(at position: Int) -> Bool {
        guard position > 0 else { return true }
        let before = tokens[position - 1]
        guard before.mark.isEmpty else { return true }
        if before.isPossessive { return false }
        if Syntax.determiners.contains(before.key), !["that", "both", "her"].contains(before.key) { return false }
        if before.key == "her", mentions.contains(where: { $0.token == position - 1 && $0.part == .owner }) {
            return false
        }
        if before.key == "to" { return isLedIn(position - 1) }
        if Colours.isColour(before.key) || Roles.age(of: before.key) != nil { return false }
        if tokens[position].key.hasSuffix("ing") { return true }
        return !["of", "in", "at", "for", "with", "by", "from", "on", "into"].contains(before.key)
    }

    /// "bent to lift" is seen, "too tired to answer" is not.
    private func isLedIn(_ position: Int) -> Bool { Verbs.leadIns.contains(lastLemma) }

    private func isShown(at position: Int) -> Bool {
        let window = tokens[max(0, position - 3)..<position]
        let unsaid: Set<String> = [
            "not", "never", "had", "would", "could", "might", "will", "hadn't", "cannot", "没有", "不", "没",
        ]
        return !window.contains { unsaid.contains($0.key) || $0.key.hasSuffix("n't") }
    }
}
