// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// What the words for somebody say about their age and gender.
struct Traits {
    var age: Age?
    var gender: Gender?

    static func gather(_ sightings: [Sighting], in segments: [[Token]]) -> Traits {
        var traits = Traits()
        for sighting in sightings {
            // An older sister is not old.
            let isPeer = sighting.role.map(Roles.peers.contains) ?? false
            for adjective in sighting.adjectives where !(isPeer && ["older", "younger"].contains(adjective)) {
                if let age = Roles.age(of: adjective) { traits.note(age: age, weak: age == .child) }
            }
            if let role = sighting.role.flatMap(Roles.role) {
                traits.gender = traits.gender ?? role.gender
                if let age = role.age { traits.note(age: age, weak: true) }
            }
        }
        for key in sightings.flatMap(\.name).map({ $0.lowercased() }) where traits.gender == nil {
            traits.gender = GivenNames.gender(of: key)
        }
        if let years = years(of: sightings, in: segments) {
            traits.age = age(years: years)
        }
        return traits
    }

    /// "I was ten the summer my uncle taught me to swim."
    static func age(ofTeller sentences: [[Token]]) -> Age? {
        sentences.lazy.filter { $0.first?.text == "I" }.compactMap { years(in: Array($0.dropFirst().prefix(4))) }.first
            .map(age)
    }

    private static func age(years: Int) -> Age {
        years < 13 ? .child : years < 25 ? .young : years < 60 ? .adult : .old
    }

    private mutating func note(age new: Age, weak: Bool) {
        if age == nil || !weak { age = new }
    }

    private static let numbers: [String: Int] = [
        "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
        "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
        "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
        "ninety": 90,
    ]

    /// "Mira was nine years old", also in the sentence right after hers that begins with a pronoun.
    private static func years(of sightings: [Sighting], in segments: [[Token]]) -> Int? {
        for sighting in sightings where !sighting.isOwner {
            let own = segments[sighting.segment][sighting.range.upperBound...].prefix(4)
            if let years = years(in: Array(own)) { return years }
            let next = sighting.segment + 1
            guard next < segments.count, let first = segments[next].first, ["he", "she"].contains(first.key) else {
                continue
            }
            if let years = years(in: Array(segments[next].prefix(5))) { return years }
        }
        return nil
    }

    private static func years(in tokens: [Token]) -> Int? {
        // "I was ten the summer …", "She was nine."
        if tokens.count > 1, ["was", "is", "turned"].contains(tokens[0].key) || ["was", "is"].contains(tokens[1].key) {
            let at = ["was", "is", "turned"].contains(tokens[0].key) ? 1 : 2
            if at < tokens.count, let number = numbers[tokens[at].key],
                tokens[at].endsClause
                    || at + 1 < tokens.count && ["the", "when", "that", "and"].contains(tokens[at + 1].key)
            {
                return number
            }
        }
        for index in tokens.indices where index + 1 < tokens.count {
            guard ["years", "year"].contains(tokens[index + 1].key) else { continue }
            if let number = numbers[tokens[index].key] ?? Int(tokens[index].key), (1...120).contains(number) {
                return number
            }
        }
        return nil
    }
}
