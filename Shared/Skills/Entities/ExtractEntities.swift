// Entities · pure · sees Contracts, Policies, Ingest
package import Contracts
import Ingest

/// Skill 04: finds the people and the places of a story.
package enum ExtractEntities {
    package struct Input: Codable, Hashable, Sendable {
        package var story: Story

        package init(story: Story) { self.story = story }
    }

    /// Never fails on a story that was read: a story without people has places, and every story has a place.
    package static func run(_ input: Input) throws(FailureReport) -> EntityPack {
        let segments = input.story.paragraphs.flatMap(\.segments)
        let han = input.story.language == Language.chinese ? HanNames(input.story) : nil
        let hanNames = han?.people ?? []
        let vocabulary = Han.vocabulary.adding(hanNames)
        let tokens = segments.map { Words.tokens(of: $0.text, knowing: vocabulary) }
        let extraRoles = spokenFor(segments, vocabulary: vocabulary)
        let latin = Sightings(segments: tokens, census: NameCensus(tokens), extraRoles: extraRoles).all()
        let sightings =
            hanNames.isEmpty && input.story.language != Language.chinese
            ? latin : latin + Han.sightings(in: tokens, names: Set(hanNames))
        let found = Casting(Roster(sightings, in: tokens), story: input.story, tokens: tokens).people
        var cast = AdvisedCast.settle(found, by: input.story.advice)
        let first = Reading(input.story, people: cast, places: [])
        settle(&cast, from: first)
        let reading = Reading(input.story, people: cast, places: [], knowing: han?.places ?? [])
        for (who, evidence) in Descriptions(moments: reading.moments).all() {
            guard let index = cast.firstIndex(where: { $0.characterID == who }) else { continue }
            if !cast[index].evidence.contains(where: { $0.text == evidence.text }) {
                cast[index].evidence.append(evidence)
            }
        }
        var pack = EntityPack(people: cast, places: FindPlaces(reading.moments).places)
        if input.story.advice != nil { pack.extractionVersion += "+advice" }
        return pack
    }

    /// Nouns that speak though nobody would think it of them: "said the moon".
    private static func spokenFor(_ segments: [Segment], vocabulary: Words.Vocabulary) -> Set<String> {
        var nouns: Set<String> = []
        for phrase in segments.compactMap(\.attribution) {
            guard let clause = Attribution.Clause(phrase: phrase) else { continue }
            let subject = Words.tokens(of: clause.subject, knowing: vocabulary)
            guard subject.count > 1, let first = subject.first, let last = subject.last,
                Syntax.determiners.contains(first.key),
                Roles.role(of: last.key) == nil, !subject.contains(where: { Self.mute.contains($0.key) })
            else { continue }
            nouns.insert(last.key)
        }
        return nouns
    }

    /// What says things without being anybody.
    private static let mute: Set<String> = [
        "voice", "voices", "others", "people", "crowd", "sign", "letter", "note", "book", "card", "poster", "label",
        "newspaper", "radio", "message", "words", "line", "title", "everyone", "one",
    ]

    /// Genders that only pronouns tell, and how often each person is there.
    private static func settle(_ cast: inout [Person], from reading: Reading) {
        let votes = PronounVotes(reading.moments, people: cast)
        var mentions: [CharacterID: Int] = [:]
        for moment in reading.moments {
            var there = Set(moment.mentions.map(\.who))
            if let speaker = moment.speaker { there.insert(speaker) }
            for who in there { mentions[who, default: 0] += 1 }
        }
        for index in cast.indices {
            let id = cast[index].characterID
            if cast[index].gender == .other, let gender = votes.gender(of: id) { cast[index].gender = gender }
            if cast[index].gender == .other, cast[index].evidence.contains(where: { $0.text.contains("beard") }) {
                cast[index].gender = .male
            }
            cast[index].mentions = mentions[id] ?? 0
        }
    }
}

/// Which pronouns follow somebody whose gender nothing else tells.
struct PronounVotes {
    private var votes: [CharacterID: (female: Int, male: Int)] = [:]

    init(_ moments: [Reading.Moment], people: [Person]) {
        let known = Dictionary(people.map { ($0.characterID, $0.gender) }) { first, _ in first }
        var last: CharacterID?
        for moment in moments where !moment.isSpeech {
            // Only a subject is taken up by the next "he" or "she".
            var named = moment.mentions.filter { !$0.isPronoun && known[$0.who] == .other && $0.part == .subject }
            for position in moment.tokens.indices {
                while let next = named.first, next.token <= position {
                    last = next.who
                    named.removeFirst()
                }
                if moment.mentions.contains(where: { $0.token == position && !$0.isPronoun && known[$0.who] != .other })
                {
                    last = nil
                }
                guard let last else { continue }
                switch moment.tokens[position].key {
                case "he", "his", "himself", "他": votes[last, default: (0, 0)].male += 1
                case "she", "hers", "herself", "她": votes[last, default: (0, 0)].female += 1
                default: break
                }
            }
        }
    }

    func gender(of id: CharacterID) -> Gender? {
        guard let vote = votes[id], vote.female != vote.male else { return nil }
        return vote.female > vote.male ? .female : .male
    }
}
