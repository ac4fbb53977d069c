// Contracts · pure · sees nothing

extension ShotDSL {
    /// A thing in the picture.
    package struct Prop: Codable, Hashable, Sendable {
        package var id: String
        package var kind: String
        package var label: String
        package var x: Double
        package var depth: Double
        package var lift: Double
        /// The prop it stands on.
        package var on: String
        package var scale: Double
        /// `open closed lit unlit broken full empty`.
        package var state: String
        package var colour: String
        /// Whose it is.
        package var owner: CharacterID?
        package var beats: [PropBeat]
        package var margin = Margin()

        package init(
            id: String = "", kind: String, label: String = "", x: Double = 0.5, depth: Double = 0, lift: Double = 0,
            on: String = "", scale: Double = 1, state: String = "", colour: String = "", owner: CharacterID? = nil,
            beats: [PropBeat] = []
        ) {
            self.id = id
            self.kind = kind
            self.label = label
            self.x = x
            self.depth = depth
            self.lift = lift
            self.on = on
            self.scale = scale
            self.state = state
            self.colour = colour
            self.owner = owner
            self.beats = beats
        }
    }

    /// A change of a thing at a moment.
    package struct PropBeat: Codable, Hashable, Sendable {
        package var atMS: Int
        package var state: String?
        package var toX: Double?
        package var toDepth: Double?
        package var anchor: String?
        package var margin = Margin()

        package init(
            atMS: Int, state: String? = nil, toX: Double? = nil, toDepth: Double? = nil, anchor: String? = nil
        ) {
            self.atMS = atMS
            self.state = state
            self.toX = toX
            self.toDepth = toDepth
            self.anchor = anchor
        }
    }

    /// Something that happens to the picture: `lightning`, `petals`.
    package struct Effect: Codable, Hashable, Sendable {
        package var kind: String
        package var atMS: Int
        package var x: Double
        package var depth: Double
        package var amount: Double
        package var margin = Margin()

        package init(kind: String, atMS: Int = 0, x: Double = 0.5, depth: Double = 0.5, amount: Double = 0.5) {
            self.kind = kind
            self.atMS = atMS
            self.x = x
            self.depth = depth
            self.amount = amount
        }
    }
}

extension ShotDSL.Prop {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case kind
        case label
        case x
        case depth
        case lift
        case on
        case scale
        case state
        case colour
        case owner
        case beats
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            id: try group.may(.id, or: ""), kind: try group.must(.kind), label: try group.may(.label, or: ""),
            x: try group.may(.x, or: 0.5), depth: try group.may(.depth, or: 0), lift: try group.may(.lift, or: 0),
            on: try group.may(.on, or: ""), scale: try group.may(.scale, or: 1), state: try group.may(.state, or: ""),
            colour: try group.may(.colour, or: ""), owner: try group.may(.owner), beats: try group.may(.beats, or: []))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.id, id)
        try group.put(.kind, kind)
        try group.put(.label, label)
        try group.put(.x, x)
        try group.put(.depth, depth)
        try group.put(.lift, lift, unless: 0)
        try group.put(.on, on)
        try group.put(.scale, scale)
        try group.put(.state, state)
        try group.put(.colour, colour)
        try group.put(.owner, owner, unless: nil)
        try group.put(.beats, beats, unless: [])
        try group.put(margin)
    }
}

extension ShotDSL.PropBeat {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case atMS = "at_ms"
        case state
        case toX = "to_x"
        case toDepth = "to_depth"
        case anchor
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            atMS: try group.must(.atMS), state: try group.may(.state), toX: try group.may(.toX),
            toDepth: try group.may(.toDepth), anchor: try group.may(.anchor))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.atMS, atMS)
        try group.put(.state, state, unless: nil)
        try group.put(.toX, toX, unless: nil)
        try group.put(.toDepth, toDepth, unless: nil)
        try group.put(.anchor, anchor, unless: nil)
        try group.put(margin)
    }
}

extension ShotDSL.Effect {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case atMS = "at_ms"
        case x
        case depth
        case amount
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            kind: try group.must(.kind), atMS: try group.may(.atMS, or: 0), x: try group.may(.x, or: 0.5),
            depth: try group.may(.depth, or: 0.5), amount: try group.may(.amount, or: 0.5))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.kind, kind)
        try group.put(.atMS, atMS)
        try group.put(.x, x)
        try group.put(.depth, depth)
        try group.put(.amount, amount)
        try group.put(margin)
    }
}
