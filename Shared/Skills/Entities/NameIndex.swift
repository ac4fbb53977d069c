// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// Finds the known people of a story by the words it has for them.
struct NameIndex {
    /// First word → the phrases that begin with it, longest first.
    private var phrases: [String: [(keys: [String], who: CharacterID)]] = [:]
    /// Every word of every phrase, for the reader of Chinese.
    let hanWords: [String]

    init(_ people: [Person]) {
        var owners: [[String]: CharacterID?] = [:]
        var order: [[String]] = []
        var han: [String] = []
        for person in people {
            for phrase in Self.phrases(for: person) {
                if let owner = owners[phrase] {
                    // A word that two people share names neither.
                    if owner != person.characterID { owners[phrase] = .some(nil) }
                } else {
                    owners[phrase] = person.characterID
                    order.append(phrase)
                }
                han += phrase.filter { $0.contains(where: Language.isHan) }
            }
        }
        for phrase in order {
            guard let first = phrase.first, let owner = owners[phrase], let who = owner else { continue }
            phrases[first, default: []].append((phrase, who))
        }
        for first in Array(phrases.keys) { phrases[first]?.sort { $0.keys.count > $1.keys.count } }
        hanWords = han
    }

    /// Whose name begins at this word, and how many words it takes.
    func match(_ tokens: [Token], at index: Int) -> (who: CharacterID, length: Int)? {
        guard let candidates = phrases[tokens[index].key] else { return nil }
        for (keys, who) in candidates where index + keys.count <= tokens.count {
            let window = tokens[index..<(index + keys.count)]
            guard zip(window, keys).allSatisfy({ $0.key == $1 }), window.dropLast().allSatisfy({ !$0.isPossessive })
            else {
                continue
            }
            return (who, keys.count)
        }
        return nil
    }

    /// "the girl in the red coat": the head of it is not its last word.
    private static func opensMore(_ key: String) -> Bool {
        Syntax.prepositions.contains(key) || ["who", "that", "which", "whose"].contains(key)
    }

    private static func phrases(for person: Person) -> [[String]] {
        var phrases: [[String]] = []
        func add(_ keys: [String]) {
            if !keys.isEmpty, !phrases.contains(keys) { phrases.append(keys) }
        }
        for surface in [person.name] + person.aliases {
            let tokens = Words.tokens(of: surface, knowing: Words.Vocabulary([surface]))
            let bare = tokens.drop { Syntax.determiners.contains($0.key) || $0.isPossessive }.map(\.key)
            add(Array(bare))
            // The noun alone, and each word of a name alone.
            if let head = bare.last, !bare.dropLast().contains(where: Self.opensMore) { add([head]) }
            for token in tokens
            where token.isCapitalised && !NotNames.contains(token.key) && Roles.age(of: token.key) == nil {
                add([token.key])
            }
        }
        return phrases
    }
}
