// Entities · pure · sees Contracts, Policies, Ingest

/// What a verb shows.
package struct Verb: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Going somewhere.
        case travel
        /// A way to be that lasts: sitting, kneeling.
        case posture
        /// Something done with arms and hands.
        case gesture
        /// Having something in the hands.
        case handle
        case look
        case feel
        /// Not to be seen: its objects are not there.
        case think
    }

    package var kind: Kind
    /// How a body does it; empty: as it was.
    package var pose: String
}

/// Verbs that put a body into a picture.
package enum Verbs {
    package static func look(_ key: String) -> (lemma: String, verb: Verb)? {
        guard !nouns.contains(key) else { return nil }
        return Lemma.look(key, in: table).map { ($0.form, $0.meaning) }
    }

    /// Plurals and -ings that look like verbs and are things.
    private static let nouns: Set<String> = [
        "waves", "lights", "hands", "steps", "points", "rows", "rose", "roses", "evening", "morning", "building",
        "left",
        "stairs", "saw", "lines", "watches", "walks", "runs", "falls", "drawing", "painting", "wedding", "ring",
        "rings",
    ]

    static let table: [String: Verb] = {
        var table: [String: Verb] = [:]
        func add(_ kind: Verb.Kind, _ pose: String, _ list: String) {
            for word in words(list) { table[word] = Verb(kind: kind, pose: pose) }
        }
        add(
            .travel, "walk",
            "walk go come march wander stroll step follow enter leave arrive return cross climb creep 走 来 去")
        add(
            .travel, "walk", "tiptoe trudge limp stumble pass approach travel head move stride leave left crawl 爬 回 进 出"
        )
        add(.travel, "run", "run rush hurry race dash chase sprint flee skip gallop bolt scamper hop 跑 奔 追 冲")
        add(.travel, "row", "row paddle 划")
        add(.travel, "", "sail swim ride fly drive float drift 飞 游")
        add(.travel, "cheer", "jump leap bounce 跳")
        add(.posture, "sit", "sit perch settle 坐")
        add(.posture, "kneel", "kneel crouch squat stoop bend 跪 蹲")
        add(.posture, "lie", "lie sleep collapse faint doze nap 躺 睡 睡着")
        add(.posture, "stand", "stand rise wait pause stop halt stay wake 站 站起来 等")
        add(.posture, "cower", "cower hide huddle shrink flinch 躲")
        add(.posture, "bow", "bow curtsy 鞠躬")
        add(.gesture, "point", "point 指")
        add(.gesture, "wave", "wave beckon 挥手 招手")
        add(.gesture, "reach", "reach give hand offer pass take grab snatch touch knock push pull open close shut pick")
        add(
            .gesture, "reach",
            "put set place lay light pour feed stroke pat tie untie catch tug drop throw toss release 给 递 拿 摸 拉 推 敲 开 关 点 点亮 放"
        )
        add(
            .gesture, "reach", "draw paint write build mend repair fix sweep wash plant dig cut turn wipe brush sew 写 画"
        )
        add(.gesture, "cheer", "cheer clap dance celebrate 跳舞 欢呼")
        add(.gesture, "embrace", "hug embrace kiss cuddle 抱 拥抱 抱住")
        add(.gesture, "", "nod shake shrug blink turn 点头 摇头")
        add(.handle, "hold", "hold clutch grip grasp cradle hug clasp squeeze 握 捧 举 举起")
        add(.handle, "carry", "carry lift raise bring drag haul bear 抬 提 带")
        add(.handle, "hold", "read eat drink sip play 读 吃 喝")
        add(.look, "", "look see watch stare gaze glance peer notice spot find listen hear 看 看见 望 听 听见 找到")
        add(.feel, "weep", "weep cry sob 哭 流泪")
        add(
            .feel, "",
            "laugh smile grin tremble shiver sigh blush frown yawn gasp pant breathe whistle sing hum 笑 微笑 发抖 叹气")
        add(.feel, "arms_crossed", "sulk pout")
        add(.think, "think", "think wonder ponder consider 想")
        add(.think, "", "remember miss dream hope wish want need know love hate fear forget believe imagine mean seek")
        add(.think, "", "expect mourn 想念 记得 希望 爱")
        return table
    }()

    /// Verbs that carry a following "to …" into the picture: "began to run", "bent to lift".
    static let leadIns: Set<String> = [
        "begin", "start", "bend", "turn", "lean", "reach", "stoop", "go", "come", "run", "rise", "stand", "kneel",
        "hurry",
        "climb", "stop", "sit",
    ]

    package static let auxiliaries: Set<String> = [
        "is", "are", "was", "were", "am", "be", "been", "being", "has", "have", "had", "do", "does", "did", "will",
        "would",
        "can", "could", "may", "might", "must", "shall", "should", "isn't", "wasn't", "weren't", "didn't", "don't",
        "doesn't",
        "couldn't", "wouldn't", "hadn't", "hasn't", "can't", "cannot", "won't", "seemed", "looked", "felt", "became",
        "began",
        "kept", "lived", "loved", "wore", "used", "tried", "是", "有",
    ]
}
