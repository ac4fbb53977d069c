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
        /// How often each has answered each.
        var answers: [CharacterID: [CharacterID: Int]] = [:]

        /// Who mostly talks with somebody; before they have talked with anybody, who talks most.
        func partner(of speaker: CharacterID, but excluded: Set<CharacterID>) -> CharacterID? {
            let own = answers[speaker] ?? [:]
            let all = own.isEmpty ? answers.mapValues { $0.values.reduce(0, +) } : own
            return all.filter { $0.key != speaker && !excluded.contains($0.key) }
                .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }

        /// Another scene: nobody is in the middle of anything.
        mutating func part() { (last, other, lastParagraph) = (nil, nil, 0) }

        mutating func note(_ speaker: CharacterID, in paragraph: Int) {
            if let last, last != speaker {
                answers[last, default: [:]][speaker, default: 0] += 1
                answers[speaker, default: [:]][last, default: 0] += 1
            }
            if speaker != last { other = last }
            last = speaker
            lastParagraph = paragraph
        }
    }

    /// What a model said of who speaks goes before the rules, and the turns go on from there.
    private let advised: [Int: CharacterID]

    init(people: [Person], index: NameIndex, vocabulary: Words.Vocabulary, advised: [Int: CharacterID] = [:]) {
        self.advised = advised
        self.people = people
        self.index = index
        self.vocabulary = vocabulary
    }

    func assign(_ moments: inout [Reading.Moment]) {
        var talk = Talk()
        for position in moments.indices {
            if moments[position].opensScene || breaksTalk(at: position, in: moments) { talk.part() }
            guard moments[position].isSpeech else {
                noteCompany(moments[position], in: &talk)
                continue
            }
            let speaker =
                advised[moments[position].segment.ordinal] ?? speaker(at: position, in: moments, talk: talk)
            moments[position].speaker = speaker
            guard let speaker else { continue }
            talk.note(speaker, in: moments[position].paragraph)
        }
        backwards(&moments)
        addressees(&moments)
    }

    /// Two sentences or more that only tell, and tell of somebody: who is there now is who they name.
    private func breaksTalk(at position: Int, in moments: [Reading.Moment]) -> Bool {
        let paragraph = moments[position].paragraph
        guard position > 0, moments[position - 1].paragraph != paragraph else { return false }
        let own = moments[position...].prefix { $0.paragraph == paragraph }
        return own.count > 1 && !own.contains(where: \.isSpeech)
            && own.contains { $0.mentions.contains { $0.part == .subject && !$0.isPronoun } }
    }

    /// "said a voice": whose it is shows when somebody answers.
    private static func isVoice(_ clause: Attribution.Clause) -> Bool { clause.subject.lowercased().contains("voice") }

    /// A story may open in the middle of a talk: from the first speaker it names, the turns are counted back.
    private func backwards(_ moments: inout [Reading.Moment]) {
        for position in moments.indices.reversed().dropFirst() {
            guard moments[position].isSpeech, moments[position].speaker == nil,
                moments[position].attribution.map({ Self.isVoice($0) }) ?? true,
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
        let teller = people.first(where: \.tellsTheStory)?.characterID
        for mention in moment.mentions
        where mention.part == .subject || mention.part == .object && (!mention.isPronoun || mention.who == teller) {
            if talk.last == nil {
                talk.last = mention.who
            } else if mention.who != talk.last {
                talk.other = mention.who
            }
        }
    }

    private func speaker(at position: Int, in moments: [Reading.Moment], talk: Talk) -> CharacterID? {
        let moment = moments[position]
        if moment.segment.attribution == Segment.continued, position > 0 { return moments[position - 1].speaker }
        if let itself = introducesItself(moment) { return itself }
        if let clause = moment.attribution {
            if let named = named(in: clause.subject) ?? namedAtHead(of: clause) { return named }
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
        if let called = calledBefore(position, in: moments) { return called }
        if let actor = toldBefore(position, in: moments) { return actor }
        return byTurns(moment, talk: talk)
    }

    /// "It's Carver." – "Bell," said a voice.
    private func introducesItself(_ moment: Reading.Moment) -> CharacterID? {
        guard let name = moment.mentions.first(where: { !$0.isPronoun }) else { return nil }
        let keys = moment.tokens.prefix(name.token).map(\.key)
        let openings: [[String]] = [
            ["it's"], ["it’s"], ["i'm"], ["i’m"], ["i", "am"], ["this", "is"], ["my", "name", "is"],
        ]
        if openings.contains(keys) || ["我是", "我叫", "是我"].contains(keys.joined()) { return name.who }
        guard let clause = moment.attribution, Self.isVoice(clause), name.token == 0,
            moment.tokens.count == index.match(moment.tokens, at: 0)?.length
        else { return nil }
        return name.who
    }

    /// The person named in an attribution's subject.
    private func named(in subject: String) -> CharacterID? {
        let tokens = Words.tokens(of: subject, knowing: vocabulary)
        return tokens.indices.lazy.compactMap { at in
            tokens[at].isPossessive ? nil : index.match(tokens, at: at)?.who
        }.first
            ?? tokens.first.flatMap { first in
                ["i", "我"].contains(first.key) ? people.first(where: \.tellsTheStory)?.characterID : nil
            }
    }

    /// 年轻人抖落肩上的雪，道: where the name ends only the names tell.
    private func namedAtHead(of clause: Attribution.Clause) -> CharacterID? {
        guard clause.phrase.contains(where: Language.isHan), gender(of: clause.subject) == nil else { return nil }
        let tokens = Words.tokens(of: clause.phrase, knowing: vocabulary)
        return tokens.isEmpty ? nil : index.match(tokens, at: 0)?.who
    }

    private func gender(of subject: String) -> Gender? {
        switch subject.lowercased() {
        case "he", "他": .male
        case "she", "她": .female
        default: nil
        }
    }

    /// So many moments a reader remembers: a page without a paragraph is not walked through for each of its lines.
    private static let memory = 60

    /// The moments just before, the latest first.
    private func lately(
        _ position: Int, in moments: [Reading.Moment]
    ) -> ReversedCollection<ArraySlice<Reading.Moment>> {
        moments[max(0, position - Self.memory)..<position].reversed()
    }

    private func person(_ id: CharacterID?) -> Person? { people.first { $0.characterID == id } }

    private func fits(_ id: CharacterID?, _ gender: Gender) -> Bool {
        // Who tells the story is "I", and never "he".
        person(id).map { !$0.tellsTheStory && ($0.gender == gender || $0.gender == .other) } ?? false
    }

    /// "he said": in a talk of two, the one of that gender whose turn it is.
    private func pronoun(
        _ gender: Gender, at position: Int, in moments: [Reading.Moment], talk: Talk
    ) -> CharacterID? {
        let paragraph = moments[position].paragraph
        // Named or acting earlier in this very paragraph.
        let own = lately(position, in: moments).prefix { $0.paragraph == paragraph }
        if let here = own.lazy.flatMap(\.mentions).first(where: { $0.part == .subject && fits($0.who, gender) }) {
            return here.who
        }
        // The paragraph before only told what somebody did.
        let told = lately(position, in: moments).drop { $0.paragraph == paragraph }.prefix {
            $0.paragraph == paragraph - 1
        }
        if !told.isEmpty, !told.contains(where: \.isSpeech) {
            let actors = told.lazy.compactMap { $0.mentions.last { $0.part == .subject && self.fits($0.who, gender) } }
            if let actor = actors.first { return actor.who }
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
        let before = lately(position, in: moments).prefix { $0.paragraph == paragraph }
        // "Read this." He held out a page. Odile laughed. "He can't."
        if let beat = before.first, !beat.isSpeech, !beat.isBareAttribution,
            let actor = beat.mentions.last(where: { $0.part == .subject && !$0.isPronoun })
        {
            return actor.who
        }
        if let spoken = before.first(where: \.isSpeech)?.speaker { return spoken }
        let called = moments[position].mentions.filter { isVocative($0, in: moments[position]) }
        let vocatives = Set(called.map(\.who))
        for moment in before {
            if let actor = moment.mentions.last(where: { $0.part == .subject && !vocatives.contains($0.who) }) {
                return actor.who
            }
        }
        let after = moments[(position + 1)...].prefix(Self.memory).prefix { $0.paragraph == paragraph }
        if let later = after.first(where: { $0.isSpeech && $0.attribution != nil }), let clause = later.attribution,
            let who = named(in: clause.subject)
        {
            return who
        }
        // "So I see." Lyle's eye had travelled to the umbrella.
        return after.first?.mentions.first {
            ($0.part == .subject || $0.part == .owner && $0.token == 0) && !vocatives.contains($0.who)
        }?.who
    }

    /// "You found it, Mrs Pell?" – who is called by name in the paragraph before is the one who answers.
    private func calledBefore(_ position: Int, in moments: [Reading.Moment]) -> CharacterID? {
        let paragraph = moments[position].paragraph
        let lately = lately(position, in: moments)
        guard let before = lately.first(where: { $0.paragraph < paragraph }),
            before.isSpeech || before.isBareAttribution,
            let spoken = lately.first(where: { $0.isSpeech && $0.paragraph == before.paragraph }),
            before.paragraph == paragraph - 1
        else { return nil }
        return spoken.mentions.last { $0.who != spoken.speaker && !$0.isPronoun && isVocative($0, in: spoken) }?.who
    }

    /// "A minute later she put her head round the door." – "Weight?" A paragraph that only tells, and ends with what
    /// somebody does, hands over to that person.
    private func toldBefore(_ position: Int, in moments: [Reading.Moment]) -> CharacterID? {
        let paragraph = moments[position].paragraph
        let told = lately(position, in: moments).prefix { $0.paragraph == paragraph - 1 }
        guard !told.isEmpty, !told.contains(where: \.isSpeech) else { return nil }
        guard let last = told.first(where: { $0.mentions.contains { $0.part == .subject } }),
            let actor = last.mentions.first(where: { $0.part == .subject })?.who
        else { return nil }
        let isTeller = person(actor)?.tellsTheStory ?? false
        return isTeller || moments[position].mentions.contains { $0.who == actor } ? nil : actor
    }

    private func byTurns(_ moment: Reading.Moment, talk: Talk) -> CharacterID? {
        let vocatives = Set(moment.mentions.map(\.who))
        if let other = talk.other, !vocatives.contains(other) { return other }
        if let last = talk.last, !vocatives.contains(last) {
            // One known speaker and a new paragraph: only somebody else could answer, if anybody else exists.
            let others = people.filter { $0.characterID != last && !vocatives.contains($0.characterID) }
            guard talk.lastParagraph == moment.paragraph - 1 else { return last }
            return others.count == 1 ? others[0].characterID : talk.partner(of: last, but: vocatives) ?? last
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
        return spoken[max(0, order - Self.memory)..<order].last(where: others)?.speaker ?? near
            ?? spoken[(order + 1)...].prefix(Self.memory).first(where: others)?.speaker
    }

    /// "Tobias, wait!", "Wait, Tobias."
    private func isVocative(_ mention: Reading.Mention, in moment: Reading.Moment) -> Bool {
        let tokens = moment.tokens
        var first = mention.token
        // "Where is Mr. Pell?" calls nobody.
        while first > 0, Roles.honorifics.contains(tokens[first - 1].key) { first -= 1 }
        let opens = first == 0 || tokens[first - 1].endsClause
        let match = index.match(tokens, at: mention.token)?.length ?? 1
        let last = min(tokens.count - 1, mention.token + match - 1)
        return opens && (tokens[last].endsClause || last == tokens.count - 1)
    }
}
