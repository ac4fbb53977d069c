// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// A feeling, with the face, the voice and the light that go with it.
enum Affect: String, CaseIterable, Sendable {
    case joyful
    case sad
    case tense
    case calm
    case angry
    case afraid
    case tender
    case surprised
    case thoughtful
    case tired
    case determined
    case mysterious

    var expression: String {
        switch self {
        case .joyful: "happy"
        case .sad: "sad"
        case .tense, .determined: "determined"
        case .calm: "neutral"
        case .angry: "angry"
        case .afraid: "afraid"
        case .tender: "tender"
        case .surprised: "surprised"
        case .thoughtful, .mysterious: "thoughtful"
        case .tired: "tired"
        }
    }

    /// What a voice can do with it.
    var voice: String {
        switch self {
        case .joyful: "joyful"
        case .sad, .tired: "sad"
        case .tense, .determined, .surprised: "tense"
        case .calm, .tender, .thoughtful, .mysterious: "calm"
        case .angry: "angry"
        case .afraid: "afraid"
        }
    }

    /// What the light does with it; nil: too private for the sky.
    var mood: String? {
        switch self {
        case .joyful: "joyful"
        case .sad: "sad"
        case .tense, .afraid, .determined: "tense"
        case .calm: "calm"
        case .angry: "angry"
        case .tender: "tender"
        case .mysterious: "mysterious"
        case .surprised, .thoughtful, .tired: nil
        }
    }

    var isStrong: Bool {
        switch self {
        case .sad, .angry, .afraid, .tender, .surprised, .tired: true
        case .joyful, .tense, .calm, .thoughtful, .determined, .mysterious: false
        }
    }

    /// The face of somebody who hears this said to them.
    var answer: String {
        switch self {
        case .joyful: "happy"
        case .sad, .tired, .afraid: "tender"
        case .determined: "determined"
        case .tense, .surprised: "thoughtful"
        case .angry: "afraid"
        case .tender: "tender"
        case .calm, .thoughtful, .mysterious: "neutral"
        }
    }
}

/// Words that carry a feeling.
enum Affects {
    static let table: [String: Affect] = {
        var table: [String: Affect] = [:]
        for (affect, list) in lists {
            for word in words(list) { table[word] = affect }
        }
        return table
    }()

    private static let lists: [(Affect, String)] = [
        (
            .joyful,
            "bright sunny spring win won free happy happily joy joyful joyfully glad gladly laugh laughter smile grin cheer delight delighted merry merrily"
        ),
        (
            .joyful,
            "wonderful hooray hurrah fun funny giggle play celebrate dance sing proud proudly beamed chuckle 笑 高兴 开心 快乐 欢喜 微笑 欢呼"
        ),
        (
            .sad,
            "sad sadly sadness sorrow sorrowful grief weep cry tear tears sob lonely alone lost mourn miserable broken sorry"
        ),
        (.sad, "unhappy gloomy sigh grave funeral died dead goodbye farewell empty miss heavy 哭 伤心 难过 眼泪 流泪 孤独 叹气 悲伤"),
        (
            .tense,
            "hurry quick quickly suddenly danger dangerous storm stormy thunder lightning crash shout alarm urgent race chase help"
        ),
        (
            .tense,
            "struggle fight trap escape desperate desperately fierce fiercely wild wildly roar howl 快 突然 危险 暴风雨 雷 喊"
        ),
        (
            .calm,
            "calm calmly peace peaceful peacefully quiet quietly gentle gently soft softly slowly silence silent rest 安静 轻轻 慢慢 平静"
        ),
        (
            .angry,
            "angry angrily anger rage furious furiously fury mad cruel hate hatred scowl glare shake-fist stamp 生气 愤怒 怒"
        ),
        (
            .afraid,
            "afraid fear fearful fearfully frightened scared terror terrified terrible horror horrified dread tremble trembling shiver"
        ),
        (
            .afraid,
            "shook shake shaking shudder pale scream nervous nervously worried worry anxious please beg 害怕 怕 发抖 担心 求"
        ),
        (
            .tender,
            "love loved lovingly tender tenderly kiss hug embrace dear dearest sweet kind kindly warm warmly daughter son thank thanks"
        ),
        (.tender, "hold-hands forgive comfort darling child's hope 爱 抱 温柔 温暖 亲爱 谢谢"),
        (
            .surprised,
            "surprised surprise surprising amazed amazement astonished gasp wonder startled impossible unbelievable 惊讶 吃惊 奇怪"
        ),
        (.thoughtful, "think thought wondered ponder remember remembered memory considered curious puzzled 想 想念 记得 好奇"),
        (.tired, "tired weary wearily exhausted sleepy yawn yawned faint 累 困 疲倦"),
        (
            .determined,
            "brave bravely must promise swear determined resolve never courage courageous steady firm firmly 一定 勇敢 答应"
        ),
        (
            .mysterious,
            "strange strangely mystery mysterious mysteriously secret shadow shadows ghost whispering magic enchanted eerie 神秘 秘密 影子"
        ),
    ]

    /// Kites shake in the wind; it is hands and voices that shake with fear.
    private static func isOnlyMotion(_ token: Token, in tokens: [Token]) -> Bool {
        guard ["shook", "shake", "shakes", "shaking"].contains(token.key) else { return false }
        let body: Set<String> = ["hand", "hands", "knees", "voice", "legs", "lips", "body", "shoulders", "fingers"]
        return !tokens.contains { body.contains($0.key) }
    }

    /// "The lamp is out", "the boat was gone".
    private static func badNews(_ tokens: [Token]) -> Int? {
        let ends: Set<String> = [
            "out", "gone", "broken", "lost", "dead", "over", "sinking", "empty", "missing", "closed", "dying",
        ]
        return tokens.indices.dropFirst().first { position in
            ends.contains(tokens[position].key) && ["is", "are", "was", "were"].contains(tokens[position - 1].key)
        }
    }

    private static let negations: Set<String> = [
        "not", "no", "never", "without", "nobody", "don't", "didn't", "wasn't", "isn't", "没有", "不", "没", "别",
    ]

    /// The feeling a sentence has most words for; ties go to the later word, because sentences end on what matters.
    static func strongest(in tokens: [Token]) -> Affect? {
        var counts: [Affect: Int] = [:]
        var last: [Affect: Int] = [:]
        for (position, token) in tokens.enumerated() {
            guard let found = Lemma.look(token.key, in: table), !isOnlyMotion(token, in: tokens) else { continue }
            let isDenied = tokens[max(0, position - 3)..<position].contains { negations.contains($0.key) }
            guard !isDenied || found.meaning == .determined else { continue }
            counts[found.meaning, default: 0] += found.meaning == .calm ? 1 : 2
            last[found.meaning] = position
        }
        if let news = badNews(tokens) {
            counts[.sad, default: 0] += 2
            last[.sad] = max(last[.sad] ?? 0, news)
        }
        return Affect.allCases.filter { counts[$0] != nil }.max { left, right in
            (counts[left] ?? 0, last[left] ?? 0) < (counts[right] ?? 0, last[right] ?? 0)
        }
    }
}
