// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Reads narration in order: names, pronouns, and the deeds of whoever is the subject.
struct MentionReader {
    let index: NameIndex
    /// Of everybody but the teller, who is "I" and never "he".
    private let genders: [CharacterID: Gender]
    private let teller: CharacterID?
    /// A few of each: "he said" before anybody was named is the one man of the story.
    private let firstOf: [Gender: [CharacterID]]

    /// Who was named last, latest first; subjects are pushed before objects.
    private var salience: [CharacterID] = []
    /// The people "they" may be: who acted lately.
    private var company: [CharacterID] = []

    init(people: [Person], index: NameIndex) {
        self.index = index
        teller = people.first(where: \.tellsTheStory)?.characterID
        genders = Dictionary(
            people.filter { !$0.tellsTheStory }.map { ($0.characterID, $0.gender) }
        ) { first, _ in first }
        firstOf = Dictionary(grouping: people, by: \.gender).mapValues { $0.prefix(3).map(\.characterID) }
    }

    mutating func read(_ moments: inout [Reading.Moment]) {
        for position in moments.indices {
            if moments[position].isSpeech {
                moments[position].mentions = namesOnly(in: moments[position].tokens)
                continue
            }
            moments[position].mentions = mentions(in: moments[position].tokens)
            moments[position].deeds = deeds(in: moments[position].tokens, mentions: moments[position].mentions)
            markAbsent(&moments[position])
            remember(moments[position])
        }
    }

    /// In speech, people are talked about; nobody acts.
    private func namesOnly(in tokens: [Token]) -> [Reading.Mention] {
        var found: [Reading.Mention] = []
        var position = 0
        while position < tokens.count {
            // Who says "I" in a speech is whoever speaks, and not who tells the story.
            if let match = index.match(tokens, at: position), !Narrator.isTeller(tokens[position].key) {
                found.append(Reading.Mention(who: match.who, token: position, isPronoun: false, part: .absent))
                position += match.length
            } else {
                position += 1
            }
        }
        return found
    }

    // MARK: who is meant

    private mutating func mentions(in tokens: [Token]) -> [Reading.Mention] {
        var found: [Reading.Mention] = []
        var position = 0
        while position < tokens.count {
            if let match = index.match(tokens, at: position) {
                let last = position + match.length - 1
                found.append(
                    Reading.Mention(
                        who: match.who, token: position, isPronoun: false,
                        part: part(from: position, to: last, in: tokens)))
                raise(match.who)
                position += match.length
            } else {
                // "Anna, her mother": the mother is not her own.
                let kin = position + 1 < tokens.count ? index.match(tokens, at: position + 1)?.who : nil
                for who in referents(
                    of: tokens[position], but: Self.possessives.contains(tokens[position].key) ? kin : nil)
                {
                    found.append(
                        Reading.Mention(
                            who: who, token: position, isPronoun: true,
                            part: pronounPart(at: position, in: tokens)))
                }
                position += 1
            }
        }
        return found
    }

    private mutating func raise(_ who: CharacterID) {
        if let place = salience.firstIndex(of: who) { salience.remove(at: place) }
        salience.insert(who, at: 0)
    }

    private static let possessives: Set<String> = ["his", "her", "their", "my"]

    private func referents(of token: Token, but excluded: CharacterID?) -> [CharacterID] {
        switch token.key {
        case "he", "him", "his", "himself", "他": latest(.male, but: excluded).map { [$0] } ?? []
        case "she", "her", "hers", "herself", "她": latest(.female, but: excluded).map { [$0] } ?? []
        case "they", "them", "their", "他们", "她们": Array(company.prefix(3))
        case "i", "me", "my", "我": teller.map { [$0] } ?? []
        case "we", "us", "our", "我们": teller != nil ? Array(company.prefix(3)) : []
        default: []
        }
    }

    /// The latest person of this gender, or failing that the latest of none stated.
    private func latest(_ gender: Gender, but excluded: CharacterID?) -> CharacterID? {
        var passed = 0
        var unknown: CharacterID?
        for who in salience where who != excluded {
            guard let other = genders[who] else { continue }
            passed += 1
            if passed > Self.near, let unknown { return unknown }
            if other == gender { return who }
            if other == .other, passed <= Self.near, unknown == nil { unknown = who }
        }
        return unknown ?? only(gender, but: excluded)
    }

    private static let near = 4

    private func only(_ gender: Gender, but excluded: CharacterID?) -> CharacterID? {
        let fitting = firstOf[gender]?.filter { $0 != excluded } ?? []
        return fitting.count == 1 ? fitting[0] : nil
    }

    private func part(from first: Int, to last: Int, in tokens: [Token]) -> Reading.Mention.Part {
        if tokens[last].isPossessive
            || last + 1 < tokens.count && tokens[last].mark.isEmpty && tokens[last + 1].key == "的"
        {
            return .owner
        }
        var start = first
        while start > 0, tokens[start - 1].mark.isEmpty,
            Syntax.isDeterminer(tokens[start - 1]) || isAdjective(tokens[start - 1])
        {
            start -= 1
        }
        let before = start > 0 && tokens[start - 1].mark.isEmpty ? tokens[start - 1] : nil
        if let before, Syntax.prepositions.contains(before.key) { return .object }
        if Syntax.isSubject(endingAt: last, in: tokens) { return .subject }
        if tokens[first].key.contains(where: Language.isHan), Han.opensClause(last, of: tokens) { return .subject }
        // "Mira and Tobias walked": the first of a pair acts too.
        if let next = Syntax.next(after: last, in: tokens), ["and", "和", "跟"].contains(tokens[next].key),
            tokens[(next + 1)...].prefix(5).indices.contains(where: { Syntax.isVerbLike(tokens[$0]) && $0 > next + 1 })
        {
            return .subject
        }
        if let before, SpeechVerbs.isVerb(before.key) || ["was", "came", "stood", "sat", "is"].contains(before.key) {
            return .subject
        }
        return before == nil && tokens[last].mark.contains(",") ? .subject : .object
    }

    private func isAdjective(_ token: Token) -> Bool {
        Roles.age(of: token.key) != nil || Colours.isColour(token.key) || Clothing.builds[token.key] != nil
    }

    private func pronounPart(at position: Int, in tokens: [Token]) -> Reading.Mention.Part {
        let token = tokens[position]
        switch token.key {
        case "he", "she", "they", "i", "we", "他", "她", "他们", "她们", "我", "我们":
            let next = position + 1 < tokens.count ? tokens[position + 1].key : ""
            if position > 0, tokens[position - 1].mark.isEmpty, token.key.contains(where: Language.isHan),
                tokens[position - 1].key.last.map({ "给把对向跟和问诉看着望叫让被拉陪带".contains($0) }) ?? false
            {
                return .object
            }
            return next == "的" ? .owner : .subject
        case "his", "their", "my", "our": return .owner
        case "her":
            guard token.mark.isEmpty, position + 1 < tokens.count else { return .object }
            let next = tokens[position + 1]
            let isFunction =
                Syntax.prepositions.contains(next.key) || Syntax.conjunctions.contains(next.key)
                || Syntax.isAdverb(next)
                || Syntax.determiners.contains(next.key)
            return isFunction ? .object : .owner
        default: return .object
        }
    }

    // MARK: who does what

    private func deeds(in tokens: [Token], mentions: [Reading.Mention]) -> [Reading.Deed] {
        var clause = ClauseReader(tokens: tokens, mentions: mentions)
        // A sentence without a subject of its own goes on with the last one: "Ran, and did not look back."
        return clause.deeds()
    }

    /// Away at sea, dead, thought of: not to be shown.
    private func markAbsent(_ moment: inout Reading.Moment) {
        let tokens = moment.tokens
        for position in moment.mentions.indices where moment.mentions[position].part != .owner {
            let mention = moment.mentions[position]
            let thought =
                moment.deeds.last { $0.token < mention.token }.map { $0.verb.kind == .think && $0.verb.pose != "think" }
                ?? false
            let isAway =
                mention.part == .subject
                && tokens[mention.token...].prefix(6).contains {
                    ["away", "gone", "dead", "missing", "lost", "died"].contains($0.key)
                }
            let atSea =
                mention.part == .subject
                && zip(tokens[mention.token...], tokens[mention.token...].dropFirst()).prefix(5).contains {
                    ["at", "to"].contains($0.key) && $1.key == "sea"
                }
            if thought && mention.part == .object || isAway || atSea { moment.mentions[position].part = .absent }
        }
    }

    private mutating func remember(_ moment: Reading.Moment) {
        for mention in moment.mentions where mention.part == .subject { raise(mention.who) }
        for mention in moment.mentions where mention.part == .subject || mention.part == .object && !mention.isPronoun {
            if let place = company.firstIndex(of: mention.who) { company.remove(at: place) }
            company.insert(mention.who, at: 0)
        }
    }
}

/// The person who tells a story in the first person.
enum Narrator {
    /// What a story calls its teller, in either language.
    static func name(in language: String) -> String { language == Language.chinese ? "我" : "I" }

    static func isTeller(_ word: String) -> Bool { word == "I" || word == "i" || word == "我" }
}

extension Person {
    /// Nobody names this one: it is who says I.
    var tellsTheStory: Bool { Narrator.isTeller(name) }
}
