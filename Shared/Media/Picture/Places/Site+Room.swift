// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    /// The window in the back wall; every kind of room has one, of its own size.
    var roomWindow: Box {
        switch variant {
        case "hall": Box(x: 560, y: 60, width: 160, height: 380)
        case "lamp_room": Box(x: 90, y: 110, width: 1100, height: 300)
        case "shop": Box(x: 430, y: 190, width: 420, height: 240)
        default: Box(x: 520, y: 150, width: 250, height: 280)
        }
    }

    private var isEvening: Bool { light.darkness > 0.3 }

    /// Walls step back from the people: grey-green, grey-blue or taupe.
    private var wallColour: Colour {
        let evening: [UInt32] = [0x5d7774, 0x63707f, 0x6a6a62]
        let day: [UInt32] = [0xb4c2b0, 0xaebcc4, 0xc6bda8]
        let index = Int(Seed.unit(seed, 4) * 2.999)
        return Colour(isEvening ? evening[index] : day[index])
    }

    func room() -> [Layer] {
        let around = roomWindow.grown(420)
        var layers = sky(cloudsAt: 280, clouds: 4)
        for index in layers.indices { layers[index].box = layers[index].box.intersection(around) }
        layers.append(outside(around))
        layers.append(wall())
        layers.append(floor())
        if has("fireplace") { layers.append(fire()) }
        if !isEvening {
            layers.append(indoors(dust(Colour(0xfff3d6), in: Box(x: 420, y: 200, width: 460, height: 360))))
        }
        if isEvening { layers.append(vignette()) }
        layers.append(.cast())
        return layers
    }

    private func indoors(_ layer: Layer) -> Layer {
        var inside = layer
        inside.isIndoors = true
        return inside
    }

    /// What is seen through the window: trees, or the sea where the place lies by it.
    private func outside(_ box: Box) -> Layer {
        if has("sea") || variant == "lamp_room" {
            return .still("outside", parallax: 0.2, depth: 0.4, box: box) { painter in
                let near = painter.tone(water)
                painter.shining(
                    .rectangle(Site.left, 330, 2120, 300),
                    .down(330, 470, [(0, near.mixed(light.skyHorizon, 0.4)), (1, near.lifted(-0.06))]))
            }
        }
        return .still("outside", parallax: 0.2, depth: 0.6, box: box) { painter in
            let ridge = Ridge(base: 400, height: 60, pace: 0.005, seed: seed)
            painter.fill(ridge.area(), snowed(Colour(0x5b7f6c), 0.7), .mass, fade: 0.3)
            var dice = Dice(seed, "outside")
            for tree in 0..<7 {
                let spot = Spot(
                    dice.between(box.x, box.maxX), 452, height: dice.between(90.0, 150.0), seed: seed &+ UInt64(tree))
                broadleaf(painter, spot, snowed(Colour(0x5f9060), 0.4))
            }
        }
    }

    private func wall() -> Layer {
        indoors(
            .still("wall", parallax: 0.9) { painter in
                drawWall(painter)
                drawWindowFrame(painter)
                switch variant {
                case "kitchen": kitchen(painter)
                case "bedroom": bedroom(painter)
                case "tavern": tavern(painter)
                case "study": study(painter)
                case "hall": hall(painter)
                case "shop": shop(painter)
                case "lamp_room": lampRoom(painter)
                default: parlour(painter)
                }
                if has("fireplace") { fireplace(painter) }
            })
    }

    private func drawWall(_ painter: Painter) {
        let window = roomWindow
        // The hole runs the other way round, so that the sky stays in it.
        let hole = Path.polygon([
            Point(window.x, window.y), Point(window.x, window.maxY), Point(window.maxX, window.maxY),
            Point(window.maxX, window.y),
        ])
        let colour = painter.tone(wallColour)
        let stops = [(0.0, colour.lifted(-0.09)), (0.5, colour.lifted(0.02)), (1.0, colour.lifted(-0.02))]
        painter.shining(.rectangle(Site.left, -240, 2120, 850) + hole, .down(-100, 640, stops))
        if variant != "lamp_room", variant != "hall" { wallpaper(painter) }
        painter.fill(.rectangle(Site.left, 548, 2120, 52), wallColour.lifted(-0.15))
        painter.detail(.rectangle(Site.left, 543, 2120, 7), wallColour.lifted(-0.07))
    }

    private func wallpaper(_ painter: Painter) {
        let window = roomWindow.grown(46)
        let colour = wallColour.lifted(0.022)
        for column in 0..<28 {
            for row in 0..<9 {
                let x = -400 + Double(column) * 76 + (row.isMultiple(of: 2) ? 0 : 38)
                let y = -60 + Double(row) * 68
                let inWindow = x > window.x && x < window.maxX && y > window.y && y < window.maxY
                if !inWindow { motif(painter, Point(x, y), colour) }
            }
        }
    }

    private func motif(_ painter: Painter, _ middle: Point, _ colour: Colour) {
        for leaf in 0..<4 {
            let angle = Double(leaf) * .pi / 2
            let at = middle + Point(cos(angle), sin(angle)) * 5
            painter.detail(.ellipse(at, 4.4, 2.4, turned: angle), colour)
        }
    }

    private func drawWindowFrame(_ painter: Painter) {
        let window = roomWindow
        let wood = Colour(0x6b4a35)
        let bars = variant == "lamp_room" ? 5 : 1
        painter.fill(.rectangle(window.x - 14, window.y - 14, window.width + 28, 16), wood.lifted(0.05))
        painter.fill(.rectangle(window.x - 14, window.y, 16, window.height), wood.lifted(0.05))
        painter.fill(.rectangle(window.maxX - 2, window.y, 16, window.height), wood.lifted(0.05))
        for bar in 1...bars {
            let x = window.x + window.width * Double(bar) / Double(bars + 1)
            painter.fill(.rectangle(x - 5, window.y, 10, window.height), wood.lifted(0.05))
        }
        painter.fill(.rectangle(window.x, window.y + window.height * 0.42, window.width, 9), wood.lifted(0.05))
        painter.fill(.rectangle(window.x - 30, window.maxY - 2, window.width + 60, 18), wood)
        let hasCurtains = !["lamp_room", "hall", "shop", "tavern"].contains(variant)
        if hasCurtains { curtains(painter, window) }
    }

    private func curtains(_ painter: Painter, _ window: Box) {
        let colours: [UInt32] = [0x9c4a42, 0x4f6a78, 0x7a6a3f]
        let cloth = Colour(colours[Int(Seed.unit(seed, 9) * 2.999)])
        for side in [1.0, -1.0] {
            let x = side > 0 ? window.x - 62 : window.maxX + 62
            func at(_ across: Double, _ y: Double) -> Point { Point(x + side * across, y) }
            let top = window.y - 34
            let foot = window.maxY + 26
            let outline = [
                at(0, top), at(96, top), at(84, window.y + 90), at(46, window.y + 190), at(60, foot), at(-6, foot),
                at(-4, window.y + 120),
            ]
            painter.fill(.smooth(outline), cloth)
            for fold in 1..<4 {
                let near = Double(fold)
                let line = [at(near * 20, top + 4), at(near * 13, window.y + 170), at(near * 12, foot - 4)]
                painter.taperedLine(line, 2.4, cloth.lifted(-0.10))
            }
        }
        painter.line(
            [Point(window.x - 90, window.y - 36), Point(window.maxX + 90, window.y - 36)], 7, Colour(0x4d3828))
    }

    private func floor() -> Layer {
        indoors(
            .still("floor", parallax: 0.9, box: Box(x: Site.left, y: 590, width: 2120, height: 400)) { painter in
                let isStone = variant == "hall" || variant == "lamp_room"
                let boards = Colour(isStone ? 0x8b8a86 : 0x8d6443)
                painter.fill(.rectangle(Site.left, 598, 2120, 400), boards, .mass)
                for row in 0..<5 {
                    let y = 600 + pow(Double(row), 1.4) * 13
                    painter.detail(.rectangle(Site.left, y, 2120, 2), boards.lifted(-0.12).alpha(0.7))
                    var dice = Dice(seed, "boards \(row)")
                    var x = Site.left
                    while x < Site.right {
                        x += dice.between(140.0, 300.0)
                        painter.detail(.rectangle(x, y, 2, 14 + Double(row) * 5), boards.lifted(-0.12).alpha(0.6))
                    }
                }
                if !["tavern", "lamp_room", "shop", "kitchen"].contains(variant) { rug(painter) }
                guard light.darkness < 0.4, !light.isCovered else { return }
                let patch = [Point(560, 606), Point(770, 606), Point(640, 720), Point(380, 720)]
                painter.shining(.polygon(patch), light.key.alpha(0.20))
            })
    }

    private func rug(_ painter: Painter) {
        let colours: [UInt32] = [0x86484a, 0x4c6372, 0x6f6a44]
        let cloth = Colour(colours[Int(Seed.unit(seed, 14) * 2.999)])
        let middle = Point(640, 668)
        painter.fill(.ellipse(middle, 400, 40), cloth)
        painter.detail(.ellipse(middle, 360, 33), cloth.lifted(0.14))
        painter.detail(.ellipse(middle, 346, 31), cloth)
    }

    // MARK: fire and lamplight

    private func fireplace(_ painter: Painter) {
        painter.fill(.rectangle(960, 350, 220, 250), Colour(0x8d7f78))
        for row in 0..<5 {
            for column in 0..<5 where (row + column).isMultiple(of: 2) {
                let x = 966 + Double(column) * 43
                painter.detail(.rectangle(x, 366 + Double(row) * 46, 36, 18), Colour(0x9d8d84))
            }
        }
        painter.fill(.rectangle(942, 338, 256, 22), Colour(0x5c4030))
        let mouth = [
            Point(1005, 602), Point(1005, 470), Point(1030, 440), Point(1070, 432), Point(1110, 440), Point(1135, 470),
            Point(1135, 602),
        ]
        painter.fill(.polygon(mouth), Colour(0x231a18))
        painter.fill(.rectangle(1015, 580, 110, 16), Colour(0x4d3323))
    }

    private func fire() -> Layer {
        indoors(
            .live("hearth fire", parallax: 0.9, box: Box(x: 700, y: 200, width: 760, height: 500)) { painter, time in
                painter.flame(at: Point(1070, 586), 78, time, seed: seed)
                let flicker = 0.05 * Noise.value(time * 5, seed)
                painter.glow(Point(1070, 545), 330, Colour(0xff9a4a), (isEvening ? 0.24 : 0.10) + flicker)
            })
    }

    /// Warm in the middle, dark at the edges, behind the people: the lamp is the sun of this room.
    private func vignette() -> Layer {
        .still("lamplight", parallax: 0.9) { painter in
            painter.glow(Point(630, 440), 560, Colour(0xffb866), 0.24)
            let dark = Colour(0x120a18)
            let clear = dark.alpha(0)
            let everything = Path.rectangle(.everything)
            painter.shining(everything, .down(-60, 300, [(0, dark.alpha(0.42)), (1, clear)]))
            let left = Gradient(from: Point(-60, 0), to: Point(420, 0), [(0, dark.alpha(0.36)), (1, clear)])
            painter.shining(everything, left)
            let right = Gradient(from: Point(1340, 0), to: Point(860, 0), [(0, dark.alpha(0.36)), (1, clear)])
            painter.shining(everything, right)
        }
    }
}

extension Painter {
    /// Three tongues inside each other.
    func flame(at foot: Point, _ height: Double, _ time: Double, seed: UInt64) {
        let tongues: [(UInt32, Double)] = [(0xe2572b, 1.0), (0xf6923a, 0.74), (0xffd667, 0.46)]
        for (index, tongue) in tongues.enumerated() {
            let width = height * 0.46 * tongue.1
            let lick = Noise.value(time * 4 + Double(index), seed) * 0.22
            let shiver = Noise.value(time * 6 + Double(index) * 3, seed &+ 4) * 0.16
            let high = height * tongue.1 * (0.9 + 0.18 * Noise.value(time * 5, seed &+ UInt64(index)))
            let outline = [
                (-width * 0.6, 0.0), (-width * 0.72, -high * 0.28), (-width * (0.28 - shiver), -high * 0.56),
                (width * lick * 1.6, -high), (width * (0.30 + shiver), -high * 0.52), (width * 0.72, -high * 0.26),
                (width * 0.6, 0),
            ]
            shining(.smooth(outline.map { foot + Point($0.0, $0.1) }), Colour(tongue.0))
        }
    }
}
