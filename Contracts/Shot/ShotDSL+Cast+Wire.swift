// Contracts · pure · sees nothing

extension ShotDSL.Actor {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case entityID = "entity_id"
        case label
        case x
        case depth
        case lift
        case facing
        case pose
        case expression
        case gaze
        case holding
        case state
        case wears
        case beats
        case enter
        case exit
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            entityID: try group.must(.entityID), label: try group.may(.label, or: ""), x: try group.may(.x),
            depth: try group.may(.depth, or: 0), lift: try group.may(.lift, or: 0),
            facing: try group.may(.facing, or: ""), pose: try group.may(.pose, or: "stand"),
            expression: try group.may(.expression, or: "neutral"), gaze: try group.may(.gaze, or: ""),
            holding: try group.may(.holding, or: ShotDSL.Holding()), state: try group.may(.state, or: []),
            wears: try group.may(.wears), beats: try group.may(.beats, or: []), enter: try group.may(.enter, or: ""),
            exit: try group.may(.exit, or: ""))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.entityID, entityID)
        try group.put(.label, label)
        try group.put(.x, x, unless: nil)
        try group.put(.depth, depth)
        try group.put(.lift, lift, unless: 0)
        try group.put(.facing, facing)
        try group.put(.pose, pose)
        try group.put(.expression, expression)
        try group.put(.gaze, gaze)
        try group.put(.holding, holding)
        try group.put(.state, state)
        try group.put(.wears, wears, unless: nil)
        try group.put(.beats, beats)
        try group.put(.enter, enter, unless: "")
        try group.put(.exit, exit, unless: "")
        try group.put(margin)
    }
}

extension ShotDSL.Holding {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case near
        case far
    }

    /// A plain word is the near hand, as shots were once written.
    package init(from decoder: any Decoder) throws {
        if let near = try? decoder.singleValueContainer().decode(String.self) {  // no word: then it is an object
            self.init(near: near)
            return
        }
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(near: try group.may(.near, or: ""), far: try group.may(.far, or: ""))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.near, near, unless: "")
        try group.put(.far, far, unless: "")
        try group.put(margin)
    }
}

extension ShotDSL.Wears {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case garment
        case main
        case second
        case accent
        case extras
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            garment: try group.may(.garment), main: try group.may(.main), second: try group.may(.second),
            accent: try group.may(.accent), extras: try group.may(.extras))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.garment, garment, unless: nil)
        try group.put(.main, main, unless: nil)
        try group.put(.second, second, unless: nil)
        try group.put(.accent, accent, unless: nil)
        try group.put(.extras, extras, unless: nil)
        try group.put(margin)
    }
}

extension ShotDSL.Beat {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case atMS = "at_ms"
        case pose
        case expression
        case gaze
        case toX = "to_x"
        case toDepth = "to_depth"
        case facing
        case holding
        case anchor
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            atMS: try group.must(.atMS), pose: try group.may(.pose), expression: try group.may(.expression),
            gaze: try group.may(.gaze), toX: try group.may(.toX), toDepth: try group.may(.toDepth),
            facing: try group.may(.facing), holding: try group.may(.holding), anchor: try group.may(.anchor))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.atMS, atMS)
        try group.put(.pose, pose, unless: nil)
        try group.put(.expression, expression, unless: nil)
        try group.put(.gaze, gaze, unless: nil)
        try group.put(.toX, toX, unless: nil)
        try group.put(.toDepth, toDepth, unless: nil)
        try group.put(.facing, facing, unless: nil)
        try group.put(.holding, holding, unless: nil)
        try group.put(.anchor, anchor, unless: nil)
        try group.put(margin)
    }
}

extension ShotDSL.Crowd {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case count
        case depth
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            kind: try group.must(.kind), count: try group.may(.count, or: 5), depth: try group.may(.depth, or: 0.6))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.kind, kind)
        try group.put(.count, count)
        try group.put(.depth, depth)
        try group.put(margin)
    }
}

extension ShotDSL.Axis {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case left
        case right
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(left: try group.may(.left), right: try group.may(.right))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.left, left, unless: nil)
        try group.put(.right, right, unless: nil)
        try group.put(margin)
    }
}
