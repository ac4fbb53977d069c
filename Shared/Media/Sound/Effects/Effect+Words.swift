// Sound · pure · sees Contracts, Policies

extension Effect {
    /// The effect a word asks for: the film's vocabulary, or a word of the text. Nil when nobody knows how to make it.
    package init?(word: String) {
        let asked = word.lowercased()
        let named = Self.allCases.first { $0.rawValue.lowercased() == asked }
        guard let effect = named ?? Self.words.first(where: { $0.words.contains(asked) })?.effect else { return nil }
        self = effect
    }

    private static let words: [(effect: Effect, words: [String])] = [
        (
            .stepStone,
            ["step", "steps", "footstep", "footsteps", "movement", "movement_sfx", "walk", "run", "脚步", "脚步声"]
        ),
        (.stepWood, ["step_wood", "footsteps_wood"]),
        (.stepGrass, ["step_grass", "footsteps_grass"]),
        (.stepGravel, ["step_gravel", "footsteps_gravel"]),
        (.stepSnow, ["step_snow", "footsteps_snow"]),
        (.door, ["door", "creak", "gate", "门", "开门", "关门"]),
        (.knock, ["knock", "knocking", "knocked", "敲门"]),
        (.bell, ["bell", "bells", "toll", "chime", "钟声", "铃"]),
        (.thunder, ["thunder", "lightning", "thunderclap", "雷", "雷声", "闪电"]),
        (.splash, ["splash", "dive", "落水", "水花"]),
        (.whoosh, ["whoosh", "swing", "fly", "rush", "呼啸"]),
        (.clock, ["clock", "tick", "ticking", "时钟", "滴答"]),
        (.metal, ["metal", "metal_hit", "metal_hit_sfx", "sword", "clash", "clang", "剑", "刀"]),
        (.impact, ["impact", "impact_sfx", "hit", "crash", "thud", "fall", "撞", "砸"]),
        (.explosion, ["explosion", "explode", "blast", "爆炸"]),
        (.heartbeat, ["heartbeat", "heart", "心跳"]),
    ]
}
