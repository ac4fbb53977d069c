// Contracts · pure · sees nothing

extension ShotDSL {
    /// When the shot happens in itself: times are milliseconds from its start.
    package struct Timing: Codable, Hashable, Sendable {
        package var durationMS: Int
        /// 12, 24, 25 or 30.
        package var fps: Int
        /// Hits, peaks and stressed words that motion may be put on.
        package var anchors: [Anchor]
        package var margin = Margin()

        package init(durationMS: Int, fps: Int = 24, anchors: [Anchor] = []) {
            self.durationMS = durationMS
            self.fps = fps
            self.anchors = anchors
        }
    }

    /// A moment with a name.
    package struct Anchor: Codable, Hashable, Sendable {
        package var id: String
        package var atMS: Int
        /// `hit peak stress …`.
        package var kind: String
        package var margin = Margin()

        package init(id: String, atMS: Int, kind: String = "") {
            self.id = id
            self.atMS = atMS
            self.kind = kind
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
        /// Empty: the run's.
        package var era: String
        package var placeID: PlaceID?
        /// From the place, not the shot: the same room has the same books in every shot.
        package var placeSeed: UInt64
        /// `front reverse side high`.
        package var view: String
        package var margin = Margin()

        package init(
            kind: String, label: String = "", variant: String = "", features: [String] = [], culture: String = "",
            era: String = "", placeID: PlaceID? = nil, placeSeed: UInt64 = 0, view: String = "front"
        ) {
            self.kind = kind
            self.label = label
            self.variant = variant
            self.features = features
            self.culture = culture
            self.era = era
            self.placeID = placeID
            self.placeSeed = placeSeed
            self.view = view
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
        /// Props that give light; empty: the lamps and fires among them.
        package var sources: [String]
        package var margin = Margin()

        package init(
            time: String = "day", weather: String = "clear", amount: Double = 0.5, wind: Double = 0.2,
            mood: String = "neutral", sources: [String] = []
        ) {
            self.time = time
            self.weather = weather
            self.amount = amount
            self.wind = wind
            self.mood = mood
            self.sources = sources
        }
    }

    /// What the lens does.
    package struct Camera: Codable, Hashable, Sendable {
        /// `extreme_wide establishing wide medium close_up extreme_close_up insert over_shoulder pov`.
        package var framing: String
        package var angle: String
        /// `static pan_left pan_right tilt_up tilt_down zoom_in zoom_out push_in pull_out tracking`.
        package var movement: String
        /// 0…1.
        package var strength: Double
        /// Names of people and props the frame is built round.
        package var focus: [String]
        /// `linear in out in_out`.
        package var ease: String
        package var margin = Margin()

        package init(
            framing: String, angle: String = "eye", movement: String = "static", strength: Double = 0.5,
            focus: [String] = [], ease: String = "in_out"
        ) {
            self.framing = framing
            self.angle = angle
            self.movement = movement
            self.strength = strength
            self.focus = focus
            self.ease = ease
        }
    }
}
