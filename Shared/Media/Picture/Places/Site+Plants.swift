// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

/// Where a tree or a house stands and how big it is.
struct Spot {
    var at: Point
    var height: Double
    var seed: UInt64

    init(_ x: Double, _ y: Double, height: Double, seed: UInt64) {
        at = Point(x, y)
        self.height = height
        self.seed = seed
    }
}

extension Site {
    /// A round tree: trunk, two boughs, six masses of leaves with their lit sides.
    func broadleaf(_ painter: Painter, _ spot: Spot, _ colour: Colour) {
        var dice = Dice(spot.seed, "tree")
        let size = spot.height
        let foot = spot.at
        let bark = Colour(0x5b4636)
        let girth = size * 0.07
        let trunk = [
            Girth(foot + Point(0, 4), girth * 1.5),
            Girth(foot + Point(dice.between(-0.02, 0.02) * size, -size * 0.3), girth * 0.9),
            Girth(foot + Point(dice.between(-0.05, 0.05) * size, -size * 0.6), girth * 0.5),
        ]
        painter.fill(.ribbon(trunk), bark)
        for side in [-1.0, 1.0] {
            let fork = foot + Point(0, -size * dice.between(0.28, 0.4))
            let bough = [
                fork, foot + Point(side * size * 0.1, -size * 0.5), foot + Point(side * size * 0.2, -size * 0.62),
            ]
            painter.taperedLine(bough, girth * 0.45, bark)
        }
        for (index, mass) in Site.leafMasses.enumerated() {
            let height = Double(index) / 5
            let radius = size * mass.2 * dice.between(0.9, 1.15)
            let middle = foot + Point(mass.0 * size, mass.1 * size)
            let seed = spot.seed &+ UInt64(index)
            let leaves = Path.blob(middle, radius * 1.1, radius, seed: seed, rough: 0.10)
            painter.fill(leaves, colour.lifted(-0.05 + 0.07 * height))
            let sunny = middle + Point(light.side * radius * 0.22, -radius * 0.26)
            let lit = Path.blob(sunny, radius * 0.62, radius * 0.5, seed: seed &+ 70, rough: 0.12)
            painter.detail(lit, colour.lifted(0.02 + 0.07 * height).alpha(0.8))
        }
        if isSnowy {
            let cap = Path.blob(foot + Point(0, -size * 0.98), size * 0.15, size * 0.08, seed: spot.seed)
            painter.detail(cap, Colour(0xf4f8ff))
        }
    }

    private static let leafMasses: [(Double, Double, Double)] = [
        (-0.20, -0.58, 0.19), (0.20, -0.60, 0.19), (0, -0.56, 0.20), (-0.14, -0.76, 0.19), (0.15, -0.77, 0.19),
        (0.0, -0.90, 0.17),
    ]

    /// A fir of five skirts.
    func pine(_ painter: Painter, _ spot: Spot, _ colour: Colour) {
        var dice = Dice(spot.seed, "pine")
        let size = spot.height
        let x = spot.at.x
        painter.fill(.rectangle(x - size * 0.025, spot.at.y - size * 0.2, size * 0.05, size * 0.22), Colour(0x54402f))
        for skirt in 0..<5 {
            let t = Double(skirt) / 5
            let width = size * (0.27 - 0.20 * t)
            let foot = spot.at.y - size * (0.10 + 0.19 * Double(skirt))
            let top = foot - size * 0.29
            var points = [Point(x, top)]
            for tooth in 0...5 {
                let across = 1 - Double(tooth) / 5 * 2
                let droop = (tooth.isMultiple(of: 2) ? 0.022 : -0.012) + abs(across) * 0.02
                points.append(Point(x + across * width, foot + size * droop + dice.between(-1.0, 1.0)))
            }
            painter.fill(.polygon(points), colour.lifted(-0.04 + 0.08 * t))
            guard isSnowy else { continue }
            let snow = [
                Point(x, top), Point(x + width * 0.45, top + size * 0.15), Point(x + width * 0.1, top + size * 0.11),
                Point(x - width * 0.2, top + size * 0.15), Point(x - width * 0.42, top + size * 0.13),
            ]
            painter.detail(.polygon(snow), Colour(0xf4f8ff))
        }
    }

    /// Blades of one tuft, bent by the wind.
    func tuft(_ spot: Spot, blades: Int, bend: Double) -> Path {
        var path = Path()
        let size = spot.height
        for blade in 0..<blades {
            let x = spot.at.x + (Seed.unit(spot.seed, blade) - 0.5) * size * 0.9
            let height = size * (0.55 + 0.45 * Seed.unit(spot.seed, blade, 1))
            let lean = (Seed.unit(spot.seed, blade, 2) - 0.5) * 0.5 + bend
            path.move(Point(x - size * 0.045, spot.at.y))
            path.line(Point(x + lean * height * 0.35 - size * 0.02, spot.at.y - height * 0.55))
            path.line(Point(x + lean * height, spot.at.y - height))
            path.line(Point(x + lean * height * 0.35 + size * 0.03, spot.at.y - height * 0.5))
            path.line(Point(x + size * 0.05, spot.at.y))
            path.close()
        }
        return path
    }

    /// A row of grass before the people's feet; three shades, three fills a frame.
    func grassRow(_ name: String, y: Double, height: Double, _ colour: Colour, gap: Double) -> Layer {
        let seed = part(name)
        let count = Int(2120 / gap)
        let band = Box(x: Site.left, y: y - height * 2, width: 2120, height: height * 2 + 60)
        return .live(name, parallax: 1.08, box: band) { painter, time in
            var shades = [Path(), Path(), Path()]
            for index in 0..<count {
                let x = Site.left + (Double(index) + Seed.unit(seed, index)) * gap
                let size = height * (0.7 + 0.6 * Seed.unit(seed, index, 6))
                let spot = Spot(x, y + Seed.unit(seed, index, 5) * 8, height: size, seed: seed &+ UInt64(index))
                shades[index % 3] += tuft(spot, blades: 5, bend: gust(time, at: x))
            }
            for (shade, path) in shades.enumerated() {
                painter.detail(path, snowed(colour, 0.5).lifted((Double(shade) - 1) * 0.03))
            }
        }
    }
}
