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
        mergeStrangers()
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
        var called = CalledBy()
        for sighting in sightings {
            let index: Int?
            if !sighting.name.isEmpty {
                index =
                    called.entries(like: sighting.name).first { !Self.areTwo(entries[$0], sighting) }
                    ?? unnamed(byRole[Self.key(of: sighting, variants)], sighting)
            } else {
                let known = byRole[Self.key(of: sighting, variants)]
                // "the man in the brown hat", and then "a big man": another.
                let isAnother = known.map { sighting.isIndefinite && !entries[$0].sightings[0].isIndefinite } ?? false
                index = isAnother && sighting.role.flatMap(Roles.role)?.kind == .generic ? nil : known
            }
            if let index {
                entries[index].sightings.append(sighting)
            } else {
                entries.append(Entry(sightings: [sighting]))
            }
            called.note(sighting.name, at: index ?? entries.count - 1)
            // "King Arthur" is "the king" from then on.
            let key = Self.key(of: sighting, variants)
            if !key.isEmpty, byRole[key] == nil { byRole[key] = index ?? entries.count - 1 }
        }
    }

    /// "the doctor" before anybody said that it is Dr Amory.
    private func unnamed(_ index: Int?, _ sighting: Sighting) -> Int? {
        guard let index, !entries[index].isNamed, let role = sighting.role, Roles.role(of: role)?.kind == .trade,
            !entries[index].sightings.contains(where: \.isIndefinite)
        else { return nil }
        return index
    }

    /// Mr Vane and Miss Vane; Mrs Vane and Miss Vane.
    private static func areTwo(_ entry: Entry, _ sighting: Sighting) -> Bool {
        guard let role = sighting.role, Roles.honorifics.contains(role), let gender = Roles.role(of: role)?.gender
        else {
            return false
        }
        return entry.roles.contains {
            if [role, $0].contains("mrs"), [role, $0].contains("miss") { return true }
            return Roles.honorifics.contains($0) && Roles.role(of: $0)?.gender.map { $0 != gender } ?? false
        }
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
                first.determiner != "some",
                role.kind == .generic || Roles.offspring.contains(key) || isKinOfSomebody(role, first)
            else { continue }
            let owner = role.kind == .kin ? owner(of: first) : nil
            let isLater = { (other: Entry) in other.first <= first.segment }
            let candidates = entries.indices.filter { other in
                other != index && other != owner && isSpecific(entries[other])
                    && (role.kind != .kin || entries[other].isNamed) && !entries[other].isMerged
                    && fits(role, first, entries[other])
                    && (first.isIndefinite ? introduces(first, entries[other]) : isLater(entries[other]))
            }
            let introduced = candidates.isEmpty && owner != nil ? introduced(after: first, but: owner, role) : nil
            if let introduced {
                absorb(index, into: introduced)
            } else if candidates.count == 1 {
                absorb(index, into: candidates[0])
            } else if let near = nearest(to: first, role, but: index) {
                absorb(index, into: near)
            }
        }
    }

    /// "her older sister" may be somebody with a name.
    private func isKinOfSomebody(_ role: Role, _ sighting: Sighting) -> Bool {
        role.kind == .kin && ["his", "her", "their"].contains(sighting.determiner)
            && sighting.role.map(Roles.peers.contains) ?? false
    }

    /// Whose sister she is: who was named as acting last.
    private func owner(of sighting: Sighting) -> Int? {
        let before = entries.indices.flatMap { index in entries[index].sightings.map { (index, $0) } }.filter {
            !$0.1.name.isEmpty && $0.1.isSubject
                && ($0.1.segment, $0.1.range.lowerBound) < (sighting.segment, sighting.range.lowerBound)
        }
        return before.max { ($0.1.segment, $0.1.range.lowerBound) < ($1.1.segment, $1.1.range.lowerBound) }?.0
    }

    /// "Gus blamed his sister", and soon "said Bea".
    private func introduced(after sighting: Sighting, but owner: Int?, _ role: Role) -> Int? {
        let soon = entries.indices.filter { other in
            other != owner && entries[other].isNamed && !entries[other].isMerged
                && (sighting.segment + 1...sighting.segment + 14).contains(entries[other].first)
                && fits(role, sighting, entries[other])
        }
        return soon.count == 1 ? soon[0] : nil
    }

    /// "The old man" right after Hobbs the gardener acted, when nothing says that it is not he.
    private func nearest(to sighting: Sighting, _ role: Role, but index: Int) -> Int? {
        guard sighting.determiner == "the", role.kind == .generic, sighting.isSubject || sighting.speaks else {
            return nil
        }
        let near = entries.indices.filter { other in
            other != index && entries[other].isNamed && !entries[other].isMerged
                && entries[other].sightings.contains {
                    (sighting.segment - 3...sighting.segment).contains($0.segment)
                        && ($0.segment, $0.range.lowerBound) < (sighting.segment, sighting.range.lowerBound)
                }
                && agrees(role, entries[other])
        }
        return near.count == 1 ? near[0] : nil
    }

    private func agrees(_ role: Role, _ other: Entry) -> Bool {
        guard let gender = role.gender, let theirs = Traits.gather(other.sightings, in: segments).gender else {
            return true
        }
        return gender == theirs
    }

    /// "The man in the grey coat" of a story that has one stranger is the stranger.
    private mutating func mergeStrangers() {
        let nameless = entries.indices.filter { !entries[$0].isNamed && !entries[$0].isMerged }
        let strangers = nameless.filter {
            entries[$0].roles.contains("stranger") || entries[$0].roles.contains("visitor")
        }
        let others = nameless.filter {
            Set(entries[$0].roles).isSubset(of: ["man", "woman"]) && !entries[$0].sightings[0].isIndefinite
        }
        guard strangers.count == 1, others.count == 1 else { return }
        absorb(max(strangers[0], others[0]), into: min(strangers[0], others[0]))
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
        // Of a sister it is known whose she is; "the man" may be anybody.
        if role.gender != nil, known.gender == nil, !sighting.isIndefinite, role.kind != .kin { return false }
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
        // 狐狸红姑, 小丫头阿蓼.
        case [] where leftMark.isEmpty && left.name.isEmpty && name.surface.contains(where: Language.isHan):
            return (role, name)
        case ["named"], ["called"], ["whose", "name", "was"], ["whose", "name", "is"]:
            return left.name.isEmpty ? (role, name) : nil
        case ["was"], ["is"]: return leftMark.isEmpty ? (role, name) : nil
        default: return nil
        }
    }
}

/// Which entries a name may belong to: a story of a thousand people is not walked through for each of its names.
private struct CalledBy {
    private var byWord: [String: Set<Int>] = [:]
    private var names: [Int: Set<[String]>] = [:]

    mutating func note(_ name: [String], at index: Int) {
        guard !name.isEmpty else { return }
        let words = name.map { $0.lowercased() }
        guard names[index, default: []].insert(words).inserted else { return }
        for word in words { byWord[word, default: []].insert(index) }
    }

    /// In their order: those one of whose names holds all of this one's words, or the other way round.
    func entries(like name: [String]) -> [Int] {
        let words = name.map { $0.lowercased() }
        let near = words.reduce(into: Set<Int>()) { $0.formUnion(byWord[$1] ?? []) }
        return near.sorted().filter { index in
            (names[index] ?? []).contains { words.allSatisfy($0.contains) || $0.allSatisfy(words.contains) }
        }
    }
}
