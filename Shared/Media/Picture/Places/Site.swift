// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// A place with its hour and weather: what the recipes of places draw from.
package struct Site: Sendable {
    package var light: Light
    package var weather: Weather
    /// From the place, not the shot: the same street has the same houses in every shot.
    package var seed: UInt64
    package var variant: String
    package var features: [String]

    package init(light: Light, weather: Weather, seed: UInt64, variant: String = "", features: [String] = []) {
        self.light = light
        self.weather = weather
        self.seed = seed
        self.variant = variant
        self.features = features
    }

    static let left = -420.0
    static let right = 1700.0
    static let bottom = 1000.0

    func has(_ feature: String) -> Bool { features.contains(feature) }
    func part(_ name: String) -> UInt64 { Seed.part(seed, name) }
    var isSnowy: Bool { weather.sky == .snow }

    /// What lies on the ground in the snow, 0 bare … 1 white.
    func snowed(_ colour: Colour, _ cover: Double = 0.85) -> Colour {
        isSnowy ? colour.mixed(Colour(0xeef3fb), cover) : colour
    }

    func gust(_ time: Double, at x: Double) -> Double { Site.gust(weather, time, at: x) }
}

/// How a line of hills runs.
struct Ridge {
    var base: Double
    var height: Double
    /// Hills a unit: 0.002 for gentle land.
    var pace: Double
    var seed: UInt64
    var isPeaked = false

    func height(at x: Double) -> Double {
        let rough = Noise.rough(x * pace, seed, octaves: isPeaked ? 5 : 4)
        return base - (isPeaked ? (1 - abs(rough) * 2.2) * height : rough * height)
    }

    func line(step: Double = 20) -> [Point] {
        stride(from: Site.left, through: Site.right, by: step).map { Point($0, height(at: $0)) }
    }

    func area(step: Double = 20) -> Path { Path.under(line(step: step), to: Site.bottom) }
}

extension Site {
    /// Gentle ground with a few worn spots on it.
    func ground(_ painter: Painter, top: Double, _ colour: Colour, waves: Double, name: String) {
        let seed = part(name)
        let ridge = Ridge(base: top, height: waves, pace: 0.002, seed: seed)
        painter.fill(ridge.area(), snowed(colour), .mass)
        var dice = Dice(seed, "spots")
        for _ in 0..<46 {
            let x = dice.between(-400.0, 1680.0)
            let y = dice.between(top + 14, 760.0)
            let near = (y - top) / 200 + 0.25
            let spot = Path.ellipse(Point(x, y), dice.between(16.0, 60.0) * near, dice.between(1.6, 4.0) * near)
            painter.detail(spot, snowed(colour).lifted(dice.between(-0.045, 0.04)).alpha(0.6))
        }
    }

    /// A winding way from the back of the picture to its front.
    func pathway(_ painter: Painter, from top: Double, at x: Double, _ colour: Colour) {
        let way = Path.smooth([
            Point(x - 32, top), Point(x + 34, top), Point(x + 24, top + 30), Point(x + 60, top + 70),
            Point(x + 150, top + 150), Point(x + 200, 800), Point(x - 330, 800), Point(x - 190, top + 150),
            Point(x - 70, top + 80), Point(x - 40, top + 34),
        ])
        painter.fill(way, snowed(colour, 0.9), .mass)
    }
}

extension Site {
    /// One wind for scarf, hair, grass and smoke: it arrives later further to the right.
    package static func gust(_ weather: Weather, _ time: Double, at x: Double) -> Double {
        let wind = weather.wind
        let slow = 0.45 * sin(time * (1.2 + 2.4 * wind) - x * 0.011)
        let quick = 0.25 * sin(time * 3.1 - x * 0.023)
        return wind * (slow + quick + 0.35)
    }
}
