// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    /// Rolling land with a meadow or wheat, a far house and a path.
    func field() -> [Layer] {
        let isWheat = variant == "wheat"
        let colour = Colour(isWheat ? 0xdcb257 : 0x86b04c)
        var layers = sky(cloudsAt: 150, clouds: 6)
        for index in 0..<3 { layers.append(fieldHill(index)) }
        layers += landmarks(base: 500)
        let box = Box(x: Site.left, y: 470, width: 2120, height: 520)
        layers.append(
            .still("meadow", parallax: 0.9, depth: 0.08, box: box) { painter in
                ground(painter, top: 540, colour, waves: 22, name: "meadow")
                stubble(painter, colour)
                pathway(painter, from: 548, at: 700, Colour(0xcdb487))
                if !isSnowy { flowers(painter, from: 570, to: 700) }
            })
        layers.append(.cast())
        let blades = Colour(isWheat ? 0xc99a3f : 0x5f8f38)
        layers.append(grassRow("grass", y: 716, height: isWheat ? 78 : 54, blades, gap: 26))
        return layers
    }

    private func fieldHill(_ index: Int) -> Layer {
        let colours: [UInt32] = [0x7ea68f, 0x86ad6d, 0x9bb85e]
        let far = Double(index)
        let base = 420 + far * 34
        return .still("hill \(index)", parallax: 0.12 + far * 0.14, depth: 0.82 - far * 0.24) { painter in
            let ridge = Ridge(
                base: base, height: 70 - far * 12, pace: 0.0016 + far * 0.0006, seed: seed &+ UInt64(index * 31))
            painter.fill(ridge.area(), snowed(Colour(colours[index]), 0.7), .mass, fade: 0.3)
            var dice = Dice(seed, "wood \(index)")
            for tree in 0..<(index == 0 ? 12 : 8) {
                let x = dice.between(-400.0, 1680.0)
                let size = dice.between(34.0, 60.0) * (1 + far * 0.7)
                let spot = Spot(x, ridge.height(at: x) + 6, height: size, seed: seed &+ UInt64(tree + 50 * index))
                broadleaf(painter, spot, Colour(0x55804f).lifted(dice.between(-0.03, 0.04)))
            }
            if index == 1 {
                let spot = Spot(980, ridge.height(at: 1020) + 18, height: 56, seed: seed &+ 5)
                house(painter, spot, width: 84, isNear: false)
            }
        }
    }

    /// Rows of short stalks that shrink toward the horizon.
    private func stubble(_ painter: Painter, _ colour: Colour) {
        for row in 0..<14 {
            let base = 552 + pow(Double(row), 1.2) * 9
            var stalks = Path()
            for stalk in 0..<150 {
                let x = -420 + (Double(stalk) + Seed.unit(seed, stalk, row)) * 14.2
                let height = (6 + Double(row) * 1.6) * (0.6 + 0.8 * Seed.unit(seed, stalk, row + 50))
                let y = base + 9 * Seed.unit(seed, stalk, row + 90)
                stalks += .polygon([Point(x - 1.2, y), Point(x + 1.8, y - height), Point(x + 1.6, y)])
            }
            painter.detail(stalks, snowed(colour).lifted(0.035 - Double(row % 3) * 0.035).alpha(0.7))
        }
    }

    func flowers(_ painter: Painter, from top: Double, to bottom: Double) {
        var dice = Dice(seed, "flowers")
        let colours: [UInt32] = [0xf6f1e2, 0xe8604c, 0xf2c14e, 0x8e7cc3]
        for _ in 0..<90 {
            let at = Point(dice.between(-400.0, 1680.0), dice.between(top, bottom))
            let size = 1.5 + (at.y - top + 10) / 60
            painter.detail(.ellipse(at, size, size * 0.8), Colour(dice.pick(colours)))
        }
    }
}
