// Contracts · pure · sees nothing

extension ShotDSL.Timing {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case durationMS = "duration_ms"
        case fps
        case anchors
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            durationMS: try group.must(.durationMS), fps: try group.may(.fps, or: 24),
            anchors: try group.may(.anchors, or: []))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.durationMS, durationMS)
        try group.put(.fps, fps)
        try group.put(.anchors, anchors, unless: [])
        try group.put(margin)
    }
}

extension ShotDSL.Anchor {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case atMS = "at_ms"
        case kind
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(id: try group.must(.id), atMS: try group.must(.atMS), kind: try group.may(.kind, or: ""))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.id, id)
        try group.put(.atMS, atMS)
        try group.put(.kind, kind, unless: "")
        try group.put(margin)
    }
}

extension ShotDSL.Setting {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case label
        case variant
        case features
        case culture
        case era
        case placeID = "place_id"
        case placeSeed = "place_seed"
        case view
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            kind: try group.must(.kind), label: try group.may(.label, or: ""), variant: try group.may(.variant, or: ""),
            features: try group.may(.features, or: []), culture: try group.may(.culture, or: ""),
            era: try group.may(.era, or: ""), placeID: try group.may(.placeID),
            placeSeed: try group.may(.placeSeed, or: 0), view: try group.may(.view, or: "front"))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.kind, kind)
        try group.put(.label, label)
        try group.put(.variant, variant)
        try group.put(.features, features)
        try group.put(.culture, culture)
        try group.put(.era, era, unless: "")
        try group.put(.placeID, placeID, unless: nil)
        try group.put(.placeSeed, placeSeed)
        try group.put(.view, view)
        try group.put(margin)
    }
}

extension ShotDSL.Light {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case time
        case weather
        case amount
        case wind
        case mood
        case sources
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        let usual = Self()
        self.init(
            time: try group.may(.time, or: usual.time), weather: try group.may(.weather, or: usual.weather),
            amount: try group.may(.amount, or: usual.amount), wind: try group.may(.wind, or: usual.wind),
            mood: try group.may(.mood, or: usual.mood), sources: try group.may(.sources, or: usual.sources))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.time, time)
        try group.put(.weather, weather)
        try group.put(.amount, amount)
        try group.put(.wind, wind)
        try group.put(.mood, mood)
        try group.put(.sources, sources, unless: [])
        try group.put(margin)
    }
}

extension ShotDSL.Camera {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case framing
        case angle
        case movement
        case strength
        case focus
        case ease
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        let usual = Self(framing: try group.must(.framing))
        self.init(
            framing: usual.framing, angle: try group.may(.angle, or: usual.angle),
            movement: try group.may(.movement, or: usual.movement),
            strength: try group.may(.strength, or: usual.strength), focus: try group.may(.focus, or: usual.focus),
            ease: try group.may(.ease, or: usual.ease))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.framing, framing)
        try group.put(.angle, angle)
        try group.put(.movement, movement)
        try group.put(.strength, strength)
        try group.put(.focus, focus)
        try group.put(.ease, ease, unless: "in_out")
        try group.put(margin)
    }
}
