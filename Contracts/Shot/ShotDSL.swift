// Contracts · pure · sees nothing

/// `ainer.shot/1`: what is in one picture. It holds no pixels, no curves and no engine's name.
package struct ShotDSL: Codable, Hashable, Sendable {
    package static let version = "ainer.shot/1"

    package var dsl: String
    package var shotID: ShotID
    package var sceneID: SceneID?
    /// 0…2⁵³−1; sub-seeds are mixed from it by name, so that adding a prop never reshuffles the clouds.
    package var seed: UInt64
    /// `establish show dialogue reaction reveal action emotion transition title credits`.
    package var shotIntent: String
    package var timing: Timing
    /// `16:9 9:16 1:1`.
    package var aspect: String
    package var setting: Setting
    package var light: Light
    package var camera: Camera
    package var cast: [Actor]
    package var props: [Prop]
    package var lines: [SpokenLine]
    package var text: Words
    /// The style pack: `flat_vector`.
    package var pack: String
    package var axis: Axis

    package enum CodingKeys: String, CodingKey {
        case dsl
        case shotID = "shot_id"
        case sceneID = "scene_id"
        case seed
        case shotIntent = "shot_intent"
        case timing
        case aspect
        case setting
        case light
        case camera
        case cast
        case props
        case lines
        case text
        case style
        case constraints
    }

    private enum StyleKeys: String, CodingKey {
        case pack
    }

    private enum ConstraintKeys: String, CodingKey {
        case axis
    }

    package init(
        shotID: ShotID, sceneID: SceneID? = nil, seed: UInt64, shotIntent: String = "show", timing: Timing,
        setting: Setting, light: Light = Light(), camera: Camera, cast: [Actor] = [], props: [Prop] = [],
        lines: [SpokenLine] = [], text: Words = Words(), pack: String = "flat_vector", axis: Axis = Axis()
    ) {
        self.dsl = Self.version
        self.shotID = shotID
        self.sceneID = sceneID
        self.seed = seed
        self.shotIntent = shotIntent
        self.timing = timing
        self.aspect = "16:9"
        self.setting = setting
        self.light = light
        self.camera = camera
        self.cast = cast
        self.props = props
        self.lines = lines
        self.text = text
        self.pack = pack
        self.axis = axis
    }
}

extension ShotDSL {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        dsl = try container.decode(String.self, forKey: .dsl)
        guard dsl == Self.version || dsl.hasPrefix(Self.version + ".") else {
            throw DecodingError.dataCorruptedError(
                forKey: .dsl, in: container, debugDescription: "\"\(dsl.prefix(40))\" is not \(Self.version)")
        }
        shotID = try container.decode(ShotID.self, forKey: .shotID)
        sceneID = try container.decodeIfPresent(SceneID.self, forKey: .sceneID)
        seed = try container.decode(UInt64.self, forKey: .seed)
        shotIntent = try container.value(.shotIntent, or: "show")
        timing = try container.decode(Timing.self, forKey: .timing)
        aspect = try container.value(.aspect, or: "16:9")
        setting = try container.decode(Setting.self, forKey: .setting)
        light = try container.value(.light, or: Light())
        camera = try container.decode(Camera.self, forKey: .camera)
        cast = try container.value(.cast, or: [])
        props = try container.value(.props, or: [])
        lines = try container.value(.lines, or: [])
        text = try container.value(.text, or: Words())
        pack = "flat_vector"
        if container.contains(.style) {
            pack = try container.nestedContainer(keyedBy: StyleKeys.self, forKey: .style).value(.pack, or: pack)
        }
        axis = Axis()
        if container.contains(.constraints) {
            axis = try container.nestedContainer(keyedBy: ConstraintKeys.self, forKey: .constraints).value(
                .axis, or: axis)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(dsl, forKey: .dsl)
        try container.encode(shotID, forKey: .shotID)
        try container.encodeIfPresent(sceneID, forKey: .sceneID)
        try container.encode(seed, forKey: .seed)
        try container.encode(shotIntent, forKey: .shotIntent)
        try container.encode(timing, forKey: .timing)
        try container.encode(aspect, forKey: .aspect)
        try container.encode(setting, forKey: .setting)
        try container.encode(light, forKey: .light)
        try container.encode(camera, forKey: .camera)
        try container.encode(cast, forKey: .cast)
        try container.encode(props, forKey: .props)
        try container.encode(lines, forKey: .lines)
        try container.encode(text, forKey: .text)
        var style = container.nestedContainer(keyedBy: StyleKeys.self, forKey: .style)
        try style.encode(pack, forKey: .pack)
        var constraints = container.nestedContainer(keyedBy: ConstraintKeys.self, forKey: .constraints)
        try constraints.encode(axis, forKey: .axis)
    }
}

extension KeyedDecodingContainer {
    /// The value, or what the contract says it is when nobody wrote it.
    package func value<Value: Decodable>(_ key: Key, or missing: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? missing
    }
}
