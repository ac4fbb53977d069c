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

    /// Names a Chinese story uses: subjects of verbs of speech, and 小X / 阿X / 老X that come again.
    static func names(in story: Story) -> [String] {
        var counts: [String: Int] = [:]
        var order: [String] = []
        func note(_ name: String, weight: Int) {
            guard (2...4).contains(name.count), Roles.role(of: name) == nil, !stop.contains(name),
                !["他", "她", "我", "你"].contains(name)
            else { return }
            if counts[name] == nil { order.append(name) }
            counts[name, default: 0] += weight
        }
        for segment in story.paragraphs.flatMap(\.segments) {
            if let phrase = segment.attribution, let clause = Attribution.Clause(phrase: phrase) {
                note(clause.subject, weight: 2)
            }
            guard segment.kind == .narration else { continue }
            let text = Array(segment.text)
            for index in text.indices
            where "小阿老".contains(text[index]) && index + 1 < text.count && Language.isHan(text[index + 1]) {
                note(String(text[index...(index + 1)]), weight: 1)
            }
        }
        return order.filter { (counts[$0] ?? 0) > 1 }
    }

    private static let stop: Set<String> = [
        "小时", "小心", "小声", "小小", "小的", "小路", "小镇", "小山", "小河", "小屋", "小船", "小孩", "老是", "老人", "老师", "老的", "小雨", "小岛",
        "老家", "小鸟", "小狗", "小猫", "老虎", "老鼠", "小店", "大家", "他们", "她们", "我们", "你们", "小女", "小男", "小姑", "老头", "老爷", "老奶",
        "老婆",
    ]

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
                        role: isName ? nil : Roles.canonical(key),
                        adjectives: isName && key.hasPrefix("小") ? ["小"] : [], determiner: "", surface: key,
                        isOwner: next == "的",
                        isSubject: next != "的" && Syntax.isSubject(endingAt: position, in: tokens),
                        speaks: SpeechVerbs.han.contains { $0.verb == next }))
            }
        }
        return found
    }
}
