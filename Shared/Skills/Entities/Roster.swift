// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Sightings put together into people.
struct Roster {
    struct Entry {
        var sightings: [Sighting]
        var isMerged = false

        var names: [[String]] { sightings.map(\.name).filter { !$0.isEmpty } }
        var roles: [String] { sightings.compactMap(\.role) }
        var isNamed: Bool { sightings.contains { !$0.name.isEmpty } }
        var first: Int { sightings.first?.segment ?? 0 }
    }

    private(set) var entries: [Entry] = []
    private let segments: [[Token]]

    init(_ sightings: [Sighting], in segments: [[Token]]) {
        self.segments = segments
        gather(sightings)
        for link in Links.all(sightings, in: segments) { merge(link.role, into: link.name) }
        mergeGenerics()
        entries.removeAll(where: \.isMerged)
        entries.sort { Self.precedes($0, $1) }
    }

    private static func precedes(_ left: Entry, _ right: Entry) -> Bool {
        guard let a = left.sightings.first, let b = right.sightings.first else { return false }
        return (a.segment, a.range.lowerBound) < (b.segment, b.range.lowerBound)
    }

    // MARK: the same words

    private mutating func gather(_ sightings: [Sighting]) {
        let variants = Self.variants(of: sightings)
        var byRole: [String: Int] = [:]
        for sighting in sightings {
            let index: Int?
            if !sighting.name.isEmpty {
                index = entries.firstIndex { $0.names.contains { Self.isSame($0, sighting.name) } }
            } else {
                index = byRole[Self.key(of: sighting, variants)]
            }
            if let index {
                entries[index].sightings.append(sighting)
            } else {
                entries.append(Entry(sightings: [sighting]))
            }
            // "King Arthur" is "the king" from then on.
            let key = Self.key(of: sighting, variants)
            if !key.isEmpty, byRole[key] == nil { byRole[key] = index ?? entries.count - 1 }
        }
    }

    private static func isSame(_ left: [String], _ right: [String]) -> Bool {
        let a = left.map { $0.lowercased() }
        let b = right.map { $0.lowercased() }
        return a.allSatisfy(b.contains) || b.allSatisfy(a.contains)
    }

    private static let contrasts: [[String]] = [
        ["old", "young"], ["first", "second", "third"], ["elder", "younger", "eldest", "youngest"], ["tall", "short"],
        ["other"], ["big", "little"], ["fat", "thin"],
    ]

    /// Words that tell two people of one noun apart, for the nouns where the story uses several.
    private static func variants(of sightings: [Sighting]) -> [String: Set<String>] {
        var used: [String: Set<String>] = [:]
        for sighting in sightings where sighting.name.isEmpty {
            guard let role = sighting.role else { continue }
            used[role, default: []].formUnion(sighting.adjectives)
        }
        return used.mapValues { adjectives in
            Set(
                contrasts.filter {
                    $0.count { adjectives.contains($0) } > 1 || $0 == ["other"] && adjectives.contains("other")
                }.joined())
        }
    }

    private static func key(of sighting: Sighting, _ variants: [String: Set<String>]) -> String {
        guard let role = sighting.role else { return "" }
        let telling = sighting.adjectives.filter { variants[role]?.contains($0) ?? false }
        return ([role] + telling).joined(separator: " ")
    }

    // MARK: other words for the same

    private func entry(of sighting: Sighting) -> Int? {
        entries.firstIndex { !$0.isMerged && $0.sightings.contains(sighting) }
    }

    private mutating func merge(_ role: Sighting, into name: Sighting) {
        guard let from = entry(of: role), let to = entry(of: name), from != to, !entries[from].isNamed else { return }
        absorb(from, into: to)
    }

    private mutating func absorb(_ from: Int, into to: Int) {
        entries[to].sightings = (entries[to].sightings + entries[from].sightings).sorted {
            ($0.segment, $0.range.lowerBound) < ($1.segment, $1.range.lowerBound)
        }
        entries[from].isMerged = true
    }

    /// "the girl" is the one girl the story has named; "his daughter" is the child it has named.
    private mutating func mergeGenerics() {
        for index in entries.indices where !entries[index].isNamed && !entries[index].isMerged {
            guard let first = entries[index].sightings.first, let key = first.role, let role = Roles.role(of: key),
                role.kind == .generic || Roles.offspring.contains(key)
            else { continue }
            let isLater = { (other: Entry) in other.first <= first.segment }
            let candidates = entries.indices.filter { other in
                other != index && isSpecific(entries[other]) && !entries[other].isMerged
                    && fits(role, first, entries[other])
                    && (first.isIndefinite ? introduces(first, entries[other]) : isLater(entries[other]))
            }
            if candidates.count == 1 { absorb(index, into: candidates[0]) }
        }
    }

    /// Somebody with a name, a kin word or a trade: more than "the man".
    private func isSpecific(_ entry: Entry) -> Bool {
        entry.isNamed || entry.roles.contains { Roles.role(of: $0)?.kind == .kin || Roles.role(of: $0)?.kind == .trade }
    }

    /// "A girl sat by the window. Mira was waiting." – a name that turns up right after the first glimpse.
    private func introduces(_ glimpse: Sighting, _ other: Entry) -> Bool {
        other.first > glimpse.segment && other.first <= glimpse.segment + 2
    }

    private func fits(_ role: Role, _ sighting: Sighting, _ other: Entry) -> Bool {
        let known = Traits.gather(other.sightings, in: segments)
        if let gender = role.gender, let theirs = known.gender, gender != theirs { return false }
        if role.gender != nil, known.gender == nil, !sighting.isIndefinite { return false }
        let age = sighting.adjectives.compactMap(Roles.age).first ?? role.age
        guard let age, let theirs = known.age else { return true }
        return age == theirs || Set([age, theirs]) == [.child, .young]
    }
}

/// Places where the story itself says that a noun and a name are one person.
enum Links {
    static func all(_ sightings: [Sighting], in segments: [[Token]]) -> [(role: Sighting, name: Sighting)] {
        var links: [(role: Sighting, name: Sighting)] = []
        for (left, right) in zip(sightings, sightings.dropFirst()) {
            if let link = link(left, right, in: segments) { links.append(link) }
        }
        return links
    }

    /// "Tom, a fat man with a beard": the phrase goes on describing.
    private static func describes(_ phrase: Sighting, in tokens: [Token]) -> Bool {
        let next = phrase.range.upperBound
        return phrase.name.isEmpty && next < tokens.count
            && ["with", "in", "of", "from", "who"].contains(tokens[next].key)
    }

    private static func link(
        _ left: Sighting, _ right: Sighting, in segments: [[Token]]
    ) -> (role: Sighting, name: Sighting)? {
        guard !left.isOwner, left.name.isEmpty != right.name.isEmpty else { return nil }
        let (role, name) = left.name.isEmpty ? (left, right) : (right, left)
        if left.segment + 1 == right.segment {
            // "A woman jumped out. It was Anna."
            let tokens = segments[right.segment]
            let opens = right.range.lowerBound == 2 && tokens[0].key == "it" && ["was", "is"].contains(tokens[1].key)
            let named = right.range.lowerBound >= 2 && tokens[right.range.lowerBound - 2].key == "name"
            return (opens || named) && left.name.isEmpty ? (role, name) : nil
        }
        guard left.segment == right.segment else { return nil }
        let tokens = segments[left.segment]
        let between = tokens[left.range.upperBound..<right.range.lowerBound]
        let leftMark = tokens[left.range.upperBound - 1].mark
        let rightEnds = tokens[right.range.upperBound - 1].endsClause
        let keys = between.map(\.key)
        switch keys {
        case [] where leftMark == "," && (rightEnds || describes(right, in: tokens)): return (role, name)
        // "Tobias the keeper".
        case [] where leftMark.isEmpty && right.determiner == "the" && !left.name.isEmpty: return (role, name)
        case ["named"], ["called"], ["whose", "name", "was"], ["whose", "name", "is"]:
            return left.name.isEmpty ? (role, name) : nil
        case ["was"], ["is"]: return leftMark.isEmpty ? (role, name) : nil
        default: return nil
        }
    }
}
