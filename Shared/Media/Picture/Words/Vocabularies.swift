// Picture · pure · sees Contracts, Policies
import Contracts

/// The words of hours, skies, moods, poses and faces, and what else they are called.
enum Vocabularies {
    static let hours = Vocabulary(
        Hour.self, of: ShotWords.times, generic: .day,
        aliases: [
            .dawn: ["sunrise", "daybreak", "first_light", "黎明", "清晨", "拂晓", "日出"],
            .morning: ["breakfast", "早晨", "早上", "上午"],
            .day: ["noon", "midday", "daytime", "白天", "中午", "正午"],
            .afternoon: ["teatime", "下午", "午后"],
            .sunset: ["golden_hour", "sundown", "日落", "夕阳"],
            .dusk: ["evening", "twilight", "nightfall", "傍晚", "黄昏"],
            .night: ["midnight", "late_night", "夜", "夜晚", "深夜", "午夜", "晚上"],
        ])

    static let skies = Vocabulary(
        Sky.self, of: ShotWords.weather, generic: .clear,
        aliases: [
            .clear: ["sunny", "fine", "fair", "晴", "晴天"],
            .rain: ["rainy", "drizzle", "shower", "wet", "雨", "下雨", "大雨"],
            .storm: ["stormy", "thunder", "thunderstorm", "tempest", "gale", "暴风雨", "雷雨", "风暴"],
            .snow: ["snowy", "blizzard", "snowfall", "雪", "下雪", "大雪"],
            .fog: ["foggy", "mist", "misty", "haze", "雾", "大雾"],
            .overcast: ["cloudy", "grey", "gray", "阴", "阴天", "多云"],
            .wind: ["windy", "breeze", "leaves", "blossom", "sandstorm", "embers", "风", "大风"],
        ])

    static let moods = Vocabulary(
        Mood.self, of: ShotWords.moods, generic: .neutral,
        aliases: [
            .joyful: ["happy", "cheerful", "excited", "joy", "欢乐", "快乐"],
            .tender: ["warm", "loving", "romantic", "gentle", "温柔", "温馨"],
            .calm: ["peaceful", "serene", "quiet", "平静", "宁静"],
            .sad: ["melancholy", "grief", "lonely", "sorrow", "悲伤", "忧伤"],
            .tense: ["dramatic", "suspense", "urgent", "紧张"],
            .afraid: ["fear", "scary", "fearful", "恐惧", "害怕"],
            .angry: ["anger", "fury", "愤怒"],
            .mysterious: ["mystery", "eerie", "magical", "神秘"],
            .epic: ["heroic", "grand", "triumphant", "壮丽"],
        ])

    static let expressions = Vocabulary(
        Expression.self, of: ShotWords.expressions, generic: .neutral,
        aliases: [
            .neutral: ["blank", "calm", "平静"],
            .happy: ["joyful", "smile", "smiling", "laughing", "laugh", "smug", "excited", "proud", "高兴", "快乐", "笑"],
            .sad: ["pained", "disappointed", "lonely", "sorrowful", "悲伤", "难过"],
            .crying: ["weeping", "tears", "sobbing", "哭", "哭泣"],
            .angry: ["disgusted", "furious", "annoyed", "tense", "愤怒", "生气"],
            .afraid: ["scared", "fearful", "worried", "anxious", "nervous", "害怕", "恐惧", "担心"],
            .surprised: ["shocked", "amazed", "astonished", "惊讶", "吃惊"],
            .tender: ["shy", "loving", "warm", "relieved", "温柔"],
            .thoughtful: ["pensive", "curious", "confused", "thinking", "mysterious", "沉思"],
            .tired: ["sleepy", "weary", "exhausted", "疲惫", "累"],
            .determined: ["serious", "brave", "resolute", "epic", "坚定"],
            .asleep: ["sleeping", "dead", "unconscious", "睡着"],
        ])

    static let poses = Vocabulary(
        PoseName.self, of: ShotWords.poses, generic: .stand, kept: ["fall": .lie, "sleep": .lie],
        aliases: [
            .stand: [
                "wait", "listen", "look", "watch", "lean", "back_turned", "idle", "pose", "站", "站立", "等", "看",
            ],
            .walk: ["stroll", "step", "enter", "leave", "climb", "march", "go", "come", "follow", "走", "走路", "散步"],
            .run: ["flee", "chase", "rush", "hurry", "escape", "ride", "jump", "跑", "奔跑", "逃"],
            .sit: ["seated", "rest", "drink", "eat", "read", "write", "play_instrument", "坐"],
            .sitGround: ["crouch", "squat", "坐在地上", "蹲"],
            .kneel: ["pray", "dig", "beg", "plant", "跪"],
            .point: ["show", "fight", "strike", "throw", "shoot", "指", "指向", "打"],
            .wave: ["greet", "salute", "farewell", "挥手", "招手"],
            .reach: ["knock", "push", "pull", "touch", "open", "grab", "take", "light", "伸手", "推", "拉", "敲门"],
            .give: ["offer", "hand_over", "给", "递"],
            .hold: ["cook", "work", "hold_hands", "hold_out", "拿", "握"],
            .carry: ["lift", "bear", "抱着", "背", "扛"],
            .embrace: ["hug", "kiss", "拥抱", "抱"],
            .armsCrossed: ["cross_arms", "refuse", "抱臂"],
            .think: ["ponder", "wonder", "consider", "想", "思考"],
            .talk: ["speak", "say", "tell", "sing", "argue", "shout", "explain", "说", "说话", "讲", "唱"],
            .cheer: ["celebrate", "dance", "rejoice", "欢呼", "跳舞"],
            .bow: ["nod", "curtsey", "鞠躬"],
            .cower: ["hide", "tremble", "shrink", "害怕", "躲"],
            .weep: ["cry", "sob", "mourn", "哭", "哭泣"],
            .lookUp: ["gaze", "look_at_sky", "抬头", "仰望"],
            .row: ["paddle", "sail", "划船"],
            .lie: ["dead", "faint", "swim", "躺", "睡", "倒下"],
        ])

    static let crowds = Vocabulary(
        CrowdKind.self, of: ShotWords.crowds, generic: .passers,
        aliases: [
            .villagers: ["farmer", "peasant", "neighbour", "people", "村民", "农民"],
            .soldiers: ["guard", "army", "troops", "warrior", "士兵"],
            .children: ["child", "kid", "pupil", "孩子", "学生"],
            .passers: ["crowd", "passerby", "passers_by", "guest", "audience", "dancer", "人群", "路人"],
            .birds: ["bird", "gull", "seagull", "flock", "鸟"],
            .sheep: ["lamb", "herd", "goat", "羊"],
        ])
}
