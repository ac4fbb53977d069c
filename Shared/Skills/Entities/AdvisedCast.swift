// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Joins what a model said of the people with what the rules found. The model's word goes first, where it said one; whom
/// it did not name stays as he was.
struct AdvisedCast {
    private var people: [Person]

    static func settle(_ people: [Person], by advice: StoryAdvice?) -> [Person] {
        guard let advice else { return people }
        var cast = AdvisedCast(people: people)
        for figure in advice.figures {
            let others = advice.figures.filter { $0 != figure }.map(\.name)
            cast.join(figure, beside: others)
        }
        cast.dismiss(advice.nobodies, except: advice.figures)
        return cast.numbered()
    }

    /// Who says each segment the model spoke of.
    static func speakers(_ advice: StoryAdvice?, among people: [Person]) -> [Int: CharacterID] {
        var owners: [String: CharacterID] = [:]
        for person in people {
            for key in keys([person.name] + person.aliases) where owners[key] == nil {
                owners[key] = person.characterID
            }
        }
        var speakers: [Int: CharacterID] = [:]
        for speech in advice?.speeches ?? [] {
            if let who = owners[key(speech.speaker)] { speakers[speech.segment] = who }
        }
        return speakers
    }

    private init(people: [Person]) { self.people = people }

    /// Whoever bears another figure's name is another.
    private mutating func join(_ figure: StoryAdvice.Figure, beside others: [String]) {
        let wanted = Self.keys([figure.name] + figure.aliases)
        let taken = Self.keys(others)
        let found = people.indices.filter { index in
            !taken.contains(Self.key(people[index].name)) && !wanted.isDisjoint(with: Self.keys(of: people[index]))
        }
        guard let first = found.first else {
            people.append(
                Person(
                    characterID: CharacterID(ordinal: people.count + 1), name: figure.name, aliases: figure.aliases,
                    age: figure.age ?? .adult, gender: figure.gender ?? .other, evidence: [], mentions: 0))
            return
        }
        var person = people[first]
        for other in found.dropFirst() { person.take(people[other]) }
        person.call(figure)
        people[first] = person
        for other in found.dropFirst().reversed() { people.remove(at: other) }
    }

    private mutating func dismiss(_ names: [String], except figures: [StoryAdvice.Figure]) {
        let kept = Self.keys(figures.flatMap { [$0.name] + $0.aliases })
        let nobodies = Self.keys(names).subtracting(kept)
        people.removeAll { person in
            !person.tellsTheStory && nobodies.contains(Self.key(person.name))
                && kept.isDisjoint(with: Self.keys(of: person))
        }
    }

    /// Numbers without a gap, in the order of the story.
    private func numbered() -> [Person] {
        people.enumerated().map { place, person in
            var person = person
            person.characterID = CharacterID(ordinal: place + 1)
            return person
        }
    }

    private static func keys(of person: Person) -> Set<String> { keys([person.name] + person.aliases) }

    private static func keys(_ words: [String]) -> Set<String> { Set(words.map(key).filter { !$0.isEmpty }) }

    /// "The old Keeper" and "old keeper" are one word for somebody; 我 is who says I.
    private static func key(_ text: String) -> String {
        if Narrator.isTeller(text) { return "i" }
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        return words.drop { Syntax.determiners.contains($0) }.joined(separator: " ")
    }
}

extension Person {
    fileprivate mutating func take(_ other: Person) {
        for word in [other.name] + other.aliases where word != name && !aliases.contains(word) { aliases.append(word) }
        for piece in other.evidence where !evidence.contains(piece) { evidence.append(piece) }
        if gender == .other { gender = other.gender }
        mentions += other.mentions
    }

    fileprivate mutating func call(_ figure: StoryAdvice.Figure) {
        let words = [name, figure.name] + aliases + figure.aliases
        // Who says I is known by that word everywhere.
        if !tellsTheStory { name = figure.name }
        aliases = []
        for word in words where word != name && !aliases.contains(word) { aliases.append(word) }
        if let gender = figure.gender { self.gender = gender }
        if let age = figure.age { self.age = age }
    }
}
