// Planning · pure · sees Contracts, Policies, Ingest, Entities
import Contracts
import Entities
import Ingest

/// Words that show in a face and sound in a voice.
enum FeelingWords {
    static func expression(in moment: Reading.Moment) -> String? {
        moment.tokens.lazy.compactMap { expressions[$0.key] }.first
    }

    /// The speech engine's word for how a line is said.
    static func emotion(of moment: Reading.Moment) -> String {
        guard moment.isSpeech else { return "calm" }
        let how = (moment.attribution.map { words($0.subject) } ?? []) + (moment.segment.attribution.map(words) ?? [])
        let keys = how.map { $0.lowercased() } + moment.tokens.map(\.key)
        if let said = keys.lazy.compactMap({ manners[$0] }).first { return said }
        return moment.segment.text.hasSuffix("!") ? "joyful" : "neutral"
    }

    private static let manners = lexicon([
        ("whisper", "whisper whispered whispers murmured breathed 低声"), ("angry", "shouted yelled roared snapped 喊 怒"),
        ("afraid", "cried screamed gasped please help 求"), ("sad", "sobbed wept sighed broken 哭"),
        ("calm", "softly gently quietly 轻声"), ("joyful", "laughed cheered smiled 笑"),
    ])

    private static let expressions = lexicon([
        ("happy", "laugh laughed smile smiled happy glad joy danced cheered 笑 高兴"),
        ("sad", "sad wept sobbed tears sighed broken lonely 难过 哭"),
        ("afraid", "afraid scared frightened trembled shook please help 害怕"),
        ("angry", "angry shouted furious rage 生气"), ("surprised", "surprised suddenly gasped wonder stared 惊"),
        ("determined", "must will climbed held never 一定"), ("tired", "tired weary slept exhausted 累"),
        ("tender", "softly gently kissed hugged daughter loved 温柔"), ("thoughtful", "thought wondered looked 想"),
    ])
}

/// Nouns that become things in the picture.
enum PropWords {
    static func handheld(_ key: String) -> String? { hands[key] }

    static func props(in group: [Reading.Moment], setting: ShotDSL.Setting) -> [ShotDSL.Prop] {
        let keys = group.flatMap { $0.tokens.map(\.key) }
        var props: [ShotDSL.Prop] = []
        for key in keys {
            guard let kind = things[key], !props.contains(where: { $0.kind == kind }), props.count < 3 else { continue }
            guard let prop = place(kind, in: setting, ordinal: props.count + 1) else { continue }
            props.append(prop)
        }
        return props
    }

    private static func place(_ kind: String, in setting: ShotDSL.Setting, ordinal: Int) -> ShotDSL.Prop? {
        let isIndoors = ["room", "kitchen", "bedroom", "tavern", "shop", "hall"].contains(setting.kind)
        switch kind {
        case "boat":
            return isIndoors || ["street", "village"].contains(setting.kind)
                ? nil : ShotDSL.Prop(id: "p\(ordinal)", kind: kind, x: 0.62, depth: 0.5, scale: 1.1)
        case "fire": return isIndoors ? nil : ShotDSL.Prop(id: "p\(ordinal)", kind: kind, x: 0.5, depth: 0.1)
        case "table": return ShotDSL.Prop(id: "p\(ordinal)", kind: kind, x: 0.5, depth: 0.3)
        default: return ShotDSL.Prop(id: "p\(ordinal)", kind: kind, x: 0.72, depth: 0.25)
        }
    }

    private static let things = lexicon([
        ("boat", "boat ship sailboat rowboat 船"), ("table", "table desk 桌子"), ("fire", "fire campfire bonfire 火"),
        ("door", "door 门"), ("tree", "tree 树"), ("kite", "kite 风筝"), ("chair", "chair armchair 椅子"),
    ])

    private static let hands = lexicon([
        ("lantern", "lantern lamp torch 灯 灯笼"), ("letter", "letter note paper 信"), ("book", "book 书"),
        ("basket", "basket 篮子"), ("umbrella", "umbrella 伞"), ("cup", "cup tea mug 茶 杯子"), ("kite", "kite 风筝"),
        ("bottle", "bottle 瓶子"), ("bowl", "bowl 碗"),
    ])
}
