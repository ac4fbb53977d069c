// Contracts · pure · sees nothing

extension ShotDSL {
    /// What of the story the shot tells.
    package struct Source: Codable, Hashable, Sendable {
        package var segmentIDs: [String]
        package var text: String
        package var margin = Margin()

        package init(segmentIDs: [String] = [], text: String = "") {
            self.segmentIDs = segmentIDs
            self.text = text
        }
    }

    /// How the shot gives way to the next.
    package struct Ending: Codable, Hashable, Sendable {
        package var out: Transition
        package var margin = Margin()

        package init(out: Transition = Transition()) { self.out = out }
    }

    /// A way from one picture to another; the composer's business.
    package struct Transition: Codable, Hashable, Sendable {
        /// `cut dissolve fade wipe`.
        package var kind: String
        package var durationMS: Int
        package var margin = Margin()

        package init(kind: String = "cut", durationMS: Int = 0) {
            self.kind = kind
            self.durationMS = durationMS
        }
    }

    /// The look of the whole film.
    package struct Style: Codable, Hashable, Sendable {
        /// `flat_vector paper_cutout ink_wash`.
        package var pack: String
        package var version: String
        /// What the style must bring out: emotion, material, light.
        package var targets: [String]
        package var margin = Margin()

        package init(pack: String = "flat_vector", version: String = "", targets: [String] = []) {
            self.pack = pack
            self.version = version
            self.targets = targets
        }
    }

    /// What the picture must keep to.
    package struct Constraints: Codable, Hashable, Sendable {
        package var axis: Axis
        /// A reference named here is a fault when it leads nowhere; elsewhere it is only dropped.
        package var hard: [String]
        package var soft: [String]
        package var culture: [String]
        package var avoid: [String]
        package var margin = Margin()

        package init(
            axis: Axis = Axis(), hard: [String] = [], soft: [String] = [], culture: [String] = [], avoid: [String] = []
        ) {
            self.axis = axis
            self.hard = hard
            self.soft = soft
            self.culture = culture
            self.avoid = avoid
        }
    }

    /// What generative backends start from.
    package struct Refs: Codable, Hashable, Sendable {
        package var entities: [String]
        package var assets: [String]
        package var lora: [String]
        package var embedding: [String]
        package var bindings: [String: JSONValue]
        package var margin = Margin()

        package init(
            entities: [String] = [], assets: [String] = [], lora: [String] = [], embedding: [String] = [],
            bindings: [String: JSONValue] = [:]
        ) {
            self.entities = entities
            self.assets = assets
            self.lora = lora
            self.embedding = embedding
            self.bindings = bindings
        }
    }

    /// Who is to draw it, and with what; empty: the router decides.
    package struct Backend: Codable, Hashable, Sendable {
        package var target: String
        package var renderParams: [String: JSONValue]
        package var paramsOverride: [String: JSONValue]
        package var margin = Margin()

        package init(
            target: String = "", renderParams: [String: JSONValue] = [:], paramsOverride: [String: JSONValue] = [:]
        ) {
            self.target = target
            self.renderParams = renderParams
            self.paramsOverride = paramsOverride
        }
    }
}
