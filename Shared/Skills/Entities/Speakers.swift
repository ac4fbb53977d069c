// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Finds who speaks each quotation: by name, by the sentence beside it, by turns.
struct Speakers {
    let people: [Person]
    let index: NameIndex
    let vocabulary: Words.Vocabulary

    /// A talk as it goes: who spoke last, and who before them.
    private struct Talk {
        var last: CharacterID?
        var other: CharacterID?
        var lastParagraph = 0

        mutating func note(_ speaker: CharacterID, in paragraph: Int) {
            if speaker != last { other = last }
            last = speaker
            lastParagraph = paragraph
        }
    }

    init(people: [Person], index: NameIndex, vocabulary: Words.Vocabulary) {
        self.people = people
        self.index = index
        self.vocabulary = vocabulary
    }

    func assign(_ moments: inout [Reading.Moment]) {
        var talk = Talk()
        for position in moments.indices {
            if moments[position].opensScene { talk = Talk() }
            guard moments[position].isSpeech else {
                noteCompany(moments[position], in: &talk)
                continue
            }
            let speaker = speaker(at: position, in: moments, talk: talk)
            moments[position].speaker = speaker
            guard let speaker else { continue }
            talk.note(speaker, in: moments[position].paragraph)
        }
        backwards(&moments)
        addressees(&moments)
    }

    /// A story may open in the middle of a talk: from the first speaker it names, the turns are counted back.
    private func backwards(_ moments: inout [Reading.Moment]) {
        for position in moments.indices.reversed().dropFirst() {
            guard moments[position].isSpeech, moments[position].speaker == nil, moments[position].attribution == nil,
                let next = moments[(position + 1)...].prefix(3).first(where: \.isSpeech), let answerer = next.speaker,
                next.paragraph - moments[position].paragraph < 2
            else { continue }
            if next.paragraph == moments[position].paragraph {
                moments[position].speaker = answerer
                continue
            }
            let later = moments[(position + 1)...].prefix(12).compactMap(\.speaker).first { $0 != answerer }
            let others = people.map(\.characterID).filter { $0 != answerer }
            moments[position].speaker = later ?? (others.count == 1 ? others[0] : nil)
        }
    }

    /// Somebody who acts between two speeches may be the one who is spoken to.
    private func noteCompany(_ moment: Reading.Moment, in talk: inout Talk) {
        for mention in moment.mentions where mention.part == .subject || mention.part == .object && !mention.isPronoun {
            if talk.last == nil {
                talk.last = mention.who
            } else if mention.who != talk.last {
                talk.other = mention.who
            }
        }
    }

    private func speaker(at position: Int, in moments: [Reading.Moment], talk: Talk) -> CharacterID? {
        let moment = moments[position]
        if let clause = moment.attribution {
            if let named = named(in: clause.subject) { return named }
            if let gender = gender(of: clause.subject) {
                return pronoun(gender, at: position, in: moments, talk: talk)
            }
            // A subject nobody knows ("said a voice") is left to the narrator.
            if !["they", "everyone", "everybody", "both", "it", "someone", "somebody"].contains(
                clause.subject.lowercased())
            {
                return nil
            }
        }
        if let same = besideInParagraph(position, in: moments) { return same }
        return byTurns(moment, talk: talk)
    }

    /// The person named in an attribution's subject.
    private func named(in subject: String) -> CharacterID? {
        let tokens = Words.tokens(of: subject, knowing: vocabulary)
        return tokens.indices.lazy.compactMap { at in
            tokens[at].isPossessive ? nil : index.match(tokens, at: at)?.who
        }.first
            ?? tokens.first.flatMap { first in
                ["i", "我"].contains(first.key) ? people.first { $0.name == Narrator.name }?.characterID : nil
            }
    }

    private func gender(of subject: String) -> Gender? {
        switch subject.lowercased() {
        case "he", "他": .male
        case "she", "她": .female
        default: nil
        }
    }

    private func person(_ id: CharacterID?) -> Person? { people.first { $0.characterID == id } }

    private func fits(_ id: CharacterID?, _ gender: Gender) -> Bool {
        person(id).map { $0.gender == gender || $0.gender == .other } ?? false
    }

    /// "he said": in a talk of two, the one of that gender whose turn it is.
    private func pronoun(
        _ gender: Gender, at position: Int, in moments: [Reading.Moment], talk: Talk
    ) -> CharacterID? {
        let paragraph = moments[position].paragraph
        // Named or acting earlier in this very paragraph.
        let own = moments[..<position].reversed().prefix { $0.paragraph == paragraph }
        if let here = own.lazy.flatMap(\.mentions).first(where: { $0.part == .subject && fits($0.who, gender) }) {
            return here.who
        }
        let candidates = [talk.other, talk.last].filter { fits($0, gender) }
        if let turn = candidates.first(where: { $0 != talk.last || talk.lastParagraph != paragraph - 1 }) ?? nil {
            // With both of one gender the other one answers; alone in the gender, the same one goes on.
            let exact = candidates.filter { person($0)?.gender == gender }
            return exact.count == 1 ? exact[0] : turn
        }
        if let only = candidates.first ?? nil { return only }
        let beside = [position + 1, position - 1].filter {
            moments.indices.contains($0) && moments[$0].paragraph == paragraph
        }
        return beside.lazy.flatMap { moments[$0].mentions }.first { $0.part == .subject && fits($0.who, gender) }?.who
    }

    /// Another quotation of the paragraph is attributed, or somebody acts in it: "Mira laughed. 'Go!'"
    private func besideInParagraph(_ position: Int, in moments: [Reading.Moment]) -> CharacterID? {
        let paragraph = moments[position].paragraph
        let before = moments[..<position].reversed().prefix { $0.paragraph == paragraph }
        if let spoken = before.first(where: \.isSpeech)?.speaker { return spoken }
        let vocatives = Set(moments[position].mentions.map(\.who))
        for moment in before {
            if let actor = moment.mentions.last(where: { $0.part == .subject && !vocatives.contains($0.who) }) {
                return actor.who
            }
        }
        let after = moments[(position + 1)...].prefix { $0.paragraph == paragraph }
        if let later = after.first(where: { $0.isSpeech && $0.attribution != nil }), let clause = later.attribution,
            let who = named(in: clause.subject)
        {
            return who
        }
        return after.first?.mentions.first { $0.part == .subject && !vocatives.contains($0.who) }?.who
    }

    private func byTurns(_ moment: Reading.Moment, talk: Talk) -> CharacterID? {
        let vocatives = Set(moment.mentions.map(\.who))
        if let other = talk.other, !vocatives.contains(other) { return other }
        if let last = talk.last, !vocatives.contains(last) {
            // One known speaker and a new paragraph: only somebody else could answer, if anybody else exists.
            let others = people.filter { $0.characterID != last && !vocatives.contains($0.characterID) }
            return talk.lastParagraph == moment.paragraph - 1 && others.count == 1 ? others[0].characterID : last
        }
        return people.count == 1 ? people.first?.characterID : nil
    }

    /// Whom a speech is for: whoever it calls by name, else the other one of the talk.
    private func addressees(_ moments: inout [Reading.Moment]) {
        var start = 0
        while start < moments.count {
            let end = moments[(start + 1)...].firstIndex(where: \.opensScene) ?? moments.count
            let spoken = moments[start..<end].filter { $0.speaker != nil }
            let positions = (start..<end).filter { moments[$0].speaker != nil }
            for (order, position) in positions.enumerated() {
                moments[position].addressee = addressee(
                    of: order, in: spoken, beside: near(position, from: start, in: moments))
            }
            start = end
        }
    }

    /// Somebody else whom the sentences just before name.
    private func near(_ position: Int, from start: Int, in moments: [Reading.Moment]) -> CharacterID? {
        let before = moments[start..<position].suffix(3).reversed().filter { !$0.isSpeech }
        return before.lazy.flatMap { $0.mentions.reversed() }.first {
            $0.who != moments[position].speaker && $0.part != .absent
        }?.who
    }

    private func addressee(of order: Int, in spoken: [Reading.Moment], beside near: CharacterID?) -> CharacterID? {
        let moment = spoken[order]
        if let called = moment.mentions.first(where: { $0.who != moment.speaker && isVocative($0, in: moment) }) {
            return called.who
        }
        let others = { (other: Reading.Moment) in other.speaker != moment.speaker }
        return spoken[..<order].last(where: others)?.speaker ?? near
            ?? spoken[(order + 1)...].first(where: others)?.speaker
    }

    /// "Tobias, wait!", "Wait, Tobias."
    private func isVocative(_ mention: Reading.Mention, in moment: Reading.Moment) -> Bool {
        let tokens = moment.tokens
        let opens = mention.token == 0 || tokens[mention.token - 1].endsClause
        let match = index.match(tokens, at: mention.token)?.length ?? 1
        let last = min(tokens.count - 1, mention.token + match - 1)
        return opens && (tokens[last].endsClause || last == tokens.count - 1)
    }
}
