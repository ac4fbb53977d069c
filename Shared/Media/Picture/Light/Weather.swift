// Picture · pure · sees Contracts, Policies

package enum Sky: String, CaseIterable, Hashable, Sendable {
    case clear
    case rain
    case storm
    case snow
    case fog
    case overcast
    case wind

    /// How far the sky turns grey.
    var grey: Double {
        switch self {
        case .clear, .wind: 0
        case .rain, .fog, .overcast: 0.6
        case .storm: 0.8
        case .snow: 0.55
        }
    }
}

/// What falls and blows.
package struct Weather: Hashable, Sendable {
    package var sky: Sky
    /// How much of it, 0 … 1.
    package var amount: Double
    package var wind: Double

    package init(_ sky: Sky, amount: Double = 0.5, wind: Double = 0.2) {
        self.sky = sky
        self.amount = clamp(amount)
        self.wind = sky == .wind || sky == .storm ? max(0.7, clamp(wind)) : clamp(wind)
    }

    package var isWet: Bool { sky == .rain || sky == .storm }

    /// Draws the sky's cover over the light of an hour.
    func veil(_ light: inout Light, _ hour: Hour) {
        let cover = sky.grey
        guard cover > 0 else { return }
        let isStorm = sky == .storm
        let lightness = max(0.26, light.skyMiddle.lab.light * (isStorm ? 0.72 : 0.92))
        let grey = Colour(LabColour(light: lightness, a: -0.006, b: -0.02))
        light.skyTop = light.skyTop.mixed(grey.lifted(-0.10), cover)
        light.skyMiddle = light.skyMiddle.mixed(grey, cover)
        light.skyHorizon = light.skyHorizon.mixed(grey.lifted(0.08), cover)
        light.haze = light.haze.mixed(grey.lifted(0.05), cover)
        light.hazeStrength = min(0.92, light.hazeStrength + (sky == .fog ? 0.22 : 0.08))
        light.ambient = light.ambient.mixed(Colour(0.80, 0.84, 0.92), hour == .night ? 0 : 0.5)
        light.isCovered = true
    }
}

package enum Mood: String, CaseIterable, Hashable, Sendable {
    case joyful
    case tender
    case calm
    case neutral
    case sad
    case tense
    case afraid
    case angry
    case mysterious
    case epic

    /// Bends the light a little; nobody's coat changes its colour for a mood.
    func bend(_ light: inout Light) {
        switch self {
        case .calm, .neutral: break
        case .joyful:
            light.ambient = light.ambient.mixed(Colour(1, 0.98, 0.92), 0.3)
            light.skyTop = light.skyTop.chroma(1.15)
            light.skyMiddle = light.skyMiddle.chroma(1.15)
        case .sad:
            light.ambient = light.ambient.mixed(Colour(0.78, 0.84, 0.96), 0.4)
            light.skyTop = light.skyTop.chroma(0.6)
            light.skyMiddle = light.skyMiddle.chroma(0.6)
            light.skyHorizon = light.skyHorizon.chroma(0.6)
        case .tense, .afraid, .angry:
            light.skyTop = light.skyTop.lifted(-0.10)
            light.skyMiddle = light.skyMiddle.lifted(-0.07).chroma(0.8)
            light.ambient = light.ambient.mixed(Colour(0.8, 0.9, 0.88), 0.3)
        case .tender:
            light.ambient = light.ambient.mixed(Colour(1, 0.93, 0.88), 0.4)
            light.haze = light.haze.mixed(Colour(0xf6c9b8), 0.2)
        case .mysterious:
            light.hazeStrength = min(0.92, light.hazeStrength + 0.15)
            light.haze = light.haze.mixed(Colour(0x6a62a8), 0.35)
            light.ambient = light.ambient.mixed(Colour(0.84, 0.84, 1), 0.35)
        case .epic:
            light.skyHorizon = light.skyHorizon.lifted(0.04)
            light.key = light.key.lifted(0.03)
        }
    }
}
