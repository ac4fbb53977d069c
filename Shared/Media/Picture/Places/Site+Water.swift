// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// A sheet of water that moves.
struct Swell {
    /// 0 the farthest.
    var index: Int
    var y: Double
    var height: Double
    /// Units a second, and which way.
    var speed: Double
    var parallax: Double
    var depth: Double
}

extension Site {
    static let horizon = 408.0

    /// The water's colour takes the sky's.
    var water: Colour {
        let isLow = light.darkness > 0.1 && light.darkness < 0.5
        let sky = isLow ? light.skyTop.mixed(light.skyMiddle, 0.45) : light.skyMiddle
        return Colour(0x2a78a0).mixed(sky, isLow ? 0.72 : 0.30)
    }

    /// The road of light that sun or moon lay on the water.
    private var hasLightRoad: Bool { !light.isCovered && (light.darkness > 0.9 || light.darkness < 0.5) }

    func openWater() -> Layer {
        let box = Box(x: Site.left, y: 330, width: 2120, height: 600)
        return .still("water", parallax: 0.10, depth: 0.25, box: box) { painter in
            let near = painter.tone(water)
            let far = near.mixed(light.skyHorizon, 0.35)
            let foot = painter.tone(water.lifted(-0.10))
            painter.shining(
                .rectangle(Site.left, Site.horizon, 2120, 500),
                .down(Site.horizon, 640, [(0, far), (0.35, near), (1, foot)]))
            guard hasLightRoad else { return }
            for glint in 0..<40 {
                let t = Double(glint)
                let y = Site.horizon + 4 + pow(t / 40, 1.5) * 190
                let wide = (6 + t * 2.4) * (0.5 + Seed.unit(seed, glint))
                let x = light.sun.x + (Seed.unit(seed, glint, 1) - 0.5) * t * 3.4
                let shape = Path.ellipse(Point(x, y), wide, 1.1 + t * 0.045)
                painter.shining(shape, light.key.lifted(0.05).alpha(0.5 - t * 0.008))
            }
        }
    }

    /// Waves from the horizon to the shore.
    func waves(_ count: Int = 4, calm: Bool = false) -> [Layer] {
        (0..<count).map { index in
            let near = Double(index)
            return wave(
                Swell(
                    index: index, y: 446 + near * 46 + near * near * 4, height: (3.0 + near * 2.6) * (calm ? 0.35 : 1),
                    speed: (12 + near * 9) * (calm ? 0.4 : 1) * (index.isMultiple(of: 2) ? 1 : -0.7),
                    parallax: 0.3 + near * 0.17, depth: 0.22 - near * 0.05))
        }
    }

    private func wave(_ swell: Swell) -> Layer {
        let box = Box(x: Site.left, y: swell.y - 50, width: 2120, height: 430)
        return .live("wave \(swell.index)", parallax: swell.parallax, depth: swell.depth, box: box) { painter, time in
            let line = crest(swell, time)
            let near = Double(swell.index)
            let colour = painter.tone(
                water.lifted(0.05 - near * 0.055).mixed(light.skyHorizon, 0.16 - near * 0.04))
            let body = Path.under(line, to: swell.y + 330)
            painter.shining(
                body,
                .down(swell.y - swell.height * 2, swell.y + 120, [(0, colour.lifted(0.03)), (1, colour.lifted(-0.04))]))
            foam(painter, line, swell, time)
            glints(painter, swell, time)
        }
    }

    private func crest(_ swell: Swell, _ time: Double) -> [Point] {
        let near = Double(swell.index)
        let rough = swell.height * (1 + weather.wind * 1.6)
        return stride(from: Site.left, through: Site.right, by: 18).map { x in
            let along = x + time * swell.speed
            let big = abs(sin(along * 0.020 / (1 + near * 0.25))) * 1.2
            let small = sin(along * 0.043 + near) * 0.5
            let heave = sin(time * 1.1 + near) * 0.4
            return Point(x, swell.y - (big + small + heave) * rough)
        }
    }

    private func foam(_ painter: Painter, _ line: [Point], _ swell: Swell, _ time: Double) {
        let wide = 1.8 + Double(swell.index) * 0.5
        let spine = line.enumerated().map { index, point in
            let press = 0.5 + 0.9 * Noise.value(Double(index) * 0.33 + time * 0.2, seed &+ UInt64(swell.index))
            return Girth(point, max(0.3, wide * press))
        }
        let colour = Colour.white.mixed(light.skyHorizon, 0.4).alpha(light.isDark ? 0.22 : 0.38)
        painter.shining(.ribbon(spine, ends: .flat), colour)
    }

    private func glints(_ painter: Painter, _ swell: Swell, _ time: Double) {
        let index = swell.index
        var dim = Path()
        var bright = Path()
        for glint in 0..<(10 + index * 3) {
            let shine = sin(time * 1.6 + Double(glint) * 2.1)
            guard shine > 0.2 else { continue }
            let x = -300 + Seed.unit(seed, glint, index) * 1900 + sin(time * 0.5 + Double(glint)) * 8
            let y = swell.y + 12 + Seed.unit(seed, glint, index + 9) * 30
            dim += Site.glint(at: Point(x, y), (12 + Seed.unit(seed, glint, 77) * 26) * shine)
        }
        painter.shining(dim, light.skyHorizon.lifted(0.08).alpha(light.isDark ? 0.22 : 0.4))
        guard hasLightRoad else { return }
        for glint in 0..<16 {
            let shine = sin(time * 2 + Double(glint) * 1.7)
            guard shine > -0.2 else { continue }
            let spread = 70 + Double(index) * 46
            let x = light.sun.x + (Seed.unit(seed, glint, index) - 0.5) * spread + sin(time * 0.8 + Double(glint)) * 6
            let y = swell.y + 4 + Seed.unit(seed, glint, index + 3) * 44
            let wide = (10 + Seed.unit(seed, glint, 5) * 26) * (1 + Double(index) * 0.2) * (0.6 + 0.4 * shine)
            bright += Site.glint(at: Point(x, y), wide)
        }
        painter.shining(bright, light.key.lifted(0.06).alpha(0.5))
    }

    private static func glint(at middle: Point, _ wide: Double) -> Path {
        .polygon([
            middle + Point(-wide, 0), middle + Point(-wide * 0.3, -1.6), middle + Point(wide * 0.4, -1.5),
            middle + Point(wide, 0), middle + Point(0, 1.7),
        ])
    }

    // MARK: lighthouses

    /// A white tower with red bands; `height` to the top of its lantern.
    func lighthouse(_ painter: Painter, foot: Point, height: Double) {
        let half = height * 0.12
        func at(_ x: Double, _ y: Double) -> Point { foot + Point(x * half, -y * height) }
        painter.fill(.polygon([at(-1, 0), at(1, 0), at(0.62, 0.74), at(-0.62, 0.74)]), Colour(0xf3eee2))
        for (low, high) in [(0.14, 0.30), (0.46, 0.62)] {
            let wideLow = 1 - 0.38 * low / 0.74
            let wideHigh = 1 - 0.38 * high / 0.74
            painter.fill(
                .polygon([at(-wideLow, low), at(wideLow, low), at(wideHigh, high), at(-wideHigh, high)]),
                Colour(0xc9483a))
        }
        painter.fill(.polygon([at(-0.85, 0.73), at(0.85, 0.73), at(0.85, 0.775), at(-0.85, 0.775)]), Colour(0x3b4252))
        let glass = Path.polygon([at(-0.5, 0.775), at(0.5, 0.775), at(0.5, 0.90), at(-0.5, 0.90)])
        if light.wantsLamps {
            painter.shining(glass, Colour(0xffe9a8))
        } else {
            painter.detail(glass, Colour(0xbfd6df))
        }
        painter.detail(
            .polygon([at(-0.06, 0.775), at(0.06, 0.775), at(0.06, 0.90), at(-0.06, 0.90)]), Colour(0x3b4252))
        painter.fill(.polygon([at(-0.66, 0.895), at(0.66, 0.895), at(0, 1)]), Colour(0xb03a2e))
        painter.detail(
            .rounded(
                Box(x: foot.x - half * 0.24, y: foot.y - height * 0.11, width: half * 0.48, height: height * 0.11),
                half * 0.2), Colour(0x5a4038))
        painter.fill(.polygon([at(1.1, 0), at(3.0, 0), at(3.0, 0.17), at(1.1, 0.17)]), Colour(0xe6dccb))
        painter.fill(.polygon([at(0.95, 0.16), at(3.15, 0.16), at(2.75, 0.27), at(1.35, 0.27)]), Colour(0x8c4a3c))
        let window = Path.polygon([at(1.85, 0.05), at(2.25, 0.05), at(2.25, 0.12), at(1.85, 0.12)])
        if light.wantsLamps {
            painter.shining(window, Colour(0xffd27a))
        } else {
            painter.detail(window, Colour(0x5d7688))
        }
    }

    /// The turning beam; the lamp's place is known from the tower.
    func lighthouseBeam(_ painter: Painter, foot: Point, height: Double, _ time: Double) {
        guard light.wantsLamps else { return }
        let lamp = foot + Point(0, -height * 0.84)
        let facing = cos(time * 0.9)
        let reach = height * 4.6 * (0.35 + 0.65 * abs(facing)) * (facing < 0 ? -1 : 1)
        let spread = height * 0.21 * abs(facing)
        let colour = Colour(0xfff2c4)
        let end = lamp + Point(reach, 0)
        let wedge = [
            lamp + Point(0, -2), end + Point(0, -spread - 4), end + Point(0, spread + 10), lamp + Point(0, 2),
        ]
        // Thin enough that a gradient along it may be afforded in every frame.
        let fading = Gradient(from: lamp, to: end, [(0, colour.alpha(0.5)), (1, colour.alpha(0))])
        painter.shining(.polygon(wedge), fading)
        painter.glow(lamp, height * 0.26, colour, 0.85)
    }
}
