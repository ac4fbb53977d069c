// Contracts · pure · sees nothing

extension ShotDSL.Source {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case segmentIDs = "segment_ids"
        case text
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(segmentIDs: try group.may(.segmentIDs, or: []), text: try group.may(.text, or: ""))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.segmentIDs, segmentIDs, unless: [])
        try group.put(.text, text, unless: "")
        try group.put(margin)
    }
}

extension ShotDSL.Ending {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case out
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(out: try group.may(.out, or: ShotDSL.Transition()))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.out, out)
        try group.put(margin)
    }
}

extension ShotDSL.Transition {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case durationMS = "duration_ms"
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(kind: try group.may(.kind, or: "cut"), durationMS: try group.may(.durationMS, or: 0))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.kind, kind)
        try group.put(.durationMS, durationMS)
        try group.put(margin)
    }
}

extension ShotDSL.Style {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case pack
        case version
        case targets
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            pack: try group.may(.pack, or: "flat_vector"), version: try group.may(.version, or: ""),
            targets: try group.may(.targets, or: []))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.pack, pack)
        try group.put(.version, version, unless: "")
        try group.put(.targets, targets, unless: [])
        try group.put(margin)
    }
}

extension ShotDSL.Constraints {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case axis
        case hard
        case soft
        case culture
        case avoid
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            axis: try group.may(.axis, or: ShotDSL.Axis()), hard: try group.may(.hard, or: []),
            soft: try group.may(.soft, or: []), culture: try group.may(.culture, or: []),
            avoid: try group.may(.avoid, or: []))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.axis, axis)
        try group.put(.hard, hard, unless: [])
        try group.put(.soft, soft, unless: [])
        try group.put(.culture, culture, unless: [])
        try group.put(.avoid, avoid, unless: [])
        try group.put(margin)
    }
}

extension ShotDSL.Refs {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case entities
        case assets
        case lora
        case embedding
        case bindings
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            entities: try group.may(.entities, or: []), assets: try group.may(.assets, or: []),
            lora: try group.may(.lora, or: []), embedding: try group.may(.embedding, or: []),
            bindings: try group.may(.bindings, or: [:]))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.entities, entities, unless: [])
        try group.put(.assets, assets, unless: [])
        try group.put(.lora, lora, unless: [])
        try group.put(.embedding, embedding, unless: [])
        try group.put(.bindings, bindings, unless: [:])
        try group.put(margin)
    }
}

extension ShotDSL.Backend {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case target
        case renderParams = "render_params"
        case paramsOverride = "params_override"
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        self.init(
            target: try group.may(.target, or: ""), renderParams: try group.may(.renderParams, or: [:]),
            paramsOverride: try group.may(.paramsOverride, or: [:]))
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.target, target, unless: "")
        try group.put(.renderParams, renderParams, unless: [:])
        try group.put(.paramsOverride, paramsOverride, unless: [:])
        try group.put(margin)
    }
}
