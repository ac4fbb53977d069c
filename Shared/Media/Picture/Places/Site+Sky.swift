// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    /// The sky with its sun or moon, and the clouds that drift before it.
    func sky(cloudsAt height: Double = 150, clouds count: Int = 5, milkyWay: Bool = false) -> [Layer] {
        let dome = Layer.still("sky", parallax: 0) { painter in
            drawDome(painter)
            if light.darkness > 0.55, !light.isCovered {
                if milkyWay { drawMilkyWay(painter) }
                drawStars(painter)
            }
            if light.darkness > 0.9 {
                if weather.sky != .storm { drawMoon(painter) }
            } else if light.darkness < 0.5, !light.isCovered {
                drawSun(painter)
            }
        }
        let band = Box(x: Site.left, y: -240, width: 2120, height: 700)
        var clouds = Layer.still("clouds", parallax: 0.06, depth: 0.15, box: band) { painter in
            drawClouds(painter, height, light.isCovered ? count + 4 : count)
        }
        clouds.drift = 4 + 14 * weather.wind
        return [dome, clouds]
    }

    private func drawDome(_ painter: Painter) {
        let stops = [(0.0, light.skyTop), (0.55, light.skyMiddle), (1.0, light.skyHorizon)]
        painter.shining(.rectangle(.everything), .down(-60, 470, stops))
    }

    private func drawStars(_ painter: Painter) {
        var dice = Dice(seed, "stars")
        let shine = clamp((light.darkness - 0.4) * 2)
        for _ in 0..<240 {
            let size = dice.next()
            let at = Point(dice.between(-420.0, 1700.0), dice.between(-240.0, 400.0))
            let colour = Colour(dice.next() > 0.8 ? 0xffe8c0 : 0xe9f1ff, (0.25 + 0.7 * size) * shine)
            painter.shining(.circle(at, 0.6 + size * size * 1.5), colour)
        }
    }

    private func drawMilkyWay(_ painter: Painter) {
        var dice = Dice(seed, "milky way")
        for _ in 0..<46 {
            let t = dice.next()
            let at = Point(-80 + 1440 * t, 330 - 420 * t + dice.between(-50.0, 50.0))
            painter.glow(at, dice.between(50.0, 130.0), Colour(0x9db4ff), dice.between(0.03, 0.075))
        }
        for _ in 0..<420 {
            let t = dice.next()
            let off = (dice.next() + dice.next() + dice.next() - 1.5) * 95
            let at = Point(-80 + 1440 * t, 330 - 420 * t + off)
            painter.shining(.circle(at, 0.8), Colour.white.alpha(dice.between(0.15, 0.7)))
        }
    }

    private func drawMoon(_ painter: Painter) {
        let veiled = light.isCovered
        let at = light.sun
        painter.glow(at, 260, Colour(0xcfe0ff), veiled ? 0.10 : 0.34)
        painter.shining(.circle(at, 44), Colour(0xf7f3df, veiled ? 0.35 : 1))
        guard !veiled else { return }
        for (x, y, size) in [(-14.0, -8.0, 9.0), (12, 12, 12), (10, -18, 5), (-16, 18, 5)] {
            painter.shining(.circle(at + Point(x, y), size), Colour(0xe7e2cb))
        }
    }

    private func drawSun(_ painter: Painter) {
        let at = light.sun
        let isLow = light.darkness > 0.04
        painter.glow(at, 420, light.key, 0.5)
        painter.glow(at, 150, light.key, 0.6)
        painter.shining(.circle(at, isLow ? 54 : 42), Colour(light.darkness > 0.2 ? 0xfff0c2 : 0xfff8df))
    }

    private func drawClouds(_ painter: Painter, _ height: Double, _ count: Int) {
        var dice = Dice(seed, "clouds")
        let isStorm = weather.sky == .storm
        for index in 0..<count {
            let x = -300 + (Double(index) + dice.between(0.1, 0.9)) * 1900 / Double(count)
            let y = max(70, height + dice.between(-110.0, 120.0))
            let width = dice.between(90.0, 210.0) * (light.isCovered ? 1.6 : 1)
            let shape = cloud(at: Point(x, y), width, &dice)
            let hidesSun = abs(x - light.sun.x) < width + 90 && abs(y - light.sun.y) < 110
            if hidesSun, !light.isCovered { continue }
            let colour = cloudColour(isStorm)
            let top = colour.lifted(0.04).alpha(light.isCovered ? 0.75 : 0.92)
            let foot = colour.mixed(light.skyMiddle, 0.55).alpha(light.isCovered ? 0.5 : 0.62)
            painter.shining(shape, .down(y - width * 0.4, y + width * 0.14, [(0, top), (1, foot)]))
        }
    }

    private func cloudColour(_ isStorm: Bool) -> Colour {
        if light.isCovered { return light.skyMiddle.lifted(isStorm ? -0.10 : 0.05) }
        if light.isDark { return light.skyMiddle.lifted(0.09) }
        return Colour.white.mixed(light.skyMiddle, light.darkness > 0.2 ? 0.34 : 0.06)
    }

    private func cloud(at middle: Point, _ width: Double, _ dice: inout Dice) -> Path {
        var shape = Path()
        let lumps = dice.between(4, 6)
        for lump in 0..<lumps {
            let t = (Double(lump) + 0.5) / Double(lumps) * 2 - 1
            let size = width * 0.36 * (1 - 0.6 * abs(t)) * dice.between(0.8, 1.15)
            shape += .ellipse(middle + Point(t * width * 0.72, -size * 0.42), size, size * 0.9)
        }
        let base = Box(x: middle.x - width * 0.95, y: middle.y - width * 0.10, width: width * 1.9, height: width * 0.22)
        return shape + .rounded(base, width * 0.10)
    }
}
