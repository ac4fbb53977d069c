// Contracts · pure · sees nothing

extension ShotDSL {
    /// When the shot happens in itself: times are milliseconds from its start.
    package struct Timing: Codable, Hashable, Sendable {
        package var durationMS: Int
        /// 12, 24, 25 or 30.
        package var fps: Int

        package enum CodingKeys: String, CodingKey {
            case durationMS = "duration_ms"
            case fps
        }

        package init(durationMS: Int, fps: Int = 24) {
            self.durationMS = durationMS
            self.fps = fps
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            durationMS = try container.decode(Int.self, forKey: .durationMS)
            fps = try container.value(.fps, or: 24)
        }
    }

    /// Where it plays.
    package struct Setting: Codable, Hashable, Sendable {
        /// A vocabulary word such as `room`, or any other word.
        package var kind: String
        /// The story's own word for it.
        package var label: String
        package var variant: String
        /// `lighthouse fireplace window bridge path boats …`.
        package var features: [String]
        package var culture: String
        package var placeID: PlaceID?
        /// From the place, not the shot: the same room has the same books in every shot.
        package var placeSeed: UInt64
        /// `front reverse side high`.
        package var view: String

        package enum CodingKeys: String, CodingKey {
            case kind
            case label
            case variant
            case features
            case culture
            case placeID = "place_id"
            case placeSeed = "place_seed"
            case view
        }

        package init(
            kind: String, label: String = "", variant: String = "", features: [String] = [], culture: String = "",
            placeID: PlaceID? = nil, placeSeed: UInt64 = 0, view: String = "front"
        ) {
            self.kind = kind
            self.label = label
            self.variant = variant
            self.features = features
            self.culture = culture
            self.placeID = placeID
            self.placeSeed = placeSeed
            self.view = view
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            kind = try container.decode(String.self, forKey: .kind)
            label = try container.value(.label, or: "")
            variant = try container.value(.variant, or: "")
            features = try container.value(.features, or: [])
            culture = try container.value(.culture, or: "")
            placeID = try container.decodeIfPresent(PlaceID.self, forKey: .placeID)
            placeSeed = try container.value(.placeSeed, or: 0)
            view = try container.value(.view, or: "front")
        }
    }

    /// Hour, weather and mood: what colours everything.
    package struct Light: Codable, Hashable, Sendable {
        /// `dawn morning day afternoon sunset dusk night`.
        package var time: String
        /// `clear rain storm snow fog overcast wind`.
        package var weather: String
        /// How much weather, 0…1.
        package var amount: Double
        /// 0…1.
        package var wind: Double
        /// `joyful tender calm neutral sad tense afraid angry mysterious epic`.
        package var mood: String

        package enum CodingKeys: String, CodingKey {
            case time
            case weather
            case amount
            case wind
            case mood
        }

        package init(
            time: String = "day", weather: String = "clear", amount: Double = 0.5, wind: Double = 0.2,
            mood: String = "neutral"
        ) {
            self.time = time
            self.weather = weather
            self.amount = amount
            self.wind = wind
            self.mood = mood
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            time = try container.value(.time, or: "day")
            weather = try container.value(.weather, or: "clear")
            amount = try container.value(.amount, or: 0.5)
            wind = try container.value(.wind, or: 0.2)
            mood = try container.value(.mood, or: "neutral")
        }
    }

    /// What the lens does.
    package struct Camera: Codable, Hashable, Sendable {
        /// `extreme_wide establishing wide medium close_up extreme_close_up insert over_shoulder`.
        package var framing: String
        package var angle: String
        /// `static pan_left pan_right tilt_up tilt_down zoom_in zoom_out push_in pull_out tracking`.
        package var movement: String
        /// 0…1.
        package var strength: Double
        /// Names of people and props the frame is built round.
        package var focus: [String]

        package enum CodingKeys: String, CodingKey {
            case framing
            case angle
            case movement
            case strength
            case focus
        }

        package init(
            framing: String, angle: String = "eye", movement: String = "static", strength: Double = 0.5,
            focus: [String] = []
        ) {
            self.framing = framing
            self.angle = angle
            self.movement = movement
            self.strength = strength
            self.focus = focus
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            framing = try container.decode(String.self, forKey: .framing)
            angle = try container.value(.angle, or: "eye")
            movement = try container.value(.movement, or: "static")
            strength = try container.value(.strength, or: 0.5)
            focus = try container.value(.focus, or: [])
        }
    }
}
