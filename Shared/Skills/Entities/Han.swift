// Entities · pure · sees Contracts, Policies, Ingest
import Contracts
import Ingest

/// What Chinese needs of its own: words are found, not spaced.
enum Han {
    /// Every Han word of the room's lexicons.
    static let words: [String] = {
        var words: [String] = []
        words += Roles.table.keys.sorted()
        words += Verbs.table.keys.sorted()
        words += PlaceWords.table.keys.sorted()
        words += PlaceWords.features.keys.sorted()
        words += Clothing.garments.keys.sorted()
        words += Clothing.extras.keys.sorted()
        words += Clothing.hairStyles.keys.sorted()
        words += Clothing.builds.keys.sorted()
        words += ["头发", "他们", "她们", "我们", "慢慢", "轻轻", "没有", "一件", "一条", "红色", "黄色", "蓝色", "绿色", "白色", "黑色", "花白", "乌黑"]
        return words.filter { $0.contains(where: Language.isHan) }
    }()

    static let vocabulary = Words.Vocabulary(words)

    /// Sightings of names and role nouns in Han text.
    static func sightings(in segments: [[Token]], names: Set<String>) -> [Sighting] {
        var found: [Sighting] = []
        for (index, tokens) in segments.enumerated() {
            for position in tokens.indices {
                let key = tokens[position].key
                guard key.contains(where: Language.isHan) else { continue }
                let isName = names.contains(key)
                guard isName || Roles.role(of: key) != nil else { continue }
                let next = position + 1 < tokens.count && tokens[position].mark.isEmpty ? tokens[position + 1].key : ""
                found.append(
                    Sighting(
                        segment: index, range: position..<(position + 1), name: isName ? [key] : [],
                        role: isName ? role(within: key) : Roles.canonical(key),
                        adjectives: isName && key.hasPrefix("小") ? ["小"] : [],
                        determiner: isIntroduced(position, in: tokens) ? "a" : "", surface: key,
                        isOwner: next == "的",
                        isSubject: next != "的"
                            && (Syntax.isSubject(endingAt: position, in: tokens) || opensClause(position, of: tokens)),
                        speaks: SpeechVerbs.han.contains { $0.verb == next }))
            }
        }
        return found
    }

    /// 走进来一个背剑的年轻人: somebody new.
    private static func isIntroduced(_ position: Int, in tokens: [Token]) -> Bool {
        var before = ""
        for token in tokens[max(0, position - 7)..<position].reversed() {
            guard token.mark.isEmpty else { break }
            before = token.text + before
        }
        return ["一个", "一位", "一名", "有个"].contains(where: before.contains)
    }

    /// What stands at the head of a Chinese clause and goes on is what the clause is about.
    static func opensClause(_ position: Int, of tokens: [Token]) -> Bool {
        tokens[position].mark.isEmpty && position + 1 < tokens.count
            && (position == 0 || !tokens[position - 1].mark.isEmpty)
    }

    /// 白眉道人 is a 道人.
    private static func role(within name: String) -> String? {
        guard name.count > 2 else { return nil }
        let suffix = String(name.suffix(2))
        return Roles.role(of: suffix) == nil ? nil : Roles.canonical(suffix)
    }
}
