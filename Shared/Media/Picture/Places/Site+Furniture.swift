// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// What stands along the walls of each kind of room: set dressing that belongs to the place, left and right of people.
extension Site {
    private var wood: Colour { Colour(0x6b4a35) }

    func parlour(_ painter: Painter) {
        shelf(painter, Point(890, 300), width: 220)
        books(painter, from: 898, to: 1090, on: 300, name: "books")
        picture(painter, Box(x: 170, y: 190, width: 150, height: 118))
        if !has("fireplace") { dresser(painter, Box(x: 960, y: 430, width: 200, height: 168)) }
        plant(painter, Point(380, 600))
    }

    func kitchen(_ painter: Painter) {
        dresser(painter, Box(x: 900, y: 440, width: 290, height: 158))
        shelf(painter, Point(900, 300), width: 260)
        for plate in 0..<5 {
            let middle = Point(930 + Double(plate) * 50, 276)
            painter.fill(.circle(middle, 22), Colour(0xeef0ea))
            painter.detail(.circle(middle, 13), Colour(plate.isMultiple(of: 2) ? 0x7fa0b4 : 0xd7dcd4))
        }
        painter.fill(.rectangle(120, 420, 240, 178), Colour(0x4a4a50))
        painter.detail(.rounded(Box(x: 150, y: 478, width: 180, height: 92), 8), Colour(0x34343a))
        painter.fill(.rectangle(112, 408, 256, 16), Colour(0x5c5c64))
        pot(painter, Point(186, 408), 34)
        pot(painter, Point(292, 408), 26)
        painter.line([Point(130, 230), Point(360, 230)], 5, Colour(0x3a3230))
        for pan in 0..<4 {
            let x = 152 + Double(pan) * 58
            painter.line([Point(x, 232), Point(x, 270)], 4, Colour(0x3a3230))
            painter.fill(.circle(Point(x, 288), 20), Colour(0xb36a45).lifted(pan.isMultiple(of: 2) ? 0 : -0.05))
        }
    }

    func bedroom(_ painter: Painter) {
        let quilt = Colour(Seed.unit(seed, 21) < 0.5 ? 0x6f86a0 : 0x9a6f78)
        painter.fill(.rounded(Box(x: 850, y: 400, width: 36, height: 200), 10), wood)
        painter.fill(.rounded(Box(x: 1240, y: 450, width: 28, height: 150), 10), wood)
        painter.fill(.rectangle(870, 540, 380, 40), wood.lifted(-0.05))
        painter.fill(.rounded(Box(x: 880, y: 500, width: 368, height: 54), 16), Colour(0xf0ebe0))
        painter.fill(.rounded(Box(x: 990, y: 494, width: 258, height: 72), 18), quilt)
        painter.fill(.rounded(Box(x: 888, y: 478, width: 92, height: 40), 18), Colour(0xfaf7f0))
        picture(painter, Box(x: 980, y: 210, width: 130, height: 100))
        dresser(painter, Box(x: 130, y: 450, width: 190, height: 148))
        candlestick(painter, Point(190, 450))
    }

    func tavern(_ painter: Painter) {
        for row in 0..<2 {
            let y = 250 + Double(row) * 86
            shelf(painter, Point(880, y), width: 320)
            for bottle in 0..<9 {
                let colours: [UInt32] = [0x4f7a63, 0x7a4f3a, 0x3f5d73, 0xa8893f]
                let x = 900 + Double(bottle) * 34
                let high = 40 + 14 * Seed.unit(seed, bottle, row)
                painter.fill(
                    .rounded(Box(x: x, y: y - high, width: 18, height: high), 6), Colour(colours[(bottle + row) % 4]))
                painter.detail(
                    .rectangle(x + 6, y - high - 12, 6, 14), Colour(colours[(bottle + row) % 4]).lifted(-0.05))
            }
        }
        painter.fill(.rectangle(860, 462, 380, 140), Colour(0x7b5237))
        painter.fill(.rectangle(846, 448, 408, 18), Colour(0x94673f))
        for panel in 0..<5 {
            painter.detail(.rectangle(876 + Double(panel) * 74, 482, 56, 100), Colour(0x6a4429))
        }
        for barrel in [(150.0, 600.0), (262.0, 600.0), (206.0, 514.0)] {
            caskEnd(painter, Point(barrel.0, barrel.1 - 50), 50)
        }
    }

    func study(_ painter: Painter) {
        for (x, width) in [(90.0, 330.0), (880.0, 330.0)] {
            painter.fill(.rectangle(x, 90, width, 512), wood)
            painter.detail(.rectangle(x + 14, 104, width - 28, 486), wood.lifted(-0.13))
            for row in 0..<5 {
                let y = 196 + Double(row) * 98
                painter.detail(.rectangle(x + 10, y, width - 20, 10), wood.lifted(0.03))
                books(painter, from: x + 20, to: x + width - 26, on: y, name: "books \(Int(x)) \(row)")
            }
        }
    }

    func hall(_ painter: Painter) {
        for x in [120.0, 400.0, 850.0, 1130.0] {
            painter.fill(.rectangle(x - 34, -240, 68, 840), Colour(0xbdb3a2))
            painter.detail(.rectangle(x - 34, -240, 14, 840), Colour(0xaaa08e))
            painter.fill(.rectangle(x - 46, 560, 92, 42), Colour(0xa89e8c))
            painter.fill(.rectangle(x - 46, 60, 92, 26), Colour(0xa89e8c))
        }
        for x in [260.0, 990.0] {
            let banner = [
                Point(x - 44, 120), Point(x + 44, 120), Point(x + 44, 340), Point(x, 384), Point(x - 44, 340),
            ]
            painter.fill(.polygon(banner), Colour(0x9c3f3a))
            painter.detail(.circle(Point(x, 220), 24), Colour(0xe0b64f))
        }
    }

    func shop(_ painter: Painter) {
        for row in 0..<3 {
            let y = 240 + Double(row) * 110
            shelf(painter, Point(900, y), width: 300)
            for item in 0..<6 {
                let x = 918 + Double(item) * 47
                let size = 26 + 16 * Seed.unit(seed, item, row)
                let colours: [UInt32] = [0xb98a4f, 0x6f8f84, 0xc9673a, 0x8a7a9c]
                let box = Box(x: x, y: y - size, width: 34, height: size)
                painter.fill(.rounded(box, 5), Colour(colours[(item + row * 2) % 4]))
            }
        }
        painter.fill(.rectangle(90, 450, 260, 150), wood.lifted(0.03))
        painter.fill(.rectangle(78, 438, 284, 16), wood.lifted(0.09))
        shelf(painter, Point(100, 280), width: 220)
        for jar in 0..<5 {
            let box = Box(x: 112 + Double(jar) * 41, y: 240, width: 30, height: 40)
            painter.fill(.rounded(box, 8), Colour(0xcfd9d2))
            painter.detail(.rectangle(box.x + 3, box.y - 5, 24, 8), Colour(0x7a4f3a))
        }
    }

    /// High over the sea, with the great lamp in the middle.
    func lampRoom(_ painter: Painter) {
        let iron = Colour(0x3b4252)
        painter.fill(.rectangle(570, 470, 140, 130), iron)
        painter.fill(.rectangle(548, 456, 184, 20), iron.lifted(0.05))
        let glass = Path.rounded(Box(x: 572, y: 214, width: 136, height: 244), 62)
        if light.wantsLamps {
            painter.glow(Point(640, 336), 330, Colour(0xffe3a0), 0.75)
            painter.shining(glass, Colour(0xfff0c2))
        } else {
            painter.detail(glass, Colour(0xc4d8dc))
        }
        for ring in 0..<6 {
            painter.detail(.rectangle(574, 250 + Double(ring) * 36, 132, 4), Colour(0x8fa3a8, 0.8))
        }
        painter.fill(.rectangle(564, 204, 152, 18), iron)
        painter.fill(.polygon([Point(560, 206), Point(720, 206), Point(640, 160)]), iron)
    }

    // MARK: pieces

    private func shelf(_ painter: Painter, _ at: Point, width: Double) {
        painter.fill(.rectangle(at.x, at.y, width, 12), wood)
        for x in [at.x + 24, at.x + width - 34] { painter.detail(.rectangle(x, at.y + 12, 10, 14), wood.lifted(-0.08)) }
    }

    private func books(_ painter: Painter, from start: Double, to end: Double, on y: Double, name: String) {
        var dice = Dice(seed, name)
        let colours: [UInt32] = [0x7a3b34, 0x35566b, 0x5f6b3a, 0xc69a4a, 0x5a4a6b, 0xd8c7a2]
        var x = start
        while x < end - 24 {
            let width = dice.between(11.0, 24.0)
            let height = dice.between(44.0, 72.0)
            painter.fill(.rectangle(x, y - height, width, height), Colour(dice.pick(colours)))
            x += width + 1.5
            if dice.next() < 0.14 { x += 16 }
        }
    }

    private func picture(_ painter: Painter, _ frame: Box) {
        painter.fill(.rectangle(frame), Colour(0x4d3828))
        let inner = frame.grown(-11)
        painter.detail(.rectangle(inner), Colour(0xcfe0e2))
        func at(_ x: Double, _ y: Double) -> Point { Point(inner.x + x * inner.width, inner.y + y * inner.height) }
        let hills = [at(0, 0.72), at(0.3, 0.42), at(0.54, 0.64), at(0.8, 0.34), at(1, 0.6)]
        painter.detail(.swell(hills, to: inner.maxY), Colour(0x6f8f84))
        painter.detail(.circle(at(0.76, 0.22), 8), Colour(0xe8a24a))
    }

    private func dresser(_ painter: Painter, _ box: Box) {
        painter.fill(.rectangle(box), wood)
        painter.fill(.rectangle(box.x - 8, box.y - 12, box.width + 16, 14), wood.lifted(0.06))
        let doors = max(2, Int(box.width / 95))
        let wide = (box.width - 20) / Double(doors)
        for door in 0..<doors {
            let panel = Box(
                x: box.x + 12 + Double(door) * wide, y: box.y + 14, width: wide - 6, height: box.height - 32)
            painter.detail(.rounded(panel, 5), wood.lifted(-0.07))
            painter.detail(.circle(Point(panel.maxX - 10, panel.middle.y), 4), Colour(0xe3bf62))
        }
    }

    private func plant(_ painter: Painter, _ foot: Point) {
        painter.fill(
            .polygon([foot + Point(-22, -44), foot + Point(22, -44), foot + Point(16, 0), foot + Point(-16, 0)]),
            Colour(0xb0643f))
        for leaf in 0..<7 {
            let angle = -2.5 + Double(leaf) * 0.32
            let tip = foot + Point(cos(angle) * 62, -48 + sin(angle) * 74)
            let spine = [
                Girth(foot + Point(0, -44), 6), Girth((foot + Point(0, -44)).toward(tip, 0.6), 17), Girth(tip, 2),
            ]
            painter.fill(.ribbon(spine), Colour(0x4f7f4c).lifted(leaf.isMultiple(of: 2) ? 0.02 : -0.03))
        }
    }

    private func pot(_ painter: Painter, _ foot: Point, _ size: Double) {
        painter.fill(
            .rounded(Box(x: foot.x - size, y: foot.y - size * 1.1, width: size * 2, height: size * 1.1), 8),
            Colour(0x8f5a3c))
        painter.detail(.rectangle(foot.x - size - 5, foot.y - size * 1.16, size * 2 + 10, 7), Colour(0x6f4530))
    }

    private func candlestick(_ painter: Painter, _ foot: Point) {
        painter.fill(.rectangle(foot.x - 12, foot.y - 6, 24, 6), Colour(0xc9a24f))
        painter.fill(.rectangle(foot.x - 3, foot.y - 34, 6, 30), Colour(0xf3ead6))
        guard light.wantsLamps else { return }
        painter.shining(.ellipse(foot + Point(0, -42), 4, 9), Colour(0xffd667))
        painter.glow(foot + Point(0, -42), 120, Colour(0xffc065), 0.4)
    }

    private func caskEnd(_ painter: Painter, _ middle: Point, _ size: Double) {
        painter.fill(.circle(middle, size), Colour(0x5c4030))
        painter.fill(.circle(middle, size * 0.84), Colour(0x9a7148))
        for plank in -2...2 {
            let x = middle.x + Double(plank) * size * 0.30
            painter.detail(.rectangle(x, middle.y - size * 0.66, 2, size * 1.32), Colour(0x7b5637))
        }
    }
}
