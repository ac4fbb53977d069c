// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// Mountains, a hill under the stars, and nowhere.
extension Site {
    func mountains() -> [Layer] {
        var layers = sky(cloudsAt: 120, clouds: 3)
        for index in 0..<4 { layers.append(range(index)) }
        layers.append(mist())
        layers += landmarks(base: 560)
        layers.append(
            .still("ledge", parallax: 0.96, depth: 0.04) { painter in
                ledge(painter)
            })
        layers.append(.cast())
        layers.append(grassRow("ledge grass", y: 724, height: 42, Colour(0x4f6b3f), gap: 34))
        return layers
    }

    private func range(_ index: Int) -> Layer {
        let bases = [330.0, 400, 470, 540]
        let heights = [220.0, 190, 150, 90]
        let colours: [UInt32] = [0x8a9fb8, 0x6f8ba0, 0x587a80, 0x4f7560]
        let parallaxes = [0.06, 0.14, 0.26, 0.44]
        let depths = [0.95, 0.76, 0.54, 0.32]
        return .still("range \(index)", parallax: parallaxes[index], depth: depths[index]) { painter in
            let ridge = Ridge(
                base: bases[index], height: heights[index], pace: 0.0021 + Double(index) * 0.0005,
                seed: seed &+ UInt64(index * 13), isPeaked: index < 3)
            let line = ridge.line(step: 9)
            painter.fill(
                Path.under(line, to: Site.bottom), snowed(Colour(colours[index]), 0.35), .mass, fade: 0.6)
            if index < 2 {
                let snowLine = bases[index] - heights[index] * (index == 0 ? 0.34 : 0.62)
                painter.detail(snowCap(line, below: snowLine, index), Colour(0xfdfdff))
            } else {
                pines(painter, line, index)
            }
            for patch in 0..<5 {
                let x = -200 + Double(patch) * 420 + Seed.unit(seed, patch, index) * 160
                painter.glow(Point(x, bases[index] + 74), 250, painter.tone(light.haze), index < 3 ? 0.30 : 0.10)
            }
        }
    }

    /// The same ridge with a torn lower edge.
    private func snowCap(_ line: [Point], below snowLine: Double, _ index: Int) -> Path {
        var edge: [Point] = []
        for point in line.reversed() {
            let drop = max(0, snowLine - point.y) * (0.55 + 0.5 * Seed.unit(seed, Int(point.x / 9), index))
            edge.append(Point(point.x, point.y + drop))
        }
        return .polygon(line + edge)
    }

    private func pines(_ painter: Painter, _ line: [Point], _ index: Int) {
        var dice = Dice(seed, "pines \(index)")
        for _ in 0..<(index == 2 ? 60 : 46) {
            let at = line[dice.between(2, line.count - 5)]
            let height = index == 2 ? dice.between(26.0, 44.0) : dice.between(56.0, 100.0)
            let spot = Spot(at.x, at.y + dice.between(2.0, 30.0), height: height, seed: seed &+ UInt64(at.x + 900))
            pine(painter, spot, snowed(Colour(0x3d6656), 0.3))
        }
    }

    private func mist() -> Layer {
        let band = Box(x: Site.left, y: 380, width: 2120, height: 340)
        return .live("mist", parallax: 0.5, depth: 0.4, box: band) { painter, time in
            for patch in 0..<4 {
                let way = time * 14 * (patch.isMultiple(of: 2) ? 1 : -0.6)
                let at = Point(-160 + Double(patch) * 480 + way, 560 + Double(patch % 2) * 34)
                painter.glow(at, 300, painter.tone(light.haze).lifted(0.04), 0.28)
            }
        }
    }

    private func ledge(_ painter: Painter) {
        let edge = [
            Point(-440, 604), Point(-60, 600), Point(300, 610), Point(700, 606), Point(1000, 614), Point(1180, 640),
            Point(1320, 720), Point(1390, 800), Point(1400, 990), Point(-440, 990),
        ]
        painter.fill(.smooth(edge), snowed(Colour(0x6d7a5c), 0.7), .mass)
        let stones = [(1180.0, 648.0, 62.0), (-40.0, 640.0, 90.0), (1280.0, 712.0, 84.0), (1090, 636, 26)]
        for (x, y, size) in stones {
            let stone = Path.blob(Point(x, y), size, size * 0.6, seed: seed &+ UInt64(size), rough: 0.22)
            painter.fill(stone, snowed(Colour(0x6f7278), 0.4))
        }
        pine(painter, Spot(110, 622, height: 330, seed: seed &+ 5), snowed(Colour(0x345c4c), 0.2))
        pine(painter, Spot(6, 632, height: 250, seed: seed &+ 6), snowed(Colour(0x3a6552), 0.2))
        var dice = Dice(seed, "ledge")
        for _ in 0..<34 {
            let at = Point(dice.between(-400.0, 1180.0), dice.between(630.0, 760.0))
            painter.detail(.ellipse(at, dice.between(8.0, 40.0), dice.between(1.5, 4.0)), snowed(Colour(0x5f6d50), 0.7))
        }
    }

    /// A round hill with one tree, a village far below, and much sky.
    func hill() -> [Layer] {
        var layers = sky(cloudsAt: 220, clouds: light.isDark ? 1 : 4, milkyWay: true)
        for index in 0..<2 {
            layers.append(
                .still("far hill \(index)", parallax: 0.12 + Double(index) * 0.15, depth: 0.7 - Double(index) * 0.25) {
                    painter in
                    let ridge = Ridge(
                        base: 490 + Double(index) * 44, height: 70, pace: 0.002, seed: seed &+ UInt64(index * 5))
                    painter.fill(ridge.area(), snowed(Colour(0x4f7a66), 0.6), .mass, fade: 0.4)
                    if index == 1 { farVillage(painter) }
                })
        }
        layers += landmarks(base: 548)
        layers.append(
            .still("knoll", parallax: 0.92, depth: 0.05) { painter in
                let line = [
                    Point(-440, 700), Point(0, 650), Point(320, 612), Point(640, 602), Point(960, 610),
                    Point(1280, 640),
                    Point(1720, 696),
                ]
                painter.fill(.swell(line, to: 1000), snowed(Colour(0x5f8a4a), 0.8), .mass)
                broadleaf(painter, Spot(1130, 640, height: 420, seed: seed &+ 2), snowed(Colour(0x4c7550), 0.3))
                if !isSnowy, !light.isDark { flowers(painter, from: 640, to: 720) }
            })
        layers.append(.cast())
        layers.append(grassRow("knoll grass", y: 718, height: 44, Colour(0x45693b), gap: 28))
        return layers
    }

    private func farVillage(_ painter: Painter) {
        var dice = Dice(seed, "far village")
        for _ in 0..<9 {
            let x = dice.between(120.0, 560.0)
            let y = dice.between(536.0, 552.0)
            painter.detail(.rectangle(x, y - 12, 16, 12), Colour(light.isDark ? 0x3a3b46 : 0xd8c3a2))
            painter.detail(
                .polygon([Point(x - 3, y - 12), Point(x + 19, y - 12), Point(x + 8, y - 20)]), Colour(0x8c4a3c))
            guard light.wantsLamps else { continue }
            painter.shining(.rectangle(x + 5, y - 8, 4, 5), Colour(0xffd27a))
            painter.glow(Point(x + 7, y - 6), 16, Colour(0xffc766), 0.5)
        }
    }

    /// A toned ground and nothing else: where a story says no place, or one nobody can draw.
    func limbo() -> [Layer] {
        let isDark = variant == "dark"
        let wall = Colour(isDark ? 0x2c2e40 : 0xb9c2bd)
        var layers: [Layer] = [
            .still("backdrop", parallax: 0.3) { painter in
                let top = painter.tone(wall.lifted(-0.05))
                let foot = painter.tone(wall.lifted(isDark ? 0.08 : 0.04))
                painter.shining(.rectangle(.everything), .down(-100, 600, [(0, top), (1, foot)]))
                painter.glow(Point(640, 330), 520, painter.tone(wall.lifted(0.12)), 0.5)
            }
        ]
        layers.append(
            .still("floor", parallax: 0.95) { painter in
                let floor = Path.ellipse(Point(640, 900), 1500, 330)
                painter.fill(floor, wall.lifted(isDark ? 0.05 : -0.06), .mass)
                painter.detail(.ellipse(Point(640, 650), 420, 46), wall.lifted(isDark ? 0.08 : -0.03))
            })
        layers.append(dust(Colour(isDark ? 0x9db4ff : 0xfff6df)))
        layers.append(.cast())
        return layers
    }

    /// Motes that hang in the light: something always moves.
    func dust(_ colour: Colour, in box: Box = Box(x: 200, y: 150, width: 900, height: 420)) -> Layer {
        let seed = part("dust")
        return .live("dust", parallax: 0.8, box: box) { painter, time in
            var motes = Path()
            for mote in 0..<26 {
                let x = box.x + Seed.unit(seed, mote) * box.width + sin(time * 0.5 + Double(mote)) * 14
                let fall = (Seed.unit(seed, mote, 1) * box.height + time * (4 + 6 * Seed.unit(seed, mote, 2)))
                let y = box.y + fall.truncatingRemainder(dividingBy: box.height)
                motes += .circle(Point(x, y), 0.9 + 1.2 * Seed.unit(seed, mote, 3))
            }
            painter.shining(motes, Gradient.down(box.y, box.maxY, [(0, colour.alpha(0.5)), (1, colour.alpha(0.15))]))
        }
    }
}
