// Picture · pure · sees Contracts, Policies
import Foundation
import Policies

extension Site {
    /// Hedges, flower beds and a house behind them.
    func garden() -> [Layer] {
        var layers = sky(cloudsAt: 140, clouds: 5)
        layers.append(
            .still("behind the hedge", parallax: 0.3, depth: 0.45) { painter in
                let ridge = Ridge(base: 470, height: 30, pace: 0.003, seed: part("behind"))
                painter.fill(ridge.area(), snowed(Colour(0x6f9a5c), 0.7), .mass, fade: 0.2)
                house(painter, Spot(760, 520, height: 210, seed: seed &+ 4), width: 300, isNear: true)
                for (index, x) in [-180.0, 140.0, 420.0, 1240.0, 1500.0].enumerated() {
                    let spot = Spot(x, 520, height: 260 + 50 * Seed.unit(seed, index), seed: seed &+ UInt64(index))
                    broadleaf(painter, spot, snowed(Colour(0x5a8c50), 0.3))
                }
            })
        layers += landmarks(base: 520)
        layers.append(
            .still("hedge", parallax: 0.7, depth: 0.16, box: Box(x: Site.left, y: 400, width: 2120, height: 600)) {
                painter in
                for bush in 0..<24 {
                    let x = Site.left + Double(bush) * 92
                    let size = 60 + 14 * Seed.unit(seed, bush, 3)
                    painter.fill(
                        .blob(Point(x, 552), size, 52, seed: seed &+ UInt64(bush), rough: 0.10),
                        snowed(Colour(0x4d7d48), 0.5))
                }
                painter.fill(.rectangle(Site.left, 552, 2120, 200), snowed(Colour(0x4d7d48), 0.5))
            })
        layers.append(
            .still("lawn", parallax: 0.94, depth: 0.04, box: Box(x: Site.left, y: 540, width: 2120, height: 460)) {
                painter in
                ground(painter, top: 572, Colour(0x86b04c), waves: 8, name: "lawn")
                pathway(painter, from: 576, at: 700, Colour(0xd8c9a8))
                if !isSnowy { bed(painter) }
            })
        layers.append(.cast())
        layers.append(grassRow("garden grass", y: 722, height: 40, Colour(0x5f8f38), gap: 30))
        return layers
    }

    private func bed(_ painter: Painter) {
        var dice = Dice(seed, "bed")
        let colours: [UInt32] = [0xd95d5d, 0xe6a13f, 0xf2e6d0, 0x9a6fb0]
        for _ in 0..<80 {
            let isLeft = dice.next() < 0.5
            let x = isLeft ? dice.between(-400.0, 470.0) : dice.between(930.0, 1680.0)
            let foot = Point(x, dice.between(580.0, 604.0))
            let high = dice.between(14.0, 26.0)
            painter.line([foot, foot + Point(0, -high)], 2, Colour(0x4d7a3c))
            painter.detail(.circle(foot + Point(0, -high), dice.between(4.0, 7.0)), Colour(dice.pick(colours)))
        }
    }
}
