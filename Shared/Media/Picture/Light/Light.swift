// Picture · pure · sees Contracts, Policies

/// What the hour, the weather and the mood do to every colour. There are no filters over the picture: light is in the
/// colours themselves.
package struct Light: Hashable, Sendable {
    package var skyTop: Colour
    package var skyMiddle: Colour
    package var skyHorizon: Colour
    /// The colour of what is lit directly.
    package var key: Colour
    /// Every colour is multiplied by it.
    package var ambient: Colour
    /// What far things melt into, and how much.
    package var haze: Colour
    package var hazeStrength: Double
    package var sun: Point
    /// -1 when the light comes from the left, 1 from the right.
    package var side: Double
    /// 0 at noon, 1 in the middle of the night.
    package var darkness: Double
    package var isCovered = false

    /// A colour as it looks in this light at a distance, 0 near … 1 at the horizon.
    package func shade(_ colour: Colour, at depth: Double) -> Colour {
        let lit = colour.times(ambient)
        let melted = clamp(depth * hazeStrength)
        guard melted > 0 else { return lit }
        return lit.mixed(haze.alpha(colour.alpha), melted)
    }

    package var isDark: Bool { darkness > 0.5 }
    /// Whether lamps and windows are lit.
    package var wantsLamps: Bool { darkness > 0.2 }

    /// Indoors after dark the lamp is the sun.
    package var indoors: Light {
        guard darkness > 0.3 else {
            var day = self
            day.ambient = ambient.mixed(Colour(0.98, 0.95, 0.91), 0.6)
            day.hazeStrength = 0
            return day
        }
        var evening = self
        evening.ambient = Colour(0.97, 0.87, 0.76)
        evening.key = Colour(0xffc98a)
        evening.haze = Colour(0x5a4a4a)
        evening.hazeStrength = 0
        evening.darkness = 0.45
        evening.side = -1
        return evening
    }

    /// The same light with a lamp near: 0 far from it, 1 beside it.
    package func near(lamp: Double) -> Light {
        var warm = self
        warm.ambient = ambient.mixed(Colour(1.0, 0.87, 0.72), lamp)
        warm.darkness = darkness * (1 - 0.5 * lamp)
        return warm
    }

    /// People are lit a little better than the place, or nobody would see who it is.
    package var forPeople: Light {
        var kind = self
        kind.ambient = ambient.mixed(Colour(0.92, 0.86, 0.90), 0.62 * clamp(darkness))
        return kind
    }
}

extension Light {
    package init(_ hour: Hour, _ weather: Weather, mood: Mood) {
        self = Light.table[hour] ?? Light.day
        weather.veil(&self, hour)
        mood.bend(&self)
    }
}
