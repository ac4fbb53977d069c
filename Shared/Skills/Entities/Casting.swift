// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Chooses who of a roster is a person of the film, and writes down what is known of them.
struct Casting {
    private(set) var people: [Person] = []

    init(_ roster: Roster, story: Story, tokens: [[Token]]) {
        let segments = story.paragraphs.flatMap(\.segments)
        if Self.isToldByI(segments, tokens) {
            people.append(
                Person(
                    characterID: CharacterID(ordinal: 1), name: Narrator.name(in: story.language), aliases: [],
                    age: Traits.age(ofTeller: zip(segments, tokens).filter { $0.0.kind == .narration }.map(\.1))
                        ?? .adult,
                    gender: .other,
                    evidence: [], mentions: 0))
        }
        let isFable = roster.entries.contains { Self.isAnimal($0) && $0.sightings.contains(where: \.speaks) }
        let othersAreNamed = roster.entries.count(where: \.isNamed) > 1
        for entry in roster.entries
        where Self.belongs(entry, segments, isFable: isFable, othersAreNamed: othersAreNamed)
            || Self.isCalled(entry, segments, tokens)
        {
            people.append(
                Self.person(entry, ordinal: people.count + 1, segments: segments, tokens: tokens))
        }
        tellApart()
    }

    /// A first-person story has a person nobody names.
    private static func isToldByI(_ segments: [Segment], _ tokens: [[Token]]) -> Bool {
        zip(segments, tokens).reduce(0) { count, pair in
            guard pair.0.kind == .narration else { return count }
            return count + pair.1.count { $0.text == "I" || $0.key == "我" }
        } > 1
    }

    /// "Ellen, bring the lamp." Who is called by name in a speech, and told of besides, is there.
    private static func isCalled(_ entry: Roster.Entry, _ segments: [Segment], _ tokens: [[Token]]) -> Bool {
        guard entry.isNamed, entry.sightings.contains(where: { segments[$0.segment].kind == .narration }) else {
            return false
        }
        return entry.sightings.contains { sighting in
            segments[sighting.segment].kind == .speech && sighting.range.lowerBound == 0
                && tokens[sighting.segment][sighting.range.upperBound - 1].mark.contains { ",，!！".contains($0) }
        }
    }

    /// They speak, or they act, or the story keeps coming back to their name.
    private static func belongs(
        _ entry: Roster.Entry, _ segments: [Segment], isFable: Bool, othersAreNamed: Bool
    ) -> Bool {
        if isThing(entry) { return false }
        let told = entry.sightings.filter { segments[$0.segment].kind == .narration }
        if told.contains(where: \.speaks) { return true }
        let acts = told.count { $0.isSubject }
        if entry.isNamed { return acts > 0 || told.count > 1 }
        // "A boy struck the gong": somebody passes by, and has no part in the story.
        let kind = entry.roles.first.flatMap(Roles.role)?.kind
        if kind == .generic, entry.sightings.count == 1, othersAreNamed { return false }
        // Where one animal speaks, all of them are people.
        return acts > 0 && (!isAnimal(entry) || isFable)
    }

    /// "the Plover", and never "Plover": an inn, a ship, a paper.
    private static func isThing(_ entry: Roster.Entry) -> Bool {
        entry.isNamed && entry.roles.isEmpty && entry.sightings.allSatisfy { $0.determiner == "the" }
    }

    private static func isAnimal(_ entry: Roster.Entry) -> Bool {
        !entry.isNamed && entry.roles.first.flatMap(Roles.role)?.kind ?? .animal == .animal
    }

    private static func person(
        _ entry: Roster.Entry, ordinal: Int, segments: [Segment], tokens: [[Token]]
    ) -> Person {
        let traits = Traits.gather(entry.sightings, in: tokens)
        let name = name(of: entry)
        var aliases: [String] = []
        for sighting in entry.sightings {
            let surface = sighting.surface
            let plain =
                surface.first.map { first in
                    sighting.determiner.isEmpty ? surface : first.lowercased() + surface.dropFirst()
                } ?? surface
            if plain != name, !aliases.contains(plain), aliases.count < 12 { aliases.append(plain) }
        }
        var evidence: [Evidence] = []
        for sighting in entry.sightings where !sighting.adjectives.isEmpty {
            let text = sighting.adjectives.joined(separator: " ")
            if !evidence.contains(where: { $0.text == text }) {
                evidence.append(Evidence(segment: segments[sighting.segment].ordinal, text: text))
            }
        }
        return Person(
            characterID: CharacterID(ordinal: ordinal), name: name, aliases: aliases, age: traits.age ?? .adult,
            gender: traits.gender ?? .other, evidence: evidence, mentions: entry.sightings.count)
    }

    /// The longest form of a name that is used; for people without one, their noun: "Keeper".
    private static func name(of entry: Roster.Entry) -> String {
        let names = entry.names.map { $0.joined(separator: " ") }
        // "CAROL" on a sign is no other name.
        let quiet = names.filter { name in !(name.count > 2 && name == name.uppercased() && name != name.lowercased()) }
        let best = (quiet.isEmpty ? names : quiet).max { ($0.count, $1) < ($1.count, $0) }
        if let best { return title(of: best, entry) + best }
        // "Grandma" is what she is called, though she is a grandmother.
        let called = entry.sightings.map(\.surface).filter { $0.first?.isUppercase ?? false && !$0.contains(" ") }
        if let usual = usual(called.filter { Roles.role(of: $0.lowercased())?.kind == .kin }) { return usual }
        // "the stranger" says more than "the man".
        let bare: Set<String> = ["man", "woman", "boy", "girl", "person"]
        let role = entry.roles.first { !bare.contains($0) } ?? entry.roles.first ?? "stranger"
        return role.prefix(1).uppercased() + role.dropFirst()
    }

    private static func usual(_ words: [String]) -> String? {
        var counts: [String: Int] = [:]
        for word in words { counts[word, default: 0] += 1 }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// "Mrs " or "Captain " for who is never called without it.
    private static func title(of name: String, _ entry: Roster.Entry) -> String {
        let surfaces = entry.sightings.filter { $0.name.joined(separator: " ") == name }.map(\.surface)
        guard !name.contains(" "), !surfaces.contains(name) else { return "" }
        let leads = surfaces.compactMap { $0.split(separator: " ").first.map(String.init) }.filter {
            $0.first?.isUppercase ?? false
        }
        let title =
            leads.first { Roles.honorifics.contains($0.lowercased()) }
            ?? leads.first { Roles.role(of: $0.lowercased())?.kind == .trade }
        return title.map { $0 + " " } ?? ""
    }

    /// Two people called by one noun get the word that tells them apart into their names.
    private mutating func tellApart() {
        let names = people.map(\.name)
        for index in people.indices {
            let namesakes = names.filter { $0 == names[index] }
            guard namesakes.count > 1, let telling = people[index].aliases.first else { continue }
            let bare = telling.split(separator: " ").drop { Syntax.determiners.contains(String($0).lowercased()) }
            guard bare.count > 1 else { continue }
            people[index].name = bare.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
        }
    }
}
