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
        /// `left right front away`; empty: toward the focus.
        package var facing: String
        package var pose: String
        package var expression: String
        /// A name, or `forward up down back away camera closed`; empty: the partner.
        package var gaze: String
        /// A prop in the near hand.
        package var holding: String
        /// `wet wounded dirty asleep ghost silhouette …`.
        package var state: [String]
        /// In order; each change eases from the last.
        package var beats: [Beat]

        package enum CodingKeys: String, CodingKey {
            case entityID = "entity_id"
            case label
            case x
            case depth
            case facing
            case pose
            case expression
            case gaze
            case holding
            case state
            case beats
        }

        package init(
            entityID: CharacterID, label: String = "", x: Double? = nil, depth: Double = 0, facing: String = "",
            pose: String = "stand", expression: String = "neutral", gaze: String = "", holding: String = "",
            state: [String] = [], beats: [Beat] = []
        ) {
            self.entityID = entityID
            self.label = label
            self.x = x
            self.depth = depth
            self.facing = facing
            self.pose = pose
            self.expression = expression
            self.gaze = gaze
            self.holding = holding
            self.state = state
            self.beats = beats
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            entityID = try container.decode(CharacterID.self, forKey: .entityID)
            label = try container.value(.label, or: "")
            x = try container.decodeIfPresent(Double.self, forKey: .x)
            depth = try container.value(.depth, or: 0)
            facing = try container.value(.facing, or: "")
            pose = try container.value(.pose, or: "stand")
            expression = try container.value(.expression, or: "neutral")
            gaze = try container.value(.gaze, or: "")
            holding = try container.value(.holding, or: "")
            state = try container.value(.state, or: [])
            beats = try container.value(.beats, or: [])
        }
    }

    /// A change of acting at a moment.
    package struct Beat: Codable, Hashable, Sendable {
        package var atMS: Int
        package var pose: String?
        package var expression: String?
        package var gaze: String?
        package var toX: Double?

        package enum CodingKeys: String, CodingKey {
            case atMS = "at_ms"
            case pose
            case expression
            case gaze
            case toX = "to_x"
        }

        package init(atMS: Int, pose: String? = nil, expression: String? = nil, gaze: String? = nil, toX: Double? = nil)
        {
            self.atMS = atMS
            self.pose = pose
            self.expression = expression
            self.gaze = gaze
            self.toX = toX
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            atMS = try container.decode(Int.self, forKey: .atMS)
            pose = try container.decodeIfPresent(String.self, forKey: .pose)
            expression = try container.decodeIfPresent(String.self, forKey: .expression)
            gaze = try container.decodeIfPresent(String.self, forKey: .gaze)
            toX = try container.decodeIfPresent(Double.self, forKey: .toX)
        }
    }

    /// A thing in the picture.
    package struct Prop: Codable, Hashable, Sendable {
        package var id: String
        package var kind: String
        package var label: String
        package var x: Double
        package var depth: Double
        /// The prop it stands on.
        package var on: String
        package var scale: Double
        /// `open closed lit unlit broken full empty`.
        package var state: String
        package var colour: String

        package enum CodingKeys: String, CodingKey {
            case id
            case kind
            case label
            case x
            case depth
            case on
            case scale
            case state
            case colour
        }

        package init(
            id: String = "", kind: String, label: String = "", x: Double = 0.5, depth: Double = 0, on: String = "",
            scale: Double = 1, state: String = "", colour: String = ""
        ) {
            self.id = id
            self.kind = kind
            self.label = label
            self.x = x
            self.depth = depth
            self.on = on
            self.scale = scale
            self.state = state
            self.colour = colour
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.value(.id, or: "")
            kind = try container.decode(String.self, forKey: .kind)
            label = try container.value(.label, or: "")
            x = try container.value(.x, or: 0.5)
            depth = try container.value(.depth, or: 0)
            on = try container.value(.on, or: "")
            scale = try container.value(.scale, or: 1)
            state = try container.value(.state, or: "")
            colour = try container.value(.colour, or: "")
        }
    }

    /// Who stands left and who right, for a whole scene.
    package struct Axis: Codable, Hashable, Sendable {
        package var left: CharacterID?
        package var right: CharacterID?

        package enum CodingKeys: String, CodingKey {
            case left
            case right
        }

        package init(left: CharacterID? = nil, right: CharacterID? = nil) {
            self.left = left
            self.right = right
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            left = try container.decodeIfPresent(CharacterID.self, forKey: .left)
            right = try container.decodeIfPresent(CharacterID.self, forKey: .right)
        }
    }
}
