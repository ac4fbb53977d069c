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
    /// `critical important normal background`.
    package var criticality: String
    package var source: Source
    package var timing: Timing
    /// `16:9 9:16 1:1`.
    package var aspect: String
    package var setting: Setting
    package var light: Light
    package var camera: Camera
    /// At most eight; more are a crowd.
    package var cast: [Actor]
    package var crowd: Crowd?
    package var props: [Prop]
    package var effects: [Effect]
    package var lines: [SpokenLine]
    package var text: Words
    package var transition: Ending
    package var style: Style
    package var constraints: Constraints
    /// `landscape portrait two_shot object text_card`; empty: by the intent.
    package var fallbackClass: String
    package var refs: Refs
    package var backend: Backend
    package var margin = Margin()

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
        self.criticality = "normal"
        self.source = Source()
        self.timing = timing
        self.aspect = "16:9"
        self.setting = setting
        self.light = light
        self.camera = camera
        self.cast = cast
        self.crowd = nil
        self.props = props
        self.effects = []
        self.lines = lines
        self.text = text
        self.transition = Ending()
        self.style = Style(pack: pack)
        self.constraints = Constraints(axis: axis)
        self.fallbackClass = ""
        self.refs = Refs()
        self.backend = Backend()
    }

    /// The style pack: `flat_vector`.
    package var pack: String {
        get { style.pack }
        set { style.pack = newValue }
    }

    package var axis: Axis {
        get { constraints.axis }
        set { constraints.axis = newValue }
    }
}

extension ShotDSL {
    package enum CodingKeys: String, CodingKey, CaseIterable {
        case dsl
        case shotID = "shot_id"
        case sceneID = "scene_id"
        case seed
        case shotIntent = "shot_intent"
        case criticality
        case source
        case timing
        case aspect
        case setting
        case light
        case camera
        case cast
        case crowd
        case props
        case effects
        case lines
        case text
        case transition
        case style
        case constraints
        case fallbackClass = "fallback_class"
        case refs
        case backend
    }

    package init(from decoder: any Decoder) throws {
        let group = try GroupReader<CodingKeys>(decoder)
        let dsl: String = try group.must(.dsl)
        if let refusal = ShotVersion.refusal(of: dsl) { throw refusal }
        self.init(
            shotID: try group.must(.shotID), sceneID: try group.may(.sceneID), seed: try group.must(.seed),
            shotIntent: try group.may(.shotIntent, or: "show"), timing: try group.must(.timing),
            setting: try group.must(.setting), light: try group.may(.light, or: Light()),
            camera: try group.must(.camera), cast: try group.may(.cast, or: []), props: try group.may(.props, or: []),
            lines: try group.may(.lines, or: []), text: try group.may(.text, or: Words()))
        self.dsl = dsl
        criticality = try group.may(.criticality, or: criticality)
        source = try group.may(.source, or: source)
        aspect = try group.may(.aspect, or: aspect)
        crowd = try group.may(.crowd)
        effects = try group.may(.effects, or: [])
        transition = try group.may(.transition, or: transition)
        style = try group.may(.style, or: style)
        constraints = try group.may(.constraints, or: constraints)
        fallbackClass = try group.may(.fallbackClass, or: "")
        refs = try group.may(.refs, or: refs)
        backend = try group.may(.backend, or: backend)
        margin = try group.margin()
    }

    package func encode(to encoder: any Encoder) throws {
        var group = GroupWriter<CodingKeys>(encoder)
        try group.put(.dsl, dsl)
        try group.put(.shotID, shotID)
        try group.put(.sceneID, sceneID, unless: nil)
        try group.put(.seed, seed)
        try group.put(.shotIntent, shotIntent)
        try group.put(.criticality, criticality, unless: "normal")
        try group.put(.source, source, unless: Source())
        try group.put(.timing, timing)
        try group.put(.aspect, aspect)
        try group.put(.setting, setting)
        try group.put(.light, light)
        try group.put(.camera, camera)
        try group.put(.cast, cast)
        try group.put(.crowd, crowd, unless: nil)
        try group.put(.props, props)
        try group.put(.effects, effects, unless: [])
        try group.put(.lines, lines)
        try group.put(.text, text)
        try group.put(.transition, transition, unless: Ending())
        try group.put(.style, style)
        try group.put(.constraints, constraints)
        try group.put(.fallbackClass, fallbackClass, unless: "")
        try group.put(.refs, refs, unless: Refs())
        try group.put(.backend, backend, unless: Backend())
        try group.put(margin)
    }
}

extension KeyedDecodingContainer {
    /// The value, or what the contract says it is when nobody wrote it.
    package func value<Value: Decodable>(_ key: Key, or missing: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? missing
    }
}
