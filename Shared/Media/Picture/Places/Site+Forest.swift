// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    /// Three stands of trees round a clearing, rays of light, trunks near the lens.
    func forest() -> [Layer] {
        var layers = sky(cloudsAt: 90, clouds: 3)
        let glade = Box(x: Site.left, y: -200, width: 2120, height: 900)
        layers.append(
            .still("glade", parallax: 0.08, depth: 0.9, box: glade) { painter in
                painter.glow(Point(640, 330), 620, painter.tone(light.skyHorizon.lifted(0.03)), 0.75)
            })
        for index in 0..<3 { layers.append(stand(index)) }
        if light.darkness < 0.3, !light.isCovered { layers.append(rays()) }
        let floor = Box(x: Site.left, y: 500, width: 2120, height: 500)
        layers.append(
            .still("forest floor", parallax: 0.9, depth: 0.10, box: floor) { painter in
                ground(painter, top: 566, Colour(0x5e7f45), waves: 16, name: "floor")
                pathway(painter, from: 568, at: 640, Colour(0xb59a6c))
                undergrowth(painter)
            })
        layers.append(.cast())
        layers.append(grassRow("undergrowth", y: 706, height: 46, Colour(0x4b7a3c), gap: 30))
        layers.append(frontTrunks())
        return layers
    }

    private func stand(_ index: Int) -> Layer {
        let depths = [0.88, 0.62, 0.36]
        let size = [0.9, 1.15, 1.5][index]
        let base = [430.0, 460, 500][index]
        return .still("trees \(index)", parallax: [0.16, 0.30, 0.50][index], depth: depths[index]) { painter in
            var dice = Dice(seed, "stand \(index)")
            let leaf = Colour(0x4f8a4e)
            let ridge = Ridge(base: base, height: 26, pace: 0.004, seed: seed &+ UInt64(index))
            painter.fill(ridge.area(), snowed(leaf.lifted(-0.04), 0.6), .mass, fade: 0.2)
            var x = -400.0
            while x < 1680 {
                let isClearing = index > 0 && abs(x - 640) < 210 * size
                let spot = Spot(
                    x, base + dice.between(4.0, 20.0), height: dice.between(245.0, 345.0) * size,
                    seed: seed &+ UInt64(x + 999))
                if isClearing {
                    _ = dice.next()
                } else if dice.next() < 0.4 {
                    pine(painter, spot, snowed(Colour(0x3f7257), 0.2))
                } else {
                    broadleaf(painter, spot, snowed(leaf.lifted(dice.between(-0.03, 0.03)), 0.25))
                }
                x += dice.between(70.0, 130.0) * size
            }
        }
    }

    private func rays() -> Layer {
        .still("rays", parallax: 0.5, depth: 0.2) { painter in
            let key = painter.tone(light.key)
            for ray in 0..<5 {
                let x = 380 + Double(ray) * 110 + Seed.unit(seed, ray) * 40
                let width = 30 + Seed.unit(seed, ray, 2) * 50
                let beam = [
                    Point(x + 240, -120), Point(x + 240 + width * 0.6, -120), Point(x + width * 1.6 - 130, 640),
                    Point(x - width - 130, 640),
                ]
                let stops = [(0.0, key.alpha(0.30)), (0.6, key.alpha(0.12)), (1.0, key.alpha(0))]
                painter.shining(.polygon(beam), .down(-60, 640, stops))
            }
        }
    }

    private func undergrowth(_ painter: Painter) {
        var dice = Dice(seed, "undergrowth")
        for _ in 0..<16 {
            let x = dice.between(-400.0, 1680.0)
            guard abs(x - 640) > 150 else { continue }
            let y = dice.between(574.0, 604.0)
            let size = dice.between(14.0, 30.0)
            let bush = Path.blob(Point(x, y), size * 1.6, size * 0.8, seed: seed &+ UInt64(x + 500), rough: 0.22)
            painter.fill(bush, snowed(Colour(0x4d7a42), 0.6))
        }
        guard !isSnowy else { return }
        for _ in 0..<10 {
            let at = Point(dice.between(-300.0, 1600.0), dice.between(600.0, 690.0))
            painter.detail(.rectangle(at.x - 2, at.y - 7, 4, 8), Colour(0xf0e6d4))
            painter.detail(.ellipse(at + Point(0, -8), 6, 4), Colour(0xc9483a))
        }
    }

    /// Darker than the people, on both sides of them.
    private func frontTrunks() -> Layer {
        .still("front trunks", parallax: 1.45) { painter in
            for (x, width) in [(10.0, 120.0), (1300.0, 150.0)] {
                let trunk = [
                    Girth(Point(x, 900), width * 1.3), Girth(Point(x + 8, 500), width * 0.8),
                    Girth(Point(x - 14, 160), width * 0.7), Girth(Point(x + 6, -260), width * 0.6),
                ]
                painter.fill(.ribbon(trunk, ends: .flat), Colour(0x33291f))
            }
            var dice = Dice(seed, "front leaves")
            let dark = Colour(0x27382c)
            for _ in 0..<26 {
                let isLeft = dice.next() < 0.5
                let x = isLeft ? dice.between(-300.0, 230.0) : dice.between(1060.0, 1600.0)
                let inward = isLeft ? x : 1280 - x
                let y = dice.between(-160.0, 50.0) - inward * 0.12
                let leaves = Path.blob(
                    Point(x, y), dice.between(50.0, 90.0), dice.between(30.0, 56.0), seed: seed &+ UInt64(x + 800),
                    rough: 0.3)
                painter.fill(leaves, snowed(dark, 0.2).lifted(dice.between(-0.02, 0.07)))
            }
        }
    }
}
