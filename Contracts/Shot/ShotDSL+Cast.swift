// Contracts · pure · sees nothing

extension ShotDSL {
    /// Somebody in the picture.
    package struct Actor: Codable, Hashable, Sendable {
        package var entityID: CharacterID
        package var label: String
        /// 0 left … 1 right of the action plane; the staging table decides when it is missing.
        package var x: Double?
        /// 0 front … 1 back.
        package var depth: Double
        /// Above the ground, in heights of a figure.
        package var lift: Double
        /// `left right front away`; empty: toward the focus.
        package var facing: String
        package var pose: String
        package var expression: String
        /// A name, or `forward up down back away camera closed`; empty: the partner.
        package var gaze: String
        package var holding: Holding
        /// `wet wounded dirty asleep ghost silhouette …`.
        package var state: [String]
        /// What this scene puts on instead of the profile's clothes.
        package var wears: Wears?
        /// In order; each change eases from the last.
        package var beats: [Beat]
        /// `left right door fade`.
        package var enter: String
        package var exit: String
        package var margin = Margin()

        package init(
            entityID: CharacterID, label: String = "", x: Double? = nil, depth: Double = 0, lift: Double = 0,
            facing: String = "", pose: String = "stand", expression: String = "neutral", gaze: String = "",
            holding: Holding = Holding(), state: [String] = [], wears: Wears? = nil, beats: [Beat] = [],
            enter: String = "", exit: String = ""
        ) {
            self.entityID = entityID
            self.label = label
            self.x = x
            self.depth = depth
            self.lift = lift
            self.facing = facing
            self.pose = pose
            self.expression = expression
            self.gaze = gaze
            self.holding = holding
            self.state = state
            self.wears = wears
            self.beats = beats
            self.enter = enter
            self.exit = exit
        }
    }

    /// What is in somebody's hands: a prop's name or kind; empty for nothing.
    package struct Holding: Codable, Hashable, Sendable {
        /// The near hand is drawn in front.
        package var near: String
        package var far: String
        package var margin = Margin()

        package init(near: String = "", far: String = "") {
            self.near = near
            self.far = far
        }
    }

    /// A costume: only what differs from the profile.
    package struct Wears: Codable, Hashable, Sendable {
        package var garment: String?
        package var main: String?
        package var second: String?
        package var accent: String?
        package var extras: [String]?
        package var margin = Margin()

        package init(
            garment: String? = nil, main: String? = nil, second: String? = nil, accent: String? = nil,
            extras: [String]? = nil
        ) {
            self.garment = garment
            self.main = main
            self.second = second
            self.accent = accent
            self.extras = extras
        }
    }

    /// A change of acting at a moment.
    package struct Beat: Codable, Hashable, Sendable {
        package var atMS: Int
        package var pose: String?
        package var expression: String?
        package var gaze: String?
        package var toX: Double?
        package var toDepth: Double?
        package var facing: String?
        package var holding: Holding?
        /// The anchor this change is put on.
        package var anchor: String?
        package var margin = Margin()

        package init(
            atMS: Int, pose: String? = nil, expression: String? = nil, gaze: String? = nil, toX: Double? = nil,
            toDepth: Double? = nil, facing: String? = nil, holding: Holding? = nil, anchor: String? = nil
        ) {
            self.atMS = atMS
            self.pose = pose
            self.expression = expression
            self.gaze = gaze
            self.toX = toX
            self.toDepth = toDepth
            self.facing = facing
            self.holding = holding
            self.anchor = anchor
        }
    }

    /// People or animals drawn as one toned group.
    package struct Crowd: Codable, Hashable, Sendable {
        /// `villagers soldiers children passers birds sheep …`.
        package var kind: String
        package var count: Int
        package var depth: Double
        package var margin = Margin()

        package init(kind: String, count: Int = 5, depth: Double = 0.6) {
            self.kind = kind
            self.count = count
            self.depth = depth
        }
    }

    /// Who stands left and who right, for a whole scene.
    package struct Axis: Codable, Hashable, Sendable {
        package var left: CharacterID?
        package var right: CharacterID?
        package var margin = Margin()

        package init(left: CharacterID? = nil, right: CharacterID? = nil) {
            self.left = left
            self.right = right
        }
    }
}

extension ShotDSL.Holding: ExpressibleByStringLiteral {
    package init(stringLiteral near: String) { self.init(near: near) }
}
