// Sound · pure · sees Contracts, Policies

/// What a sentence says was heard. Careful rather than rich: a sound that is only remembered, or did not come, is worse
/// than none.
enum SoundWords {
    /// The effects of the text in order, each with how far into it its word stands, 0…1.
    static func heard(in text: String) -> [(effect: Effect, share: Double)] {
        let told = text.lowercased()
        let words = told.split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
        guard !words.contains(where: denials.contains), !chineseDenials.contains(where: told.contains) else {
            return []
        }
        let found = english.compactMap { rule in
            rule.place(in: words).map { (rule.effect, Double($0) / Double(max(1, words.count))) }
        }
        let chinese = chinese.compactMap { effect, names in
            names.compactMap { share(of: $0, in: told) }.min().map { (effect, $0) }
        }
        return (found + chinese).sorted { $0.1 < $1.1 }
    }

    /// A thing that sounds, and the verbs by which it does; without verbs the word alone is enough.
    private struct Rule {
        let effect: Effect
        let things: Set<String>
        let verbs: Set<String>

        func place(in words: [String]) -> Int? {
            guard let thing = words.firstIndex(where: things.contains) else { return nil }
            if verbs.isEmpty { return thing }
            return words.firstIndex(where: verbs.contains).map { max($0, thing) }
        }
    }

    private static let denials: Set<String> = [
        "no", "not", "never", "without", "nothing", "didn't", "didn’t", "remembered", "dreamed", "if", "like",
    ]
    private static let chineseDenials = ["没", "不", "仿佛", "好像", "如果", "似的"]

    private static let english = [
        Rule(effect: .thunder, things: ["thunder", "thunderclap"], verbs: []),
        Rule(effect: .knock, things: ["knock", "knocked", "knocking"], verbs: []),
        Rule(
            effect: .door, things: ["door", "gate"],
            verbs: ["opened", "opens", "closed", "closes", "shut", "slammed", "creaked", "burst", "swung"]),
        Rule(
            effect: .bell, things: ["bell", "bells"],
            verbs: ["rang", "ring", "rings", "tolled", "toll", "sounded", "rung"]),
        Rule(effect: .splash, things: ["splash", "splashed"], verbs: []),
        Rule(effect: .explosion, things: ["explosion", "exploded"], verbs: []),
        Rule(effect: .stepWood, things: ["footsteps"], verbs: []),
        Rule(effect: .clock, things: ["clock"], verbs: ["ticked", "ticking", "struck"]),
        Rule(effect: .metal, things: ["swords", "blades"], verbs: ["clashed", "met", "rang"]),
    ]

    private static let chinese: [(Effect, [String])] = [
        (.thunder, ["雷声", "打雷", "雷鸣", "霹雳"]), (.knock, ["敲门"]),
        (.door, ["推开门", "打开门", "关上门", "门开了", "门关上"]), (.bell, ["钟声", "铃声", "敲钟"]), (.splash, ["扑通", "水花"]),
        (.explosion, ["爆炸"]), (.stepWood, ["脚步声"]), (.clock, ["滴答"]), (.metal, ["刀剑相"]),
    ]

    private static func share(of name: String, in text: String) -> Double? {
        text.firstRange(of: name).map { found in
            Double(text.distance(from: text.startIndex, to: found.lowerBound)) / Double(max(1, text.count))
        }
    }
}
